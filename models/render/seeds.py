"""Closed lists -> dbt seeds, so that SQL joins a list instead of typing it.

A CSV cannot carry a comment: the first line that says where a seed is rendered from is in its yml.
"""

from models.contracts.fields import SQL_TYPES
from models.render.text import csv_text, joined, rendered_from, yaml_text
from models.render.vocabulary import SEEDS, Seed


def seed_files() -> dict[str, str]:
    files = {}
    for seed in SEEDS:
        head = [name for name, _, _ in seed.columns]
        files[f"{seed.folder}/{seed.name}.csv"] = csv_text(head, seed.rows())
        files[f"{seed.folder}/{seed.name}.yml"] = _seed_yml(seed)
    return files


def _seed_yml(seed: Seed) -> str:
    lines = [
        f"# {rendered_from(seed.source)}",
        "seeds:",
        f"  - name: {seed.name}",
        f"    description: {yaml_text(seed.grain)}",
        "    config:",
        "      column_types:",
    ]
    lines += [f"        {name}: {SQL_TYPES[kind]}" for name, kind, _ in seed.columns]
    lines += ["    columns:"]
    for name, kind, meaning in seed.columns:
        lines += [
            f"      - name: {name}",
            f"        data_type: {SQL_TYPES[kind]}",
            f"        description: {yaml_text(meaning)}",
        ]
    return joined(lines)
