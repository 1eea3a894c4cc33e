"""The figures at the top of the first page: is anything wrong, and how big is it?"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from reporting.figures.records import AT_STAKE, CLOSED, Figure, Money, Total, counted, total_of
from reporting.published import Published
from reporting.rows import selection, where_clause


def figures(published: Published, company: str | None = None) -> tuple[Figure, ...]:
    """The figures at the top of the page, in their order."""
    return (
        unbilled(published, company),
        open_exceptions(published, company),
        stock_value(published, company),
        unexplained_ledger(published, company),
        rejected_rows(published, company),
    )


def unbilled(published: Published, company: str | None = None) -> Figure:
    """Lines that are past their billing date and on no invoice."""
    opens = selection("mart_unbilled", company)
    found = Figure("unbilled", "Shipped, not billed", opens)
    if missing := published.missing("mart_unbilled", ("open_amount",)):
        return replace(found, missing=missing)
    has_orders = published.missing("mart_unbilled", ("order_id",)) is None
    total = total_of(
        published,
        opens,
        "open_amount",
        more="count(distinct company_id || chr(31) || order_id) as orders" if has_orders else "",
    )
    words = counted(total.count, "line")
    if has_orders:
        words += f" in {counted(total.extra['orders'], 'order')}"
    return _with(found, total, count_words=words)


def open_exceptions(published: Published, company: str | None = None) -> Figure:
    """Problems that nobody has resolved yet, and the sizes of what is at stake."""
    opens = selection("fct_exception", company, {"status.not": CLOSED})
    found = Figure("exceptions", "Open exceptions", opens)
    if missing := published.missing("fct_exception", ("status", "exposure_amount")):
        return replace(found, missing=missing)
    total = total_of(
        published,
        opens,
        AT_STAKE,
        more="count(*) filter (where severity in ('high', 'critical')) as grave"
        if published.missing("fct_exception", ("severity",)) is None
        else "0 as grave",
    )
    note = f"{total.extra['grave']:,} high or critical"
    return _with(found, total, count_words=counted(total.count, "problem"), note=note)


def stock_value(published: Published, company: str | None = None) -> Figure:
    """What the stock on our balance sheet is worth."""
    opens = selection("fct_stock_position", company, {"is_valued": "true"})
    found = Figure("stock", "Stock value", opens)
    if missing := published.missing("fct_stock_position", ("value_amount", "is_valued")):
        return replace(found, missing=missing)
    total = total_of(
        published,
        opens,
        "value_amount",
        more="count(distinct item_id) as items,"
        " count(*) filter (where value_amount is null) as unvalued",
    )
    unvalued = total.extra["unvalued"]
    note = "every position has a cost"
    if unvalued:
        note = f"{counted(unvalued, 'position')} without a cost"
    words = counted(total.extra["items"], "item")
    return replace(_with(found, total, count_words=words, note=note), is_bad=bool(unvalued))


def unexplained_ledger(published: Published, company: str | None = None) -> Figure:
    """What of the last fiscal period's differences nothing explains yet.

    Balances of one account in two periods cannot be added, so only the last period counts; the
    sizes of the differences are added, because a plus on one account heals no minus on another.
    """
    opens = selection("fct_gl_tieout", company, {"unexplained_amount.not": "0"}, latest_period=True)
    found = Figure("ledger", "Unexplained in the ledger", opens)
    needs = ("unexplained_amount", "fiscal_year", "fiscal_period", "currency")
    if missing := published.missing("fct_gl_tieout", needs):
        return replace(found, missing=missing)
    total = total_of(
        published,
        opens,
        "abs(unexplained_amount)",
        more="max(fiscal_year * 100 + fiscal_period) as newest",
    )
    newest = total.extra["newest"]
    note = f"period {newest // 100}-{newest % 100:02d}" if newest else "last fiscal period"
    return _with(found, total, count_words=counted(total.count, "account"), note=note)


def rejected_rows(published: Published, company: str | None = None) -> Figure:
    """Rows that broke a rule and wait in quarantine."""
    opens = selection("fct_feed_delivery", company, {"rows_rejected.not": "0"})
    found = Figure("rejected", "Rejected rows", opens)
    if missing := published.missing("fct_feed_delivery", ("rows_rejected", "rows_read")):
        return replace(found, missing=missing)
    where, parameters = where_clause(published, opens)
    row = published.one(
        "select coalesce(sum(rows_rejected), 0) as rejected, count(*) as files"
        f" from fct_feed_delivery{where}",
        parameters,
    )
    everything, bound = where_clause(published, selection("fct_feed_delivery", company))
    read = published.one(
        f"select coalesce(sum(rows_read), 0) as n from fct_feed_delivery{everything}", bound
    )
    rejected = int(row["rejected"])
    return replace(
        found,
        count=rejected,
        counted=f"of {int(read['n']):,} rows read",
        note=counted(int(row["files"]), "delivery", "deliveries"),
        is_bad=rejected > 0,
    )


def _with(figure: Figure, total: Total, *, count_words: str, note: str = "") -> Figure:
    return replace(
        figure,
        amounts=total.amounts or (Money(Decimal(0), ""),),
        count=total.count,
        counted=count_words,
        note=note,
        is_bad=total.count > 0,
    )
