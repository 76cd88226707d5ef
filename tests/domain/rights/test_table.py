"""The table, row by row as a person would say it. Written by hand: nothing here is taken from the table."""

from __future__ import annotations

import pytest

from domain.attendance.state import Presence
from domain.codes import Role
from domain.rights.actions import READING, Action
from domain.rights.deciding import Allowed, Denial, Proviso, may, visible_compartments
from domain.rights.involvement import Footing, Involvement
from domain.rights.member import ROLES_AND_POSTS, Post, RoleOrPost
from domain.sealed import Compartment
from tests.domain.rights.people import allowed, answer, somebody, standing

ROW = "list-row stalled"
WHO, DRIVER = "identity", "ride"
READ: list[tuple[RoleOrPost, Involvement, str]] = [
    (Role.CONSULTANT, Involvement.NONE, "providers"),
    (Role.CONSULTANT, Involvement.ASSIGNED, f"{ROW} {WHO} overview notes hearings contact providers"),
    (Role.CONSULTANT, Involvement.COVER, f"{ROW} {WHO} overview notes hearings contact providers"),
    (Role.CONSULTANT, Involvement.CONTACT, f"{WHO} contact providers"),
    (Role.CONSULTANT, Involvement.ALARM, f"{WHO} contact providers"),
    (Role.CONSULTANT, Involvement.CREW, f"{WHO} list-row mission providers"),
    (Role.CONSULTANT, Involvement.EMERGENCY, f"{ROW} {WHO} overview notes hearings contact providers"),
    (Role.CASEWORKER, Involvement.NONE, "providers"),
    (
        Role.CASEWORKER,
        Involvement.ASSIGNED,
        f"{ROW} {WHO} overview notes hearings documents contact mission referral providers",
    ),
    (
        Role.CASEWORKER,
        Involvement.EMERGENCY,
        f"{ROW} {WHO} overview notes hearings documents contact mission referral providers",
    ),
    (Role.CASEWORKER, Involvement.CONTACT, "providers"),
    (Role.CASEWORKER, Involvement.SELF, "providers"),
    (Role.MOBILE_TEAM, Involvement.NONE, "providers"),
    (Role.MOBILE_TEAM, Involvement.CREW, f"{WHO} list-row mission providers"),
    (Role.MOBILE_TEAM, Involvement.DRIVER, f"{DRIVER} providers"),
    (Role.MOBILE_TEAM, Involvement.ASSIGNED, f"{ROW} {WHO} overview hearings mission providers"),
    (Role.PSYCHOLOGIST, Involvement.NONE, "providers"),
    (Role.PSYCHOLOGIST, Involvement.ASSIGNED, f"{ROW} {WHO} overview notes hearings health documents providers"),
    (Role.LAWYER, Involvement.NONE, "providers"),
    (Role.LAWYER, Involvement.ASSIGNED, f"{ROW} {WHO} legal hearings documents providers"),
    (Role.LAWYER, Involvement.COUNSEL, f"{ROW} {WHO} legal hearings documents providers"),
    (Role.LAWYER, Involvement.COVER, f"{ROW} {WHO} legal hearings documents providers"),
    (Role.LAWYER, Involvement.EMERGENCY, f"{ROW} {WHO} legal hearings documents providers"),
    (Role.LAWYER, Involvement.CREW, "providers"),
    (Role.LAWYER, Involvement.DRIVER, "providers"),
    (
        Role.SUPERVISOR,
        Involvement.NONE,
        f"{ROW} {WHO} overview notes legal hearings documents contact mission referral providers supervision "
        "access-log aggregates",
    ),
    (
        Role.SUPERVISOR,
        Involvement.EMERGENCY,
        f"{ROW} {WHO} overview notes legal hearings documents contact mission referral providers supervision "
        "access-log aggregates",
    ),
    (Role.ON_CALL, Involvement.NONE, "providers"),
    (Role.ON_CALL, Involvement.ALARM, f"{WHO} contact mission providers"),
    (Role.ON_CALL, Involvement.EMERGENCY, f"{ROW} {WHO} overview notes hearings contact mission providers"),
    (Post.DRIVER, Involvement.NONE, ""),
    (Post.DRIVER, Involvement.DRIVER, DRIVER),
    (Post.DRIVER, Involvement.CREW, ""),
    (Post.DRIVER, Involvement.ASSIGNED, ""),
    (Post.PROVIDER, Involvement.NONE, ""),
    (Post.PROVIDER, Involvement.REFERRED, "referral"),
    (Post.DATA_PROTECTION_LEAD, Involvement.NONE, "providers access-log aggregates administration"),
    (Post.DATA_PROTECTION_LEAD, Involvement.EMERGENCY, "providers access-log aggregates administration"),
    (Post.ANALYST, Involvement.EMERGENCY, "aggregates"),
    (Post.ADMINISTRATOR, Involvement.EMERGENCY, "providers administration"),
]


