"""What every contract can do: say what it holds, read text into types, part good rows from bad.

A contract is a dataframely schema. `read_text` turns delivered text into typed columns and notes
what could not be read; `check` parts a typed frame into accepted rows and rejected rows with
reasons. Reasons are sentences ("quantity is not zero"), the same in quarantine, pages and messages.
A rule that yields null has not held: dataframely lets null pass, `rule` below does not.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any, ClassVar

import dataframely as dy
import polars as pl
from dataframely._rule import RuleFactory

from models.contracts import column
from models.contracts.checking import REASONS, Checked, Rule, column_rules, part
from models.contracts.fields import KEY, OPTIONAL, Field, FieldType
from models.contracts.reading import CAST_REASONS, read_columns

COMMON = ("source_system", "company_id", "source_updated_at", "is_deleted")

Header = tuple[str, tuple[str, ...]]
Headless = tuple[str, tuple[str, ...]]

__all__ = [
    "CAST_REASONS",
    "COMMON",
    "REASONS",
    "Checked",
    "Contract",
    "Extract",
    "Field",
    "FieldType",
    "rule",
]


def rule(function: Callable[[Any], pl.Expr]) -> RuleFactory:
    """Mark a rule across columns. Its name is its sentence; a null result has not held."""

    def holds(contract: Any) -> pl.Expr:
        return function(contract).fill_null(False)

    return dy.rule()(holds)


class Contract(dy.Schema):
    """One row per whatever the subclass says; its docstring opens with that sentence."""

    _is_kind: ClassVar[bool] = True
    _header: ClassVar[Header | None] = None
    _headless: ClassVar[Headless | None] = None
    _control_qty: ClassVar[str | None] = None
    _control_amount: ClassVar[str | None] = None
    _event_time: ClassVar[str | None] = None

    def __init_subclass__(
        cls,
        header: Header | None = None,
        headless: Headless | None = None,
        control_qty: str | None = None,
        control_amount: str | None = None,
        event_time: str | None = None,
        is_kind: bool = False,
    ) -> None:
        super().__init_subclass__()
        cls._is_kind = is_kind
        cls._header = header
        cls._headless = headless
        cls._control_qty = control_qty
        cls._control_amount = control_amount
        cls._event_time = event_time

    @classmethod
    def table(cls) -> str:
        """The table's name, from the class: WmsShipment -> wms_shipment."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()

    @classmethod
    def is_table(cls) -> bool:
        """A kind that tables share columns through (Extract, Policy) is no table itself."""
        return not cls._is_kind

    @classmethod
    def group(cls) -> str:
        """The feed group, which is the file the contract lives in."""
        return cls.__module__.rsplit(".", 1)[-1]

    @classmethod
    def one_row_per(cls) -> str:
        """The sentence "One row per ..."."""
        return " ".join((cls.__doc__ or "").split("\n\n", 1)[0].split())

    @classmethod
    def fields(cls) -> tuple[Field, ...]:
        """Columns in contract order: the table's own, then those it shares with its kind."""
        columns = cls.columns()
        names = [name for kind in cls.__mro__ for name in vars(kind) if name in columns]
        return tuple(Field.from_column(name, columns[name]) for name in names)

    @classmethod
    def field(cls, name: str) -> Field:
        return Field.from_column(name, cls.columns()[name])

    @classmethod
    def key(cls) -> tuple[str, ...]:
        """Key columns, those of every extract first."""
        keys = [field.name for field in cls.fields() if field.is_key]
        return tuple(sorted(keys, key=lambda name: name not in COMMON))

    @classmethod
    def version_key(cls) -> tuple[str, ...]:
        """What makes two rows versions of one: the key, and `valid_from` of master data.

        A row of master data with a later `valid_from` is a new period, not an overwrite.
        """
        has_validity = cls.group() == "master" and "valid_from" in cls.columns()
        extra = ("valid_from",) if has_validity and "valid_from" not in cls.key() else ()
        return (*cls.key(), *extra)

    @classmethod
    def polars_types(cls) -> dict[str, pl.DataType]:
        return {field.name: field.polars_type for field in cls.fields()}

    @classmethod
    def header(cls) -> Header | None:
        """Header table of a line table and the columns that name the header row.

        A source may send lines without a header table at all, when the line carries all it needs:
        the loader parks a line only if its source system has ever delivered that header table.
        """
        return cls._header

    @classmethod
    def headless(cls) -> Headless | None:
        """A column and its values whose lines stand by themselves and wait for no header."""
        return cls._headless

    @classmethod
    def control_qty(cls) -> str | None:
        """The column that a control total of quantities sums."""
        return cls._control_qty

    @classmethod
    def control_amount(cls) -> str | None:
        """The column that a control total of amounts sums."""
        return cls._control_amount

    @classmethod
    def event_time(cls) -> str | None:
        """The column that says when the row happened: a timestamp or a date."""
        return cls._event_time

    @classmethod
    def missing_columns(cls, names: Iterable[str]) -> tuple[str, ...]:
        """Required columns that are not among the given names: a file without them is refused."""
        given = set(names)
        return tuple(f.name for f in cls.fields() if f.required and f.name not in given)

    @classmethod
    def rules(cls) -> tuple[Rule, ...]:
        """Every rule of the contract: one per column property, then those across columns."""
        return tuple(column_rules(cls.fields())) + tuple(_row_rules(cls))

    @classmethod
    def read_text(cls, frame: pl.DataFrame, *, timezone: str = "UTC") -> pl.DataFrame:
        """Read delivered columns into contract types, row by row in the order given.

        Text is trimmed and "" is null; decimals are exact; dates and times are ISO; a time without
        zone is in `timezone` (the earlier one where clocks go back), a date alone is 12:00 there.
        What cannot be read is null and named in `_cast_reasons`. Columns that are typed already are
        accepted; floats go through their shortest text. Missing columns come as null, columns
        unknown to the contract stay at the end.
        """
        return read_columns(frame, cls.fields(), timezone=timezone)

    @classmethod
    def check(cls, frame: pl.DataFrame) -> Checked:
        """Part a typed frame into accepted and rejected rows; the order of rows is kept.

        A column that could not be read is reported as that alone: its own rules, and the rules
        across columns of such a row, are unknown and not repeated as broken.
        """
        prepared = _with_key_parts(_in_order(frame, cls), cls)
        return part(prepared, cls.rules())


