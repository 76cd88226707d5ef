"""Writes the tables of `docs/rights.md` and `docs/rights-fields.md` from the tables of rights, by asking them.

python -m tools.refresh_rights   after a change of `domain/rights/`, `staff/guard/fields.py` or what the API answers
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

from domain.codes import Role
from domain.rights.actions import BEHIND_PURPOSE, OF_THE_VAULT, OPENS, READING, Action
from domain.rights.commands import COMMANDS
from domain.rights.deciding import NO_FOOTING, Allowed, Denial, may
from domain.rights.involvement import Footing, Involvement
from domain.rights.member import ROLES_AND_POSTS, Member, Post, RoleOrPost
from domain.rights.parts import FILE
from tools.answered_fields import WHOLE, Parts, journey_fields, paths

DOCS = Path(__file__).resolve().parents[1] / "docs"
PAGE = DOCS / "rights.md"
FIELDS_PAGE = DOCS / "rights-fields.md"

READ_TITLES = {
    Action.READ_LIST_ROW: "a case's row in lists and in *my day*",
    Action.READ_STALLED: "its row on the stalled board",
    Action.READ_OVERVIEW: "the file: stages, steps, services, plan, consents, safety",
    Action.READ_NOTES: "its notes",
    Action.READ_LEGAL: "its legal part: proceedings, terms, powers of attorney",
    Action.READ_HEARINGS: "its hearings: when, where, what is to be prepared",
    Action.READ_HEALTH: "its medical and psychological part",
    Action.READ_IDENTITY: "who the client is: name, contacts, code word",
    Action.READ_DOCUMENTS: "documents of a part that they may read",
    Action.READ_CONTACT: "a contact of the hotline",
    Action.READ_MISSION: "a field mission",
    Action.READ_RIDE: "a ride: when, and while it lasts where",
    Action.READ_REFERRAL: "a referral",
    Action.READ_PROVIDERS: "the directory of providers",
    Action.READ_SUPERVISION: "caseloads, absences, hand-overs",
    Action.READ_ACCESS_LOG: "who opened which file",
    Action.READ_AGGREGATES: "the analyst's aggregates",
    Action.READ_ADMINISTRATION: "the pages of administration: accounts, feeds, health of the system",
}
DECIDE_TITLES = {
    Action.LOG_CONTACT: "log a contact",
    Action.FOLLOW_UP_CONTACT: "follow a contact up: notes, call-backs, reports to authorities",
    Action.ATTACH_CONTACT: "attach a contact to a case, or begin one from it",
    Action.RAISE_ALARM: "raise a danger or concern, stop contact, relocate in an emergency",
    Action.ANSWER_ALARM: "answer a danger, alert, concern or alarm",
    Action.OPEN_JOURNEY: "open a case",
    Action.ADVANCE_STEPS: "open, date, advance and correct steps",
    Action.GUIDE_JOURNEY: "enter and leave stages, hold reviews",
    Action.CLOSE_JOURNEY: "close and reopen a case",
    Action.LINK_JOURNEYS: "link cases of relatives",
    Action.MERGE_JOURNEYS: "merge two cases of one person, or part them",
    Action.ASSIGN: "assign the roles of a case",
    Action.ASK_APPROVAL: "ask for an approval",
    Action.ANSWER_APPROVAL: "answer for an approval",
    Action.RECORD_CONSENT: "record consents and their withdrawal",
    Action.DISCLOSE: "disclose data to somebody outside",
    Action.KEEP_SAFE: "safe contact, assessments, safety plan",
    Action.RECORD_STATUS: "formal status, screening",
    Action.RECORD_RESIDENCE: "residence permits",
    Action.WORK_ON_PLAN: "individual plan, goals, reintegration",
    Action.PROVIDE_SERVICES: "services, their record and cost",
    Action.SEEK_CLIENT: "search for a client whom nobody reaches",
    Action.SEND_REFERRAL: "refer to a provider",
    Action.ANSWER_REFERRAL: "answer a referral",
    Action.CONDUCT_PROCEEDINGS: "proceedings, terms, powers of attorney, fees",
    Action.KEEP_HEARINGS: "dates and outcomes of hearings",
    Action.PREPARE_HEARINGS: "arrange and prepare hearings, debrief",
    Action.ORGANISE_RETURN: "returns and visits, from the wish to the way home",
    Action.PLAN_MISSION: "plan, move and cancel a mission, change its crew",
    Action.GO_ON_MISSION: "risk check, departure, check-ins, return",
    Action.REPORT_MISSION: "report on a mission, correct a report",
    Action.OVERRIDE_RISK: "let a team go in spite of its risk check",
    Action.LIST_PROVIDERS: "keep the directory of providers",
    Action.PLAN_ABSENCE: "plan an absence and its cover",
    Action.RECORD_LEAVING: "record that somebody leaves, or is back",
    Action.HAND_OVER: "hand a caseload over",
    Action.FILE_DOCUMENT: "file documents of the case at large, withdraw one filed by mistake",
    Action.FILE_LEGAL_DOCUMENT: "file and withdraw documents of the legal part",
    Action.FILE_HEALTH_DOCUMENT: "file and withdraw medical and psychological documents",
    Action.EXPORT_CASES: "take cases along as a file, one by one but under pseudonyms",
    Action.RELEASE_TABLES: "let a table of counts leave the house, hidden and rounded",
    Action.OPEN_IN_EMERGENCY: "open a case that is not theirs for an hour, for reading",
    Action.REVIEW_EMERGENCY: "review such an access, never one's own",
    Action.MIGRATE_JOURNEYS: "move running journeys to another version of their pathway",
    Action.MANAGE_PEOPLE: "add members of staff, change names, addresses and roles",
    Action.MANAGE_FEEDS: "make and revoke private calendars",
    Action.KEEP_SETTINGS: "say how one wants to be reached, and when",
    Action.RUN_ENGINE: "what timers and streams record of each other",
}
TITLES = READ_TITLES | DECIDE_TITLES
HEADS: dict[RoleOrPost, str] = {
    Role.CONSULTANT: "Consultant",
    Role.CASEWORKER: "Caseworker",
    Role.MOBILE_TEAM: "Mobile team",
    Role.PSYCHOLOGIST: "Psychologist",
    Role.LAWYER: "Lawyer",
    Role.SUPERVISOR: "Supervisor",
    Role.ON_CALL: "On call",
    Post.DRIVER: "Driver",
    Post.PROVIDER: "Outside provider",
    Post.DATA_PROTECTION_LEAD: "Data-protection lead",
    Post.ANALYST: "Analyst",
    Post.ADMINISTRATOR: "Administrator",
}
NO = {
    Denial.NOT_YOUR_ROLE: "–",
    Denial.NO_CLIENT_DATA: "×",
    Denial.ENGINE_ONLY: "engine",
}
"""What a cell says where no involvement whatever helps."""

Row = tuple[str, ...]


def refreshed(page: str) -> str:
    """The page with every table between its markers made anew. Raises `KeyError` for a marker that no table answers."""
    tables = {
        "reading": _rights(READ_TITLES),
        "deciding": _rights(DECIDE_TITLES),
        "commands": _commands(),
        "journey": _journey(),
        **{name: _fields((path, _one(action)) for path in paths(model)) for name, (model, action) in WHOLE.items()},
    }

    def table(marker: re.Match[str]) -> str:
        return f"<!-- {marker[1]} -->\n{tables[marker[1]]}\n<!-- end -->"

    return re.sub(r"<!-- ([a-z-]+) -->\n.*?<!-- end -->", table, page, flags=re.DOTALL)


def _rights(titles: dict[Action, str]) -> str:
    rows = ((_title(action), *(_cell(role, action) for role in ROLES_AND_POSTS)) for action in titles)
    return _table(("Action", *(HEADS[role] for role in ROLES_AND_POSTS)), rows)


def _title(action: Action) -> str:
    behind = " *(behind a purpose)*" if action in BEHIND_PURPOSE else ""
    return f"`{action.value}`<br>{TITLES[action]}{behind}"


def _cell(role: RoleOrPost, action: Action) -> str:
    """How somebody with this one role must stand to it; where nothing helps, why."""
    member = Member(UUID(int=1), frozenset({role.value}))
    without = may(member, NO_FOOTING, action)
    if isinstance(without, Allowed):
        return "**yes**"
    ways = [each for each in Involvement if isinstance(may(member, frozenset({Footing(role, each)}), action), Allowed)]
    return ", ".join(each.value for each in ways) or NO[without.reason]


def _commands() -> str:
    head = ("Action", "Commands", "Opens sealed texts of")
    return _table(head, ((f"`{action.value}`", _kinds(action), _compartments(action)) for action in TITLES))


def _kinds(action: Action) -> str:
    return "–" if action in READING | OF_THE_VAULT else ", ".join(f"`{command.kind}`" for command in COMMANDS[action])


def _compartments(action: Action) -> str:
    return ", ".join(sorted(compartment.value for compartment in OPENS.get(action, ()))) or "–"


def _journey() -> str:
    return _fields((path, _parts(parts)) for path, parts in journey_fields())


def _parts(parts: Parts) -> str:
    return "whoever opens the file" if parts == frozenset(FILE) else ", ".join(sorted(_one(part) for part in parts))


def _one(action: Action) -> str:
    return f"`{action.value}`"


def _fields(found: Iterable[tuple[str, str]]) -> str:
    return _table(("Field", "Needs"), ((f"`{path}`", needs) for path, needs in found))


def _table(head: Row, rows: Iterable[Row]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


if __name__ == "__main__":
    for page in (PAGE, FIELDS_PAGE):
        page.write_text(refreshed(page.read_text("utf-8")), "utf-8")
