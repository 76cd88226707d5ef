"""Part: hearings. A hearing keeps its number and every date it ever had; one event moves all of its timers.

    summoned → confirmed → held | interrupted | postponed | not held | cancelled

A postponed hearing with a new date is summoned again; without one, what is owed is to get a date. Kinds, ladders, the
checklist, traps and plans are data (`domain.pathway.hearings`); `timers` turns them into instants, in deciders only.
"""
