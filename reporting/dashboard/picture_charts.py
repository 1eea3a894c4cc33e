"""Pictures of quantities as charts; each mark opens its rows when it is clicked.

A group of series has one colour; its second series is hatched (bars) or dotted (lines). What the
data covers only in part is pale.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from reporting.dashboard.theme import chart_layout
from reporting.display import quantity
from reporting.figures.item_history import ItemHistory
from reporting.figures.pictures import Mark, Picture, Series
from reporting.figures.records import counted
from reporting.look import INK, LINE, MUTED, PALE, SERIES

HATCHED = {"shape": "/", "fgcolor": "#ffffff", "size": 5, "solidity": 0.35}
BAR_HEIGHT = 38
LEGEND = {"orientation": "h", "yanchor": "bottom", "y": 1, "x": 0, "traceorder": "normal"}
# Height for the legend above a picture: pixels a line, and letters that a line of a panel holds.
LEGEND_LINE = 22
LETTERS = {"full": 180, "wide": 100, "narrow": 40}


def bars_over_time(picture: Picture) -> go.Figure:
    """Bars that stand on each other, one per week, a colour per group."""
    figure = go.Figure()
    for one, colour in _coloured(picture.series):
        figure.add_bar(
            **_over_time(one, picture.unit),
            marker=_bar_marker(one, colour),
            legendgroup=one.group,
            showlegend=False,
            hovertemplate=_hover_template(one),
        )
    # The legend takes the colour of a first bar, which may be a pale one: give it its own.
    for one, colour in _first_of_groups(picture.series):
        figure.add_bar(
            name=one.group, x=[None], y=[None], marker_color=SERIES[colour], legendgroup=one.group
        )
    figure.update_layout(
        **_layout(picture.series, "full", height=270, barmode="stack", bargap=0.12)
    )
    _quiet_axes(figure)
    return figure


def lines_over_time(picture: Picture) -> go.Figure:
    """A line per series; the points carry the rows."""
    figure = go.Figure()
    named = [one for one, _colour in _first_of_groups(picture.series)]
    for one, colour in _coloured(picture.series):
        figure.add_scatter(
            **{**_over_time(one, picture.unit), "name": one.group},
            mode="lines+markers",
            line=_line(one, colour),
            marker={"size": 4, "color": SERIES[colour]},
            legendgroup=one.group,
            showlegend=one in named,
            hovertemplate=_hover_template(one),
        )
    figure.update_layout(**_layout(picture.series, "wide", height=270))
    _quiet_axes(figure)
    return figure


def bars_by_place(picture: Picture) -> go.Figure:
    """Horizontal bars, one per place, split by colour."""
    places = list(dict.fromkeys(mark.at for one in picture.series for mark in one.marks))
    figure = go.Figure()
    for one, colour in _coloured(picture.series):
        figure.add_bar(
            orientation="h",
            name=one.label,
            y=[mark.at for mark in one.marks],
            x=[mark.quantity for mark in one.marks],
            customdata=_custom(one, picture.unit),
            marker_color=SERIES[colour],
            hovertemplate=_hover_template(one),
        )
    height = max(180, 60 + BAR_HEIGHT * len(places))
    figure.update_layout(**_layout(picture.series, "narrow", height=height, barmode="relative"))
    figure.update_xaxes(gridcolor=LINE, zerolinecolor=LINE, tickformat=",~r", nticks=5)
    figure.update_yaxes(
        categoryorder="array", categoryarray=places, autorange="reversed", automargin=True
    )
    return figure


def share_bars(picture: Picture, sizes: Sequence[str]) -> go.Figure:
    """Bars beside each other per size, in per cent of their own series."""
    figure = go.Figure()
    for one, colour in _coloured(picture.series):
        figure.add_bar(
            name=one.label,
            x=[mark.at for mark in one.marks],
            y=[mark.quantity for mark in one.marks],
            customdata=_custom(one, "%"),
            marker_color=SERIES[colour],
            hovertemplate=_hover_template(one),
        )
    figure.update_layout(
        **_layout(picture.series, "wide", height=240, barmode="group", bargap=0.25)
    )
    figure.update_xaxes(
        type="category", categoryorder="array", categoryarray=list(sizes), tickfont_color=MUTED
    )
    figure.update_yaxes(
        gridcolor=LINE, zerolinecolor=LINE, tickfont_color=MUTED, ticksuffix=" %", nticks=5
    )
    return figure


def item_chart(history: ItemHistory) -> go.Figure:
    """Above what was asked for each day, below what lay on hand, over the same days."""
    figure = make_subplots(
        rows=2, cols=1, shared_xaxes=True, vertical_spacing=0.06, row_heights=[0.4, 0.6]
    )
    for one in history.demand.series:
        figure.add_bar(
            **_over_time(one, history.demand.unit),
            marker={"color": INK, **({"pattern": HATCHED} if one.is_second else {})},
            hovertemplate=_hover_template(one),
            row=1,
            col=1,
        )
    for place, one in enumerate(history.stock.series):
        colour = SERIES[place % len(SERIES)]
        figure.add_scatter(
            **_over_time(one, history.stock.unit),
            mode="lines+markers",
            # The level holds until the next day of change.
            line={"color": colour, "shape": "hv", "width": 2},
            marker={"size": 4, "color": colour},
            hovertemplate=_hover_template(one),
            row=2,
            col=1,
        )
        _add_reorder_point(figure, history, one, colour)
    drawn = [*history.demand.series, *history.stock.series]
    figure.update_layout(**_layout(drawn, "full", height=420, barmode="stack", bargap=0.1))
    _quiet_axes(figure)
    figure.update_yaxes(title_text=history.demand.title, title_font_color=MUTED, row=1, col=1)
    figure.update_yaxes(title_text=history.stock.title, title_font_color=MUTED, row=2, col=1)
    return figure


def in_words(picture: Picture) -> str:
    """The picture as sentences, for those who cannot see it."""
    parts = []
    for one in picture.series:
        largest = max(one.marks, key=lambda mark: mark.quantity)
        parts.append(
            f"{one.label}: {counted(len(one.marks), 'mark')}, at most"
            f" {quantity(largest.quantity)} ({largest.label}),"
            f" last {quantity(one.marks[-1].quantity)} ({one.marks[-1].label})"
        )
    return f"{picture.title}, in {picture.unit}. " + "; ".join(parts)


def _add_reorder_point(figure: go.Figure, history: ItemHistory, stock: Series, colour: str) -> None:
    """The reorder point of a place as a dashed level over the days of its stock."""
    for point in history.reorder:
        if point.place != stock.label:
            continue
        said = f"reorder point of today: {quantity(point.quantity)} {history.stock.unit}"
        figure.add_scatter(
            x=[stock.marks[0].at, stock.marks[-1].at],
            y=[point.quantity, point.quantity],
            name=f"{stock.label}, reorder point",
            mode="lines+markers",
            line={"color": colour, "dash": "dash", "width": 1},
            marker={"size": 5, "color": colour, "symbol": "diamond"},
            customdata=[[point.opens.address(), said]] * 2,
            hovertemplate=f"<b>{stock.label}</b><br>%{{customdata[1]}}<extra></extra>",
            showlegend=False,
            row=2,
            col=1,
        )


def _coloured(series: Sequence[Series]) -> list[tuple[Series, int]]:
    """Series with the place of their colour; a group shares one."""
    groups = list(dict.fromkeys(one.group for one in series))
    return [(one, groups.index(one.group) % len(SERIES)) for one in series]


def _over_time(one: Series, unit: str) -> dict[str, Any]:
    return {
        "name": one.label,
        "x": [mark.at for mark in one.marks],
        "y": [mark.quantity for mark in one.marks],
        "customdata": _custom(one, unit),
    }


def _custom(one: Series, unit: str) -> list[list[str]]:
    """What a mark carries: first the address of its rows, then what it says when pointed at."""
    return [[mark.opens.address(), _said(mark, unit), mark.label] for mark in one.marks]


def _said(mark: Mark, unit: str) -> str:
    rows = "" if mark.count is None else f", {counted(mark.count, 'row')}"
    return f"{quantity(mark.quantity)} {unit}{rows}" + (
        "" if mark.is_complete else ", not complete in the data"
    )


def _hover_template(one: Series) -> str:
    return f"<b>{one.label}</b><br>%{{customdata[2]}}<br>%{{customdata[1]}}<extra></extra>"


def _bar_marker(one: Series, colour: int) -> dict[str, Any]:
    colours = [SERIES[colour] if mark.is_complete else PALE[colour] for mark in one.marks]
    return {"color": colours, **({"pattern": HATCHED} if one.is_second else {})}


def _line(one: Series, colour: int) -> dict[str, Any]:
    dotted = {"dash": "dot", "width": 1.5} if one.is_second else {"width": 2}
    return {"color": SERIES[colour], **dotted}


def _first_of_groups(series: Sequence[Series]) -> list[tuple[Series, int]]:
    """The series that stands for each group in a legend."""
    firsts = {one.group: (one, colour) for one, colour in reversed(_coloured(series))}
    return list(reversed(firsts.values()))


def _layout(series: Sequence[Series], width: str, *, height: int, **more: Any) -> dict[str, Any]:
    """The layout of a picture in a panel of this width; the legend adds to its height.

    One group needs no legend.
    """
    groups = list(dict.fromkeys(one.group for one in series))
    # An entry is its name and a sign of about eight letters.
    lines = -(-sum(len(group) + 8 for group in groups) // LETTERS[width])
    return chart_layout(
        height=height + (LEGEND_LINE * lines if len(groups) > 1 else 0),
        legend=LEGEND,
        showlegend=len(groups) > 1,
        **more,
    )


def _quiet_axes(figure: go.Figure) -> None:
    figure.update_xaxes(
        type="date", tickfont_color=MUTED, gridcolor=LINE, showgrid=False, automargin=True
    )
    figure.update_yaxes(
        gridcolor=LINE,
        zerolinecolor=LINE,
        tickfont_color=MUTED,
        tickformat=",~r",
        nticks=5,
        automargin=True,
    )
