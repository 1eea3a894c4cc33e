"""The plan in money on the page "Forecast": bars by month with their band, and the same in figures."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go
from dash import html

from reporting.dashboard.panels import (
    clickable_chart,
    hint,
    nothing,
    panel,
    row_link,
    small_table,
)
from reporting.dashboard.theme import chart_layout
from reporting.display import amount, day, quantity
from reporting.figures.money_plan import MEASURES, TITLE, Band, MoneyPlan, PlannedMonth
from reporting.look import LINE, MUTED, PALE, SERIES

LEGEND = {"orientation": "h", "yanchor": "bottom", "y": 1, "x": 0}
MONEY_TOLD = (
    "expected, and between which amounts eight cases in ten lie; pale: not a whole month; cash is"
    " of what the plan sells and buys, what is owed today is not in it"
)


def plan_panel(plan: MoneyPlan) -> Any:
    """Chart and figures of what the reader may see, and what is left out for him."""
    if body := nothing(plan.missing, is_empty=not plan.months):
        return panel(TITLE, body, width="full")
    parts: list[Any] = []
    if any(month.amounts for month in plan.months):
        parts.append(clickable_chart(TITLE, plan_chart(plan), _heard(plan)))
    parts.append(_figures(plan))
    said = [MONEY_TOLD, *_left_out(plan), *_without(plan)]
    return panel(TITLE, html.Div(parts), width="full", more=[hint("; ".join(said))])


def plan_chart(plan: MoneyPlan) -> go.Figure:
    """Bars beside each other per company and month, one per measure, with the band as a line."""
    figure = go.Figure()
    for place, (measure, name) in enumerate(MEASURES.items()):
        told = [
            (month, month.amounts[measure]) for month in plan.months if measure in month.amounts
        ]
        if not told:
            continue
        figure.add_bar(
            name=name,
            x=[[_company(month) for month, _ in told], [month_label(month) for month, _ in told]],
            y=[band.expected for _, band in told],
            error_y=_whiskers([band for _, band in told]),
            marker_color=[(SERIES if month.is_whole else PALE)[place] for month, _ in told],
            customdata=[
                [month.opens.address(), f"{band_label(band)} {month.currency}".rstrip()]
                for month, band in told
            ],
            hovertemplate=f"<b>{name}</b><br>%{{x}}<br>%{{customdata[1]}}<extra></extra>",
            showlegend=True,
        )
    figure.update_layout(**chart_layout(height=300, legend=LEGEND, barmode="group", bargap=0.25))
    figure.update_xaxes(tickfont_color=MUTED, automargin=True)
    figure.update_yaxes(
        gridcolor=LINE, zerolinecolor=LINE, tickfont_color=MUTED, tickformat=",~s", nticks=5,
        rangemode="tozero", automargin=True,
    )  # fmt: skip
    return figure


def _whiskers(bands: list[Band]) -> dict[str, Any] | None:
    """The band as a line through each bar; none where no bar has one."""
    if all(band.low == band.high for band in bands):
        return None
    return {
        "type": "data",
        "symmetric": False,
        "array": [band.high - band.expected for band in bands],
        "arrayminus": [band.expected - band.low for band in bands],
        "color": MUTED,
        "thickness": 1.5,
        "width": 4,
    }


def _figures(plan: MoneyPlan) -> Any:
    head = ["Company", "Month", "Units", *(MEASURES[name].capitalize() for name in plan.shown)]
    rows = [
        [
            _company(month),
            row_link(month_label(month), month.opens),
            quantity(round(month.units)),
            *(_told(month.amounts.get(name)) for name in plan.shown),
        ]
        for month in plan.months
    ]
    return small_table(head, rows)


def _told(band: Band | None) -> str:
    return "not known" if band is None else band_label(band)


def band_label(band: Band) -> str:
    """An amount with its band, where it has one."""
    if band.low == band.high:
        return amount(band.expected)
    return f"{amount(band.expected)} ({amount(band.low)} to {amount(band.high)})"


def month_label(month: PlannedMonth) -> str:
    """A month by its name, a part of one by its days."""
    if month.is_whole:
        return month.first.strftime("%b %Y")
    return f"{day(month.first)} to {day(month.last)}"


def _company(month: PlannedMonth) -> str:
    return ", ".join(part for part in (month.company, month.currency) if part)


def _left_out(plan: MoneyPlan) -> list[str]:
    """What is not there, by the reason for it."""
    by_reason: dict[str, list[str]] = {}
    for name, reason in plan.left_out.items():
        by_reason.setdefault(reason, []).append(MEASURES[name])
    return [f"{reason}: {', '.join(names)}" for reason, names in by_reason.items()]


def _without(plan: MoneyPlan) -> list[str]:
    """Units that the amounts shown do not hold."""
    said = []
    for word, measures in (("price", {"revenue", "cash_in"}), ("cost", {"cogs", "cash_out"})):
        if not measures & set(plan.shown):
            continue
        units = sum(getattr(month, f"without_{word}") for month in plan.months)
        if round(units):
            said.append(f"{quantity(round(units))} units have no {word} and no amount")
    return said


def _heard(plan: MoneyPlan) -> str:
    parts = [
        f"{month.company}, {month_label(month)}: "
        + ", ".join(
            f"{MEASURES[name]} {band_label(band)} {month.currency}".rstrip()
            for name, band in month.amounts.items()
        )
        for month in plan.months
    ]
    return f"{TITLE}. " + "; ".join(parts)
