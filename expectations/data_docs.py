"""Data Docs: a page per feed and an index, as plain HTML.

Great Expectations can build such pages too; its own load styles, scripts and pictures from eight
outside hosts and carry the time of the run. These load nothing, run no script, and are the same
bytes for the same batch.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from jinja2 import Environment, StrictUndefined

from expectations.verdict import Verdict, as_records

STYLE = """
:root { color-scheme: light dark; --line: #8884; --good: #1a7f37; --bad: #b3261e; --dim: #777; }
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 62rem; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.1rem; margin-top: 2rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .35rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
.kept { color: var(--good); } .broken { color: var(--bad); font-weight: 600; } .dim { color: var(--dim); }
"""

PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ title }}</title>
<style>{{ style }}</style>
</head>
<body>
{% block body %}{% endblock %}
</body>
</html>
"""

INDEX = """{% extends "page" %}{% block body %}
<h1>Data docs</h1>
<p>Does a batch look like its brothers? One line per feed, as of the batch that was judged last.
A broken expectation warns; money is judged by the tests of the tables, never here.</p>
<table>
<thead><tr><th>Feed</th><th class="number">Rows judged</th><th class="number">Expectations</th>
<th class="number">Broken</th></tr></thead>
<tbody>
{% for feed in feeds %}<tr><td><a href="{{ feed.name }}.html">{{ feed.name }}</a></td>
<td class="number">{{ feed.rows }}</td><td class="number">{{ feed.verdicts | length }}</td>
<td class="number {{ 'broken' if feed.broken else 'kept' }}">{{ feed.broken }}</td></tr>
{% endfor %}</tbody>
</table>
{% endblock %}"""

FEED = """{% extends "page" %}{% block body %}
<p><a href="index.html">Data docs</a></p>
<h1>{{ feed.name }}</h1>
<p>{{ feed.rows }} rows judged, {{ feed.verdicts | length }} expectations, {{ feed.broken }} broken.</p>
{% for origin, heading in headings %}{% set part = feed.verdicts | selectattr("origin", "equalto", origin) | list %}
{% if part %}<h2>{{ heading }}</h2>
<table>
<thead><tr><th>Expectation</th><th>Verdict</th><th class="number">Unexpected</th><th>Seen</th></tr></thead>
<tbody>
{% for verdict in part %}<tr><td>{{ verdict.expectation }}</td>
<td class="{{ 'kept' if verdict.success else 'broken' }}">{{ 'kept' if verdict.success else 'broken' }}</td>
<td class="number">{{ verdict.unexpected_count }} of {{ verdict.element_count }}</td>
<td class="dim">{{ verdict.observed }}</td></tr>
{% endfor %}</tbody>
</table>{% endif %}
{% endfor %}
{% endblock %}"""

HEADINGS = (("written", "What a person expects"), ("contract", "What the contract says"))


def write_data_docs(folder: Path, verdicts: Sequence[Verdict], rows: Mapping[str, int]) -> None:
    """Writes the pages of the judged feeds and an index over all that were ever judged."""
    kept = folder / "verdicts"
    kept.mkdir(parents=True, exist_ok=True)
    templates = Environment(autoescape=True, undefined=StrictUndefined)
    for name, count in rows.items():
        mine = as_records(verdict for verdict in verdicts if verdict.feed == name)
        record = {
            "name": name,
            "rows": count,
            "broken": sum(not verdict["success"] for verdict in mine),
            "verdicts": mine,
        }
        _write(kept / f"{name}.json", json.dumps(record, indent=1, ensure_ascii=False) + "\n")
        page = _render(templates, FEED, title=f"Data docs: {name}", feed=record, headings=HEADINGS)
        _write(folder / f"{name}.html", page)
    feeds = [json.loads(path.read_text("utf-8")) for path in sorted(kept.glob("*.json"))]
    _write(folder / "index.html", _render(templates, INDEX, title="Data docs", feeds=feeds))


def _render(templates: Environment, template: str, **values: object) -> str:
    body = template.replace('{% extends "page" %}', "{% extends page %}")
    page = templates.from_string(PAGE)
    return templates.from_string(body).render(page=page, style=STYLE, **values) + "\n"


def _write(path: Path, text: str) -> None:
    """Beside and moved into place, so that nobody reads half a page."""
    scratch = path.with_name(f".{path.name}.next")
    scratch.write_text(text, encoding="utf-8")
    scratch.replace(path)
