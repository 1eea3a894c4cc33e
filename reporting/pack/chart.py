"""The chart of the pack: differences of the accounts, explained and not."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from reporting.display import short_amount
from reporting.look import INK, LINE, MUTED, SERIES
from reporting.pack.gather import AccountLine

MOST_BARS = 10
# What matplotlib would otherwise take from a random number, so that equal figures give equal bytes.
SALT = "tieout"


def account_chart(accounts: Sequence[AccountLine]) -> str:
    """Differences per account as an SVG element; empty when everything ties."""
    shown = [line for line in accounts if line.difference]
    shown.sort(key=lambda line: (-abs(line.difference or Decimal(0)), line.account))
    shown = shown[:MOST_BARS]
    if not shown:
        return ""
    return _svg(shown)


def _svg(shown: Sequence[AccountLine]) -> str:
    import matplotlib
    from matplotlib.figure import Figure

    settings: Any = {
        "svg.hashsalt": SALT,
        "svg.fonttype": "none",
        "font.family": "sans-serif",
        "font.size": 9,
        "text.color": INK,
        "axes.edgecolor": LINE,
        "xtick.color": MUTED,
    }
    with matplotlib.rc_context(settings):
        figure = Figure(figsize=(7.4, 0.9 + 0.36 * len(shown)), layout="constrained")
        axes = figure.add_subplot()
        places = list(range(len(shown)))
        # Only the drawing is binary; every figure in words comes from the decimals.
        for values, offset, colour, label in (
            ([float(line.explained or 0) for line in shown], -0.19, SERIES[2], "explained"),
            ([float(line.unexplained or 0) for line in shown], 0.19, SERIES[1], "unexplained"),
        ):
            axes.barh([p + offset for p in places], values, 0.36, color=colour, label=label)
        axes.set_yticks(places, [f"{line.account} {line.currency}".strip() for line in shown])
        axes.invert_yaxis()
        axes.axvline(0, color=MUTED, linewidth=0.8)
        axes.grid(axis="x", color=LINE, linewidth=0.8)
        axes.set_axisbelow(True)
        axes.spines[["top", "right", "left"]].set_visible(False)
        axes.tick_params(length=0)
        axes.xaxis.set_major_formatter(lambda value, _place: short_amount(_whole(value)))
        figure.legend(loc="outside upper right", ncols=2, frameon=False)
        drawn = io.StringIO()
        figure.savefig(drawn, format="svg", metadata={"Date": None, "Creator": None})
    text = drawn.getvalue()
    svg = text[text.index("<svg") :]
    # An element inside a page: its size follows the page, and it names no outside schema.
    return re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)


def _whole(value: float) -> Decimal:
    return Decimal(round(value))
