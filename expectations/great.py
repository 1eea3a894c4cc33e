"""Our expectations in the words of Great Expectations, and its results in ours.

The only place that imports it (seconds of import), and the only one where pandas appears. It sees
floats: it says "plausible", never "equal".
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from expectations.expected import Expected, Kind
from expectations.months import VOLUME, share_name

EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class Outcome:
    success: bool
    unexpected_count: int
    element_count: int
    examples: tuple[str, ...]
    failure: str = ""


class GreatExpectations:
    """One context; frames come in, outcomes go out, in the order of the suite."""

    def __init__(self, context: Any) -> None:
        self._context = context
        self._frames = context.data_sources.add_pandas("batches")

    def judge(
        self, name: str, frame: pl.DataFrame, suite: Sequence[Expected], *, row_name: str = ""
    ) -> list[Outcome]:
        """`row_name` is the column that names a row in the examples, such as its month."""
        if not suite:
            return []
        import great_expectations as gx

        asset = self._frames.add_dataframe_asset(name)
        batch = asset.add_batch_definition_whole_dataframe("all of it")
        written = gx.ExpectationSuite(name, expectations=[_translated(e) for e in suite])
        validation = gx.ValidationDefinition(
            name=name, data=batch, suite=self._context.suites.add(written)
        )
        validation = self._context.validation_definitions.add(validation)
        result = validation.run(
            batch_parameters={"dataframe": _to_pandas(frame, suite, row_name)},
            result_format={
                "result_format": "SUMMARY",
                "unexpected_index_column_names": [row_name] if row_name else [],
            },
        )
        by_id = {found.expectation_config.id: found for found in result.results}
        return [_outcome(by_id[expectation.id], row_name) for expectation in written.expectations]


def great_expectations() -> GreatExpectations:
    """A context in memory: one on disk writes all it knows anew with every suite.

    Analytics are off before anything is imported.
    """
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    import great_expectations as gx
    from great_expectations.data_context.types.base import ProgressBarsConfig

    context = gx.get_context(mode="ephemeral")
    context.enable_analytics(False)
    context.variables.progress_bars = ProgressBarsConfig(globally=False, metric_calculations=False)
    return GreatExpectations(context)


def _translated(expected: Expected) -> Any:
    import great_expectations.expectations as gxe

    shared: dict[str, Any] = {
        "severity": expected.severity.value,
        "meta": {"sentence": expected.sentence},
    }
    column: dict[str, Any] = {"column": expected.column, **shared}
    match expected.kind:
        case Kind.GIVEN:
            return gxe.ExpectColumnValuesToNotBeNull(**column)
        case Kind.ONE_OF:
            return gxe.ExpectColumnValuesToBeInSet(value_set=list(expected.values), **column)
        case Kind.HOLDS:
            return gxe.ExpectColumnDistinctValuesToContainSet(
                value_set=list(expected.values), **column
            )
        case Kind.BETWEEN:
            return gxe.ExpectColumnValuesToBeBetween(
                min_value=expected.low, max_value=expected.high, mostly=expected.mostly, **column
            )
        case Kind.NOT_BEFORE:
            return gxe.ExpectColumnPairValuesAToBeGreaterThanB(
                column_A=expected.column, column_B=expected.other, or_equal=True,
                ignore_row_if="either_value_is_missing", mostly=expected.mostly, **shared,
            )  # fmt: skip
        case Kind.USUAL_VOLUME | Kind.USUAL_SHARE:
            measure = VOLUME if expected.kind is Kind.USUAL_VOLUME else share_name(expected)
            return gxe.ExpectColumnValuesToBeBetween(
                **{**column, "column": measure}, min_value=expected.low, max_value=expected.high
            )


def _to_pandas(frame: pl.DataFrame, suite: Sequence[Expected], row_name: str) -> Any:
    """Only the columns that are looked at; decimals as floats, which is why money is not judged."""
    named = {name for e in suite for name in (e.column, e.other, share_name(e))}
    named |= {VOLUME, row_name}
    kept = [name for name in frame.columns if name in named]
    numbers = [name for name in kept if frame.schema[name].is_decimal()]
    return frame.select(kept).with_columns(pl.col(numbers).cast(pl.Float64)).to_pandas()


def _outcome(found: Any, row_name: str) -> Outcome:
    told = found.result or {}
    unexpected = told.get("partial_unexpected_list") or []
    if row_name:  # {"month": "2025-07", "the measure": 4.8} reads "2025-07: 4.8"
        unexpected = [
            f"{row.pop(row_name)}: {_plain(tuple(row.values()))}"
            for row in map(dict, told.get("partial_unexpected_index_list") or [])
        ]
    observed = told.get("observed_value")
    if not unexpected and observed is not None:
        unexpected = [observed] if not isinstance(observed, list) else observed
    trouble = found.exception_info or {}
    return Outcome(
        success=bool(found.success),
        unexpected_count=int(told.get("unexpected_count") or 0),
        element_count=int(told.get("element_count") or 0),
        examples=tuple(dict.fromkeys(map(_plain, unexpected)))[:EXAMPLES],
        failure=str(trouble.get("exception_message") or ""),
    )


def _plain(value: Any) -> str:
    if isinstance(value, (tuple, list)):
        return " / ".join(map(_plain, value))
    return f"{value:g}" if isinstance(value, float) else str(value)
