"""What a mapping file may say, and the errors it gets when it says something else.

The keys and their meaning are documented in docs/how-to/map-a-source.md. A mapping is checked
against the contracts when it is read, so that a misspelt column is found before any file is opened.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)

from models.contracts import CONTRACTS
from pipelines.ingest.expressions import parsed
from pipelines.ingest.mapping_loader import MappingYaml


class MappingError(Exception):
    """A mapping file that cannot be used; every problem of the file in one message."""


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _renamed(value: Any) -> Any:
    """`[col]` is short for `{col: col}`."""
    if isinstance(value, str):
        return {value: value}
    return {name: name for name in value} if isinstance(value, list) else value


def _spelled(value: Any) -> Any:
    """Values of a mapping file are compared and written as text, whatever YAML makes of them."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int) else value


def _spelled_keys(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    return {_spelled(key): _spelled(entry) for key, entry in value.items()}


def _expression(value: str) -> str:
    parsed(value)
    return value


def _timezone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ValueError(
            f"{value!r} is no time zone; expected an IANA name such as Europe/Berlin"
        ) from error
    return value


def _moment(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        moment = datetime.fromisoformat(value)
    except ValueError as error:
        raise ValueError("expected an ISO time such as 2026-03-31T23:59:59Z") from error
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


Names = Annotated[list[str], BeforeValidator(_listed)]
Renames = Annotated[dict[str, str], BeforeValidator(_renamed)]
Spelling = Annotated[str, BeforeValidator(_spelled)]
Spellings = Annotated[list[Spelling], BeforeValidator(_listed)]
Expression = Annotated[str, BeforeValidator(_spelled), AfterValidator(_expression)]
Timezone = Annotated[str, AfterValidator(_timezone)]
Moment = Annotated[datetime, BeforeValidator(_moment)]


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Csv(Part):
    delimiter: Annotated[str, Field(min_length=1, max_length=1)] | None = None
    decimal: Literal[".", ","] = "."
    thousands: str = ""
    encoding: str = "utf-8"
    final_newline: Literal["required", "optional"] = "required"


class Control(Part):
    qty: str | None = None
    amount: str | None = None


class Source(Part):
    files: Names
    sheet: str | None = None
    csv: Csv = Csv()
    control: Control = Control()


class Join(Part):
    source: str
    on: Renames
    columns: Renames | None = None
    how: Literal["left", "inner", "semi", "anti"] = "left"
    steps: list[Step] = []
    many: bool = False


class Group(Part):
    by: Names
    sum: Renames = {}
    min: Renames = {}
    max: Renames = {}
    first: Renames = {}
    last: Renames = {}
    count: str | None = None


class Number(Part):
    as_: str = Field(alias="as")
    by: Names = []
    order: Names = []


class Step(Part):
    """One step; exactly one of the keys is set."""

    where: Expression | None = None
    derive: dict[str, Expression] | None = None
    join: Join | None = None
    group: Group | None = None
    distinct: Literal["all"] | Names | None = None
    one_to_many: list[dict[str, Expression]] | None = None
    number: Number | None = None

    @model_validator(mode="after")
    def is_one_thing(self) -> Step:
        given = [name for name in type(self).model_fields if getattr(self, name) is not None]
        if len(given) != 1:
            known = ", ".join(type(self).model_fields)
            raise ValueError(f"a step is exactly one of {known}; got {', '.join(given) or 'none'}")
        return self


class Sign(Part):
    negative_when: Expression


class Column(Part):
    """Where a contract column comes from. Exactly one of column, constant, sql, join."""

    column: str | None = None
    constant: Spelling | None = None
    sql: Expression | None = None
    join: list[str] | None = None
    separator: str = ""
    no_date: Spellings = []
    values: Annotated[dict[str, Spelling], BeforeValidator(_spelled_keys)] = {}
    default: Spelling | None = None
    format: Names = []
    date_only: bool = False
    shift_days: int = 0
    sign: Literal["flip", "absolute"] | Sign | None = None
    round: int | None = None
    if_empty: Spelling | None = None

    @model_validator(mode="after")
    def has_one_origin(self) -> Column:
        origins = ("column", "constant", "sql", "join")
        given = [name for name in origins if getattr(self, name) is not None]
        if len(given) != 1:
            raise ValueError(
                f"expected exactly one of {', '.join(origins)}; got {', '.join(given) or 'none'}"
            )
        return self

    @property
    def is_plain(self) -> bool:
        """A column taken over as it is."""
        return self == Column(column=self.column) if self.column is not None else False


def _column(value: Any) -> Any:
    return {"column": value} if isinstance(value, str) else value


class Entry(Part):
    """One contract table fed by one source."""

    table: str
    from_: Names = Field(alias="from")
    name: str | None = None
    scope: Literal["file", "all"] = "file"
    steps: list[Step] = []
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
    declarations: Annotated[list[Declaration], BeforeValidator(_declared)] = []
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
