"""Small pieces of rendered text: the first line, YAML scalars, Markdown and CSV tables."""

import csv
import io
import json
from collections.abc import Iterable, Sequence

Rows = Iterable[Sequence[object]]


def rendered_from(source: str) -> str:
    """The first line of every rendered file, without its comment mark."""
    return f"rendered from models/{source}; edit there"


def yaml_text(text: str) -> str:
    """A double-quoted scalar: YAML reads JSON strings."""
    return json.dumps(text, ensure_ascii=False)


def markdown_table(head: Sequence[str], rows: Rows) -> list[str]:
    lines = [_markdown_row(head), _markdown_row(["---"] * len(head))]
    return lines + [_markdown_row(row) for row in rows]


def _markdown_row(cells: Sequence[object]) -> str:
    return "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |"


def csv_text(head: Sequence[str], rows: Rows) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(head)
    for row in rows:
        writer.writerow([_csv_cell(cell) for cell in row])
    return out.getvalue()


def _csv_cell(cell: object) -> object:
    return str(cell).lower() if isinstance(cell, bool) else cell


def joined(lines: Iterable[str]) -> str:
    return "\n".join(lines) + "\n"
