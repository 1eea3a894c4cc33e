"""Precision, recall and amount error of every exception code.

Problems that follow from another have a line of their own: their exposure is counted in the root,
and a root may drag along more of them than anybody planted, so they are held to recall only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from pipelines.score.problems import Problem

Status = Literal["scored", "not available"]
Verdict = Literal[
    "found as planted", "found with errors", "not found", "not available", "explained by its root"
]


@dataclass(frozen=True, slots=True)
class CodeScore:
    """How one exception code did. Amounts in company currency; shares 0..1, none = no question.

    is_child: the line of the faults planted under another root. status: `not available` where the
    product has no rule for the code. amount_error: sum over matched pairs of |found - planted|.
    """

    code: str
    is_child: bool
    status: Status
    planted: int
    found: int
    matched: int
    planted_amount: Decimal
    found_amount: Decimal
    amount_error: Decimal

    @property
    def precision(self) -> Decimal | None:
        """Share of what was found that was planted; a child is never found too much."""
        return None if self.is_child else share(self.matched, self.found)

    @property
    def recall(self) -> Decimal | None:
        """Share of what was planted that was found."""
        return share(self.matched, self.planted)

    @property
    def verdict(self) -> Verdict:
        """The group in which a reader finds the line."""
        if self.status == "not available":
            return "not available"
        if self.is_child and not self.planted:
            return "explained by its root"
        if self.planted and not self.matched:
            return "not found"
        whole = self.matched == self.planted and (self.is_child or self.matched == self.found)
        return "found as planted" if whole and not self.amount_error else "found with errors"


@dataclass(slots=True)
class _Line:
    planted: int = 0
    found: int = 0
    matched: int = 0
    planted_amount: Decimal = Decimal(0)
    found_amount: Decimal = Decimal(0)
    amount_error: Decimal = Decimal(0)


def score_codes(
    planted: Sequence[Problem],
    found: Sequence[Problem],
    answers: Mapping[int, int],
    *,
    raised: Collection[str],
) -> list[CodeScore]:
    """Lines in the order of the codes, roots before children.

    answers: place in `planted` -> place in `found`. raised: codes that some rule can raise.
    An exception counts in the line of the fault it answers, else as what it is; a child that
    nobody planted is explained by its root and stands in the line of children.
    """
    lines: dict[tuple[str, bool], _Line] = defaultdict(_Line)
    asked_by = {answer: fault for fault, answer in answers.items()}
    for fault in planted:
        line = lines[fault.code, fault.is_child]
        line.planted += 1
        line.planted_amount += fault.amount or Decimal(0)
    for place, exception in enumerate(found):
        asked = asked_by.get(place)
        is_child = exception.is_child if asked is None else planted[asked].is_child
        line = lines[exception.code, is_child]
        line.found += 1
        line.found_amount += exception.amount or Decimal(0)
        if asked is not None:
            line.matched += 1
            line.amount_error += _amount_error(planted[asked], exception)
    known = {*raised, *(exception.code for exception in found)}
    return [
        CodeScore(
            code=code,
            is_child=is_child,
            status="scored" if code in known else "not available",
            planted=line.planted,
            found=line.found,
            matched=line.matched,
            planted_amount=line.planted_amount,
            found_amount=line.found_amount,
            amount_error=line.amount_error,
        )
        for (code, is_child), line in sorted(lines.items())
    ]


def share(part: int, whole: int) -> Decimal | None:
    """Part of a whole to three places; none of nothing."""
    return (Decimal(part) / Decimal(whole)).quantize(Decimal("0.001")) if whole else None


def _amount_error(fault: Problem, exception: Problem) -> Decimal:
    """None where money is not the measure, or where both leave it to their root."""
    if fault.amount is None or (fault.is_child and exception.is_child):
        return Decimal(0)
    return abs((exception.amount or Decimal(0)) - fault.amount)
