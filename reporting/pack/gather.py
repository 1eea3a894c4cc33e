"""The figures and rows of a pack, gathered once for both the page and the workbook."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import polars as pl

from reporting.figures import breakdowns
from reporting.figures.feeds import feed_troubles
from reporting.figures.headline import figures
from reporting.figures.records import UNEXPLAINED, Breakdown, Figure, open_problems
from reporting.published import Column, Published, Version
from reporting.rows import Selection, fetch_rows, ordered_columns, selection
from reporting.wording import RUN_COLUMNS


@dataclass(frozen=True, slots=True)
class Section:
    """Rows of one table that the pack carries, or why it does not."""

    name: str
    table: str
    columns: tuple[Column, ...] = ()
    frame: pl.DataFrame | None = None
    missing: str | None = None


@dataclass(frozen=True, slots=True)
class AccountLine:
    """One account of the period: both sides, what explains their difference, and the change."""

    account: str
    role: str
    currency: str
    expected: Decimal | None
    actual: Decimal | None
    difference: Decimal | None
    explained: Decimal | None
    unexplained: Decimal | None
    before: Decimal | None
    status: str


@dataclass(frozen=True, slots=True)
class Pack:
    """Everything the first page says about one company and period."""

    company: str
    company_name: str
    period: str
    is_period_over: bool
    version: Version
    policies: str
    figures: tuple[Figure, ...]
    accounts: tuple[AccountLine, ...]
    accounts_missing: str | None
    breakdowns: tuple[Breakdown, ...]
    troubles: dict[str, str]
    unbilled: Section
    exceptions: Section
    tie_out: Section
    feeds: Section
    measures: Section


class NoSuchPeriod(ValueError):
    """The ledger of the company has no such period."""


def gather(published: Published, company: str, period: str | None) -> Pack:
    """Read what the pack of a company needs; nothing is computed that the tables do not say."""
    chosen = _period(published, company, period)
    tie_out = selection("fct_gl_tieout", company, _as_filter(chosen))
    accounts_missing = published.missing("fct_gl_tieout", ("fiscal_year", "unexplained_amount"))
    return Pack(
        company=company,
        company_name=_company_name(published, company),
        period=f"{chosen[0]}-{chosen[1]:02d}" if chosen else "",
        is_period_over=_is_over(published, company, chosen),
        version=published.version(),
        policies=_policies(published),
        figures=figures(published, company),
        accounts=() if accounts_missing or not chosen else _accounts(published, company, chosen),
        accounts_missing=accounts_missing,
        breakdowns=(
            breakdowns.exceptions_by_code(published, company),
            breakdowns.exceptions_by_owner(published, company),
            breakdowns.unbilled_by_age(published, company),
            breakdowns.stock_by_state(published, company),
        ),
        troubles=feed_troubles(published, company),
        unbilled=_section(published, "Unbilled", selection("mart_unbilled", company)),
        exceptions=_section(published, "Exceptions", open_problems(published, company)),
        tie_out=_section(published, "Tie-out", tie_out),
        feeds=_section(published, "Feeds", selection("fct_feed_delivery", company)),
        measures=_section(
            published, "Measures", selection("mart_kpi", company, {"dimension": "company"})
        ),
    )


def _section(published: Published, name: str, chosen: Selection) -> Section:
    needs = tuple(condition.column for condition in chosen.conditions)
    if missing := published.missing(chosen.table, needs):
        return Section(name, chosen.table, missing=missing)
    columns = tuple(
        column
        for column in ordered_columns(published, chosen.table)
        if column.name not in RUN_COLUMNS
    )
    frame = fetch_rows(published, chosen).select([column.name for column in columns])
    return Section(name, chosen.table, columns, frame)


def _period(published: Published, company: str, period: str | None) -> tuple[int, int] | None:
    """The fiscal period asked for, else the last one of the company's ledger."""
    if published.missing("fct_gl_tieout", ("fiscal_year", "fiscal_period")):
        return None
    known = [
        (int(row["fiscal_year"]), int(row["fiscal_period"]))
        for row in published.rows(
            "select distinct fiscal_year, fiscal_period from fct_gl_tieout"
            " where company_id = $company order by fiscal_year, fiscal_period",
            {"company": company},
        )
    ]
    if period is None:
        return known[-1] if known else None
    for year, number in known:
        if period in (f"{year}-{number:02d}", f"{year}-{number}"):
            return year, number
    listed = ", ".join(f"{year}-{number:02d}" for year, number in known[-5:]) or "none"
    raise NoSuchPeriod(f"{company} has no ledger period {period}. Last ones known: {listed}.")


