"""What cash matching takes and gives. Amounts are whole ten-thousandths of the currency."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Rule(StrEnum):
    """Which rule found an application."""

    NAMED = "R1"
    EXACT = "R2"
    SUBSET = "R3"
    OLDEST = "R4"


class Outcome(StrEnum):
    """What became of a payment."""

    MATCHED = "matched"
    PARTLY = "partly matched"
    NOT_UNIQUE = "not unique"
    NO_MATCH = "no match"
    GAVE_UP = "search limit reached"
    UNKNOWN_PAYER = "payer unknown"


SHORT_PAY = "short pay"
LATE_DISCOUNT = "discount outside terms"


@dataclass(frozen=True, slots=True)
class Named:
    """An invoice that the payer names, by id or number, with the amounts he states, if any."""

    name: str
    amount: int | None = None
    discount: int = 0
    deduction: int = 0
    deduction_reason: str | None = None


@dataclass(frozen=True, slots=True)
class Payment:
    """Money that nobody has applied yet. day: value date (discounts are judged by it)."""

    company_id: str
    source_system: str
    receipt_id: str
    party_id: str | None
    currency: str
    day: date
    amount: int
    named: tuple[Named, ...] = ()
    text: str = ""


@dataclass(slots=True)
class Item:
    """An open part of a document; `open` shrinks as payments settle it.

    discount: what the terms allow up to `discount_until`. Credits are open with a minus.
    """

    company_id: str
    source_system: str
    invoice_id: str
    instalment: int
    invoice_number: str
    party_id: str | None
    currency: str
    due: date
    open: int
    discount: int = 0
    discount_until: date | None = None

    def allowed_discount(self, day: date) -> int:
        """What may be taken off when the money is there on that day."""
        in_time = self.discount_until is not None and day <= self.discount_until
        return max(min(self.discount, self.open), 0) if in_time else 0


@dataclass(frozen=True, slots=True)
class Policy:
    """What a company decided about its cash.

    tolerance: short or over by so much is no deduction. items, steps: limits of the search for a
    subset. oldest_first: what nothing explains settles the oldest items.
    """

    tolerance: int
    items: int
    steps: int
    oldest_first: bool = False


@dataclass(frozen=True, slots=True)
class Application:
    """Part of a payment put to an item; the four amounts add up to what is dealt with of it."""

    item: Item
    rule: Rule
    applied: int
    discount: int = 0
    deduction: int = 0
    deduction_reason: str | None = None
    write_off: int = 0


@dataclass(frozen=True, slots=True)
class Matched:
    """A payment with what is proposed for it, in words where nothing is."""

    payment: Payment
    outcome: Outcome
    applications: tuple[Application, ...] = ()
    note: str = ""
    unapplied: int = 0
