"""What everything downstream of a contract knows of a column: type, need, closed list, meaning."""

from dataclasses import dataclass
from enum import StrEnum

import dataframely as dy
import polars as pl


class FieldType(StrEnum):
    """The nine types of the extract contract; the values are the words of the table pages."""

    TEXT = "text"
    CODE = "code"
    INT = "int"
    QTY = "qty"
    AMT = "amt"
    PRICE = "price"
    DATE = "date"
    TS = "ts"
    BOOL = "bool"


class Need(StrEnum):
    """Whether a value must be there. An optional key part is read as "" so that no key is null."""

    KEY = "key"
    OPTIONAL_KEY = "optional key"
    REQUIRED = "required"
    OPTIONAL = "optional"


KEY, OPTIONAL_KEY, REQUIRED, OPTIONAL = Need.KEY, Need.OPTIONAL_KEY, Need.REQUIRED, Need.OPTIONAL

POLARS_TYPES: dict[FieldType, pl.DataType] = {
    FieldType.TEXT: pl.String(),
    FieldType.CODE: pl.String(),
    FieldType.INT: pl.Int64(),
    FieldType.QTY: pl.Decimal(18, 6),
    FieldType.AMT: pl.Decimal(18, 4),
    FieldType.PRICE: pl.Decimal(20, 8),
    FieldType.DATE: pl.Date(),
    FieldType.TS: pl.Datetime("us", "UTC"),
    FieldType.BOOL: pl.Boolean(),
}

SQL_TYPES: dict[FieldType, str] = {
    FieldType.TEXT: "varchar",
    FieldType.CODE: "varchar",
    FieldType.INT: "bigint",
    FieldType.QTY: "decimal(18,6)",
    FieldType.AMT: "decimal(18,4)",
    FieldType.PRICE: "decimal(20,8)",
    FieldType.DATE: "date",
    FieldType.TS: "timestamp with time zone",
    FieldType.BOOL: "boolean",
}


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a contract, as everything downstream of the contract sees it."""

    name: str
    type: FieldType
    required: bool
    is_key: bool
    values: tuple[str, ...]
    meaning: str

    @property
    def polars_type(self) -> pl.DataType:
        return POLARS_TYPES[self.type]

    @property
    def sql_type(self) -> str:
        return SQL_TYPES[self.type]

    @property
    def is_optional_key(self) -> bool:
        return self.is_key and not self.required

    @classmethod
    def from_column(cls, name: str, column: dy.Column) -> "Field":
        metadata = column.metadata or {}
        need = Need(metadata["need"])
        return cls(
            name=name,
            type=FieldType(metadata["type"]),
            required=need in (KEY, REQUIRED),
            is_key=need in (KEY, OPTIONAL_KEY),
            values=tuple(metadata["values"]),
            meaning=column.description or "",
        )
