"""Whole journeys as readable scripts, with the clock moved by hand."""
