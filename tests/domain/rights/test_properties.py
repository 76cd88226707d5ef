"""What holds of the table whatever the roles are and however somebody stands."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from domain.attendance.state import Presence
from domain.codes import Role
from domain.rights.actions import ABOUT_CLIENTS, READING, Action
from domain.rights.deciding import Denial, visible_compartments
from domain.rights.involvement import Footing, Footings, Involvement
from domain.rights.member import APART, ROLES_AND_POSTS, Member, Post, RoleOrPost
from tests.domain.rights.people import allowed, answer, somebody

roles = st.frozensets(st.sampled_from(ROLES_AND_POSTS), max_size=4)
footing = st.builds(Footing, st.sampled_from(ROLES_AND_POSTS), st.sampled_from(Involvement))
footings = st.frozensets(footing, max_size=8)
members = roles.map(lambda each: somebody(*each))
EVERYTHING: Footings = frozenset(Footing(role, each) for role in ROLES_AND_POSTS for each in Involvement)


@given(members, footings, footing)
def test_one_more_footing_takes_nothing_away(member: Member, stands: Footings, more: Footing) -> None:
    """It only adds, what is allowed and what is opened."""
    assert allowed(member, stands) <= allowed(member, stands | {more})
    for part in READING:
        assert visible_compartments(member, stands, part) <= visible_compartments(member, stands | {more}, part)


@given(roles.filter(APART.isdisjoint), footings, st.sampled_from([r for r in ROLES_AND_POSTS if r not in APART]))
def test_one_more_role_takes_nothing_away(has: frozenset[RoleOrPost], stands: Footings, more: RoleOrPost) -> None:
    """Unless it stands apart."""
    assert allowed(somebody(*has), stands) <= allowed(somebody(*has, more), stands)


@given(roles, footings)
def test_several_footings_give_what_each_gives(has: frozenset[RoleOrPost], stands: Footings) -> None:
    """Nothing follows from two of them together."""
    alone = [allowed(somebody(*has), frozenset({each})) for each in stands]
    assert allowed(somebody(*has), stands) == allowed(somebody(*has), frozenset()).union(*alone)


@given(roles, st.sampled_from(sorted(APART)), footings)
def test_who_stands_apart_learns_nothing_of_clients(has: frozenset[RoleOrPost], apart: Post, stands: Footings) -> None:
    """Administrators and analysts: whatever else they are, in an emergency too."""
    member = somebody(*has, apart)
    assert not allowed(member, stands) & ABOUT_CLIENTS
    reasons = {answer(member, stands, action) for action in ABOUT_CLIENTS}
    assert reasons == {Denial.NO_CLIENT_DATA, Denial.ENGINE_ONLY}


@given(roles, footings)
def test_who_has_left_may_nothing(has: frozenset[RoleOrPost], stands: Footings) -> None:
    """For that reason and no other."""
    member = somebody(*has, presence=Presence.LEFT)
    assert {answer(member, stands, action) for action in Action} == {Denial.HAS_LEFT}


@given(st.frozensets(st.text().filter(lambda word: word not in set(ROLES_AND_POSTS)), max_size=4), footings)
def test_words_that_are_no_role_give_nothing(words: frozenset[str], stands: Footings) -> None:
    """The default is no."""
    assert allowed(somebody(*words), stands) == set()


@given(roles)
def test_without_involvement_only_supervisors_read_of_clients(has: frozenset[RoleOrPost]) -> None:
    """The data-protection lead sees who opened what."""
    reads = allowed(somebody(*has - {Role.SUPERVISOR}), frozenset()) & READING & ABOUT_CLIENTS
    assert reads <= ({Action.READ_ACCESS_LOG} if Post.DATA_PROTECTION_LEAD in has else set())


@given(st.sampled_from(ROLES_AND_POSTS))
def test_emergency_shows_what_the_role_reads_of_its_own_cases(role: RoleOrPost) -> None:
    """Not more, and it decides nothing."""
    member, base = somebody(role), allowed(somebody(role), frozenset())
    own = allowed(member, frozenset({Footing(role, Involvement.ASSIGNED)}))
    in_emergency = allowed(member, frozenset({Footing(role, Involvement.EMERGENCY)}))
    assert in_emergency - base == (own - base) & READING


@given(footings)
def test_a_lawyer_sees_the_legal_part_only(stands: Footings) -> None:
    """However they stand."""
    legal = {"list-row", "stalled", "legal", "hearings", "identity", "documents", "providers"}
    assert {action.value for action in allowed(somebody(Role.LAWYER), stands) & READING} <= {f"read-{p}" for p in legal}


_OWN = {Action.PLAN_ABSENCE, Action.MANAGE_FEEDS, Action.KEEP_SETTINGS}
"""What everybody does for themselves."""


@given(footings)
def test_a_driver_sees_the_ride_only(stands: Footings) -> None:
    """However they stand."""
    assert allowed(somebody(Post.DRIVER), stands) <= {Action.READ_RIDE} | _OWN


def test_every_action_but_the_engine_s_is_somebody_s() -> None:
    """None is forgotten."""
    reached = set[Action]().union(*(allowed(somebody(role), EVERYTHING) for role in ROLES_AND_POSTS))
    assert reached == set(Action) - {Action.RUN_ENGINE}


def test_every_reason_is_given_to_somebody() -> None:
    """None stands there for nothing."""
    people = [somebody(Role.LAWYER), somebody(Post.ANALYST), somebody(), somebody(presence=Presence.LEFT)]
    in_emergency = frozenset({Footing(Role.LAWYER, Involvement.EMERGENCY)})
    reasons = {answer(person, in_emergency, action) for person in people for action in Action}
    assert reasons == {None, *Denial}


def test_roles_and_posts_share_no_word() -> None:
    """A word of the directory is one of them."""
    assert not {role.value for role in Role} & {post.value for post in Post}
