"""What the forecast means in money, month by month: expectation and band, as far as the reader may see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from reporting.published import Published
from reporting.rows import Selection, selection, where_clause

TABLE, TITLE = "mart_financial_plan", "What the forecast means in money"
MEASURES = {
    "revenue": "revenue",
    "cogs": "cost of sales",
    "cash_in": "cash in",
    "cash_out": "purchases paid",
}
LOW, EXPECTED, HIGH = (Decimal(share) for share in ("0.1", "0.5", "0.9"))
UNITS = ("forecast_qty", "priced_qty", "costed_qty")
KEY = ("company_id", "item_class", "period_start_date", "period_end_date", "quantile", "currency")


@dataclass(frozen=True, slots=True)
class Band:
    """An amount in company currency: expected, and what it stays above and below in most cases."""

    low: Decimal
    expected: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class PlannedMonth:
    """A company's month of the plan; a measure without payments to go by is not in `amounts`."""

    company: str
    currency: str
    first: date
    last: date
    units: Decimal
    without_price: Decimal
    without_cost: Decimal
    amounts: Mapping[str, Band]
    opens: Selection

    @property
    def is_whole(self) -> bool:
        return self.first.day == 1 and (self.last + timedelta(days=1)).day == 1


@dataclass(frozen=True, slots=True)
class MoneyPlan:
    """Months by company; `shown` and `left_out` part the measures, the latter with the reason."""

    opens: Selection
    months: tuple[PlannedMonth, ...] = ()
    shown: tuple[str, ...] = ()
    left_out: Mapping[str, str] = field(default_factory=dict)
    missing: str | None = None


def money_plan(published: Published, company: str | None) -> MoneyPlan:
    """The parts of every quantile add up within a company, so classes are added and companies not."""
    opens = selection(TABLE, company)
    if missing := published.missing(TABLE, (*KEY, *UNITS)):
        return MoneyPlan(opens, missing=missing)
    reasons = {name: published.missing(TABLE, (name,)) for name in MEASURES}
    shown = tuple(name for name, reason in reasons.items() if reason is None)
    left_out = {name: reason for name, reason in reasons.items() if reason is not None}
    where, parameters = where_clause(published, opens)
    rows = published.rows(
        _MONTHS.format(sums="".join(f"sum({name}) as {name}, " for name in shown), where=where),
        {**parameters, "shares": [LOW, EXPECTED, HIGH]},
    )
    found: dict[tuple[str, date], dict[Decimal, dict[str, Any]]] = {}
    for row in rows:
        found.setdefault((row["company_id"], row["first"]), {})[row["quantile"]] = row
    months = tuple(_month(by_share, shown) for by_share in found.values() if EXPECTED in by_share)
    return MoneyPlan(opens, months, shown, left_out)


_MONTHS = """
    select
        company_id, coalesce(currency, '') as currency, quantile,
        period_start_date as first, period_end_date as last, {sums}
        sum(forecast_qty) as units,
        sum(forecast_qty - priced_qty) as without_price,
        sum(forecast_qty - costed_qty) as without_cost
    from (select * from mart_financial_plan{where})
    where list_contains($shares, quantile)
    group by company_id, currency, quantile, first, last
    order by company_id, first, quantile
"""


def _month(by_share: Mapping[Decimal, Mapping[str, Any]], shown: tuple[str, ...]) -> PlannedMonth:
    row = by_share[EXPECTED]
    amounts = {
        name: Band(*(by_share.get(share, row)[name] for share in (LOW, EXPECTED, HIGH)))
        for name in shown
        if row[name] is not None
    }
    opens = Selection(TABLE).where("company_id", row["company_id"])
    opens = opens.where("period_start_date", row["first"].isoformat())
    return PlannedMonth(
        row["company_id"], row["currency"], row["first"], row["last"], row["units"],
        row["without_price"], row["without_cost"], amounts,
        opens.where("quantile", str(row["quantile"])),
    )  # fmt: skip
