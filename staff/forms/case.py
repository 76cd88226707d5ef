"""Registers the forms of what a case is about besides its steps: hearings, proceedings, services, safety and so on."""

from staff.forms import hearing_dates, hearing_work, lawsuits, servicing
from staff.forms.derived import hearings, plans, proceedings, returns, safety, screening, services, standing, terms

__all__ = [
    "hearing_dates",
    "hearing_work",
    "hearings",
    "lawsuits",
    "plans",
    "proceedings",
    "returns",
    "safety",
    "screening",
    "services",
    "servicing",
    "standing",
    "terms",
]
