"""The table: what each footing may. What is not here nobody may; who stands on several may what any of them may."""

from __future__ import annotations

from collections.abc import Mapping

from domain.codes import Role
from domain.rights.actions import READING, Action
from domain.rights.involvement import Footing, Involvement
from domain.rights.member import ROLES_AND_POSTS, Post, RoleOrPost

Actions = frozenset[Action]

_ROW: Actions = frozenset({Action.READ_LIST_ROW, Action.READ_STALLED})
_FILE = _ROW | {Action.READ_OVERVIEW, Action.READ_NOTES, Action.READ_HEARINGS, Action.READ_IDENTITY}
_HOTLINE: Actions = frozenset({Action.READ_PROVIDERS, Action.LOG_CONTACT})
_CALLER: Actions = frozenset(
    {
        Action.READ_CONTACT,
        Action.READ_IDENTITY,
        Action.FOLLOW_UP_CONTACT,
        Action.ATTACH_CONTACT,
        Action.RAISE_ALARM,
        Action.ANSWER_ALARM,
    }
)

_EMERGENCY: Actions = frozenset({Action.OPEN_IN_EMERGENCY})
"""Nobody who reads every file anyway opens one in an emergency."""

_ASSIGNED: Mapping[Role, Actions] = {
    Role.CASEWORKER: _FILE
    | {
        Action.READ_DOCUMENTS,
        Action.READ_CONTACT,
        Action.READ_MISSION,
        Action.READ_REFERRAL,
        Action.FOLLOW_UP_CONTACT,
        Action.ATTACH_CONTACT,
        Action.RAISE_ALARM,
        Action.ANSWER_ALARM,
        Action.ADVANCE_STEPS,
        Action.GUIDE_JOURNEY,
        Action.CLOSE_JOURNEY,
        Action.LINK_JOURNEYS,
        Action.ASSIGN,
        Action.ASK_APPROVAL,
        Action.RECORD_CONSENT,
        Action.DISCLOSE,
        Action.KEEP_SAFE,
        Action.RECORD_STATUS,
        Action.RECORD_RESIDENCE,
        Action.WORK_ON_PLAN,
        Action.PROVIDE_SERVICES,
        Action.SEEK_CLIENT,
        Action.SEND_REFERRAL,
        Action.ANSWER_REFERRAL,
        Action.KEEP_HEARINGS,
        Action.PREPARE_HEARINGS,
        Action.ORGANISE_RETURN,
        Action.PLAN_MISSION,
        Action.REPORT_MISSION,
        Action.FILE_DOCUMENT,
    },
    Role.PSYCHOLOGIST: _FILE
    | {
        Action.READ_HEALTH,
        Action.READ_DOCUMENTS,
        Action.RAISE_ALARM,
        Action.ADVANCE_STEPS,
        Action.RECORD_CONSENT,
        Action.KEEP_SAFE,
        Action.WORK_ON_PLAN,
        Action.PROVIDE_SERVICES,
        Action.SEEK_CLIENT,
        Action.PREPARE_HEARINGS,
        Action.FILE_DOCUMENT,
        Action.FILE_HEALTH_DOCUMENT,
    },
    Role.LAWYER: _ROW
    | {
        Action.READ_LEGAL,
        Action.READ_HEARINGS,
        Action.READ_IDENTITY,
        Action.READ_DOCUMENTS,
        Action.RAISE_ALARM,
        Action.ADVANCE_STEPS,
        Action.RECORD_CONSENT,
        Action.DISCLOSE,
        Action.RECORD_STATUS,
        Action.RECORD_RESIDENCE,
        Action.PROVIDE_SERVICES,
        Action.CONDUCT_PROCEEDINGS,
        Action.KEEP_HEARINGS,
        Action.PREPARE_HEARINGS,
        Action.FILE_LEGAL_DOCUMENT,
    },
    Role.CONSULTANT: _FILE
    | {
        Action.READ_CONTACT,
        Action.FOLLOW_UP_CONTACT,
        Action.RAISE_ALARM,
        Action.ADVANCE_STEPS,
        Action.PROVIDE_SERVICES,
        Action.SEEK_CLIENT,
        Action.PREPARE_HEARINGS,
    },
    Role.MOBILE_TEAM: (_FILE - {Action.READ_NOTES})
    | {
        Action.READ_MISSION,
        Action.RAISE_ALARM,
        Action.ADVANCE_STEPS,
        Action.PROVIDE_SERVICES,
        Action.PREPARE_HEARINGS,
        Action.PLAN_MISSION,
        Action.REPORT_MISSION,
    },
    Role.ON_CALL: _FILE
    | {
        Action.READ_CONTACT,
        Action.READ_MISSION,
        Action.FOLLOW_UP_CONTACT,
        Action.ADVANCE_STEPS,
        Action.SEEK_CLIENT,
    },
}
"""A supervisor has no row here: they need no involvement."""

_WITH_THE_CASE: Actions = frozenset({Action.CLOSE_JOURNEY, Action.LINK_JOURNEYS, Action.ASSIGN})
"""What waits until whoever is assigned is back, or a supervisor decides."""

