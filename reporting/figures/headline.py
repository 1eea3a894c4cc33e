"""The figures at the top of the first page: is anything wrong, and how big is it?"""

from __future__ import annotations

from dataclasses import replace

from reporting.figures.records import (
    AT_STAKE,
    UNEXPLAINED,
    Figure,
    Money,
    Total,
    counted,
    money_of,
    open_problems,
    total_of,
)
from reporting.published import Published
from reporting.rows import Selection, count_rows, selection, where_clause


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
    opens = open_problems(published, company)
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
    Accounts that are tied as one group count once, with the difference of the group.
    """
    opens = selection("fct_gl_tieout", company, {"status": UNEXPLAINED}, latest_period=True)
    found = Figure("ledger", "Unexplained in the ledger", opens)
    needs = ("unexplained_amount", "status", "fiscal_year", "fiscal_period", "currency")
    if missing := published.missing("fct_gl_tieout", needs):
        return replace(found, missing=missing)
    compared, newest = _compared_accounts(published, company)
    if not compared:
        return replace(found, missing="not available: no account has both a ledger and a subledger")
    total = total_of(published, opens, "abs(unexplained_amount)")
    amounts = _by_group(published, opens) or total.amounts
    return replace(
        _with(found, total, count_words=f"{total.count} of {counted(compared, 'account')}"),
        amounts=amounts,
        note=f"period {newest // 100}-{newest % 100:02d}",
    )


def _compared_accounts(published: Published, company: str | None) -> tuple[int, int]:
    """Accounts of the last period that have both sides, and that period as year * 100 + number."""
    last = selection("fct_gl_tieout", company, latest_period=True)
    where, parameters = where_clause(published, last)
    row = published.one(
        "select count(difference_amount) as compared,"
        f" max(fiscal_year * 100 + fiscal_period) as newest from fct_gl_tieout{where}",
        parameters,
    )
    return int(row["compared"]), int(row["newest"] or 0)


def _by_group(published: Published, opens: Selection) -> tuple[Money, ...]:
    """Unexplained amounts of the groups that accounts are tied in; none where there are no groups."""
    if published.missing("fct_gl_tieout", ("tie_group", "group_unexplained_amount")):
        return ()
    where, parameters = where_clause(published, opens)
    return money_of(
        published.rows(
            "select currency, sum(abs(group_unexplained_amount)) as amount from ("
            "select distinct company_id, tie_group, currency, group_unexplained_amount"
            f" from fct_gl_tieout{where}) group by currency order by 2 desc, currency",
            parameters,
        )
    )


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
    # Where every rejected row is an exception of its own, these say why; else the deliveries open.
    one_by_one = open_problems(published, company, {"code": "FEED_REJECT"})
    if published.missing("fct_exception", ("status", "code")) is None:
        opens = one_by_one if count_rows(published, one_by_one) == rejected else opens
    return replace(
        found,
        opens=opens,
        count=rejected,
        counted=f"of {int(read['n']):,} rows read",
        note=counted(int(row["files"]), "delivery", "deliveries"),
        is_bad=rejected > 0,
    )


def _with(figure: Figure, total: Total, *, count_words: str, note: str = "") -> Figure:
    return replace(
        figure,
        amounts=total.amounts,
        count=total.count,
        counted=count_words,
        note=note,
        is_bad=total.count > 0,
    )
