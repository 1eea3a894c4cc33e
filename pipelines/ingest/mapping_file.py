"""What a mapping file may say, and the errors it gets when it says something else.

The keys and their meaning are documented in docs/how-to/map-a-source.md. A mapping is checked
against the contracts when it is read, so that a misspelt column is found before any file is opened.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BeforeValidator, Field, ValidationError, model_validator

from models.contracts import CONTRACTS
from pipelines.ingest.mapping_keys import (
    Column,
    Moment,
    Names,
    Part,
    Source,
    Spelling,
    Step,
    Timezone,
)
from pipelines.ingest.mapping_loader import MappingYaml


class MappingError(Exception):
    """A mapping file that cannot be used; every problem of the file in one message."""


def _column(value: Any) -> Any:
    return {"column": value} if isinstance(value, str) else value


class Entry(Part):
    """One contract table fed by one source."""

    table: str
    from_: Names = Field(alias="from")
    name: str | None = None
    scope: Literal["file", "all"] = "file"
    steps: list[Step] = Field(default_factory=list)
    columns: dict[str, Annotated[Column, BeforeValidator(_column)]]
    source_system: str | None = None
    company_id: str | None = None
    timezone: Timezone | None = None
    watermark_at: Moment | None = None

    def source_names(self) -> list[str]:
        """Every source the entry reads, drivers first."""
        return list(dict.fromkeys([*self.from_, *sorted(joined_sources(self.steps))]))

    @model_validator(mode="after")
    def fits_the_contract(self) -> Entry:
        problems = list(_contract_problems(self))
        if problems:
            raise ValueError("; ".join(problems))
        return self


class Declaration(Part):
    declaration: str
    value: Spelling
    location_code: Spelling = ""
    source_system: str | None = None


def _declared(value: Any) -> Any:
    if isinstance(value, dict):
        return [{"declaration": name, "value": entry} for name, entry in value.items()]
    return value


class Mapping(Part):
    """One mapping file."""

    source_system: str
    company_id: str
    timezone: Timezone = "UTC"
    watermark_at: Moment | None = None
    declarations: Annotated[list[Declaration], BeforeValidator(_declared)] = Field(
        default_factory=list
    )
    sources: dict[str, Source]
    tables: list[Entry]

    @model_validator(mode="after")
    def names_agree(self) -> Mapping:
        problems = [*_unknown_sources(self), *_same_entries(self)]
        if problems:
            raise ValueError("; ".join(problems))
        return self


def load_mapping(path: Path) -> Mapping:
    """The mapping in a file; MappingError names every key that is wrong and the rule it breaks."""
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=MappingYaml)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise MappingError(
            f"{path.name}: not readable as YAML: {error}. Correct the line."
        ) from error
    return mapping_of(content, path.name)


def mapping_of(content: Any, name: str) -> Mapping:
    try:
        return Mapping.model_validate(content)
    except ValidationError as error:
        problems = [
            f"{name}: {_where(e['loc'])}{e['msg'].removeprefix('Value error, ')}"
            for e in error.errors()
        ]
        raise MappingError(
            "\n".join(
                [*problems, "Next: correct these keys; docs/how-to/map-a-source.md explains each."]
            )
        ) from error


def fingerprint(entry: Entry, mapping: Mapping) -> str:
    """Hash of everything in a mapping that shapes the rows of an entry."""
    content = {
        "entry": entry.model_dump(mode="json"),
        "timezone": entry.timezone or mapping.timezone,
        "watermark_at": str(entry.watermark_at or mapping.watermark_at),
        "sources": {
            name: mapping.sources[name].model_dump(mode="json")
            for name in sorted(sources_of(entry))
        },
    }
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def sources_of(entry: Entry) -> set[str]:
    return {*entry.from_, *joined_sources(entry.steps)}


def joined_sources(steps: list[Step]) -> set[str]:
    found: set[str] = set()
    for step in steps:
        if step.join is not None:
            found |= {step.join.source, *joined_sources(step.join.steps)}
    return found


def _where(location: tuple[int | str, ...]) -> str:
    """The path of a key such as `tables[0].columns.uom: `; nothing for the file as a whole."""
    path = ".".join(f"[{part}]" if isinstance(part, int) else part for part in location)
    return f"{path.replace('.[', '[')}: " if path else ""


def _contract_problems(entry: Entry) -> Iterator[str]:
    contract = CONTRACTS.get(entry.table)
    if contract is None:
        yield f"{entry.table!r} is no contract table"
        return
    fields = {field.name: field for field in contract.fields()}
    for name, column in entry.columns.items():
        if name not in fields:
            yield f"columns.{name}: {entry.table} has no such column"
            continue
        spellings = [*column.values.values(), column.constant, column.default, column.if_empty]
        allowed = fields[name].values
        wrong = sorted({s for s in spellings if s is not None and allowed and s not in allowed})
        if wrong:
            yield f"columns.{name}: {', '.join(wrong)} is not one of {', '.join(allowed)}"
    given = {*entry.columns, "source_system", "company_id"}
    missing = [name for name, field in fields.items() if field.required and name not in given]
    if missing:
        yield f"{entry.table} needs {', '.join(missing)}: say where from under columns"


def _unknown_sources(mapping: Mapping) -> Iterator[str]:
    for entry in mapping.tables:
        for name in sorted(sources_of(entry) - mapping.sources.keys()):
            yield f"tables: {entry.table} reads source {name!r}, which is not under sources"


def _same_entries(mapping: Mapping) -> Iterator[str]:
    seen: set[tuple[str, str]] = set()
    for entry in mapping.tables:
        for label in entry_labels(entry):
            if (entry.table, label) in seen:
                yield f"tables: {entry.table} is fed twice from {label!r}: give one of the entries a name"
            seen.add((entry.table, label))


def entry_labels(entry: Entry) -> list[str]:
    """What tells the batches of an entry from those of others: one label per union part."""
    if entry.scope == "all":
        return [entry.name or "+".join(entry.from_)]
    return [f"{entry.name}/{source}" if entry.name else source for source in entry.from_]
