"""Tests of disclosure control: what whoever wants to know does, and finds nothing."""
