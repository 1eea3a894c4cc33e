"""Charts of the page "Forecast": actual, forecast and band; what service costs."""

from __future__ import annotations

import plotly.graph_objects as go

from reporting.dashboard.theme import chart_layout
from reporting.display import amount, day, quantity
from reporting.figures.outlook import ItemOutlook, ahead_label
from reporting.figures.planning import Listed
from reporting.look import LINE, MUTED, PALE, SERIES
from reporting.rows import Selection

LEGEND = {"orientation": "h", "yanchor": "bottom", "y": 1, "x": 0}


def outlook_chart(seen: ItemOutlook) -> go.Figure:
    """Weeks that were, and a week on average over the days ahead with nine cases in ten."""
    unit = seen.item.unit
    figure = go.Figure()
    figure.add_scatter(
        name="asked for, a week",
        x=[week.at for week in seen.weeks],
        y=[week.quantity for week in seen.weeks],
        mode="lines+markers",
        line={"color": SERIES[0], "width": 2},
        marker={"size": 5},
        customdata=[
            [week.opens.address(), f"{quantity(week.quantity)} {unit}", f"week to {day(week.at)}"]
            for week in seen.weeks
        ],
        hovertemplate="<b>asked for</b><br>%{customdata[2]}<br>%{customdata[1]}<extra></extra>",
    )
    ahead = [one.at for one in seen.ahead]
    for name, side, fill in (("low", "low", None), ("nine cases in ten", "high", "tonexty")):
        figure.add_scatter(
            name=name,
            x=ahead,
            y=[getattr(one, side) for one in seen.ahead],
            mode="lines",
            line={"width": 0, "color": PALE[1]},
            fill=fill,
            fillcolor=PALE[1],
            hoverinfo="skip",
            showlegend=fill is not None,
        )
    figure.add_scatter(
        name="expected, a week on average",
        x=ahead,
        y=[one.mean for one in seen.ahead],
        mode="lines+markers",
        line={"color": SERIES[1], "width": 2},
        marker={"size": 7, "symbol": "diamond"},
        customdata=[
            [
                one.opens.address(),
                f"{quantity(one.mean)} {unit} a week, {quantity(one.low)} to {quantity(one.high)}",
                ahead_label(one),
            ]
            for one in seen.ahead
        ],
        hovertemplate="<b>expected</b><br>%{customdata[2]}<br>%{customdata[1]}<extra></extra>",
    )
    figure.update_layout(**chart_layout(height=320, legend=LEGEND))
    _quiet(figure)
    figure.update_xaxes(type="date")
    return figure


def exchange_chart(curve: Listed) -> go.Figure:
    """Stock for safety by share of cases covered, a line per company; dotted: held by policy."""
    figure = go.Figure()
    companies = list(dict.fromkeys(row["company_id"] for row in curve.rows))
    for place, company in enumerate(companies):
        rows = [row for row in curve.rows if row["company_id"] == company]
        colour = SERIES[place % len(SERIES)]
        shares = [float(row["service_share"]) * 100 for row in rows]
        figure.add_scatter(
            name=f"{company}, {rows[0]['currency'] or 'company currency'}",
            x=shares,
            y=[row["safety_stock_value_amount"] for row in rows],
            mode="lines+markers",
            line={"color": colour, "width": 2},
            marker={"size": 7},
            customdata=[
                [
                    point_rows(row).address(),
                    f"{amount(row['safety_stock_value_amount'])} {row['currency'] or ''}",
                ]
                for row in rows
            ],
            hovertemplate=f"<b>{company}</b><br>%{{x}} % of cases<br>%{{customdata[1]}}<extra></extra>",
        )
        held = rows[0]["held_by_policy_value_amount"]
        if held is not None:
            figure.add_scatter(
                name=f"{company}, held by policy",
                x=[shares[0], shares[-1]],
                y=[held, held],
                mode="lines",
                line={"color": colour, "dash": "dot", "width": 1.5},
                hoverinfo="skip",
            )
    figure.update_layout(**chart_layout(height=300, legend=LEGEND))
    _quiet(figure)
    figure.update_xaxes(ticksuffix=" %")
    return figure


def point_rows(row: dict[str, object]) -> Selection:
    """The row of the curve that a point stands for."""
    share = str(row["service_share"])
    opens = Selection("mart_exchange_curve").where("company_id", str(row["company_id"]))
    return opens.where("service_share", share)


def outlook_in_words(seen: ItemOutlook) -> str:
    """The chart as sentences, for those who cannot see it."""
    said = [
        f"{ahead_label(one)}: {quantity(one.mean)} {seen.item.unit} a week,"
        f" {quantity(one.low)} to {quantity(one.high)} in nine cases of ten"
        for one in seen.ahead
    ]
    last = seen.weeks[-1] if seen.weeks else None
    before = f"Last week {quantity(last.quantity)} {seen.item.unit}. " if last else ""
    return before + "; ".join(said)


def _quiet(figure: go.Figure) -> None:
    figure.update_xaxes(tickfont_color=MUTED, gridcolor=LINE, showgrid=False, automargin=True)
    figure.update_yaxes(
        gridcolor=LINE, zerolinecolor=LINE, tickfont_color=MUTED, tickformat=",~r", nticks=5,
        rangemode="tozero", automargin=True,
    )  # fmt: skip
