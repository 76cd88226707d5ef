"""A country's caseload: as many journeys as are asked for, copied from some hundred that the real deciders decided."""
