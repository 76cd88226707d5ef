"""Tests of domain.stream."""
