"""Each step of a mapping by itself, and what it does to the count of rows."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import polars as pl
import pytest

from pipelines.ingest.expressions import ExpressionFails, evaluate
from pipelines.ingest.mapping_keys import Step
from pipelines.ingest.steps import Stepped, apply_steps

ORDERS = pl.DataFrame(
    {
        "order": ["A", "A", "B", "C"],
        "sku": ["1", "2", "1", "3"],
        "amount": ["1.10", "2.20", "0.30", None],
        "on": [dt.date(2026, 3, 1), dt.date(2026, 3, 2), None, dt.date(2026, 3, 3)],
    }
)
ITEMS = pl.DataFrame({"code": ["1", "2 ", "4"], "unit": ["EA", "BX", "EA"]})


def placed(frame: pl.DataFrame, *, file: int = 0) -> pl.DataFrame:
    numbers = pl.int_range(2, pl.len() + 2, dtype=pl.Int64)
    return frame.with_columns(
        pl.lit(file, dtype=pl.Int64).alias("_file"), numbers.alias("_row_number")
    )


def steps(
    *given: dict[str, object], frame: pl.DataFrame = ORDERS, items: pl.DataFrame | None = None
) -> Stepped:
    other = placed(ITEMS) if items is None else items
    made = [Step.model_validate(step) for step in given]
    return apply_steps(placed(frame), made, lambda name: other)


def values(stepped: Stepped, *names: str) -> list[tuple[object, ...]]:
    return stepped.frame.select(names).rows()


def test_where_keeps_what_is_true_and_counts_the_rest() -> None:
    kept = steps({"where": "\"on\" >= cast('2026-03-02' as date)"})
    assert (values(kept, "order", "sku"), kept.filtered) == ([("A", "2"), ("C", "3")], 2)


def test_where_must_be_true_or_false() -> None:
    with pytest.raises(ExpressionFails, match="is not true or false"):
        steps({"where": "amount"})


def test_derived_columns_see_those_before_the_step() -> None:
    derived = steps({"derive": {"sku": "sku || '!'", "key": '"order" || sku'}})
    assert values(derived, "sku", "key")[0] == ("1!", "A1")


def test_a_value_that_breaks_an_expression_costs_its_row_only() -> None:
    frame = pl.DataFrame({"no": ["1", "x", "3", "y"]})
    done = steps({"derive": {"number": "cast(no as bigint)"}}, frame=frame)
    assert values(done, "number") == [(1,), (3,)]
    assert done.failed.rows() == [
        (0, 3, "cast(no as bigint) cannot be computed: no = 'x'"),
        (0, 5, "cast(no as bigint) cannot be computed: no = 'y'"),
    ]


def test_an_expression_that_fails_everywhere_is_a_mistake_of_the_mapping() -> None:
    frame = pl.DataFrame({"no": ["x"] * 500})
    with pytest.raises(ExpressionFails, match="for more than 100 rows"):
        evaluate(placed(frame), {"number": "cast(no as bigint)"})


def test_a_left_join_keeps_every_row_and_compares_trimmed_text() -> None:
    joined = steps({"join": {"source": "items", "on": {"sku": "code"}, "columns": {"uom": "unit"}}})
    assert values(joined, "sku", "uom") == [("1", "EA"), ("2", "BX"), ("1", "EA"), ("3", None)]
    assert joined.filtered == 0


def test_a_join_may_compare_a_number_with_text() -> None:
    items = placed(pl.DataFrame({"code": [1.0, 2.0], "unit": ["EA", "BX"]}))
    joined = steps({"join": {"source": "items", "on": {"sku": "code"}}}, items=items)
    assert values(joined, "unit") == [("EA",), ("BX",), ("EA",), (None,)]


@pytest.mark.parametrize(
    ("how", "expected", "filtered"),
    [("inner", ["1", "2", "1"], 1), ("semi", ["1", "2", "1"], 1), ("anti", ["3"], 3)],
)
def test_rows_that_fall_out_of_a_join_count_as_filtered(
    how: str, expected: list[str], filtered: int
) -> None:
    joined = steps({"join": {"source": "items", "on": {"sku": "code"}, "how": how}})
    assert (joined.frame["sku"].to_list(), joined.filtered) == (expected, filtered)


def test_a_key_twice_in_one_file_refuses_unless_many_are_wanted() -> None:
    twice = placed(pl.DataFrame({"code": ["1", "1"], "unit": ["EA", "BX"]}))
    step = {"source": "items", "on": {"sku": "code"}}
    with pytest.raises(ExpressionFails, match=r"1 key \(code\) more than once in one file, e.g. 1"):
        steps({"join": step}, items=twice)
    many = steps({"join": {**step, "many": True}}, items=twice)
    assert values(many, "order", "unit") == [
        ("A", "EA"),
        ("A", "BX"),
        ("A", None),
        ("B", "EA"),
        ("B", "BX"),
        ("C", None),
    ]


def test_the_latest_file_of_a_joined_source_holds_per_key() -> None:
    items = pl.concat(
        [placed(ITEMS, file=0), placed(pl.DataFrame({"code": ["1"], "unit": ["PAL"]}), file=1)]
    )
    joined = steps({"join": {"source": "items", "on": {"sku": "code"}}}, items=items)
    assert values(joined, "unit") == [("PAL",), ("BX",), ("PAL",), (None,)]


def test_a_joined_column_may_not_hide_one_that_is_there() -> None:
    with pytest.raises(ExpressionFails, match="sku is there already"):
        steps({"join": {"source": "items", "on": {"sku": "code"}, "columns": {"sku": "unit"}}})


def test_the_joined_source_may_have_steps_of_its_own() -> None:
    step = {"source": "items", "on": {"sku": "code"}, "steps": [{"where": "unit = 'BX'"}]}
    assert values(steps({"join": step}), "unit") == [(None,), ("BX",), (None,), (None,)]


def test_groups_sum_exactly_and_start_the_count_anew() -> None:
    grouped = steps(
        {"where": "sku <> '3'"},
        {
            "group": {
                "by": ["order"],
                "sum": {"total": "amount"},
                "min": ["on"],
                "max": {"last": "sku"},
                "count": "lines",
            }
        },
    )
    assert values(grouped, "order", "total", "on", "last", "lines", "_row_number") == [
        ("A", Decimal("3.30"), dt.date(2026, 3, 1), "2", 2, 2),
        ("B", Decimal("0.30"), None, "1", 1, 4),
    ]
    assert grouped.filtered == 0


def test_floats_are_summed_by_their_shortest_spelling() -> None:
    frame = pl.DataFrame({"k": ["a"] * 3, "x": [0.1, 0.2, 3578.27]})
    grouped = steps({"group": {"by": "k", "sum": ["x"]}}, frame=frame)
    assert values(grouped, "x") == [(Decimal("3578.57"),)]


def test_a_sum_over_nothing_is_nothing() -> None:
    assert values(
        steps({"where": "\"order\" = 'C'"}, {"group": {"by": "order", "sum": "amount"}}), "amount"
    ) == [(None,)]


def test_first_and_last_follow_the_rows_of_the_file() -> None:
    grouped = steps(
        {"group": {"by": ["order"], "first": {"first": "sku"}, "last": {"last": "sku"}}}
    )
    assert values(grouped, "first", "last") == [("1", "2"), ("1", "1"), ("3", "3")]


def test_a_text_that_is_no_number_cannot_be_summed() -> None:
    frame = ORDERS.with_columns(amount=pl.lit("abc"))
    with pytest.raises(
        ExpressionFails,
        match=r"4 values of amount cannot be summed, not a number: row 2 'abc'",
    ):
        steps({"group": {"by": "order", "sum": "amount"}}, frame=frame)


def test_distinct_keeps_the_first_row() -> None:
    assert values(steps({"distinct": ["order"]}), "order", "_row_number") == [
        ("A", 2),
        ("B", 4),
        ("C", 5),
    ]
    doubled = pl.concat([ORDERS, ORDERS])
    assert len(steps({"distinct": "all"}, frame=doubled).frame) == 4


def test_one_row_becomes_many_and_one_that_makes_none_is_filtered() -> None:
    done = steps(
        {
            "one_to_many": [
                {"kind": "'goods'", "value": "amount", "when": "amount is not null"},
                {"kind": "'fee'", "value": "'9'", "when": "\"order\" = 'A'"},
            ]
        }
    )
    assert values(done, "order", "sku", "kind", "value") == [
        ("A", "1", "goods", "1.10"),
        ("A", "1", "fee", "9"),
        ("A", "2", "goods", "2.20"),
        ("A", "2", "fee", "9"),
        ("B", "1", "goods", "0.30"),
    ]
    assert done.filtered == 1


def test_numbers_start_anew_in_each_group() -> None:
    numbered = steps({"number": {"as": "line", "by": ["order"], "order": ["-sku"]}})
    assert values(numbered, "order", "sku", "line") == [
        ("A", "1", 2),
        ("A", "2", 1),
        ("B", "1", 1),
        ("C", "3", 1),
    ]


def test_numbers_by_content_do_not_depend_on_the_order_of_rows() -> None:
    step = {"number": {"as": "line", "by": ["order"]}}
    forward = steps(step).frame.select("order", "sku", "line").sort("order", "sku")
    backward = (
        steps(step, frame=ORDERS.reverse())
        .frame.select("order", "sku", "line")
        .sort("order", "sku")
    )
    assert forward.equals(backward)


def test_missing_columns_are_noted_with_what_needs_them() -> None:
    done = steps(
        {"where": "colour = 'red'"},
        {"distinct": ["shape"]},
        {"number": {"as": "n", "by": ["size"]}},
    )
    assert done.missing == (("colour", "where"), ("shape", "distinct"), ("size", "number"))


def test_a_missing_number_is_noted_too_although_its_stand_in_could_not_be_compared() -> None:
    done = steps(
        {"where": "weight > 0"},
        {"derive": {"total": "weight * pieces"}},
        {"one_to_many": [{"when": "total > 1", "part": "total - 1"}]},
    )
    assert done.missing == (("weight", "where"), ("pieces", "derive"))
