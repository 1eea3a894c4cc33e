"""How the dashboard looks: the settings of its parts and the layout every chart shares."""

from __future__ import annotations

from typing import Any

from reporting.look import FONT, INK

MANTINE: dict[str, Any] = {
    "fontFamily": FONT,
    "headings": {"fontFamily": FONT, "fontWeight": "600"},
    "primaryColor": "indigo",
    "defaultRadius": "md",
    "black": INK,
}


def chart_layout(**more: Any) -> dict[str, Any]:
    """The layout of a chart: no frame, quiet grid, room for its labels."""
    layout: dict[str, Any] = {
        "font": {"family": FONT, "size": 12, "color": INK},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "height": 250,
        "bargap": 0.35,
        # A click opens rows; nothing is zoomed.
        "dragmode": False,
        "hovermode": "closest",
        "hoverlabel": {"font": {"family": FONT}},
        "legend": {"orientation": "h", "y": 1.12, "x": 0},
    }
    return {**layout, **more}
