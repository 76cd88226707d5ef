"""Fixtures for all tests."""

pytest_plugins = [
    "tests.fix_services",
    "tests.fix_eventlog",
    "tests.fix_proxy",
    "tests.fix_engine",
    "tests.fix_mail",
    "tests.fix_sms",
]
