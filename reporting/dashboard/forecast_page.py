"""Page "Forecast": what is expected and why, how good it was, what to order, move and override."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from dash import dcc, html

from reporting.dashboard.item_picker import item_panel
from reporting.dashboard.outlook_charts import exchange_chart, outlook_chart, outlook_in_words
from reporting.dashboard.panels import (
    clickable_chart,
    hint,
    nothing,
    panel,
    row_link,
    small_table,
)
from reporting.dashboard.picture_charts import in_words, share_bars
from reporting.dashboard.plan_panel import plan_panel
from reporting.display import amount, day, quantity
from reporting.figures import planning
from reporting.figures.item_history import Item
from reporting.figures.money_plan import money_plan
from reporting.figures.outlook import ItemOutlook, item_outlook, reason_rows
from reporting.figures.planning import Listed
from reporting.published import Published
from reporting.rows import Selection, selection

PATH = "/forecast"
TITLE = "Forecast and replenishment"
NO_DRIFT = "Nothing was forecast and judged yet: the backtest needs some weeks of demand."
NOT_DONE = "No advice of an earlier run has come to its day yet; each run is judged by later ones."
NO_ORDER = "Nothing is at or under its reorder point."
NO_MOVE = "No transfer between places pays."
NOT_SAID = "No planner has said something else than the advice (`policy_override`)."
Cells = Callable[[dict[str, Any]], list[Any]]


def forecast(
    published: Published, company: str | None, *, item: str | None = None, place: str | None = None
) -> list[Any]:
    """The whole page under the strip; `item` is the key of the one looked at closely."""
    return [
        html.Div(
            [
                html.H1(TITLE),
                html.Div("A number or a point opens its rows.", className="under-title"),
            ],
            className="rows-head",
        ),
        html.Div(
            [
                _item(published, company, item, place),
                _accuracy(published, company),
                _exchange(published, company),
                _list(planning.drifting(published, company), DRIFT, _drift_cells, "wide", NO_DRIFT),
                _list(planning.done(published, company), DONE, _done_cells, "narrow", NOT_DONE),
                _list(planning.running_out(published, company), SHORT, _short_cells, "full"),
                _list(planning.orders(published, company), ORDERS, _order_cells, "wide", NO_ORDER),
                _list(
                    planning.transfers(published, company), MOVES, _move_cells, "narrow", NO_MOVE
                ),
                _list(planning.overrides(published, company), SAID, _said_cells, "full", NOT_SAID),
                plan_panel(money_plan(published, company)),
            ],
            className="panels",
        ),
    ]


def _item(published: Published, company: str | None, key: str | None, place: str | None) -> Any:
    def show(item: Item) -> tuple[Any, list[Any]]:
        return _outlook(item_outlook(published, item, place), company), []

    title = "One item: actual, forecast and band"
    return item_panel(published, company, key, title=title, show=show)


def _outlook(seen: ItemOutlook, company: str | None) -> Any:
    if body := nothing(seen.missing, is_empty=not seen.ahead):
        return body
    key, unit = seen.item.key, seen.item.unit
    chart = clickable_chart(f"outlook {key}", outlook_chart(seen), outlook_in_words(seen))
    said = hint(
        f"{seen.place_name}, in {unit}; {seen.segment} demand, forecast by"
        f" {seen.forecaster.replace('_', ' ')}, version {seen.version}"
    )
    return html.Div([said, *_places(seen, company), chart, _why(seen)])


def _places(seen: ItemOutlook, company: str | None) -> list[Any]:
    """The other places of the item, one click away."""
    if not seen.other_places:
        return []
    links: list[Any] = []
    for code, name in seen.other_places:
        kept = {"company": company, "item": seen.item.key, "place": code}
        query = urlencode({name_: value for name_, value in kept.items() if value})
        links += [", ", dcc.Link(name, href=f"{PATH}?{query}")]
    return [html.Span(["; other places: ", *links[1:]], className="hint")]


def _why(seen: ItemOutlook) -> Any:
    """Why this number: the steps from usual demand to the forecast over lead time and review."""
    opens = reason_rows(seen.item, seen.place)
    if not seen.reasons:
        asked = {"item_id": seen.item.item_id, "location_id": seen.place}
        link = row_link("its reorder row", selection("mart_reorder", seen.item.company_id, asked))
        return html.Div(["Why this number: a simple method decides here; see ", link, "."])
    rows = [
        [
            row_link(one.meaning, opens),
            "" if one.value is None else quantity(round(one.value, 2)),
            f"\N{MULTIPLICATION SIGN} {round(one.factor, 2)}",
            quantity(round(one.after, 1)),
        ]
        for one in seen.reasons
    ]
    head = ["Why this number", "It was", "Multiplies by", f"Then, {seen.item.unit}"]
    return small_table(head, rows)


def _accuracy(published: Published, company: str | None) -> Any:
    picture = planning.accuracy(published, company)
    if body := nothing(picture.missing, is_empty=not picture.series):
        return panel(picture.title, body, width="wide")
    segments = list(dict.fromkeys(str(mark.at) for one in picture.series for mark in one.marks))
    chart = clickable_chart(picture.title, share_bars(picture, segments), in_words(picture))
    said = hint("quantile loss in per cent of what was asked for; less is better")
    return panel(picture.title, chart, width="wide", more=[said])


def _exchange(published: Published, company: str | None) -> Any:
    curve = planning.exchange(published, company)
    valued = [row for row in curve.rows if row["safety_stock_value_amount"] is not None]
    if body := nothing(curve.missing, is_empty=not valued):
        return panel(curve.title, body, width="narrow")
    drawn = Listed(curve.title, curve.opens, tuple(valued), curve.total)
    heard = "; ".join(
        f"{row['company_id']}: {quantity(row['service_share'] * 100)} % of cases take"
        f" {amount(row['safety_stock_value_amount'])} {row['currency'] or ''}"
        for row in valued
    )
    chart = clickable_chart(curve.title, exchange_chart(drawn), heard)
    said = hint("stock for safety at cost, all items alike; dotted: held by the policies in force")
    return panel(curve.title, chart, width="narrow", more=[said])


def _list(found: Listed, head: list[str], cells: Cells, width: str, empty: str = "No rows.") -> Any:
    """The first lines of a table; `empty` says why there may be none."""
    if found.missing:
        return panel(found.title, html.Div(found.missing, className="missing"), width=width)
    if not found.rows:
        return panel(found.title, html.Div(empty, className="nothing"), width=width)
    shown = len(found.rows)
    more = [row_link(f"{shown} of {found.total}" if found.total > shown else "all", found.opens)]
    body = small_table(head, [cells(row) for row in found.rows])
    return panel(found.title, body, width=width, more=more)


def _of(table: str, row: dict[str, Any], *columns: str) -> Selection:
    opens = Selection(table)
    for column in ("company_id", *columns):
        opens = opens.where(column, str(row[column]))
    return opens


DRIFT = ["Segment", "Volume", "Judged on", "Finding", "Bias", "Signal", "Origins"]


def _drift_cells(row: dict[str, Any]) -> list[Any]:
    opens = _of("mart_forecast_drift", row, "basis", "segment", "volume", "forecaster")
    bias = "" if row["bias"] is None else f"{round(row['bias'] * 100, 1)} %"
    signal = "" if row["tracking_signal"] is None else str(round(row["tracking_signal"], 1))
    return [
        row_link(f"{row['company_id']} {row['segment']}", opens),
        row["volume"],
        row["basis"].replace("_", " "),
        row["finding"].replace("_", " "),
        bias,
        signal,
        f"{row['origins']}",
    ]


DONE = ["Done", "Advice", "Shipped of demand", "Days out of stock"]


def _done_cells(row: dict[str, Any]) -> list[Any]:
    opens = Selection("mart_advice_outcome").where("done", row["done"])
    fill = "" if row["fill_pct"] is None else f"{row['fill_pct']} %"
    return [
        row_link(row["done"].replace("_", " "), opens),
        f"{row['n']:,}",
        fill,
        f"{row['out_days'] or 0:,}",
    ]


ORDERS = ["Item", "Place", "Order now", "Advised", "Position", "Reorder point"]


def _order_cells(row: dict[str, Any]) -> list[Any]:
    opens = _of("mart_reorder", row, "item_id", "location_id")
    return [
        row_link(row["item_id"], opens),
        row["location_id"],
        quantity(row["order_qty"]),
        quantity(row["advised_order_qty"]),
        quantity(row["position"]),
        quantity(round(row["reorder_point"], 1)),
    ]


SHORT = ["Item", "Place", "On hand", "Lasts, days", "An order takes, days", "With what is coming"]


def _short_cells(row: dict[str, Any]) -> list[Any]:
    lasts = max(row["on_hand_qty"], 0) / row["demand_mean_daily"]
    takes = row["lead_time_days"]
    return [
        row_link(row["item_id"], _of("mart_reorder", row, "item_id", "location_id")),
        row["location_id"],
        quantity(row["on_hand_qty"]),
        quantity(round(lasts, 1)),
        "not known" if takes is None else quantity(round(takes, 1)),
        quantity(row["position"]),
    ]


MOVES = ["Item", "From", "To", "Quantity", "Leaves by"]


def _move_cells(row: dict[str, Any]) -> list[Any]:
    keys = ("item_id", "from_location_id", "to_location_id")
    return [
        row_link(row["item_id"], _of("mart_transfer_advice", row, *keys)),
        row["from_location_id"],
        row["to_location_id"],
        quantity(row["qty"]),
        day(row["latest_ship_date"]),
    ]


SAID = ["Item", "Place", "Figure", "Said", "Advised", "Standing", "Who", "Why", "Until"]


def _said_cells(row: dict[str, Any]) -> list[Any]:
    opens = _of("mart_planning_override", row, "override_id")
    return [
        row_link(row["item_id"], opens),
        row["location_id"],
        row["figure"].replace("_", " "),
        row["said_text"] or "",
        quantity(row["advised_qty"]),
        row["standing"].replace("_", " "),
        row["user_id"],
        row["reason"],
        day(row["expires_at"]),
    ]
