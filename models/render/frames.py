"""Contract -> sample frame: rows that hold every rule, for tests and for trying a mapping.

Every column is filled. Keys differ from row to row, so n rows are n keys; everything else is the
plainest value its type allows.
"""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import polars as pl

from models.contracts.fields import Field, FieldType
from models.contracts.kernel import Contract
from models.vocabulary.events import EVENT_CODES

Value = str | int | bool | Decimal | date | datetime | None

FIRST_DAY = date(2024, 1, 1)
NUMBERS = (FieldType.QTY, FieldType.AMT, FieldType.PRICE)

# Columns whose sample cannot be told from the type, by (table, column) or by column.
SPECIAL: dict[str | tuple[str, str], Value] = {
    "event_code": EVENT_CODES[1],
    "timezone": "UTC",
    "is_deleted": False,
    "is_backdated_closed": False,
    ("proposed_journals", "credit"): Decimal(0),
}


def sample_frame(contract: type[Contract], rows: int = 1, /, **given: Value) -> pl.DataFrame:
    """Typed rows that the contract accepts; `given` overrides a column in every row."""
    columns = {
        field.name: [given.get(field.name, _value(contract, field, n)) for n in range(rows)]
        for field in contract.fields()
    }
    return pl.DataFrame(columns, schema=contract.polars_types())


def sample_text(contract: type[Contract], rows: int = 1, /, **given: str | None) -> pl.DataFrame:
    """The same rows as text, as a file would deliver them."""
    as_text = sample_frame(contract, rows).with_columns(
        pl.col(pl.Datetime("us", "UTC")).dt.strftime("%Y-%m-%dT%H:%M:%SZ")
    )
    texts = as_text.with_columns(pl.all().cast(pl.String))
    return texts.with_columns(
        pl.lit(value, dtype=pl.String).alias(name) for name, value in given.items()
    )


def _value(contract: type[Contract], field: Field, row: int) -> Value:
    for key in ((contract.table(), field.name), field.name):
        if key in SPECIAL:
            return SPECIAL[key]
    if field.values:
        return field.values[0]
    if field.type in NUMBERS:
        return Decimal(1)
    if field.type is FieldType.INT:
        return row + 1
    if field.type is FieldType.BOOL:
        return True
    day = FIRST_DAY + timedelta(days=row)
    if field.type is FieldType.DATE:
        return day
    if field.type is FieldType.TS:
        return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    return f"{field.name}-{row + 1}"
