"""Choosing one item: the field a reader types into, and what answers it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, urlencode

import dash_mantine_components as dmc
from dash import Dash, Input, Output, State, dcc, html
from dash.exceptions import PreventUpdate

from reporting.dashboard.panels import nothing, panel
from reporting.figures.feeds import companies
from reporting.figures.item_history import Item, offered_items
from reporting.published import NothingPublished, Published


def item_panel(
    published: Published,
    company: str | None,
    key: str | None,
    *,
    title: str,
    show: Callable[[Item], tuple[Any, list[Any]]],
) -> Any:
    """Panel of the item with this key, the first one without a key, and the field to choose another.

    show: what to say of the item, and links that stand before the field. Where there is no such
    item, or no item at all, the panel says so.
    """
    needs = ("company_id", "item_id", "item_name", "base_uom")
    if missing := published.missing("dim_item", needs):
        return panel(title, html.Div(missing, className="missing"), width="full")
    offered = offered_items(published, company, "", key)
    if not offered:
        return panel(title, nothing(None, is_empty=True), width="full")
    chosen = offered[0] if key in (None, offered[0].key) else None
    picker = html.Div(item_picker(published, company, chosen))
    if chosen is None:
        gone = html.Div(f"There is no item {key} here. Choose another one.", className="missing")
        return panel(title, gone, width="full", more=[picker])
    body, links = show(chosen)
    return panel(title, body, width="full", more=[*links, picker])


def item_picker(published: Published, company: str | None, chosen: Item | None) -> list[Any]:
    """The field, and what it showed at first; typing asks the server, which knows every item."""
    key = chosen.key if chosen else None
    return [
        dmc.Select(
            id="item",
            data=_options(published, company, "", key),
            value=key,
            searchable=True,
            allowDeselect=False,
            placeholder="Item",
            nothingFoundMessage="No item has this in its number or name",
            size="xs",
            w=320,
            **{"aria-label": "Item"},
        ),
        dcc.Store(id="item-shown", data=key),
    ]


def answer_picks(app: Dash, source: Published) -> None:
    """Find items while a reader types, and keep the one chosen in the address."""

    @app.callback(
        Output("item", "data"),
        Input("item", "searchValue"),
        State("item", "value"),
        State("address", "search"),
        prevent_initial_call=True,
    )
    def find_items(typed: str | None, chosen: str | None, search: str | None) -> Any:
        company = dict(parse_qsl((search or "").lstrip("?"))).get("company")
        try:
            offered = _options(source, company, "", chosen)
            # A field that shows its own choice was not typed into.
            is_typed = typed and typed not in [one["label"] for one in offered[:1]]
            return _options(source, company, typed or "", chosen) if is_typed else offered
        except NothingPublished:
            raise PreventUpdate from None

    @app.callback(
        Output("address", "search", allow_duplicate=True),
        Input("item", "value"),
        State("item-shown", "data"),
        State("address", "search"),
        prevent_initial_call=True,
    )
    def choose_item(item: str | None, shown: str | None, search: str | None) -> Any:
        # The field reports what it shows when the page appears, too.
        if not item or item == shown:
            raise PreventUpdate
        pairs = parse_qsl((search or "").lstrip("?"), keep_blank_values=True)
        kept = [(name, value) for name, value in pairs if name != "item"]
        return f"?{urlencode([*kept, ('item', item)])}"


def _options(
    published: Published, company: str | None, text: str, chosen: str | None
) -> list[dict[str, str]]:
    """What is offered; the company is said while several are looked at."""
    is_company_said = company is None and len(companies(published)) > 1
    return [
        {
            "value": item.key,
            "label": f"{item.label} ({item.company_id})" if is_company_said else item.label,
        }
        for item in offered_items(published, company, text, chosen)
    ]
