"""The small parts of a mapping: expressions, spellings, sources, steps, columns.

Their meaning is documented in docs/how-to/map-a-source.md.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    model_validator,
)

from pipelines.ingest.expressions import parsed


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
    others: Literal["pass", "refuse"] = "pass"
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

    @model_validator(mode="after")
    def refuses_what_it_can_know(self) -> Column:
        if self.others == "refuse" and (not self.values or self.default is not None):
            raise ValueError("expected `values` and no `default` beside `others: refuse`")
        return self

    @property
    def is_plain(self) -> bool:
        """A column taken over as it is."""
        return self == Column(column=self.column) if self.column is not None else False
