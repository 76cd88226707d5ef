"""Fixtures for all tests."""

from hypothesis import settings

pytest_plugins = [
    "tests.fix_services",
    "tests.fix_eventlog",
    "tests.fix_proxy",
    "tests.fix_engine",
    "tests.fix_mail",
    "tests.fix_sms",
]

# How long an example takes says how busy the machine is and nothing about a property.
settings.register_profile("putokaz", deadline=None)
settings.load_profile("putokaz")
