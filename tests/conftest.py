"""Fixtures for all tests."""

pytest_plugins = ["tests.fix_services"]
