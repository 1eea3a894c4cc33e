"""Colours and letters that pages, charts and reports share.

Type is what the reader's own machine has; nothing is fetched from anywhere.
"""

FONT = "-apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
INK = "#1f2a37"
MUTED = "#5f6b7a"
LINE = "#e3e8ee"
# Told apart by readers who do not see red and green as different.
SERIES = (
    "#1d5b8f",
    "#c2761b",
    "#5b7f3a",
    "#7a4d8b",
    "#3c9aa8",
    "#b5494e",
    "#8a7d3c",
    "#56617a",
)
# The same bar, of a period that the data covers only in part.
PALE = (
    "#b9cfe1",
    "#ecd3b3",
    "#cfdbc2",
    "#d5c6dc",
    "#bfdfe4",
    "#e6c3c5",
    "#dad5bd",
    "#c7ccd6",
)
