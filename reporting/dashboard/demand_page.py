"""Page "Demand and stock": what customers ask for, what lies where, and where the two part."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import plotly.graph_objects as go
from dash import dcc, html

from reporting.dashboard.item_picker import item_panel
from reporting.dashboard.panels import (
    clickable_chart,
    hint,
    nothing,
    panel,
    row_link,
    small_table,
)
from reporting.dashboard.picture_charts import (
    bars_by_place,
    bars_over_time,
    in_words,
    item_chart,
    lines_over_time,
    share_bars,
)
from reporting.display import quantity
from reporting.figures.demand import stock_outs, weekly_demand
from reporting.figures.demand_sizes import Sizes, demand_sizes
from reporting.figures.item_history import Item, ItemHistory, item_history
from reporting.figures.pictures import Picture, Scope, look_at, unit_label
from reporting.figures.records import counted
from reporting.figures.stock_levels import stock_by_week, stock_now
from reporting.published import Published
from reporting.rows import selection

PATH = "/demand-and-stock"
TITLE = "Demand and stock"


def demand_and_stock(
    published: Published, company: str | None, *, unit: str | None = None, item: str | None = None
) -> list[Any]:
    """The whole page under the strip; `item` is the key of the one looked at closely."""
    scope = look_at(published, company, unit)
    weekly = weekly_demand(published, scope)
    said = ["hatched: on promotion"] if any(one.is_second for one in weekly.series) else []
    if not weekly.is_complete:
        said.append("pale: week not complete in the data")
    return [
        _head(scope, item),
        html.Div(
            [
                _picture(weekly, bars_over_time, "full", *said),
                _item(published, company, item),
                _picture(
                    stock_by_week(published, scope),
                    lines_over_time,
                    "wide",
                    "dotted: in other states",
                ),
                _picture(stock_now(published, scope), bars_by_place, "narrow"),
                _sizes(demand_sizes(published, scope)),
                _stock_outs(published, scope),
            ],
            className="panels",
        ),
    ]


def _head(scope: Scope, item: str | None) -> Any:
    """Title, the unit of all quantities, and the other units there are."""
    others: list[Any] = []
    for one in scope.units:
        if one != scope.unit:
            kept = {"company": scope.company, "item": item}
            query = urlencode({"unit": one, **{name: v for name, v in kept.items() if v}})
            others += [", ", dcc.Link(unit_label(one), href=f"{PATH}?{query}")]
    also = [" Goods in other units: ", *others[1:], "."] if others else []
    said = f"Quantities in {scope.unit_label}. A bar or point opens its rows."
    return html.Div(
        [html.H1(TITLE), html.Div(html.Span([said, *also]), className="under-title")],
        className="rows-head",
    )


def _picture(picture: Picture, draw: Callable[[Picture], go.Figure], width: str, *said: str) -> Any:
    if body := nothing(picture.missing, is_empty=not picture.series):
        return panel(picture.title, body, width=width)
    chart = clickable_chart(picture.title, draw(picture), in_words(picture))
    remark = "; ".join([f"in {picture.unit}", *said])
    return panel(picture.title, chart, width=width, more=[hint(remark)])


def _item(published: Published, company: str | None, key: str | None) -> Any:
    def show(item: Item) -> tuple[Any, list[Any]]:
        return _history(item_history(published, item)), _item_links(item)

    return item_panel(published, company, key, title="One item: demand and stock by day", show=show)


def _history(history: ItemHistory) -> Any:
    drawn = [one for one in (history.demand, history.stock) if one.series]
    missing = [
        html.Div(f"{one.title}: {one.missing}", className="missing")
        for one in (history.demand, history.stock)
        if one.missing
    ]
    if not drawn:
        return html.Div(missing or [nothing(None, is_empty=True)])
    said = [f"in {history.stock.unit or history.demand.unit}"]
    if any(one.is_second for one in history.demand.series):
        said.append("hatched: on promotion")
    if history.reorder:
        said.append("dashed: reorder point of today, held against stock and what is on its way")
    if history.places_left_out:
        said.append(f"{counted(history.places_left_out, 'more place')} not drawn")
    heard = " ".join(in_words(one) for one in drawn)
    return html.Div(
        [
            hint("; ".join(said)),
            clickable_chart(f"item {history.item.key}", item_chart(history), heard),
            *missing,
        ]
    )


def _item_links(item: Item) -> list[Any]:
    """All rows of the item, in the tables the picture is drawn from."""
    links = [
        row_link(words, selection(table, item.company_id, {"item_id": item.item_id}))
        for words, table in (
            ("demand", "fct_demand"),
            ("stock by day", "fct_stock_position_daily"),
            ("reorder point", "mart_reorder"),
        )
    ]
    return [html.Span(links, className="item-links")]


def _sizes(sizes: Sizes) -> Any:
    picture = sizes.picture
    if body := nothing(picture.missing, is_empty=not picture.series):
        return panel(picture.title, body, width="wide")
    chart = clickable_chart(picture.title, share_bars(picture, sizes.names), in_words(picture))
    rows = [
        [
            row_link(one.label, one.opens),
            f"{one.items:,}",
            f"{one.days:,}",
            quantity(one.median),
            quantity(one.ninety_percent),
            quantity(one.largest),
        ]
        for one in sizes.classes
    ]
    head = ["Class", "Items", "Days with demand", "Median", "90 % at most", "Largest"]
    return panel(
        picture.title,
        html.Div([chart, small_table(head, rows)]),
        width="wide",
        more=[hint(f"per item, place and day, in {sizes.unit}; per cent of such days")],
    )


def _stock_outs(published: Published, scope: Scope) -> Any:
    found = stock_outs(published, scope)
    if body := nothing(found.missing, is_empty=not found.lines):
        return panel(found.title, body, width="narrow")
    rows = [
        [
            html.Span([row_link(one.item, one.opens), f" {one.item_name}"]),
            one.place,
            f"{one.days:,} of {one.of_days:,}",
            quantity(one.asked_qty),
        ]
        for one in found.lines
    ]
    head = ["Item", "Place", "Days", "Asked for then"]
    return panel(found.title, small_table(head, rows), width="narrow tall", more=[hint(found.note)])
