"""Fixtures for all tests."""

import pytest
from hypothesis import settings

pytest_plugins = [
    "tests.fix_services",
    "tests.fix_eventlog",
    "tests.fix_proxy",
    "tests.fix_engine",
    "tests.fix_mail",
    "tests.fix_sms",
    "tests.fix_house",
    "tests.fix_memory",
    "tests.fix_order",
]

# How long an example takes says how busy the machine is and nothing about a property.
settings.register_profile("putokaz", deadline=None)
settings.load_profile("putokaz")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--write-letters`: see `tests/journeys/test_lived.py`."""
    parser.addoption("--write-letters", action="store_true", help="write the letters of the journey scripts anew")
