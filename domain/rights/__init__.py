"""Who may do what: role × involvement in the case × action, as one table. The default is no.

    footings = of_journey(member, journey, covered) | in_emergency(member, journey, now)
    may(member, footings, action_of(command))           # Allowed, or Denied with its reason
    visible_compartments(member, footings, Action.READ_LEGAL)

`table.py` is the table; `docs/rights.md` shows it. Nothing here knows pages, routes or sessions.
"""
