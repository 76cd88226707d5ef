"""Statistical disclosure control: what of a table of exact counts may leave the house (`docs/disclosure.md`).

counts = counted(table_of_a_report, definition)
protect(counts).cells       # rounded to five, or None where it is hidden
"""
