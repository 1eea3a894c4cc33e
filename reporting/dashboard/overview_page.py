"""Page 1, Overview: is anything wrong, how big is it, whose is it?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import dash_mantine_components as dmc
import plotly.graph_objects as go
from dash import dcc, html

from reporting.dashboard.charts import bars_across, bars_up, in_words
from reporting.dashboard.panels import (
    clickable_chart,
    hint,
    nothing,
    panel,
    row_link,
    small_table,
)
from reporting.display import amount, cell, day, moment, quantity
from reporting.figures import breakdowns
from reporting.figures.feeds import feed_troubles, feeds
from reporting.figures.headline import figures
from reporting.figures.records import Breakdown, Figure, Money, Slice, open_problems
from reporting.published import Column, Published
from reporting.rows import selection
from reporting.wording import code_label

# Feeds (by the first word of their name) that a figure is made from.
MADE_FROM = {
    "unbilled": ("wms", "billing"),
    "exceptions": ("wms", "billing", "purchasing", "gl"),
    "stock": ("wms", "purchasing"),
    "ledger": ("gl", "wms", "billing", "purchasing"),
}
COUNT = Column("count", "BIGINT")
# Bars that one look takes in; what is left out is a click away, and said.
MOST_BARS = 12


def overview(published: Published, company: str | None) -> list[Any]:
    """The whole page under the strip."""
    troubles = feed_troubles(published, company)
    return [
        html.Div(
            [_card(figure, _doubts(figure, troubles)) for figure in figures(published, company)],
            className="cards",
        ),
        html.Div(
            [
                _problems(published, company),
                _owners(breakdowns.exceptions_by_owner(published, company)),
                _chart(breakdowns.unbilled_by_month(published, company), bars_up, "wide"),
                _chart(breakdowns.unbilled_by_age(published, company), bars_up, "narrow"),
                _states(breakdowns.stock_by_state(published, company)),
                _feeds(published, company),
            ],
            className="panels",
        ),
    ]


def _doubts(figure: Figure, troubles: dict[str, str]) -> list[str]:
    """Feeds in trouble that this figure is made from."""
    groups = MADE_FROM.get(figure.name, ())
    return [
        f"{code_label(feed)}: {trouble}"
        for feed, trouble in troubles.items()
        if feed.startswith(tuple(f"{group}_" for group in groups))
    ]


def _card(figure: Figure, doubts: list[str]) -> Any:
    title = html.Div(figure.title, className="card-title")
    if figure.missing:
        return html.Div(
            [title, html.Div(figure.missing, className="missing")],
            className="card is-missing",
            id=f"card-{figure.name}",
        )
    if figure.amounts:
        big = [_money_line(money, is_small=len(figure.amounts) > 1) for money in figure.amounts]
    else:
        big = [html.Div(f"{figure.count:,}", className="big")]
    return dcc.Link(
        [
            title,
            *big,
            html.Div(
                ", ".join(part for part in (figure.counted, figure.note) if part),
                className="note",
            ),
            *_mark(doubts),
        ],
        href=figure.opens.address(),
        className=f"card {'is-bad' if figure.is_bad else 'is-good'}",
        id=f"card-{figure.name}",
    )


def _mark(doubts: list[str]) -> list[Any]:
    if not doubts:
        return []
    return [
        dmc.Tooltip(
            html.Span("data incomplete", className="doubt"),
            label="; ".join(doubts),
            multiline=True,
            boxWrapperProps={"className": "doubt-line"},
        )
    ]


def _money_line(money: Money, *, is_small: bool) -> Any:
    return html.Div(
        [amount(money.amount), html.Span(f" {money.currency}".rstrip(), className="currency")],
        className="big several" if is_small else "big",
    )


def _problems(published: Published, company: str | None) -> Any:
    """Bars of the largest problems, and a way to all of them."""
    found = breakdowns.exceptions_by_code(published, company)
    drawn = replace(found, slices=found.slices[:MOST_BARS])
    more = []
    if len(found.slices) > MOST_BARS:
        said = f"the {MOST_BARS} largest of {len(found.slices)} kinds"
        more.append(row_link(said, open_problems(published, company)))
    return _chart(drawn, bars_across, "wide", more)


def _chart(
    breakdown: Breakdown,
    draw: Callable[[Sequence[Slice]], go.Figure],
    width: str,
    more: Sequence[Any] = (),
) -> Any:
    if body := nothing(breakdown.missing, is_empty=not breakdown.slices):
        return panel(breakdown.title, body, width=width)
    said = (
        [f"in {' and '.join(sorted(currencies))}"] if (currencies := _currencies(breakdown)) else []
    )
    if all(one.is_complete for one in breakdown.slices):
        said.append("a bar opens its rows")
    else:
        said.append("pale: month not complete in the data")
    body = clickable_chart(
        breakdown.title, draw(breakdown.slices), in_words(breakdown.title, breakdown.slices)
    )
    return panel(breakdown.title, body, width=width, more=[*more, hint("; ".join(said))])


def _currencies(breakdown: Breakdown) -> set[str]:
    found = {money.currency for one in breakdown.slices for money in one.amounts}
    return found - {""}


def _owners(breakdown: Breakdown) -> Any:
    if body := nothing(breakdown.missing, is_empty=not breakdown.slices):
        return panel(breakdown.title, body, width="narrow")
    rows = [
        [row_link(one.label, one.opens), f"{one.count:,}", _moneys(one.amounts)]
        for one in breakdown.slices
    ]
    return panel(
        breakdown.title, small_table(["Who acts", "Open", "At stake"], rows), width="narrow tall"
    )


def _states(breakdown: Breakdown) -> Any:
    if body := nothing(breakdown.missing, is_empty=not breakdown.slices):
        return panel(breakdown.title, body, width="narrow")
    has_values = any(one.amounts for one in breakdown.slices)
    rows = [
        [
            row_link(one.label, one.opens),
            quantity(one.quantity),
            *([_moneys(one.amounts)] if has_values else []),
        ]
        for one in breakdown.slices
    ]
    head = ["State", "Quantity", *(["Value"] if has_values else [])]
    return panel(breakdown.title, small_table(head, rows), width="narrow")


def _feeds(published: Published, company: str | None) -> Any:
    title = "Feeds: what came in"
    if missing := published.missing("fct_feed_delivery"):
        return panel(title, html.Div(missing, className="missing"), width="wide")
    rows = []
    for feed in feeds(published, company):
        opens = selection("fct_feed_delivery", company, {"feed": feed["feed"]})
        is_bad = feed["refused"] or feed["rows_rejected"]
        rows.append(
            [
                dcc.Link(code_label(feed["feed"]), href=opens.address()),
                cell(COUNT, feed["rows_read"]),
                cell(COUNT, feed["rows_accepted"]),
                html.Span(
                    cell(COUNT, feed["rows_rejected"]),
                    className="bad" if feed["rows_rejected"] else "",
                ),
                f"{day(feed['delivered_at'])} {moment(feed['delivered_at'])[-5:]}",
                html.Span(code_label(feed["status"]), className="tag bad" if is_bad else "tag"),
            ]
        )
    head = ["Feed", "Rows read", "Accepted", "Rejected", "Last delivery (UTC)", "Last status"]
    return panel(title, small_table(head, rows), width="wide")


def _moneys(amounts: Sequence[Money]) -> Any:
    if not amounts:
        return html.Span("no amount", className="muted")
    return [
        html.Div([amount(money.amount), html.Span(f" {money.currency}", className="currency")])
        for money in amounts
    ]
