"""Tests of exports as streams."""
