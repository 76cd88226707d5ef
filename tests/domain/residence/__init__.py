"""Tests of residence."""
