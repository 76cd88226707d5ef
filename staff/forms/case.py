"""Registers the forms of what a case is about besides its steps: hearings, legal proceedings, services."""

from staff.forms import hearing_dates, hearing_work, lawsuits, servicing

__all__ = ["hearing_dates", "hearing_work", "lawsuits", "servicing"]
