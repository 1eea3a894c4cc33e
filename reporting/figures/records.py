"""A figure, what it is split into, and the sums both are made of.

Each figure carries the selection of rows it was computed from; a test counts both and compares.
Amounts of different currencies stand beside each other and are never added.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from reporting.published import Published
from reporting.rows import Selection, selection, where_clause

CLOSED = "resolved"
UNEXPLAINED = "unexplained"
# Too much billed and too little billed are both at stake: a minus heals no plus.
AT_STAKE = "abs(exposure_amount)"


@dataclass(frozen=True, slots=True)
class Money:
    """An amount and its currency; an empty currency is the company's own, not known here."""

    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of the page with the rows behind it, or why it is not there."""

    name: str
    title: str
    opens: Selection
    amounts: tuple[Money, ...] = ()
    count: int | None = None
    counted: str = ""
    note: str = ""
    missing: str | None = None
    is_bad: bool = False


@dataclass(frozen=True, slots=True)
class Slice:
    """One bar or line of a breakdown."""

    label: str
    opens: Selection
    count: int
    amounts: tuple[Money, ...] = ()
    quantity: Decimal | None = None
    is_complete: bool = True
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A figure split by one thing, or why it cannot be."""

    title: str
    slices: tuple[Slice, ...] = ()
    missing: str | None = None


@dataclass(frozen=True, slots=True)
class Total:
    """What the rows of a selection come to."""

    count: int
    amounts: tuple[Money, ...]
    extra: dict[str, Any]


def open_problems(
    published: Published, company: str | None, more: Mapping[str, str] | None = None
) -> Selection:
    """Exceptions that somebody has to act on.

    One that follows from another (its root) is solved with it and would count its amount twice.
    """
    roots = {}
    if published.missing("fct_exception", ("root_exception_id",)) is None:
        roots = {"root_exception_id": ""}
    return selection("fct_exception", company, {"status.not": CLOSED, **roots, **(more or {})})


def total_of(published: Published, opens: Selection, amount: str, *, more: str = "") -> Total:
    """Count, amount per currency, and what else was asked of the selected rows."""
    where, parameters = where_clause(published, opens)
    extra = published.one(
        f"select count(*) as n{', ' + more if more else ''} from {opens.table}{where}", parameters
    )
    amounts = published.rows(
        f"select {currency_of(published, opens.table)} as currency, sum({amount}) as amount"
        f" from {opens.table}{where} group by all order by abs(sum({amount})) desc, currency",
        parameters,
    )
    return Total(
        count=int(extra.pop("n")),
        amounts=money_of(amounts) or (_nothing(published, opens),),
        extra=extra,
    )


def _nothing(published: Published, opens: Selection) -> Money:
    """Zero, in the currency of the companies looked at where they share one."""
    known: set[str] = set()
    if published.missing("dim_company", ("company_id", "currency")) is None:
        asked = [one for one in opens.conditions if one.column == "company_id"]
        where, parameters = where_clause(published, Selection("dim_company", tuple(asked)))
        rows = published.rows(f"select distinct currency from dim_company{where}", parameters)
        known = {str(row["currency"]) for row in rows if row["currency"]}
    return Money(Decimal(0), known.pop() if len(known) == 1 else "")


def grouped(
    published: Published,
    opens: Selection,
    column: str,
    amount: str,
    order: str,
    *,
    quantity: str = "cast(null as decimal(18, 6))",
) -> list[dict[str, Any]]:
    """One entry per value of a column with its count, quantity and amount per currency."""
    where, parameters = where_clause(published, opens)
    groups = published.rows(
        f'select {column} as "group", count(*) as n, {quantity} as quantity'
        f" from {opens.table}{where} group by {column} order by {order}, {column}",
        parameters,
    )
    amounts = published.rows(
        f'select {column} as "group", {currency_of(published, opens.table)} as currency,'
        f" sum({amount}) as amount from {opens.table}{where} group by all order by currency",
        parameters,
    )
    for group in groups:
        mine = [row for row in amounts if row["group"] == group["group"]]
        group["amounts"] = money_of(mine)
    return groups


def currency_of(published: Published, table: str) -> str:
    """SQL for the currency of a row's amounts: its own column, else that of its company."""
    if published.missing(table, ("currency",)) is None:
        return "coalesce(currency, '')"
    if published.missing("dim_company", ("company_id", "currency")) is None:
        return (
            "coalesce((select max(own.currency) from dim_company as own"
            f" where own.company_id = {table}.company_id), '')"
        )
    return "''"


def money_of(rows: list[dict[str, Any]]) -> tuple[Money, ...]:
    """Rows of currency and amount as money; a sum over nothing is left out."""
    return tuple(
        Money(amount=Decimal(row["amount"]), currency=row["currency"])
        for row in rows
        if row["amount"] is not None
    )


def counted(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"
