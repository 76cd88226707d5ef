"""Who holds what: every role of an open journey, promised call, danger in hand, seat on a mission of a person."""
