"""Tests of one part of a journey."""
