"""The pack as one HTML page that needs nothing beside it: styles and chart are inside."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from reporting.display import amount, day, moment, quantity
from reporting.figures.records import Money
from reporting.pack.chart import account_chart
from reporting.pack.gather import Pack, Section
from reporting.table_words import table_words
from reporting.wording import code_label, column_label

MOST_LINES = 15
UNBILLED_COLUMNS = ("order_id", "shipment_id", "party_id", "item_id", "open_qty", "open_amount")


def render_page(pack: Pack) -> str:
    """The first page of the pack."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("reporting.pack", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "amount": amount,
        "quantity": quantity,
        "words": code_label,
        "money": money,
        "column": column_label,
    }
    return environment.get_template("page.html.j2").render(
        pack=pack,
        chart=account_chart(pack.accounts),
        as_of=_when(pack.version.as_of_at),
        watermark=_when(pack.version.watermark_at),
        unbilled=largest_unbilled(pack.unbilled),
        unbilled_columns=UNBILLED_COLUMNS,
        feeds=feed_lines(pack.feeds),
        table_words=table_words,
    )


def money(value: Money) -> str:
    """An amount with its currency."""
    return f"{amount(value.amount)} {value.currency}".strip()


def largest_unbilled(section: Section) -> list[dict[str, Any]]:
    """The unbilled lines with the largest amounts."""
    if section.frame is None or not section.frame.height:
        return []
    rows = section.frame.to_dicts()
    rows.sort(key=lambda row: -abs(row.get("open_amount") or Decimal(0)))
    return rows[:MOST_LINES]


def feed_lines(section: Section) -> list[dict[str, Any]]:
    """One line per feed: rows and control totals in and out."""
    if section.frame is None:
        return []
    lines: dict[str, dict[str, Any]] = {}
    for row in section.frame.to_dicts():
        line = lines.setdefault(
            row["feed"], {"read": 0, "accepted": 0, "rejected": 0, "repeated": 0, "refused": 0}
        )
        line["read"] += row.get("rows_read") or 0
        line["accepted"] += row.get("rows_accepted") or 0
        line["rejected"] += row.get("rows_rejected") or 0
        line["repeated"] += row.get("rows_repeated") or 0
        line["refused"] += row.get("status") == "refused"
    return [{"feed": feed, **line} for feed, line in sorted(lines.items())]


def _when(at: Any) -> str:
    return f"{day(at)}, {moment(at)[-5:]} UTC" if at else "not known"
