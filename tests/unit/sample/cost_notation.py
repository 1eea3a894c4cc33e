"""Reads the short notation in which published costing cases are written down.

A case is a row of clauses ("in 10@20; out 15; landed cost 40"), a method and an answer ("COGS 200;
end 5 / 100"). Only what is unambiguous is read; a clause that is not known is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from fractions import Fraction

from tests.unit.sample.cost_story import FIRST_DAY, CostStory

METHODS = {"FIFO": ["fifo"], "LIFO": ["lifo"], "AVG": ["moving_average"]}
NUMBER = r"(\d+(?:\.\d+)?)"


class Case:
    """A story out of a row of clauses; what is told of goods without a name is of the last ones."""

    def __init__(self, events: str) -> None:
        self.story = CostStory()
        self.receipts: list[str] = []
        self.issues: list[str] = []
        self.late_costs: list[str] = []
        self.known_cost: dict[str, Fraction] = {}
        for clause in re.sub(r"\([^)]*\)", "", events).split(";"):
            self._read(clause.strip())

    def _read(self, clause: str) -> None:
        on, rest = None, clause
        if dated := re.match(r"(\d\d)-(\d\d) (.*)", clause):
            on, rest = date(FIRST_DAY.year, int(dated[1]), int(dated[2])), dated[3]
        for pattern, tell in CLAUSES:
            if found := re.fullmatch(pattern, rest):
                tell(self, found, on)
                return
        raise ValueError(f"not in the notation: {clause}")

    def _in(self, found: re.Match[str], on: date | None) -> None:
        self.receipts.append(self.story.buy(int(found[1]), found[2], day=on))

    def _in_total(self, found: re.Match[str], on: date | None) -> None:
        self.receipts.append(self.story.tell("receipt", int(found[1]), found[2], day=on))

    def _out(self, found: re.Match[str], on: date | None) -> None:
        for _ in range(int(found[2] or 1)):
            self.issues.append(self.story.issue(int(found[1]), day=on))

    def _known(self, found: re.Match[str], on: date | None) -> None:
        self.known_cost = {"A": Fraction(found[1]) * 100}

    def _customer_return(self, found: re.Match[str], on: date | None) -> None:
        self.story.tell("return_in", int(found[1]), ref=self.issues[-1], day=on)

    def _vendor_return(self, found: re.Match[str], on: date | None) -> None:
        receipt = self._receipt(found[2])
        self.story.tell("return_out", int(found[1]), ref=receipt, day=on)

    def _landed(self, found: re.Match[str], on: date | None) -> None:
        receipt = self._receipt(found[2])
        self.late_costs.append(self.story.tell("landed_cost", 0, found[1], ref=receipt, day=on))

    def _invoice(self, found: re.Match[str], on: date | None) -> None:
        booked = Fraction(self.story.events[int(self.receipts[-1][1:]) - 1].amount or 0, 100)
        more = int(found[1]) * Fraction(found[2]) - booked
        ref = self.receipts[-1]
        self.late_costs.append(self.story.tell("invoice_variance", 0, more, ref=ref, day=on))

    def _receipt(self, number: str | None) -> str:
        return self.receipts[int(number) - 1] if number else self.receipts[-1]


CLAUSES: list[tuple[str, Callable[[Case, re.Match[str], date | None], None]]] = [
    (rf"(?:in )?(\d+)@{NUMBER}", Case._in),
    (rf"in (\d+) (?:for )?total {NUMBER}", Case._in_total),
    (r"(?:out|ship again) (\d+)(?: x(\d+))?", Case._out),
    (rf"(?:std|cost) {NUMBER}", Case._known),
    (r"customer return (\d+)", Case._customer_return),
    (r"vendor return (\d+)(?: (?:of|linked to) receipt#(\d+))?\s*", Case._vendor_return),
    (rf"(?:landed|landed cost|freight) {NUMBER}(?: on (?:#(\d+)|the receipt))?", Case._landed),
    (rf"vendor invoice (\d+)@{NUMBER}", Case._invoice),
]


def methods(field: str) -> list[str]:
    return [method for word in re.findall(r"[A-Z]+", field) for method in METHODS.get(word, [])]


def ending(expected: str) -> tuple[int, Fraction] | None:
    found = re.search(rf"\b(?:end|stock) (\d+) / {NUMBER}", expected.replace(",", ""))
    return (int(found[1]), Fraction(found[2])) if found else None


def costs(expected: str) -> list[Fraction]:
    """Cost of the issues, one by one or as one total; [] where the answer does not begin so."""
    plain = re.sub(r"\([^)]*\)", "", expected).split(";")[0].strip()
    plain = plain.split("=")[0].removeprefix("COGS").strip()
    parts = re.split(r", | \+ ", plain)
    return [Fraction(part) for part in parts] if re.fullmatch(r"[\d., +]+", plain) else []


def late_cost(expected: str) -> tuple[Fraction, Fraction] | None:
    """(to stock, to cost of sales) of a cost that came late."""
    stock = re.search(rf"{NUMBER} to stock", expected)
    sold = re.search(rf"{NUMBER} to (?:already-shipped )?COGS", expected)
    return (Fraction(stock[1]), Fraction(sold[1])) if stock and sold else None
