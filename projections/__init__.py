"""Read models: what pages show, derived from the log page by page, and rebuildable from it at any time.

To read (staff, analysis, CLI), with a `projections.reader.Reader(dsn)` that the composition root makes once:

    projections.journey_list.queries    list_journeys, find_by_code, find_journeys
    projections.journey_file.queries    file, timeline
    projections.my_day.queries          my_day
    projections.stalled_board.queries   stalled
    projections.status                  status, parked, wait, Level

All of them are sync, raise `domain.errors.Unavailable`, and return frozen dataclasses of codes, ids and instants.

To keep them level (worker), in a thread of its own, with the role putokaz_projector:

    projections.install.install(admin_dsn)              the tables, after the event log's
    projections.loop.Projector(dsn).run(stop)           follows the log until the `threading.Event` is set
    projections.replay.replay_parked(dsn)               tries parked streams again, also beside a running projector

How a page is applied: `page` (one commit) <- `reading` (lock, parked streams, and the rows unless `ahead` has them) <-
`folding` and `folds` (journeys, remembered) <- `rendering` (each model's `handler`, a pure function) <- `writing` (only
rows that differ) and `parking`.
A new read model is a folder with `sql/`, `queries/`, `handler.py`, `queries.py`, and a line in `registry`.
"""
