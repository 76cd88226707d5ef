"""What journeys go through, and how long: the flow map, its times and survival curves (docs/flow.md)."""
