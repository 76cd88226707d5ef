"""Tests of returns and of reintegration."""
