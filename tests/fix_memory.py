"""Python's search for cycles leaves alone what stays for the whole run: half a million objects of tests and modules."""

from __future__ import annotations

import gc
from collections.abc import Generator

import pytest

from worker.collecting import collect_rarely


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Nothing is searched while tests are collected, what that has made never again, the rest as in our processes."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        gc.freeze()
        collect_rarely()
        gc.enable()
