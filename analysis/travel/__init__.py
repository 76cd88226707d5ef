"""Any journey and any board as of any moment, by either of the two clocks (design §4)."""