@pytest.mark.parametrize(("role", "involvement", "parts"), READ)
def test_what_is_read(role: RoleOrPost, involvement: Involvement, parts: str) -> None:
    """Exactly these parts."""
    may_read = allowed(somebody(role), standing(role, involvement)) & READING
    assert {action.value for action in may_read} == {f"read-{part}" for part in parts.split()}


YES, NO_ROLE, NOT_INVOLVED = None, Denial.NOT_YOUR_ROLE, Denial.NOT_INVOLVED
DECIDED: list[tuple[RoleOrPost, Involvement, Action, Denial | None]] = [
    (Role.CONSULTANT, Involvement.NONE, Action.LOG_CONTACT, YES),
    (Role.CONSULTANT, Involvement.NONE, Action.OPEN_JOURNEY, YES),
    (Role.CONSULTANT, Involvement.NONE, Action.FOLLOW_UP_CONTACT, NOT_INVOLVED),
    (Role.CONSULTANT, Involvement.CONTACT, Action.FOLLOW_UP_CONTACT, YES),
    (Role.CONSULTANT, Involvement.CONTACT, Action.ADVANCE_STEPS, NOT_INVOLVED),
    (Role.CONSULTANT, Involvement.ALARM, Action.ANSWER_ALARM, YES),
    (Role.CONSULTANT, Involvement.ASSIGNED, Action.CLOSE_JOURNEY, NO_ROLE),
    (Role.CASEWORKER, Involvement.NONE, Action.ADVANCE_STEPS, NOT_INVOLVED),
    (Role.CASEWORKER, Involvement.ASSIGNED, Action.ADVANCE_STEPS, YES),
    (Role.CASEWORKER, Involvement.ASSIGNED, Action.CLOSE_JOURNEY, YES),
    (Role.CASEWORKER, Involvement.ASSIGNED, Action.ASSIGN, YES),
    (Role.CASEWORKER, Involvement.ASSIGNED, Action.ANSWER_APPROVAL, NO_ROLE),
    (Role.CASEWORKER, Involvement.ASSIGNED, Action.CONDUCT_PROCEEDINGS, NO_ROLE),
    (Role.CASEWORKER, Involvement.ASSIGNED, Action.MERGE_JOURNEYS, NO_ROLE),
    (Role.CASEWORKER, Involvement.ASSIGNED, Action.OVERRIDE_RISK, NO_ROLE),
    (Role.CASEWORKER, Involvement.COVER, Action.ADVANCE_STEPS, YES),
    (Role.CASEWORKER, Involvement.COVER, Action.CLOSE_JOURNEY, NOT_INVOLVED),
    (Role.CASEWORKER, Involvement.COVER, Action.ASSIGN, NOT_INVOLVED),
    (Role.CASEWORKER, Involvement.EMERGENCY, Action.ADVANCE_STEPS, Denial.EMERGENCY_READS_ONLY),
    (Role.CASEWORKER, Involvement.EMERGENCY, Action.READ_RIDE, NOT_INVOLVED),
    (Role.CASEWORKER, Involvement.EMERGENCY, Action.MERGE_JOURNEYS, NO_ROLE),
    (Role.CASEWORKER, Involvement.CREW, Action.GO_ON_MISSION, YES),
    (Role.CASEWORKER, Involvement.CREW, Action.PLAN_MISSION, NOT_INVOLVED),
    (Role.CASEWORKER, Involvement.SELF, Action.PLAN_ABSENCE, YES),
    (Role.CASEWORKER, Involvement.NONE, Action.PLAN_ABSENCE, NOT_INVOLVED),
    (Role.CASEWORKER, Involvement.SELF, Action.KEEP_SETTINGS, YES),
    (Post.ADMINISTRATOR, Involvement.NONE, Action.KEEP_SETTINGS, NOT_INVOLVED),
    (Role.LAWYER, Involvement.SELF, Action.MANAGE_FEEDS, YES),
    (Role.LAWYER, Involvement.NONE, Action.MANAGE_FEEDS, NOT_INVOLVED),
    (Post.ADMINISTRATOR, Involvement.NONE, Action.MANAGE_FEEDS, YES),
    (Post.ADMINISTRATOR, Involvement.NONE, Action.MANAGE_PEOPLE, YES),
    (Role.SUPERVISOR, Involvement.SELF, Action.MANAGE_PEOPLE, NO_ROLE),
    (Role.CASEWORKER, Involvement.SELF, Action.RECORD_LEAVING, NO_ROLE),
    (Role.MOBILE_TEAM, Involvement.CREW, Action.PLAN_MISSION, YES),
    (Role.MOBILE_TEAM, Involvement.CREW, Action.RAISE_ALARM, YES),
    (Role.MOBILE_TEAM, Involvement.CREW, Action.REPORT_MISSION, YES),
    (Role.SUPERVISOR, Involvement.NONE, Action.REPORT_MISSION, YES),
    (Role.SUPERVISOR, Involvement.NONE, Action.GO_ON_MISSION, NO_ROLE),
    (Role.MOBILE_TEAM, Involvement.ASSIGNED, Action.GO_ON_MISSION, NOT_INVOLVED),
    (Role.MOBILE_TEAM, Involvement.ASSIGNED, Action.DISCLOSE, NO_ROLE),
    (Role.PSYCHOLOGIST, Involvement.ASSIGNED, Action.PROVIDE_SERVICES, YES),
    (Role.PSYCHOLOGIST, Involvement.ASSIGNED, Action.RECORD_CONSENT, YES),
    (Role.PSYCHOLOGIST, Involvement.ASSIGNED, Action.KEEP_HEARINGS, NO_ROLE),
    (Role.LAWYER, Involvement.ASSIGNED, Action.CONDUCT_PROCEEDINGS, YES),
    (Role.LAWYER, Involvement.ASSIGNED, Action.ADVANCE_STEPS, YES),
    (Role.LAWYER, Involvement.ASSIGNED, Action.KEEP_SAFE, NO_ROLE),
    (Role.LAWYER, Involvement.COUNSEL, Action.CONDUCT_PROCEEDINGS, YES),
    (Role.LAWYER, Involvement.COUNSEL, Action.ADVANCE_STEPS, NOT_INVOLVED),
    (Role.LAWYER, Involvement.CREW, Action.GO_ON_MISSION, NO_ROLE),
    (Role.LAWYER, Involvement.NONE, Action.CONDUCT_PROCEEDINGS, NOT_INVOLVED),
    (Role.SUPERVISOR, Involvement.NONE, Action.ASSIGN, YES),
    (Role.SUPERVISOR, Involvement.NONE, Action.ANSWER_APPROVAL, YES),
    (Role.SUPERVISOR, Involvement.NONE, Action.MERGE_JOURNEYS, YES),
    (Role.SUPERVISOR, Involvement.NONE, Action.HAND_OVER, YES),
    (Role.SUPERVISOR, Involvement.NONE, Action.EXPORT_CASES, YES),
    (Role.CASEWORKER, Involvement.ASSIGNED, Action.EXPORT_CASES, Denial.NOT_YOUR_ROLE),
    (Post.ANALYST, Involvement.NONE, Action.EXPORT_CASES, Denial.NO_CLIENT_DATA),
    (Post.DATA_PROTECTION_LEAD, Involvement.NONE, Action.EXPORT_CASES, Denial.NOT_YOUR_ROLE),
    (Role.SUPERVISOR, Involvement.NONE, Action.RELEASE_TABLES, YES),
    (Post.ANALYST, Involvement.NONE, Action.RELEASE_TABLES, Denial.NO_CLIENT_DATA),
    (Role.SUPERVISOR, Involvement.NONE, Action.OVERRIDE_RISK, YES),
    (Role.SUPERVISOR, Involvement.NONE, Action.CONDUCT_PROCEEDINGS, NO_ROLE),
    (Role.SUPERVISOR, Involvement.ASSIGNED, Action.READ_HEALTH, NO_ROLE),
    (Role.ON_CALL, Involvement.NONE, Action.ANSWER_ALARM, YES),
    (Role.ON_CALL, Involvement.NONE, Action.RAISE_ALARM, YES),
    (Role.ON_CALL, Involvement.NONE, Action.ADVANCE_STEPS, NOT_INVOLVED),
    (Role.ON_CALL, Involvement.EMERGENCY, Action.SEEK_CLIENT, Denial.EMERGENCY_READS_ONLY),
    (Post.DRIVER, Involvement.DRIVER, Action.GO_ON_MISSION, NO_ROLE),
    (Post.PROVIDER, Involvement.REFERRED, Action.ANSWER_REFERRAL, YES),
    (Post.PROVIDER, Involvement.NONE, Action.ANSWER_REFERRAL, NOT_INVOLVED),
    (Post.PROVIDER, Involvement.REFERRED, Action.READ_OVERVIEW, NO_ROLE),
    (Post.DATA_PROTECTION_LEAD, Involvement.NONE, Action.READ_OVERVIEW, NO_ROLE),
    (Post.ANALYST, Involvement.ASSIGNED, Action.READ_LIST_ROW, Denial.NO_CLIENT_DATA),
    (Post.ANALYST, Involvement.NONE, Action.READ_PROVIDERS, NO_ROLE),
    (Post.ADMINISTRATOR, Involvement.ASSIGNED, Action.READ_OVERVIEW, Denial.NO_CLIENT_DATA),
    (Post.ADMINISTRATOR, Involvement.NONE, Action.READ_ACCESS_LOG, Denial.NO_CLIENT_DATA),
    (Post.ADMINISTRATOR, Involvement.NONE, Action.HAND_OVER, Denial.NO_CLIENT_DATA),
    (Post.ADMINISTRATOR, Involvement.NONE, Action.RECORD_LEAVING, NO_ROLE),
]


