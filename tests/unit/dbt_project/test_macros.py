"""Our own dbt tests fire when they should, and quotients are exact."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import jinja2
import pytest

MACROS = Path(__file__).resolve().parents[3] / "dbt_project" / "macros"
ROWS = """
    (values ('a', 1, 10.00, 10.00), ('b', 1, 10.00, 10.01), ('c', 2, null, 5.00), ('c', 2, 5.00, null))
    as rows_of_a_table(thing, line, expected, actual)
"""


def rendered(file: str, macro: str, **arguments: Any) -> str:
    """SQL of a macro or generic test, without dbt: its file is Jinja but for the word `test`."""
    source = (MACROS / file).read_text(encoding="utf-8")
    source = source.replace("{% test ", "{% macro test_").replace("endtest", "endmacro")
    template = jinja2.Environment().from_string(source)
    sql: str = getattr(template.module, macro)(**arguments)
    return sql


def failing(test: str, **arguments: Any) -> list[tuple[Any, ...]]:
    query = rendered(f"test_{test}.sql", f"test_{test}", model=ROWS, **arguments)
    return sorted(duckdb.sql(query).fetchall(), key=str)


def test_a_grain_is_broken_by_a_repeat_and_by_a_null_in_the_key() -> None:
    assert failing("unique_grain", columns=["thing", "line"]) == [("c", 2, 2)]
    assert failing("unique_grain", columns=["thing", "actual"]) == [("c", None, 1)]
    assert len(failing("unique_grain", columns=["thing", "line", "expected", "actual"])) == 2


@pytest.mark.parametrize(("tolerance", "broken"), [(0, "bcc"), (0.01, "cc"), (0.009, "bcc")])
def test_figures_agree_within_the_tolerance_and_never_with_nothing(tolerance, broken) -> None:
    rows = failing("agrees", left="expected", right="actual", tolerance=tolerance)
    assert "".join(row[0] for row in rows) == broken


def test_agreement_may_be_asked_of_some_rows() -> None:
    rows = failing("agrees", left="expected", right="actual", row_condition="thing <> 'c'")
    assert [row[0] for row in rows] == ["b"]


def test_a_statement_that_yields_null_has_not_held() -> None:
    assert [row[0] for row in failing("holds", statement="actual >= expected")] == ["c", "c"]


@pytest.mark.parametrize(
    ("numerator", "denominator", "scale", "expected"),
    [
        ("1.000000", "3.000000", 8, "0.33333333"),
        ("2.000000", "3.000000", 8, "0.66666667"),
        ("-2.000000", "3.000000", 6, "-0.666667"),
        ("1.000000", "8.000000", 2, "0.13"),
        ("-1.000000", "8.000000", 2, "-0.13"),
        ("1.000000", "-8.000000", 2, "-0.13"),
        ("999999999999.999999", "7.000000", 6, "142857142857.142857"),
        ("0.000000", "5.000000", 6, "0.000000"),
    ],
)
def test_a_quotient_is_rounded_half_away_from_zero(numerator, denominator, scale, expected) -> None:
    assert quotient(numerator, denominator, scale) == Decimal(expected)


def test_a_quotient_by_zero_or_beyond_its_type_is_empty() -> None:
    assert quotient("1.000000", "0.000000", 8) is None
    assert quotient("999999999999.999999", "0.000001", 8) is None


def quotient(numerator: str, denominator: str, scale: int) -> Decimal | None:
    sql = rendered(
        "engines/divide_exact.sql",
        "duckdb__divide_exact",
        numerator=f"cast({numerator} as decimal(18, 6))",
        denominator=f"cast({denominator} as decimal(18, 6))",
        scale=scale,
        from_scale=6,
        by_scale=6,
    )
    answer = duckdb.sql(f"select {sql}").fetchone()
    assert answer is not None
    value: Decimal | None = answer[0]
    return value


@pytest.mark.parametrize(
    ("decimals", "amounts"),
    [
        (0, ["1553.0000", "1.0000", "-1.0000"]),
        (2, ["1552.5000", "0.5100", "-0.5000"]),
        (3, ["1552.5000", "0.5060", "-0.5000"]),
        (4, ["1552.5000", "0.5055", "-0.5000"]),
        (None, ["1552.5000", "0.5100", "-0.5000"]),
    ],
)
def test_an_amount_is_rounded_to_what_the_ledger_can_post(decimals, amounts) -> None:
    exact = "amount * cast(rate as decimal(20, 8))"
    sql = rendered("minor_unit.sql", "minor_unit", amount=exact, decimals="decimals")
    told = (
        "(values (10.35::decimal(18, 4), 150), (0.5055, 1), (-0.5, 1))"
        f" as documents(amount, rate), (values ({'null' if decimals is None else decimals}))"
        " as companies(decimals)"
    )
    found = [row[0] for row in duckdb.sql(f"select {sql} from {told}").fetchall()]
    assert sorted(found) == sorted(Decimal(amount) for amount in amounts)
