"""Who may do what to an exception, and what an act needs."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from models.vocabulary.exceptions import EXCEPTIONS
from pipelines.faults import UsageFault
from pipelines.worklog.actions import WORKS_FOR, Act, Person, note_of
from pipelines.worklog.standing import Standing
from reporting.access.roles import Role

NOON = datetime(2026, 3, 31, 12, tzinfo=UTC)
EXCEPTION = {
    "exception_id": "0123456789abcdef",
    "company_id": "C",
    "code": "UNBILLED",
    "owner_role": "billing",
    "exposure_amount": Decimal("12.5000"),
    "currency": "EUR",
}
OPEN = Standing()
ENDED = Standing(status="resolved", resolution="written_off")
GONE = Standing(status="resolved", resolution="no_longer_found", is_found=False)
RESOLVE = Act("resolved", resolution="fixed", note="rebilled")


def done(
    act: Act, role: Role = Role.FINANCE, standing: Standing = OPEN, **more: object
) -> dict[str, Any]:
    person = Person("anna", role)
    return note_of(person, act, EXCEPTION | more, standing, noted_at=NOON, as_of_at=NOON)


def test_every_owner_has_a_role_that_works_on_its_exceptions() -> None:
    worked = frozenset().union(*(WORKS_FOR[role] for role in Role if role is not Role.ADMIN))
    owners = {problem.owner_role for problem in EXCEPTIONS.values()}
    # interfaces and master data belong to nobody who reads the dashboard but its admin
    assert owners - worked == {"IT / vendor", "IT", "master data"}
    assert owners == WORKS_FOR[Role.ADMIN]


def test_an_act_is_one_row_with_who_in_which_role_and_on_which_figures() -> None:
    row = done(Act("assigned", assigned_to="ben", note="please"))
    assert row == {
        "exception_id": "0123456789abcdef",
        "company_id": "C",
        "action": "assigned",
        "noted_at": NOON,
        "as_of_at": NOON,
        "actor": "anna",
        "role": "finance",
        "status": "assigned",
        "assigned_to": "ben",
        "note": "please",
    }


def test_an_end_carries_the_amount_it_was_decided_on() -> None:
    row = done(RESOLVE)
    assert (row["status"], row["resolution"]) == ("resolved", "fixed")
    assert row["exposure_amount"] == Decimal("12.5000")


def test_who_waits_goes_on_waiting_when_somebody_else_takes_it() -> None:
    row = done(Act("assigned", assigned_to="ben"), standing=Standing(status="waiting"))
    assert "status" not in row


@pytest.mark.parametrize(
    ("role", "owner", "may"),
    [
        (Role.WAREHOUSE, "billing", False),
        (Role.WAREHOUSE, "inventory control", True),
        (Role.SALES, "pricing", True),
        (Role.SALES, "GL", False),
        (Role.PLANNING, "planning", True),
        (Role.FINANCE, "warehouse", False),
        (Role.AUDITOR, "billing", False),
        (Role.ADMIN, "IT / vendor", True),
        (Role.ADMIN, "an owner only this site's policy knows", True),
        (Role.SALES, "sales", True),
    ],
)
def test_a_role_works_on_its_own_exceptions(role: Role, owner: str, may: bool) -> None:
    if may:
        assert done(RESOLVE, role, owner_role=owner)["role"] == role
        return
    with pytest.raises(UsageFault, match=f"belongs to {owner}; the role {role}"):
        done(RESOLVE, role, owner_role=owner)


def test_everybody_may_comment() -> None:
    assert done(Act("commented", note="seen"), Role.AUDITOR)["note"] == "seen"
    assert done(Act("commented", note="seen"), standing=GONE)["action"] == "commented"


@pytest.mark.parametrize("how", ["written_off", "accepted"])
def test_money_is_given_up_by_those_who_answer_for_it(how: str) -> None:
    act = Act("resolved", resolution=how, note="too old")
    with pytest.raises(UsageFault, match=r"gives up 12\.5000 EUR"):
        done(act, Role.SALES, owner_role="pricing")
    assert done(act, Role.FINANCE, owner_role="pricing")["resolution"] == how


@pytest.mark.parametrize(
    ("act", "standing", "said"),
    [
        (Act("resolved", resolution="gone", note="x"), OPEN, "Known: fixed, written_off"),
        (Act("resolved", resolution="no_longer_found", note="x"), OPEN, "unknown"),
        (Act("resolved", resolution="fixed", note=" "), OPEN, "say why"),
        (Act("commented"), OPEN, "say why"),
        (Act("assigned", assigned_to=" "), OPEN, "say to whom"),
        (Act("status", status="assigned"), OPEN, "open or waiting"),
        (RESOLVE, ENDED, "is resolved .written_off. already"),
        (Act("assigned", assigned_to="ben"), ENDED, "already"),
        (Act("status", status="open"), GONE, "no longer shows it"),
        (RESOLVE, GONE, "no longer shows it"),
    ],
)
def test_what_makes_no_sense_is_refused_with_the_reason(
    act: Act, standing: Standing, said: str
) -> None:
    with pytest.raises(UsageFault, match=said):
        done(act, standing=standing)


def test_an_ended_one_is_opened_again() -> None:
    assert done(Act("status", status="open"), standing=ENDED)["status"] == "open"
