"""Tests of releases as streams."""
