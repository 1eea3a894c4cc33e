"""What the panels of a page are made of: a frame with a title, small tables, links to rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import dcc, html

from reporting.rows import Selection


def panel(title: str, body: Any, *, width: str, more: Sequence[Any] = ()) -> Any:
    """A framed part of a page; `more` stands to the right of its title."""
    return html.Section(
        [html.Div([html.H2(title), *more], className="panel-head"), body],
        className=f"panel {width}",
    )


def hint(said: str) -> Any:
    """A remark beside a title: the unit, what a click does, what is pale."""
    return html.Span(said, className="hint")


def nothing(missing: str | None, *, is_empty: bool) -> Any | None:
    """What a panel says in place of its picture; None where there is something to show."""
    if missing:
        return html.Div(missing, className="missing")
    if is_empty:
        return html.Div("Nothing to show: no rows.", className="nothing")
    return None


def small_table(head: list[str], rows: list[list[Any]]) -> Any:
    """A small table; every column but the first is set to the right, words to the left."""
    return html.Div(
        html.Table(
            [
                html.Thead(html.Tr([html.Th(text, scope="col") for text in head])),
                html.Tbody([html.Tr([html.Td(value) for value in row]) for row in rows]),
            ],
            className="figures",
        ),
        className="scroll",
    )


def row_link(text: str, opens: Selection) -> Any:
    """A name or a number that opens its rows."""
    return dcc.Link(text, href=opens.address())


def clickable_chart(name: str, figure: Any, heard: str) -> Any:
    """A chart whose marks open their rows, and the same as a sentence for those who cannot see it.

    A mark carries the address of its rows as the first of its custom data.
    """
    graph = dcc.Graph(
        id={"type": "bars", "name": name},
        figure=figure,
        config={"displayModeBar": False, "responsive": True},
        className="chart",
    )
    return html.Div([graph, html.P(heard, className="only-heard")])
