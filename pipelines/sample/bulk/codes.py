"""Codes of the bulk company, and how its quantities, money and documents are written."""

from __future__ import annotations

from pipelines.sample.bulk.company import CATEGORIES, TERMS_DAYS, BulkCompany
from pipelines.sample.bulk.encoding import (
    Always,
    Day,
    Document,
    Encoding,
    Moment,
    Scaled,
    Word,
    words,
)
from pipelines.sample.bulk.naming import customer_names, item_names, supplier_names

# Columns of a table by name, in the order in which they are written.
Table = dict[str, Encoding]

QTY = Scaled(18, 6, 0)
AMOUNT = Scaled(18, 4, 2)
PRICE = Scaled(20, 8, 2)
NUMBER, AT, ON = Document(), Moment(), Day()
LINE = words([str(line) for line in range(10_000)])
EACH, ONE = Always("EA"), Always("1")

MOVEMENTS = (
    "opening", "receipt", "ship", "transfer_out", "transfer_in", "count_adjust", "scrap",
)  # fmt: skip
OPENING, RECEIPT, SHIP, TRANSFER_OUT, TRANSFER_IN, COUNT_ADJUST, SCRAP = range(len(MOVEMENTS))
REASONS = ("cycle count", "broken in handling")
CYCLE_COUNT, BROKEN = range(len(REASONS))
REFERENCES = ("PO", "SO", "TO", "COUNT")
OF_PURCHASE, OF_SALE, OF_TRANSFER, OF_COUNT = range(len(REFERENCES))
PURCHASE_STATUSES = ("open", "partial", "received")
ORDER_STATUSES = ("cancelled", "shipped")
APPROVER = "controller"


def money(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02d}"


def item_code(number: int) -> str:
    return f"VT-{number + 1:06d}"


def customer_code(number: int) -> str:
    return f"C{number + 1:06d}"


def supplier_code(number: int) -> str:
    return f"L{number + 1:04d}"


class Codes:
    def __init__(self, company: BulkCompany) -> None:
        sizes = company.parameters
        self.items = words([item_code(n) for n in range(sizes.items)])
        self.categories = words([name for name, *_ in CATEGORIES])
        self.descriptions = words(item_names(company.items.category))
        self.customers = words([customer_code(n) for n in range(sizes.customers)])
        self.suppliers = words([supplier_code(n) for n in range(sizes.suppliers)])
        self.places = words([code for code, *_ in company.sites])
        self.regions = words([region for _, _, region, _ in company.sites])
        self.terms = words([f"N{days}" for days in TERMS_DAYS])
        self.parties = Word(self.customers.words + self.suppliers.words)
        self.party_names = words(
            [*customer_names(sizes.customers), *supplier_names(sizes.suppliers)]
        )
        self.currency = Always(sizes.currency)
        self.country = Always(sizes.country)
