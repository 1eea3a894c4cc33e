"""SQL of a dbt model or test without dbt, so that it can be asked thousands of random questions."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import jinja2

PROJECT = Path(__file__).resolve().parents[2] / "dbt_project"


class _ByEngine:
    """Stands for dbt's adapter: picks the macro that DuckDB has."""

    def __init__(self) -> None:
        self.found: dict[str, Any] = {}

    def dispatch(self, name: str) -> Any:
        return self.found[f"duckdb__{name}"]


@cache
def macros() -> dict[str, Any]:
    """Macros that differ by engine, as DuckDB has them, and the rounding that stands on them."""
    adapter = _ByEngine()
    for path in sorted((PROJECT / "macros" / "engines").glob("*.sql")):
        source = path.read_text(encoding="utf-8")
        if "{% macro duckdb__" in source:
            given = {"return": lambda text: text, "adapter": adapter}
            adapter.found |= vars(jinja2.Environment().from_string(source).make_module(given))
    rounding = (PROJECT / "macros" / "minor_unit.sql").read_text(encoding="utf-8")
    adapter.found |= vars(jinja2.Environment().from_string(rounding).make_module(adapter.found))
    return adapter.found


def sql_of(path: str, inline: tuple[str, ...] = ()) -> str:
    """SQL of a file of the project; tables stand under their names, those `inline` as their SQL."""
    source = (PROJECT / path).read_text(encoding="utf-8")
    inlined = {Path(each).stem: each for each in inline}

    def ref(name: str) -> str:
        return f"({sql_of(inlined[name])})" if name in inlined else name

    return jinja2.Environment().from_string(source).render(
        **macros(), ref=ref, config=lambda **_: ""
    )  # fmt: skip
