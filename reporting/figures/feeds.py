"""What the feeds delivered, and which of them cast doubt on the figures."""

from __future__ import annotations

from typing import Any

from reporting.figures.records import counted
from reporting.published import Published
from reporting.rows import selection, where_clause


def companies(published: Published) -> tuple[str, ...]:
    """Companies that have rows in any of the tables this page reads."""
    found: set[str] = set()
    for table in ("fct_feed_delivery", "fct_stock_position", "fct_exception", "fct_gl_tieout"):
        if published.missing(table, ("company_id",)) is None:
            answer = published.rows(f"select distinct company_id from {table}")
            found |= {row["company_id"] for row in answer}
    return tuple(sorted(found - {"*", ""}))


def feeds(published: Published, company: str | None = None) -> list[dict[str, Any]]:
    """One row per feed: what came, what was taken, what the last delivery's fate was."""
    if published.missing("fct_feed_delivery", ("feed", "status", "rows_rejected", "delivered_at")):
        return []
    where, parameters = where_clause(published, selection("fct_feed_delivery", company))
    return published.rows(
        "select feed, count(*) as deliveries,"
        " cast(sum(rows_read) as bigint) as rows_read,"
        " cast(sum(rows_accepted) as bigint) as rows_accepted,"
        " cast(sum(rows_rejected) as bigint) as rows_rejected,"
        " max(delivered_at) as delivered_at,"
        " count(*) filter (where status = 'refused') as refused,"
        " arg_max(status, (delivered_at, batch_id)) as status"
        f" from fct_feed_delivery{where} group by feed"
        " order by refused desc, rows_rejected desc, feed",
        parameters,
    )


def feed_troubles(published: Published, company: str | None = None) -> dict[str, str]:
    """Feeds that were refused or lost rows, with what to say about each."""
    troubles = {}
    for row in feeds(published, company):
        parts = []
        if row["refused"]:
            parts.append(f"{counted(row['refused'], 'delivery', 'deliveries')} refused")
        if row["rows_rejected"]:
            parts.append(f"{counted(row['rows_rejected'], 'row')} rejected")
        if parts:
            troubles[row["feed"]] = " and ".join(parts)
    return troubles