@pytest.mark.parametrize(("role", "involvement", "action", "denial"), DECIDED)
def test_what_is_decided(role: RoleOrPost, involvement: Involvement, action: Action, denial: Denial | None) -> None:
    """Yes, or no for this reason."""
    assert answer(somebody(role), standing(role, involvement), action) is denial


def test_no_role_is_left_out() -> None:
    """Each has rows by hand above."""
    assert {role for role, _, _ in READ} == {role for role, _, _, _ in DECIDED} == set(ROLES_AND_POSTS)


def test_a_name_and_a_document_wait_for_a_purpose() -> None:
    """A supervisor's too; nothing else does."""
    supervisor = somebody(Role.SUPERVISOR)
    behind = {action for action in Action if may(supervisor, frozenset(), action) == Allowed(Proviso.PURPOSE)}
    assert behind == {Action.READ_IDENTITY, Action.READ_DOCUMENTS}


def test_a_role_of_the_case_that_is_not_theirs_gives_nothing() -> None:
    """A lawyer who is made caseworker does not read as one; a caseworker who is its lawyer too reads as both."""
    both = standing(Role.CASEWORKER, Involvement.ASSIGNED) | standing(Role.LAWYER, Involvement.ASSIGNED)
    assert answer(somebody(Role.LAWYER), both, Action.READ_NOTES) is Denial.NOT_YOUR_ROLE
    assert answer(somebody(Role.LAWYER, Role.CASEWORKER), both, Action.READ_NOTES) is None
    as_lawyer = standing(Role.LAWYER, Involvement.ASSIGNED)
    assert answer(somebody(Role.LAWYER, Role.CASEWORKER), as_lawyer, Action.READ_NOTES) is Denial.NOT_INVOLVED


