"""Precision, recall, amount error: found once, missed, twice, unplanted, wrong, not built."""

from __future__ import annotations

from decimal import Decimal

from pipelines.score.codes import CodeScore, score_codes
from pipelines.score.matching import match
from pipelines.score.problems import Problem
from pipelines.score.traps import score_traps

RAISED = ("UNBILLED", "UNDER_PRICED", "GL_MISSING_IN_GL")


def fault(
    code: str = "UNBILLED", order: str = "A", amount: str | None = "10.00", child: bool = False
) -> Problem:
    money = None if amount is None else Decimal(amount)
    return Problem(code, {"company_id": "C", "order_id": order}, money, child)


def exception(
    code: str = "UNBILLED", order: str = "A", amount: str = "10.00", root: str = ""
) -> Problem:
    number = f"{code} {order}"
    return Problem(
        code,
        {"company_id": "C", "order_id": order},
        Decimal(amount),
        is_child=bool(root),
        id=number,
        root_id=root or number,
    )


def scored(planted: list[Problem], found: list[Problem]) -> list[CodeScore]:
    return score_codes(planted, found, match(planted, found), raised=RAISED)


def test_what_is_found_once_with_its_amount_scores_one() -> None:
    (line,) = scored([fault()], [exception()])
    assert (line.precision, line.recall, line.amount_error) == (1, 1, 0)
    assert (line.planted_amount, line.found_amount) == (10, 10)
    assert line.verdict == "found as planted"


def test_what_is_missed_lowers_recall() -> None:
    (line,) = scored([fault(), fault(order="B")], [exception(order="B")])
    assert (line.precision, line.recall) == (1, Decimal("0.500"))
    assert line.verdict == "found with errors"


def test_what_is_found_twice_lowers_precision() -> None:
    (line,) = scored([fault()], [exception(), exception()])
    assert (line.precision, line.recall) == (Decimal("0.500"), 1)
    assert line.verdict == "found with errors"


def test_what_nobody_planted_is_not_right() -> None:
    unbilled, under_priced = scored([fault()], [exception("UNDER_PRICED")])
    assert (unbilled.recall, unbilled.precision, unbilled.verdict) == (0, None, "not found")
    assert (under_priced.precision, under_priced.recall) == (0, None)
    assert under_priced.verdict == "found with errors"


def test_a_wrong_amount_is_an_error_of_its_size_either_way() -> None:
    (line,) = scored(
        [fault(), fault(order="B")], [exception(amount="7.50"), exception(order="B", amount="11")]
    )
    assert (line.matched, line.amount_error) == (2, Decimal("3.50"))
    assert line.verdict == "found with errors"


def test_where_money_is_not_the_measure_there_is_no_error_in_it() -> None:
    (line,) = scored([fault(amount=None)], [exception(amount="7.50")])
    assert (line.amount_error, line.planted_amount) == (0, 0)
    assert line.verdict == "found as planted"


def test_a_code_without_a_rule_is_not_available_and_no_miss() -> None:
    (line,) = scored([fault("TERMS_LEAK")], [])
    assert (line.status, line.verdict, line.planted) == ("not available", "not available", 1)


def test_a_code_that_has_a_rule_and_finds_nothing_is_a_miss() -> None:
    (line,) = scored([fault("UNDER_PRICED")], [])
    assert (line.status, line.verdict, line.recall) == ("scored", "not found", 0)


def test_a_planted_child_counts_in_its_own_line_grouped_or_not() -> None:
    planted = [fault("GL_MISSING_IN_GL", child=True), fault("GL_MISSING_IN_GL", "B", child=True)]
    found = [
        exception("GL_MISSING_IN_GL", "A", "0.00", root="r"),
        exception("GL_MISSING_IN_GL", "B", "10.00"),
    ]
    (line,) = scored(planted, found)
    assert (line.is_child, line.planted, line.matched, line.recall) == (True, 2, 2, 1)
    assert (line.precision, line.amount_error) == (None, 0)
    assert line.verdict == "found as planted"


def test_a_child_that_nobody_planted_lowers_no_precision() -> None:
    found = [
        exception("GL_MISSING_IN_GL"),
        exception("GL_MISSING_IN_GL", "B", root="UNBILLED B"),
        exception("GL_MISSING_IN_GL", "D", root="UNBILLED D"),
    ]
    root, child = scored([fault("GL_MISSING_IN_GL")], found)
    assert (root.is_child, root.found, root.precision) == (False, 1, 1)
    assert (child.is_child, child.found, child.verdict) == (True, 2, "explained by its root")


def test_a_planted_root_that_hangs_under_another_is_found_without_its_amount() -> None:
    (line,) = scored([fault()], [exception(amount="0.00", root="r")])
    assert (line.recall, line.precision, line.amount_error) == (1, 1, 10)
    assert line.verdict == "found with errors"


def test_lines_stand_in_the_order_of_the_codes_roots_first() -> None:
    planted = [fault("UNDER_PRICED"), fault("UNBILLED", child=True), fault("UNBILLED", "B")]
    lines = [(line.code, line.is_child) for line in scored(planted, [])]
    assert lines == [("UNBILLED", False), ("UNBILLED", True), ("UNDER_PRICED", False)]


TRAPS = [
    {"company_id": "C", "name": "sample", "why": "w", "order_id": "A", "order_line": ""},
    {"company_id": "C", "name": "sample", "why": "w", "order_id": "B", "order_line": ""},
    {"company_id": "C", "name": "cancelled", "why": "w", "order_id": "D", "order_line": ""},
]


def test_a_trap_that_an_exception_points_at_is_a_false_alarm() -> None:
    found = [exception(), exception("UNDER_PRICED"), exception(order="E")]
    cancelled, sample = score_traps(TRAPS, found, set())
    assert (cancelled.name, cancelled.traps, cancelled.alarms) == ("cancelled", 1, 0)
    assert (sample.name, sample.traps, sample.alarms) == ("sample", 2, 1)
    assert sample.codes == {"UNBILLED": 1, "UNDER_PRICED": 1}


def test_an_answer_to_a_planted_fault_and_its_children_are_no_false_alarm() -> None:
    found = [exception(), exception("GL_MISSING_IN_GL", root="UNBILLED A")]
    assert sum(trap.alarms for trap in score_traps(TRAPS, found, {0})) == 0
    assert sum(trap.alarms for trap in score_traps(TRAPS, found, set())) == 1
