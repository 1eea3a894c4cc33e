"""Rejected rows: what was delivered, where it stood, and every reason, as Parquet and as CSV.

Parked rows wait for their header. They stand among the rejected rows with that reason, and beside
them, typed, in a file of their own, from which a later run loads them when the header has come.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from models.contracts.kernel import REASONS, Contract
from pipelines.ingest.delivered import DeliveredFiles
from pipelines.ingest.lake import UNFINISHED, write_parquet, write_text
from pipelines.ingest.steps import FILE, PLACE
from pipelines.ingest.values import as_text
from pipelines.ingest.work import Work
from pipelines.readers.tabular import ROW_NUMBER

DOCUMENT_COLUMNS = (
    "order_id",
    "order_line",
    "shipment_id",
    "shipment_line",
    "invoice_id",
    "invoice_line",
    "journal_id",
    "journal_line",
    "receipt_id",
    "movement_id",
)
# Names under which a table carries the documents that a rejected row is reported with.
ORDER_COLUMNS = {"ref_order_id": "order_id", "ref_order_line": "order_line"}
KEY = "business_key"
SEQUENCE = "sequence_no"
IS_PARKED = "is_parked"
# What was delivered in the column that a reason names, for the examples in a message.
GOT = "_got"
SHOWN_CHARACTERS = 80
ROW = "_row"
NAMED = "_named"
GIVEN = " is given"  # how the sentence about a required cell ends
NO_NUMBER = pl.lit(None, dtype=pl.Int64).alias(SEQUENCE)
REJECTED_SCHEMA = {
    FILE: pl.Int64,
    ROW_NUMBER: pl.Int64,
    "source_system": pl.String,
    "company_id": pl.String,
    KEY: pl.String,
    REASONS: pl.List(pl.String),
    GOT: pl.List(pl.String),
    IS_PARKED: pl.Boolean,
    **dict.fromkeys(DOCUMENT_COLUMNS, pl.String()),
    SEQUENCE: pl.Int64,
}


@dataclass(frozen=True, slots=True)
class Stored:
    """Where the rejected rows of a batch lie."""

    folder: Path
    batch_id: str

    @property
    def rows(self) -> Path:
        return self.folder / f"{self.batch_id}.parquet"

    @property
    def for_people(self) -> Path:
        return self.folder / f"{self.batch_id}.csv"

    @property
    def parked(self) -> Path:
        return self.folder / "parked" / f"{self.batch_id}.parquet"


def stored(quarantine: Path, table: str, batch_id: str) -> Stored:
    return Stored(quarantine / table, batch_id)


def rejected_rows(
    frame: pl.DataFrame, contract: type[Contract], *, parked: bool = False
) -> pl.DataFrame:
    """Typed rows with `_reasons` in the form of the quarantine."""
    present = {name: name for name in DOCUMENT_COLUMNS if name in frame.columns}
    for source, name in ORDER_COLUMNS.items():
        if source in frame.columns and name not in present:
            present[name] = source
    documents = [
        (pl.col(present[name]) if name in present else pl.lit(None, dtype=pl.String)).alias(name)
        for name in DOCUMENT_COLUMNS
    ]
    return frame.select(
        *PLACE,
        "source_system",
        "company_id",
        business_key(frame, contract).alias(KEY),
        pl.col(REASONS),
        _given(frame),
        pl.lit(parked).alias(IS_PARKED),
        *documents,
        pl.col(SEQUENCE) if SEQUENCE in frame.columns else NO_NUMBER,
    )


def untyped_rows(failed: pl.DataFrame, work: Work) -> pl.DataFrame:
    """Rows that never became contract columns (`_file`, `_row_number`, reason), one per row."""
    one_each = failed.group_by(PLACE, maintain_order=True).agg(
        pl.col("reason").unique(maintain_order=True)
    )
    return one_each.select(
        *PLACE,
        pl.lit(work.feed.source_system).alias("source_system"),
        pl.lit(work.feed.company_id).alias("company_id"),
        pl.lit(None, dtype=pl.String).alias(KEY),
        pl.col("reason").alias(REASONS),
        pl.lit(None, dtype=pl.List(pl.String)).alias(GOT),
        pl.lit(False).alias(IS_PARKED),
        *(pl.lit(None, dtype=pl.String).alias(name) for name in DOCUMENT_COLUMNS),
        NO_NUMBER,
    )


def with_given_values(rejected: pl.DataFrame, delivered: pl.DataFrame, at: str) -> pl.DataFrame:
    """Beside each reason that begins with a column, what was delivered there.

    `at` is the place of a rejected row among the delivered ones.
    """
    if rejected.is_empty():
        return rejected.with_columns(pl.Series(GOT, [], dtype=pl.List(pl.String))).drop(at)
    told = rejected.select(REASONS).with_row_index(ROW).explode(REASONS)
    told = told.with_columns(pl.col(REASONS).str.split(" ").list.first().alias(NAMED))
    names = [name for name in told[NAMED].unique().sort().drop_nulls() if name in delivered.columns]
    rows = delivered[rejected[at].to_list()].select(
        as_text(pl.col(name), delivered.schema[name]).alias(f"{GOT} {name}") for name in names
    )
    values = [pl.when(pl.col(NAMED) == name).then(pl.col(f"{GOT} {name}")) for name in names]
    got = pl.coalesce(values) if values else pl.lit(None, dtype=pl.String)
    given = (
        told.join(rows.with_row_index(ROW), on=ROW, how="left", maintain_order="left")
        .select(ROW, got.alias(GOT))
        .group_by(ROW, maintain_order=True)
        .agg(GOT)
    )
    return rejected.with_columns(given[GOT]).drop(at)


def _worded(rows: pl.DataFrame) -> pl.Series:
    """The reasons of each row in a sentence, each with the value that broke it, where it was one's."""
    value = pl.col(GOT).str.slice(0, SHOWN_CHARACTERS)
    is_missing = pl.col(REASONS).str.ends_with(GIVEN)
    sentence = (
        pl.when(value != "")
        .then(pl.format("{}: got '{}'", REASONS, value))
        .when(is_missing)
        .then(pl.format("{}: got nothing", REASONS))
    )
    told = _paired(rows.select(REASONS, GOT).with_row_index(ROW)).explode(REASONS, GOT)
    worded = told.with_columns(sentence.otherwise(pl.col(REASONS)).alias("reasons"))
    return worded.group_by(ROW, maintain_order=True).agg(pl.col("reasons").str.join("; "))[
        "reasons"
    ]


