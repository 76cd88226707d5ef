"""Tests of formal status."""
