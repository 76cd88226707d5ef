"""Hand-overs of caseloads, with a receipt for each thing."""
