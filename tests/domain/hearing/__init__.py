"""Tests of hearings."""
