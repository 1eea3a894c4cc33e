"""What every system believes at the end of a month. Money in cents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class StockLevel:
    location: str
    item: str
    state: str
    qty: int
    lot: str = ""
    owner: str = ""  # party whose goods they are; "" ours


@dataclass(frozen=True, slots=True)
class StockValue:
    location: str
    item: str
    qty: int
    value: int
    role: str = "INV"


@dataclass(frozen=True, slots=True)
class OpenItem:
    """`original` and `open` in the item's currency, debit positive."""

    document_id: str
    party: str
    day: date
    due: date
    original: int
    open: int
    kind: str = "invoice"
    currency: str = ""
    open_company: int | None = None
    disputed: bool = False


@dataclass(frozen=True, slots=True)
class AccountBalance:
    role: str
    opening: int
    debit: int
    credit: int
    account: str = ""


@dataclass(frozen=True, slots=True)
class MonthClosed:
    """One month-end: stock as the warehouses see it, values and open items as the ERP does.

    `balances` as the ledger has them, `should_be` as it ought to."""

    day: date
    counted_at: datetime
    cut_at: datetime
    levels: tuple[StockLevel, ...]
    values: tuple[StockValue, ...]
    receivables: tuple[OpenItem, ...]
    payables: tuple[OpenItem, ...]
    balances: tuple[AccountBalance, ...]
    should_be: tuple[AccountBalance, ...] = ()


@dataclass(frozen=True, slots=True)
class PeriodChanged:
    """One version of a fiscal period of one module: open, closing, closed."""

    module: str
    first: date
    last: date
    status: str
    at: datetime
    opened_at: datetime
    closed_at: datetime | None = None
    closed_by: str = ""
