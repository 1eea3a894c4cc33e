"""What the assets of all engines say of themselves: tables of `computed`, made of published ones."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from dagster import AssetKey, AssetSpec, MaterializeResult


def engine_specs(answers: Iterable[str], inputs: Iterable[str]) -> list[AssetSpec]:
    """An asset for each table that an engine answers with, behind all tables that it reads."""
    deps = [AssetKey(name) for name in inputs]
    return [
        AssetSpec(AssetKey(["computed", table]), group_name="engines", kinds={"python"}, deps=deps)
        for table in answers
    ]


def told(rows: Mapping[str, int], **said: str) -> Iterator[MaterializeResult[Any]]:
    """What Dagster hears of each table: its rows, and what there is to say of all of them."""
    for table, count in rows.items():
        yield MaterializeResult(
            asset_key=AssetKey(["computed", table]), metadata={"rows": count, **said}
        )
