"""Read models: what pages show, derived from the log page by page, and rebuildable from it at any time.

To read (staff, analysis, CLI), with a `projections.reader.Reader(dsn)` that the composition root makes once:

    projections.journey_list.queries    list_journeys, find_by_code, find_journeys
    projections.journey_file.queries    file, timeline
    projections.my_day.queries          my_day
    projections.stalled_board.queries   stalled
    projections.status                  status, parked, wait, Level

All of them are sync, raise `domain.errors.Unavailable`, and return frozen dataclasses of codes, ids and instants.
"""
