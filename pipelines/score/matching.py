"""Which exception answers which planted fault.

An exception can answer a fault of its code when everything that both name is equal and at least
one document is among it; an item, a place or a party is enough only where one side names no
document at all, the company alone only where neither names anything else. Each exception answers
one fault. The pair with the most in common goes first, then a pair of two roots or two children,
then equal amounts, then the order of key and exceptions.

Problems that name the same columns form a group, and two groups have always the same columns in
common: each pair of groups is one hash join over them, so the work grows with the number of
problems and not with its square.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from decimal import Decimal

from pipelines.score.problems import COMPANY, LINES, MASTERS, NAMES, Problem

Pair = tuple[int, int]
Group = tuple[bool, tuple[str, ...]]
Open = dict[Group, dict[int, Problem]]


def match(planted: Sequence[Problem], found: Sequence[Problem]) -> dict[int, int]:
    """Place in `planted` -> place in `found`; a fault that nothing answers is not in it."""
    by_code: dict[str, tuple[Open, Open]] = defaultdict(lambda: ({}, {}))
    for side, problems in enumerate((planted, found)):
        for place, problem in enumerate(problems):
            group = (problem.is_child, tuple(problem.named))
            by_code[problem.code][side].setdefault(group, {})[place] = problem
    return dict(pair for faults, answers in by_code.values() for pair in _match(faults, answers))


def pointed_at(traps: Sequence[Problem], found: Sequence[Problem]) -> dict[int, list[int]]:
    """Place in `traps` -> places in `found` of every exception, of any code, about its documents.

    The exception must name the trap's document as finely as the trap does.
    """
    trapped, answers = _by_names(traps), _by_names(found)
    hits: dict[int, list[int]] = defaultdict(list)
    for named, places in trapped.items():
        for other, candidates in answers.items():
            common = _common(named, other)
            if not any(_is_as_fine(document, named, common) for document in LINES):
                continue
            index: dict[tuple[str, ...], list[int]] = defaultdict(list)
            for place in candidates:
                index[_values(found[place], common)].append(place)
            for place in places:
                if pointing := index.get(_values(traps[place], common)):
                    hits[place] += pointing
    return {place: sorted(hits[place]) for place in sorted(hits)}


def _match(faults: Open, answers: Open) -> Iterator[Pair]:
    """Pairs of one code, best first; takes what it pairs out of both sides."""
    for fault_group, answer_group, common in _meetings(faults, answers):
        left, right = faults[fault_group], answers[answer_group]
        if not left or not right:
            continue
        waiting: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for place, exception in right.items():
            waiting[_values(exception, common)].append(place)
        asking: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for place, fault in left.items():
            if (values := _values(fault, common)) in waiting:
                asking[values].append(place)
        for values, places in asking.items():
            for fault_place, answer_place in _by_amount(places, waiting[values], left, right):
                yield fault_place, answer_place
                del left[fault_place], right[answer_place]


def _meetings(faults: Open, answers: Open) -> list[tuple[Group, Group, tuple[str, ...]]]:
    """Pairs of groups that may match with what they have in common, best first."""
    meetings = [
        (fault, answer, _common(fault[1], answer[1])) for fault in faults for answer in answers
    ]
    return sorted(
        (meeting for meeting in meetings if _is_enough(*meeting)),
        key=lambda met: (-len(met[2]), met[0][0] != met[1][0], met[0], met[1]),
    )


def _is_enough(fault: Group, answer: Group, common: tuple[str, ...]) -> bool:
    """True when a document is common, or a master where one side names no document; a company is
    enough where neither side names anything else."""
    if any(document in common for document in LINES):
        return True
    if fault[1] == answer[1] == (COMPANY,):
        return True
    bare = any(not any(document in group[1] for document in LINES) for group in (fault, answer))
    return bare and any(master in common for master in MASTERS)


def _is_as_fine(document: str, named: tuple[str, ...], common: tuple[str, ...]) -> bool:
    """True when the document is common, with its line where the trap names one."""
    line = LINES[document]
    return document in common and (line not in named or line in common)


def _by_amount(
    asking: list[int], waiting: list[int], left: dict[int, Problem], right: dict[int, Problem]
) -> list[Pair]:
    """Pairs of problems that name the same: equal amounts first, the rest by size."""
    by_amount: dict[Decimal | None, deque[int]] = defaultdict(deque)
    for place in waiting:
        by_amount[right[place].amount].append(place)
    pairs, rest = [], []
    for place in asking:
        if equal := by_amount.get(left[place].amount):
            pairs.append((place, equal.popleft()))
        else:
            rest.append(place)
    rest.sort(key=lambda place: (left[place].amount or Decimal(0), place))
    others = sorted(
        (place for places in by_amount.values() for place in places),
        key=lambda place: (right[place].amount or Decimal(0), place),
    )
    return pairs + list(zip(rest, others, strict=False))


def _by_names(problems: Sequence[Problem]) -> dict[tuple[str, ...], list[int]]:
    groups: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, problem in enumerate(problems):
        groups[tuple(problem.named)].append(place)
    return groups


def _common(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in NAMES if name in first and name in second)


def _values(problem: Problem, common: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(problem.named[name] for name in common)
