"""The file of a case on paper: what is on it, and how it is set (typst)."""