class Extract(Contract, is_kind=True):
    """One row per whatever the subclass says, as a source system delivered it."""

    source_system = column.text(KEY, "which system sent it")
    company_id = column.text(KEY, "legal entity; * for master data and policies shared by all")
    source_updated_at = column.timestamp(OPTIONAL, "for incremental loads")
    is_deleted = column.boolean(OPTIONAL, "tombstone")


def _sentence(name: str) -> str:
    return name.replace("_", " ")


def _row_rules(contract: type[Contract]) -> Iterable[Rule]:
    for name, made in contract._schema_validation_rules().items():
        yield Rule(_sentence(name), made.expr, None)


def _in_order(frame: pl.DataFrame, contract: type[Contract]) -> pl.DataFrame:
    types = contract.polars_types()
    missing = contract.missing_columns(frame.columns)
    if missing:
        raise ValueError(f"{contract.table()} misses required columns: {', '.join(missing)}")
    added = [pl.lit(None, dtype=types[name]).alias(name) for name in types if name not in frame]
    complete = frame.with_columns(added)
    wrong = [
        f"{name} is {complete.schema[name]}, expected {expected}"
        for name, expected in types.items()
        if complete.schema[name] != expected
    ]
    if wrong:
        raise TypeError(f"{contract.table()} was not read into its types: {'; '.join(wrong)}")
    return complete.select(*types, pl.exclude(*types))


def _with_key_parts(frame: pl.DataFrame, contract: type[Contract]) -> pl.DataFrame:
    parts = [field.name for field in contract.fields() if field.is_optional_key]
    return frame.with_columns(pl.col(parts).fill_null("")) if parts else frame
