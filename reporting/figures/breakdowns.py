"""The figures of the first page split: by problem, by owner, by age, by month, by state."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from models.vocabulary import EXCEPTIONS, STATES
from reporting.figures.records import AT_STAKE, Breakdown, Slice, grouped, open_problems
from reporting.published import Published
from reporting.rows import selection
from reporting.wording import code_label

# States of the outside world hold what left us; they balance the ledger and are nobody's stock.
OUTSIDE = frozenset(code for code, state in STATES.items() if not state.is_internal)
MEANINGS = {code: problem.meaning for code, problem in EXCEPTIONS.items()}


def exceptions_by_code(published: Published, company: str | None = None) -> Breakdown:
    """Open exceptions by problem, the largest amount first."""
    return _by_code(published, company, "code", "Open exceptions by problem")


def exceptions_by_owner(published: Published, company: str | None = None) -> Breakdown:
    """Open exceptions by who has to act."""
    return _by_code(published, company, "owner_role", "Whose it is")


def unbilled_by_age(published: Published, company: str | None = None) -> Breakdown:
    """Unbilled lines by how long they have been billable."""
    title = "Not billed, by age in days"
    needs = ("age_bucket", "age_days", "open_amount")
    if missing := published.missing("mart_unbilled", needs):
        return Breakdown(title, missing=missing)
    rows = grouped(
        published, selection("mart_unbilled", company), "age_bucket", "open_amount", "min(age_days)"
    )
    slices = tuple(
        Slice(
            label=str(row["group"]),
            opens=selection("mart_unbilled", company, {"age_bucket": str(row["group"])}),
            count=row["n"],
            amounts=row["amounts"],
        )
        for row in rows
    )
    return Breakdown(title, slices)


def unbilled_by_month(published: Published, company: str | None = None) -> Breakdown:
    """Unbilled amount by the month the lines became billable, months without any included.

    The first and the last month are marked when the data covers only a part of them.
    """
    title = "Not billed, by month of shipment"
    if missing := published.missing("mart_unbilled", ("trigger_at", "open_amount")):
        return Breakdown(title, missing=missing)
    opens = selection("mart_unbilled", company)
    rows = grouped(
        published, opens, "cast(date_trunc('month', trigger_at) as date)", "open_amount", "1"
    )
    by_month = {row["group"]: row for row in rows if row["group"] is not None}
    if not by_month:
        return Breakdown(title)
    covered = _covered(published, company, fallback=min(by_month))
    slices = []
    month = min(by_month)
    while month <= max(by_month):
        last_day = month.replace(day=monthrange(month.year, month.month)[1])
        row = by_month.get(month)
        slices.append(
            Slice(
                label=f"{month:%b %Y}",
                opens=opens.within("trigger_at", month, last_day),
                count=row["n"] if row else 0,
                amounts=row["amounts"] if row else (),
                is_complete=covered[0] <= month and last_day <= covered[1],
            )
        )
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return Breakdown(title, tuple(slices))


def _covered(published: Published, company: str | None, *, fallback: date) -> tuple[date, date]:
    """First and last day that the data covers: from the first event to as-of and watermark."""
    found = []
    for table, column in (("fct_expected_billing", "trigger_at"), ("fct_stock_move", "event_at")):
        if published.missing(table, (column,)) is None:
            where = " where company_id = $company" if company else ""
            first = published.one(
                f"select cast(min({column}) as date) as first from {table}{where}",
                {"company": company} if company else None,
            )["first"]
            found += [first] if first else []
    version = published.version()
    reach = [moment for moment in (version.as_of_at, version.watermark_at) if moment is not None]
    return min(found, default=fallback), min(reach).date() if reach else date.max


def stock_by_state(published: Published, company: str | None = None) -> Breakdown:
    """Quantity and, where this viewer may see it, value per stock state."""
    title = "Stock by state"
    if missing := published.missing("fct_stock_position", ("stock_state", "qty_base")):
        return Breakdown(title, missing=missing)
    opens = selection("fct_stock_position", company)
    is_valued = published.missing("fct_stock_position", ("value_amount",)) is None
    rows = grouped(
        published,
        opens,
        "stock_state",
        "value_amount" if is_valued else "cast(null as decimal(18, 4))",
        "-sum(abs(qty_base))",
        quantity="sum(qty_base)",
    )
    slices = tuple(
        Slice(
            label=code_label(row["group"]),
            opens=selection("fct_stock_position", company, {"stock_state": str(row["group"])}),
            count=row["n"],
            amounts=row["amounts"] if is_valued else (),
            quantity=row["quantity"],
        )
        for row in rows
        if row["group"] not in OUTSIDE
    )
    return Breakdown(title, slices)


def _by_code(published: Published, company: str | None, column: str, title: str) -> Breakdown:
    if missing := published.missing("fct_exception", (column, "status", "exposure_amount")):
        return Breakdown(title, missing=missing)
    opens = open_problems(published, company)
    rows = grouped(published, opens, column, AT_STAKE, f"-sum(coalesce({AT_STAKE}, 0)), -count(*)")
    slices = tuple(
        Slice(
            label=code_label(row["group"]),
            meaning=MEANINGS.get(str(row["group"]), ""),
            opens=open_problems(published, company, {column: str(row["group"] or "")}),
            count=row["n"],
            amounts=row["amounts"],
        )
        for row in rows
    )
    return Breakdown(title, slices)
