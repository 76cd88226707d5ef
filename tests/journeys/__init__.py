"""Whole journeys as readable scripts, with the clock moved by hand."""
"""Whole journeys, told as they happen."""
