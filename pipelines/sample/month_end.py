"""What every system believes at the end of a month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class StockLevel:
    location: str
    item: str
    status: str
    qty: int


@dataclass(frozen=True, slots=True)
class StockValue:
    location: str
    item: str
    qty: int
    value: int


@dataclass(frozen=True, slots=True)
class OpenItem:
    document_id: str
    party: str
    day: date
    due: date
    original: int
    open: int


@dataclass(frozen=True, slots=True)
class AccountBalance:
    role: str
    opening: int
    debit: int
    credit: int


@dataclass(frozen=True, slots=True)
class MonthClosed:
    """One month-end: stock as the warehouses see it, values and open items as the ERP does."""

    day: date
    counted_at: datetime
    cut_at: datetime
    levels: tuple[StockLevel, ...]
    values: tuple[StockValue, ...]
    receivables: tuple[OpenItem, ...]
    payables: tuple[OpenItem, ...]
    balances: tuple[AccountBalance, ...]
