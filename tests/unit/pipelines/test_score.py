"""Scoring: found once, missed, found twice, found without being planted, and the wrong amount."""

from __future__ import annotations

from decimal import Decimal

from pipelines.score import same_problem, score_codes


def fault(code: str, order: str, line: str = "1", amount: str = "10.00") -> dict[str, str]:
    return {
        "code": code,
        "company_id": "C",
        "order_id": order,
        "order_line": line,
        "shipment_id": "",
        "exposure_amount": amount,
    }


def exception(code: str, order: str | None, line: str = "1", amount: str = "10.00") -> dict:
    return {
        "code": code,
        "company_id": "C",
        "order_id": order,
        "order_line": line if order else None,
        "shipment_id": "S9",
        "exposure_amount": Decimal(amount),
    }


def test_what_is_found_once_with_its_amount_scores_one() -> None:
    (score,) = score_codes([fault("UNBILLED", "A")], [exception("UNBILLED", "A")])
    assert (score.precision, score.recall, score.matched_amount_error) == (1, 1, 0)


def test_what_is_missed_lowers_recall() -> None:
    planted = [fault("UNBILLED", "A"), fault("UNBILLED", "B")]
    (score,) = score_codes(planted, [exception("UNBILLED", "B")])
    assert (score.precision, score.recall) == (1, Decimal("0.500"))


def test_what_is_found_twice_lowers_precision() -> None:
    found = [exception("UNBILLED", "A"), exception("UNBILLED", "A")]
    (score,) = score_codes([fault("UNBILLED", "A")], found)
    assert (score.precision, score.recall) == (Decimal("0.500"), 1)


def test_what_nobody_planted_is_not_right() -> None:
    scores = score_codes([fault("UNBILLED", "A")], [exception("UNDER_PRICED", "A")])
    by_code = {score.code: score for score in scores}
    assert by_code["UNBILLED"].recall == 0
    assert by_code["UNBILLED"].precision is None
    assert by_code["UNDER_PRICED"].precision == 0
    assert by_code["UNDER_PRICED"].recall is None


def test_a_wrong_amount_is_an_error_of_its_size() -> None:
    (score,) = score_codes([fault("UNBILLED", "A")], [exception("UNBILLED", "A", amount="7.50")])
    assert score.matched == 1
    assert score.matched_amount_error == Decimal("2.50")


def test_the_company_alone_does_not_make_two_problems_the_same() -> None:
    assert not same_problem(fault("UNBILLED", "A"), exception("UNBILLED", None))
    assert not same_problem(fault("UNBILLED", "A", "1"), exception("UNBILLED", "A", "2"))