def _as_filter(period: tuple[int, int] | None) -> dict[str, str]:
    if period is None:
        return {}
    return {"fiscal_year": str(period[0]), "fiscal_period": str(period[1])}


def _accounts(
    published: Published, company: str, period: tuple[int, int]
) -> tuple[AccountLine, ...]:
    """Accounts of the period with two sides, the largest unexplained first, and the period before.

    Accounts that only the ledger or only we know are on the workbook's sheet.
    """
    own = "company_id = $company and fiscal_year * 100 + fiscal_period ="
    rows = published.rows(
        f"""
        with now as (
            select * from fct_gl_tieout where {own} $period and difference_amount is not null
        ),
        before as (
            select account_code, currency, location_id, unexplained_amount
            from fct_gl_tieout
            where {own} (
                select max(fiscal_year * 100 + fiscal_period) from fct_gl_tieout
                where company_id = $company and fiscal_year * 100 + fiscal_period < $period
            )
        )
        select now.*, before.unexplained_amount as before_amount
        from now left join before on now.account_code = before.account_code
            and now.currency = before.currency
            and now.location_id is not distinct from before.location_id
        order by now.status = '{UNEXPLAINED}' desc, abs(coalesce(now.unexplained_amount, 0)) desc,
            now.account_code, now.currency
        """,
        {"company": company, "period": period[0] * 100 + period[1]},
    )
    return tuple(_account(row) for row in rows)


def _account(row: dict[str, Any]) -> AccountLine:
    return AccountLine(
        account=" ".join(
            part
            for part in (row["account_code"], row.get("account_name"), row.get("location_id"))
            if part
        ),
        role=row.get("account_role") or "",
        currency=row.get("currency") or "",
        expected=row.get("expected_amount"),
        actual=row.get("actual_amount"),
        difference=row.get("difference_amount"),
        explained=row.get("classified_amount"),
        unexplained=row.get("unexplained_amount"),
        before=row.get("before_amount"),
        status=row.get("status") or "",
    )


def _is_over(published: Published, company: str, period: tuple[int, int] | None) -> bool:
    """Whether the data reaches past the end of the period."""
    reach = published.version().as_of_at
    needs = ("company_id", "date", "fiscal_year", "fiscal_period")
    if period is None or reach is None or published.missing("dim_calendar", needs):
        return True
    end = published.one(
        "select max(date) as last from dim_calendar where company_id = $company"
        " and fiscal_year = $year and fiscal_period = $number",
        {"company": company, "year": period[0], "number": period[1]},
    )["last"]
    return end is None or end <= reach.date()


def _company_name(published: Published, company: str) -> str:
    if published.missing("dim_company", ("company_id", "company_name")):
        return company
    found = published.rows(
        "select company_name from dim_company where company_id = $company", {"company": company}
    )
    return str(found[0]["company_name"]) if found else company


def _policies(published: Published) -> str:
    """Versions of the policies that the exceptions were judged by."""
    if published.missing("fct_exception", ("policy_version",)):
        return ""
    found = published.rows(
        "select distinct policy_version as v from fct_exception"
        " where policy_version is not null order by v"
    )
    return ", ".join(str(row["v"]) for row in found)