def test_who_has_left_and_who_is_absent() -> None:
    """The first may nothing, the second what they always may."""
    for presence, expected in ((Presence.LEFT, Denial.HAS_LEFT), (Presence.ABSENT, None), (Presence.HERE, None)):
        supervisor = somebody(Role.SUPERVISOR, presence=presence)
        assert answer(supervisor, frozenset(), Action.READ_OVERVIEW) is expected


@pytest.mark.parametrize("roles", [(), ("wizard",), ("Supervisor",), ("supervisor ",), ("wizard", "")])
def test_words_that_mean_nothing(roles: tuple[str, ...]) -> None:
    """Nothing, however they are meant to stand to it."""
    everything = frozenset(Footing(role, each) for role in ROLES_AND_POSTS for each in Involvement)
    assert allowed(somebody(*roles), everything) == set()
    assert answer(somebody(*roles), everything, Action.READ_PROVIDERS) is Denial.NO_KNOWN_ROLE


def test_a_word_beside_a_role_takes_nothing_away() -> None:
    """A directory may have words of its own."""
    assert answer(somebody("wizard", Role.SUPERVISOR), frozenset(), Action.ASSIGN) is None


@pytest.mark.parametrize(
    ("role", "involvement", "part", "opened"),
    [
        (Role.CASEWORKER, Involvement.ASSIGNED, Action.READ_NOTES, {Compartment.NOTES}),
        (Role.CASEWORKER, Involvement.ASSIGNED, Action.READ_HEARINGS, {Compartment.LEGAL, Compartment.NOTES}),
        (Role.CASEWORKER, Involvement.ASSIGNED, Action.READ_LEGAL, set()),
        (Role.CASEWORKER, Involvement.ASSIGNED, Action.READ_HEALTH, set()),
        (Role.CASEWORKER, Involvement.ASSIGNED, Action.READ_IDENTITY, {Compartment.IDENTITY}),
        (Role.CASEWORKER, Involvement.ASSIGNED, Action.READ_OVERVIEW, set()),
        (Role.CASEWORKER, Involvement.ASSIGNED, Action.ADVANCE_STEPS, set()),
        (Role.CASEWORKER, Involvement.NONE, Action.READ_NOTES, set()),
        (Role.LAWYER, Involvement.COUNSEL, Action.READ_LEGAL, {Compartment.LEGAL, Compartment.NOTES}),
        (Role.LAWYER, Involvement.COUNSEL, Action.READ_NOTES, set()),
        (Role.PSYCHOLOGIST, Involvement.ASSIGNED, Action.READ_HEALTH, {Compartment.HEALTH, Compartment.NOTES}),
        (Post.DRIVER, Involvement.DRIVER, Action.READ_RIDE, {Compartment.IDENTITY}),
        (Post.DRIVER, Involvement.DRIVER, Action.READ_MISSION, set()),
    ],
)
def test_compartments(role: RoleOrPost, involvement: Involvement, part: Action, opened: set[Compartment]) -> None:
    """Those of the part that is read, where it may be read."""
    assert visible_compartments(somebody(role), standing(role, involvement), part) == opened
