"""Tests of domain.contact."""
