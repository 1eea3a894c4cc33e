"""False alarms: exceptions about what only looks like a fault."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipelines.score.matching import pointed_at
from pipelines.score.problems import Problem, names


@dataclass(frozen=True, slots=True)
class TrapScore:
    """How often one kind of trap was taken for a fault.

    traps: how many there are; alarms: how many of them some exception points at; codes: exception
    code -> exceptions that do.
    """

    name: str
    traps: int
    alarms: int
    codes: Mapping[str, int]


def score_traps(
    rows: Sequence[Mapping[str, str]], found: Sequence[Problem], answering: Collection[int]
) -> list[TrapScore]:
    """One line per name in traps.csv, in the order of the names.

    answering: places in `found` that answer a planted fault; these, and what hangs under them,
    are right and no alarm.
    """
    right = {found[place].id for place in answering}
    others = [
        exception
        for place, exception in enumerate(found)
        if place not in answering and exception.root_id not in right
    ]
    hits = pointed_at([Problem(code="", named=names(row)) for row in rows], others)
    by_name: dict[str, list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        by_name[row["name"]].append(place)
    return [
        TrapScore(
            name=name,
            traps=len(places),
            alarms=sum(1 for place in places if place in hits),
            codes=_codes(others, {hit for place in places for hit in hits.get(place, ())}),
        )
        for name, places in sorted(by_name.items())
    ]


def _codes(found: Sequence[Problem], places: Iterable[int]) -> dict[str, int]:
    return dict(sorted(Counter(found[place].code for place in places).items()))
