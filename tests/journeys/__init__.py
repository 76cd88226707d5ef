"""Full journeys as readable scripts: who does what, when, and what the journey owes then."""