def _paired(rows: pl.DataFrame) -> pl.DataFrame:
    """A value, or none, for every reason: rows that never had columns have no list of values."""
    none = pl.col(REASONS).list.eval(pl.lit(None, dtype=pl.String))
    return rows.with_columns(
        pl.when(pl.col(GOT).is_null()).then(none).otherwise(pl.col(GOT)).alias(GOT)
    )


def _given(frame: pl.DataFrame) -> pl.Expr:
    present = pl.col(GOT) if GOT in frame.columns else pl.lit(None, dtype=pl.List(pl.String))
    return present.alias(GOT)


def business_key(frame: pl.DataFrame, contract: type[Contract]) -> pl.Expr:
    own = [name for name in contract.key() if name not in ("source_system", "company_id")]
    parts = [as_text(pl.col(name), frame.schema[name]).fill_null("") for name in own]
    return pl.concat_str(parts, separator="|") if parts else pl.col("company_id")


def write_rejected(
    place: Stored, rows: pl.DataFrame, broken: pl.DataFrame, work: Work, files: DeliveredFiles
) -> None:
    """Both forms of the quarantine of a batch, or neither where nothing was rejected."""
    if rows.is_empty():
        for path in (place.rows, place.for_people, place.parked):
            path.unlink(missing_ok=True)
        return
    names = pl.DataFrame(
        {
            FILE: range(len(work.drivers)),
            "file_name": [driver.file.name for driver in work.drivers],
        },
        schema={FILE: pl.Int64, "file_name": pl.String},
    )
    complete = (
        rows.with_columns(_worded(rows))
        .join(names, on=FILE, how="left", maintain_order="left")
        .join(_raw_texts(rows, broken, work, files), on=PLACE, how="left", maintain_order="left")
        .with_columns(
            pl.lit(work.batch_id).alias("batch_id"), pl.lit(work.feed.table).alias("feed")
        )
        .sort(FILE, ROW_NUMBER, KEY, maintain_order=True)
        .select(
            "feed",
            "source_system",
            "company_id",
            "batch_id",
            "file_name",
            FILE,
            pl.col(ROW_NUMBER).alias("row_number"),
            KEY,
            "reasons",
            "raw_text",
            IS_PARKED,
            *DOCUMENT_COLUMNS,
            SEQUENCE,
        )
    )
    write_parquet(place.rows, [complete])
    write_text(place.for_people, complete.drop(FILE))


def remove_unfinished(quarantine: Path) -> None:
    for path in quarantine.rglob(f"*{UNFINISHED}"):
        path.unlink()


def _raw_texts(
    rows: pl.DataFrame, broken: pl.DataFrame, work: Work, files: DeliveredFiles
) -> pl.DataFrame:
    texts = [broken.select(*PLACE, "raw_text")]
    for place, driver in enumerate(work.drivers):
        numbers = rows.filter(pl.col(FILE) == place)[ROW_NUMBER]
        if numbers.is_empty():
            continue
        delivered = files.rows(driver.file, driver.opening, numbers)
        named = [(name, dtype) for name, dtype in delivered.schema.items() if name != ROW_NUMBER]
        as_json = pl.struct(
            as_text(pl.col(name), dtype).alias(name) for name, dtype in named
        ).struct.json_encode()
        texts.append(
            delivered.select(
                pl.lit(place, dtype=pl.Int64).alias(FILE), ROW_NUMBER, as_json.alias("raw_text")
            )
        )
    return pl.concat(texts).unique(PLACE, keep="first", maintain_order=True)


def examples(rows: pl.DataFrame, work: Work, most: int = 5) -> list[str]:
    """Up to five reasons with the rows they were given for, the most frequent first."""
    if rows.is_empty():
        return []
    reasons = (
        _paired(rows)
        .explode(REASONS, GOT)
        .group_by(REASONS, maintain_order=True)
        .agg(
            pl.len().alias("rows"), pl.struct(FILE, ROW_NUMBER, KEY, GOT).head(most).alias("shown")
        )
        .sort("rows", REASONS, descending=[True, False])
    )
    return [
        _example(row[REASONS], row["rows"], row["shown"], work)
        for row in reasons.head(most).to_dicts()
    ]


def _example(reason: str, count: int, shown: Sequence[dict[str, object]], work: Work) -> str:
    places = []
    for row in shown:
        file = (
            "" if len(work.drivers) == 1 else f"{work.drivers[int(str(row[FILE]))].file.base_name} "
        )
        key = f" ({row[KEY]})" if row[KEY] else ""
        nothing = " with nothing" if reason.endswith(GIVEN) else ""
        got = f" with {row[GOT]!r}" if row[GOT] else nothing
        places.append(f"{file}row {row[ROW_NUMBER]}{key}{got}")
    more = f" and {count - len(shown)} more" if count > len(shown) else ""
    return f"'{reason}' broken by {', '.join(places)}{more}"
