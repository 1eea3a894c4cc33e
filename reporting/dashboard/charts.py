"""Bars, each of which opens its rows when it is clicked."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import plotly.graph_objects as go

from reporting.dashboard.theme import chart_layout
from reporting.display import amount, short_amount
from reporting.figures.records import Slice
from reporting.look import LINE, MUTED, PALE, SERIES

BAR_HEIGHT = 34


def bars_across(slices: Sequence[Slice]) -> go.Figure:
    """Horizontal bars of amounts, one colour per currency; the first slice on top."""
    currencies = _currencies(slices)
    figure = go.Figure()
    for place, currency in enumerate(currencies):
        values = [_of(one, currency) for one in slices]
        figure.add_bar(
            orientation="h",
            name=currency or "company currency",
            y=[one.label for one in slices],
            x=values,
            text=[
                _label(one, value, currency, currencies)
                for one, value in zip(slices, values, strict=True)
            ],
            textposition="outside",
            cliponaxis=False,
            marker_color=SERIES[place % len(SERIES)],
            customdata=[
                [one.opens.address(), _hover(one, currency), one.meaning] for one in slices
            ],
            hovertemplate="<b>%{y}</b><br>%{customdata[1]}<br>%{customdata[2]}<extra></extra>",
        )
    figure.update_layout(
        **chart_layout(
            height=max(180, 40 + BAR_HEIGHT * len(slices) * len(currencies)),
            margin={"l": 8, "r": 8, "t": 28, "b": 8},
            # right above the bars, however many there are
            legend={"orientation": "h", "yanchor": "bottom", "y": 1, "x": 0},
            showlegend=len(currencies) > 1,
            barmode="group",
        )
    )
    largest = max((abs(_of(one, c)) for one in slices for c in currencies), default=Decimal(0))
    # Room to the right of the longest bar for its label.
    figure.update_xaxes(visible=False, range=[0, largest * Decimal("1.45") or 1])
    figure.update_yaxes(autorange="reversed", ticklabelstandoff=8, automargin=True)
    return figure


def bars_up(slices: Sequence[Slice]) -> go.Figure:
    """Vertical bars of amounts; a period covered only in part is pale and says so."""
    currencies = _currencies(slices)
    figure = go.Figure()
    for place, currency in enumerate(currencies):
        full, pale = SERIES[place % len(SERIES)], PALE[place % len(PALE)]
        figure.add_bar(
            x=[one.label for one in slices],
            y=[_of(one, currency) for one in slices],
            text=[_short_if_any(_of(one, currency)) for one in slices],
            textposition="outside",
            cliponaxis=False,
            marker_color=[full if one.is_complete else pale for one in slices],
            offsetgroup=currency,
            showlegend=False,
            customdata=[[one.opens.address(), _hover(one, currency)] for one in slices],
            hovertemplate="<b>%{x}</b><br>%{customdata[1]}<extra></extra>",
        )
        # The legend takes the colour of a first bar, which may be a pale one: give it its own.
        figure.add_bar(
            name=currency or "company currency",
            x=[None],
            y=[None],
            marker_color=full,
            offsetgroup=currency,
        )
    figure.update_layout(
        **chart_layout(
            margin={"l": 8, "r": 8, "t": 24, "b": 8},
            # narrow bars would shrink their figures until nobody can read them
            uniformtext={"mode": "show", "minsize": 10},
            # A single bar as wide as the chart looks like a wall.
            bargap=max(0.35, 1 - 0.16 * len(slices)),
            showlegend=len(currencies) > 1,
            barmode="group",
        )
    )
    figure.update_xaxes(type="category", tickfont_color=MUTED, automargin=True)
    figure.update_yaxes(
        gridcolor=LINE,
        zerolinecolor=LINE,
        tickfont_color=MUTED,
        tickformat=",~r",
        nticks=4,
        automargin=True,
    )
    return figure


def in_words(title: str, slices: Sequence[Slice]) -> str:
    """The chart as a sentence, for those who cannot see it."""
    parts = [f"{one.label}: {_hover(one, None)}" for one in slices]
    return f"{title}. " + "; ".join(parts)


def _currencies(slices: Sequence[Slice]) -> list[str]:
    found = {money.currency for one in slices for money in one.amounts}
    return sorted(found) or [""]


def _of(one: Slice, currency: str) -> Decimal:
    return sum((m.amount for m in one.amounts if m.currency == currency), Decimal(0))


def _short_if_any(value: Decimal) -> str:
    return short_amount(value) if value else ""


def _label(one: Slice, value: Decimal, currency: str, currencies: Sequence[str]) -> str:
    """Amount in a currency; how many rows there are stands once, at the first that has one."""
    known = [each for each in currencies if each in {money.currency for money in one.amounts}]
    if not known:
        nothing = f"{one.count:,} \N{MULTIPLICATION SIGN} no amount"
        return nothing if currency == currencies[0] else ""
    if currency not in known:
        return ""
    return short_amount(value) + (f"  ({one.count:,})" if currency == known[0] else "")


def _hover(one: Slice, currency: str | None) -> str:
    sums = [
        f"{amount(money.amount)} {money.currency}".strip()
        for money in one.amounts
        if currency is None or money.currency == currency
    ]
    noun = "row" if one.count == 1 else "rows"
    mark = "" if one.is_complete else ", period not complete"
    return ", ".join([*sums, f"{one.count:,} {noun}"]) + mark
