"""Runs the suites on batches: frames by feed in, verdicts out, Data Docs written on the way.

Without a batch nothing is imported and nothing is written. Feeds without a suite are passed over.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl

from expectations.data_docs import write_data_docs
from expectations.expected import Expected, Kind, Severity
from expectations.great import Outcome, great_expectations
from expectations.months import by_month
from expectations.rendered import rendered_suite
from expectations.suites import SUITES
from expectations.verdict import Verdict
from models.contracts import CONTRACTS

MONTHLY = (Kind.USUAL_VOLUME, Kind.USUAL_SHARE)


def suite_of(feed: str) -> tuple[Expected, ...]:
    """The rendered part first, then what a person added."""
    return (*rendered_suite(feed), *SUITES[feed])


def validate_batches(batches: Mapping[str, pl.DataFrame], *, docs_dir: Path) -> list[Verdict]:
    """Verdicts in the order of feeds and suites; pages of the judged feeds in `docs_dir`."""
    judged = {feed: batches[feed] for feed in sorted(batches) if feed in SUITES}
    judged = {feed: batch for feed, batch in judged.items() if not batch.is_empty()}
    if not judged:
        return []
    verdicts: list[Verdict] = []
    gx = great_expectations()
    for feed, batch in judged.items():
        per_row, per_month = _parts(feed, batch)
        outcomes = gx.judge(feed, batch, per_row)
        if per_month:
            months = by_month(batch, per_month, _event_time(feed, per_month))
            outcomes += gx.judge(f"{feed} by month", months, per_month, row_name="month")
        verdicts += [
            _verdict(feed, expected, outcome)
            for expected, outcome in zip((*per_row, *per_month), outcomes, strict=True)
        ]
    write_data_docs(docs_dir, verdicts, {feed: batch.height for feed, batch in judged.items()})
    return verdicts


def _parts(feed: str, batch: pl.DataFrame) -> tuple[list[Expected], list[Expected]]:
    """Expectations on rows and on months; a column that the source never fills is not judged."""
    filled = {name for name in batch.columns if batch[name].null_count() < batch.height}
    per_row, per_month = [], []
    for expected in suite_of(feed):
        if expected.kind in MONTHLY:
            if expected.column in filled:
                per_month.append(expected)
        elif (
            expected.severity is Severity.CRITICAL
            or {expected.column, expected.other} - {""} <= filled
        ):
            per_row.append(expected)
    return per_row, per_month if _event_time(feed, per_month) in filled else []


def _event_time(feed: str, per_month: Sequence[Expected]) -> str:
    """The time that the volume counts by; without a volume, the contract's own."""
    for expected in per_month:
        if expected.kind is Kind.USUAL_VOLUME:
            return expected.column
    return CONTRACTS[feed].event_time() or ""


def _verdict(feed: str, expected: Expected, outcome: Outcome) -> Verdict:
    seen = ", ".join(outcome.examples)
    return Verdict(
        feed=feed,
        expectation=expected.sentence,
        success=outcome.success,
        severity=expected.severity.value,
        origin="contract" if expected.severity is Severity.CRITICAL else "written",
        observed=seen,
        unexpected_count=outcome.unexpected_count,
        element_count=outcome.element_count,
        message=_message(feed, expected, outcome, seen),
    )


def _message(feed: str, expected: Expected, outcome: Outcome, seen: str) -> str:
    """What was expected, what came, and where to look; empty when all is well."""
    if outcome.success:
        return ""
    if outcome.failure:
        return f"{feed}: '{expected.sentence}' could not be judged: {outcome.failure}"
    what = "months" if expected.kind in MONTHLY else "rows"
    counted = f"{outcome.unexpected_count} of {outcome.element_count} {what} differ"
    reason = f" ({expected.why})" if expected.why else ""
    return (
        f"{feed}: '{expected.sentence}' is broken: {counted}, such as {seen or 'none'}{reason}. "
        f"Next: look at the batch in the data docs, then ask the sender."
    )
