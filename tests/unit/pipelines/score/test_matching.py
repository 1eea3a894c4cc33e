"""Which exception answers which fault: what both name is equal, the most in common goes first."""

from __future__ import annotations

import time
from decimal import Decimal

from pipelines.score.matching import match, pointed_at
from pipelines.score.problems import Problem, found_problems, names, planted_problems


def problem(
    code: str = "UNBILLED", amount: str | None = "10.00", child: bool = False, **named: str
) -> Problem:
    return Problem(
        code=code,
        named=names({"company_id": "C", **named}),
        amount=None if amount is None else Decimal(amount),
        is_child=child,
    )


def test_what_both_name_must_be_equal() -> None:
    fault = problem(order_id="A", order_line="1")
    assert match([fault], [problem(order_id="A", order_line="1", shipment_id="S")]) == {0: 0}
    assert match([fault], [problem(order_id="A", order_line="2")]) == {}
    assert match([fault], [problem(order_id="B", order_line="1")]) == {}


def test_another_code_or_another_company_is_another_problem() -> None:
    fault = problem(order_id="A")
    assert match([fault], [problem("UNDER_PRICED", order_id="A")]) == {}
    assert match([fault], [problem(order_id="A", company_id="D")]) == {}


def test_two_documents_of_different_kinds_are_nothing_in_common() -> None:
    assert match([problem(order_id="A")], [problem(invoice_id="I")]) == {}


def test_the_company_is_enough_only_where_neither_side_names_anything_else() -> None:
    assert match([problem()], [problem()]) == {0: 0}
    assert match([problem()], [problem(company_id="D")]) == {}
    assert match([problem()], [problem(order_id="A")]) == {}


def test_a_row_of_a_company_that_could_not_be_read_is_found_by_its_file() -> None:
    fault = problem("FEED_REJECT", None, file_name="f.csv", row_number="7")
    reject = {
        "exception_id": "x",
        "root_id": "x",
        "code": "FEED_REJECT",
        "company_id": "*",
        "file_name": "f.csv",
        "row_number": 7,
        "exposure_amount": Decimal(0),
    }
    assert match([fault], found_problems([reject])) == {0: 0}
    assert match([fault], found_problems([{**reject, "row_number": 8}])) == {}


def test_an_item_is_enough_only_where_one_side_names_no_document() -> None:
    negative = problem("NEG_STOCK", item_id="X", location_id="L", movement_id="M1")
    assert match([negative], [problem("NEG_STOCK", item_id="X", location_id="L")]) == {0: 0}
    assert match([negative], [problem("NEG_STOCK", item_id="X", location_id="K")]) == {}
    assert match([problem(order_id="A", item_id="X")], [problem(invoice_id="I", item_id="X")]) == {}


def test_documents_of_every_kind_are_compared() -> None:
    for named in (
        {"transfer_id": "T"},
        {"count_id": "N"},
        {"purchase_order_id": "P", "purchase_order_line": "1"},
        {"journal_id": "J", "journal_line": "1"},
        {"cash_receipt_id": "R"},
        {"receipt_id": "R", "receipt_line": "1"},
        {"movement_id": "M"},
    ):
        assert match([problem(**named)], [problem(**named)]) == {0: 0}, named
        last = list(named)[-1]
        assert match([problem(**named)], [problem(**{**named, last: "other"})]) == {}, named


def test_the_most_in_common_goes_first_whatever_the_order() -> None:
    header, line = problem(order_id="A"), problem(order_id="A", order_line="1")
    found = [problem(order_id="A", order_line="1"), problem(order_id="A")]
    assert match([header, line], found) == {0: 1, 1: 0}
    assert match([line, header], found) == {0: 0, 1: 1}


def test_each_exception_answers_one_fault() -> None:
    twice = [problem(order_id="A"), problem(order_id="A")]
    assert match(twice, twice[:1]) == {0: 0}
    assert match(twice[:1], twice) == {0: 0}


def test_among_equals_the_same_amount_goes_first_and_the_rest_by_size() -> None:
    faults = [problem(amount="1.00", order_id="A"), problem(amount="5.00", order_id="A")]
    assert match(faults, faults[::-1]) == {0: 1, 1: 0}
    near = [problem(amount="4.00", order_id="A"), problem(amount="2.00", order_id="A")]
    assert match(faults, near) == {0: 1, 1: 0}


def test_a_root_answers_a_root_before_a_child_does() -> None:
    child, root = problem(child=True, order_id="A"), problem(order_id="A")
    assert match([root], [child, root]) == {0: 1}
    assert match([child], [root, child]) == {0: 1}
    assert match([child], [root]) == {0: 0}
    assert match([root], [child]) == {0: 0}


def test_planted_rows_say_amount_child_and_names() -> None:
    rows = [
        {"code": "A", "company_id": "C", "order_id": "", "order_line": "3", "root_code": "B"},
        {"code": "B", "company_id": "C", "order_id": "O", "order_line": "3", "root_code": ""},
    ]
    child, root = planted_problems(
        [{**rows[0], "exposure_amount": ""}, {**rows[1], "exposure_amount": "1.50"}]
    )
    assert (child.is_child, child.amount, child.named) == (True, None, {"company_id": "C"})
    assert (root.is_child, root.amount) == (False, Decimal("1.50"))
    assert root.named == {"company_id": "C", "order_id": "O", "order_line": "3"}


def test_a_trap_is_pointed_at_by_any_code_as_fine_as_itself() -> None:
    traps = [problem(order_id="A", order_line="1"), problem(order_id="B", order_line="1")]
    found = [
        problem("CREDIT_HOLD", order_id="A"),
        problem("UNBILLED", order_id="A", order_line="1", shipment_id="S"),
        problem("UNDER_PRICED", order_id="A", order_line="1"),
        problem("UNDER_PRICED", order_id="A", order_line="2"),
    ]
    assert pointed_at(traps, found) == {0: [1, 2]}


def test_a_hundred_thousand_on_either_side_take_seconds() -> None:
    """All share one file, one item and one party: a loop over pairs would take an hour."""
    count = 100_000
    faults = [
        problem("FEED_REJECT", None, file_name="f", row_number=str(n), item_id="X", party_id="P")
        for n in range(count)
    ]
    found = [problem("FEED_REJECT", "0", file_name="f", row_number=str(n)) for n in range(count)]
    start = time.perf_counter()
    answers = match(faults, found[::-1])
    seconds = time.perf_counter() - start
    assert answers == {n: count - 1 - n for n in range(count)}
    assert seconds < 15