_ANYWHERE: Mapping[RoleOrPost, Actions] = {
    Role.SUPERVISOR: _FILE
    | _HOTLINE
    | _CALLER
    | {
        Action.READ_LEGAL,
        Action.READ_DOCUMENTS,
        Action.READ_MISSION,
        Action.READ_REFERRAL,
        Action.READ_SUPERVISION,
        Action.READ_ACCESS_LOG,
        Action.READ_AGGREGATES,
        Action.OPEN_JOURNEY,
        Action.ADVANCE_STEPS,
        Action.GUIDE_JOURNEY,
        Action.CLOSE_JOURNEY,
        Action.LINK_JOURNEYS,
        Action.MERGE_JOURNEYS,
        Action.ASSIGN,
        Action.ASK_APPROVAL,
        Action.ANSWER_APPROVAL,
        Action.PROVIDE_SERVICES,
        Action.SEEK_CLIENT,
        Action.PLAN_MISSION,
        Action.REPORT_MISSION,
        Action.OVERRIDE_RISK,
        Action.LIST_PROVIDERS,
        Action.PLAN_ABSENCE,
        Action.RECORD_LEAVING,
        Action.HAND_OVER,
        Action.EXPORT_CASES,
        Action.RELEASE_TABLES,
        Action.REVIEW_EMERGENCY,
        Action.FILE_DOCUMENT,
        Action.FILE_LEGAL_DOCUMENT,
        Action.MIGRATE_JOURNEYS,
    },
    Role.CONSULTANT: _HOTLINE | _EMERGENCY | {Action.OPEN_JOURNEY},
    Role.CASEWORKER: _HOTLINE | _EMERGENCY | {Action.OPEN_JOURNEY, Action.LIST_PROVIDERS},
    Role.ON_CALL: _HOTLINE | _EMERGENCY | {Action.RAISE_ALARM, Action.ANSWER_ALARM, Action.REVIEW_EMERGENCY},
    Role.PSYCHOLOGIST: _EMERGENCY | {Action.READ_PROVIDERS},
    Role.LAWYER: _EMERGENCY | {Action.READ_PROVIDERS},
    Role.MOBILE_TEAM: _EMERGENCY | {Action.READ_PROVIDERS},
    Post.DATA_PROTECTION_LEAD: frozenset(
        {
            Action.READ_PROVIDERS,
            Action.READ_ACCESS_LOG,
            Action.READ_AGGREGATES,
            Action.READ_ADMINISTRATION,
            Action.REVIEW_EMERGENCY,
        }
    ),
    Post.ANALYST: frozenset({Action.READ_AGGREGATES}),
    Post.ADMINISTRATOR: frozenset(
        {Action.READ_PROVIDERS, Action.READ_ADMINISTRATION, Action.MANAGE_PEOPLE, Action.MANAGE_FEEDS}
    ),
}

_CREW: Actions = frozenset(
    {
        Action.READ_LIST_ROW,
        Action.READ_MISSION,
        Action.READ_IDENTITY,
        Action.RAISE_ALARM,
        Action.GO_ON_MISSION,
        Action.REPORT_MISSION,
    }
)
_RIDE: Actions = frozenset({Action.READ_RIDE})
_TRAVELLERS = (Role.MOBILE_TEAM, Role.CASEWORKER, Role.CONSULTANT, Role.PSYCHOLOGIST, Role.ON_CALL)
"""Who goes on missions. A lawyer sees the legal part only, also on the way to court."""

_ELSEWHERE: Mapping[Footing, Actions] = {
    Footing(Role.LAWYER, Involvement.COUNSEL): _ASSIGNED[Role.LAWYER]
    - {Action.ADVANCE_STEPS, Action.PROVIDE_SERVICES, Action.RECORD_CONSENT},
    Footing(Role.CONSULTANT, Involvement.CONTACT): _CALLER,
    Footing(Role.ON_CALL, Involvement.CONTACT): _CALLER,
    Footing(Role.CONSULTANT, Involvement.ALARM): _CALLER,
    Footing(Role.ON_CALL, Involvement.ALARM): _CALLER | {Action.READ_MISSION},
    Footing(Role.MOBILE_TEAM, Involvement.CREW): _CREW | {Action.PLAN_MISSION},
    Footing(Post.DRIVER, Involvement.DRIVER): _RIDE,
    Footing(Post.PROVIDER, Involvement.REFERRED): frozenset({Action.READ_REFERRAL, Action.ANSWER_REFERRAL}),
}

TABLE: Mapping[Footing, Actions] = {
    **{Footing(role): actions for role, actions in _ANYWHERE.items()},
    **{Footing(role, Involvement.ASSIGNED): actions for role, actions in _ASSIGNED.items()},
    **{Footing(role, Involvement.COVER): actions - _WITH_THE_CASE for role, actions in _ASSIGNED.items()},
    **{Footing(role, Involvement.EMERGENCY): actions & READING for role, actions in _ASSIGNED.items()},
    **{Footing(role, Involvement.CREW): _CREW for role in _TRAVELLERS},
    **{Footing(role, Involvement.DRIVER): _RIDE for role in _TRAVELLERS},
    **{
        Footing(role, Involvement.SELF): frozenset({Action.PLAN_ABSENCE, Action.MANAGE_FEEDS, Action.KEEP_SETTINGS})
        for role in ROLES_AND_POSTS
        if role is not Post.PROVIDER
    },
    **_ELSEWHERE,
}
