"""One batch: delivered rows through mapping and contract into the lake, every row accounted for.

Nothing counts until the manifest says so: Parquet files are written first, then one transaction
puts the batch in force. A batch that is refused leaves no rows behind.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import polars as pl

from models.contracts.kernel import CAST_REASONS, Contract
from pipelines.ingest.controls import Measured
from pipelines.ingest.delivered import DeliveredFiles
from pipelines.ingest.lake import MARKS, complete, write_parquet
from pipelines.ingest.lake_memory import LakeMemory
from pipelines.ingest.manifest_rows import Part, Reach
from pipelines.ingest.mapped import UNKNOWN, Piece, pieces
from pipelines.ingest.parking import HeaderLookup, park, typed_only
from pipelines.ingest.quarantine import rejected_rows, untyped_rows, with_given_values
from pipelines.ingest.repeats import UPDATED, is_repeat, key_hashes
from pipelines.ingest.report import Counts
from pipelines.ingest.row_hash import row_hashes
from pipelines.ingest.steps import FILE, PLACE, no_failures
from pipelines.ingest.work import Work
from pipelines.readers.tabular import BROKEN_SCHEMA, ROW_NUMBER

CHUNK_ROWS = 1_000_000
AT = "_at"
NOT_ITS_TYPE = r"^\w+ is not "


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a batch is compared with: versions of its table, headers of its lines."""

    memory: LakeMemory
    known: tuple[Part, ...]
    headers: tuple[Part, ...]
    header_systems: frozenset[str]

    def headers_of(self, contract: type[Contract]) -> HeaderLookup:
        header = contract.header()

        def present(rows: pl.DataFrame) -> pl.DataFrame:
            assert header is not None, "only lines are asked for"
            return self.memory.headers(rows, header[0], header[1], self.headers)

        return present


@dataclass(slots=True)
class Made:
    """A batch in the making: accepted rows wait in chunks, the rest is remembered."""

    types: dict[str, pl.DataType] = field(default_factory=dict)
    chunks: list[pl.DataFrame] = field(default_factory=list)
    rejected: list[pl.DataFrame] = field(default_factory=list)
    parked: list[pl.DataFrame] = field(default_factory=list)
    broken: list[pl.DataFrame] = field(default_factory=list)
    known: list[pl.DataFrame] = field(default_factory=list)
    versions: list[pl.DataFrame] = field(default_factory=list)
    filtered: int = 0
    source_rows: int = 0
    contract_rows: int = 0
    qty: Decimal = Decimal(0)
    amount: Decimal = Decimal(0)
    unreadable_qty: int = 0
    unreadable_amount: int = 0
    unread: Counter[str] = field(default_factory=Counter)
    readable: set[str] = field(default_factory=set)

    @property
    def retyped(self) -> tuple[str, ...]:
        """Columns of which several values came and none could be read as its type."""
        return tuple(
            sorted(
                name for name, rows in self.unread.items() if rows > 1 and name not in self.readable
            )
        )

    def measured(self, contract: type[Contract]) -> Measured:
        """What a manifest of the contract table is held against."""
        return Measured(
            rows=self.contract_rows + self.filtered,
            qty=self.qty if contract.control_qty() else None,
            amount=self.amount if contract.control_amount() else None,
            unreadable_qty=self.unreadable_qty,
            unreadable_amount=self.unreadable_amount,
        )


@dataclass(frozen=True, slots=True)
class Written:
    """What a batch put into the lake, and its counts."""

    parts: tuple[Part, ...]
    reaches: tuple[Reach, ...]
    counts: Counts
    rejected: pl.DataFrame
    parked: pl.DataFrame
    broken: pl.DataFrame


def make(work: Work, files: DeliveredFiles, around: Surroundings, *, seq: int) -> Made:
    """Map, read and check every row; nothing is written yet."""
    made = Made()
    for piece in pieces(work, files):
        _take_untyped(piece, work, made)
        for start in range(0, max(len(piece.frame), 1), CHUNK_ROWS):
            _take(piece.frame.slice(start, CHUNK_ROWS), work, around, made, seq=seq)
    return made


def write(made: Made, work: Work, lake: Path) -> Written:
    """Leave out what is there already, and write the rest."""
    repeated = _repeated(made)
    accepted = sum(len(chunk) for chunk in made.chunks) - int(repeated.sum())
    rejected = pl.concat(made.rejected)
    counts = Counts(
        accepted=accepted,
        rejected=len(rejected),
        repeated=int(repeated.sum()),
        filtered=made.filtered,
        source_rows=made.source_rows,
    )
    assert counts.read == made.contract_rows + made.filtered, "every row read is accounted for"
    kept = list(_without(made.chunks, repeated))
    batch = (work.feed.table, work.batch_id)
    return Written(
        parts=write_part(kept, batch, lake, part=1, types=_types(made)),
        reaches=reaches_of(kept, work.feed.contract),
        counts=counts,
        rejected=rejected,
        parked=pl.concat(made.parked),
        broken=pl.concat(made.broken),
    )


def accepted_rows(made: Made) -> pl.DataFrame:
    """The rows of a batch that are to be in the lake, with all columns."""
    types = _types(made)
    chunks = [complete(chunk, types) for chunk in _without(made.chunks, _repeated(made))]
    return pl.concat(chunks).collect() if chunks else pl.DataFrame(schema=types)


def write_part(
    chunks: Sequence[pl.DataFrame],
    batch: tuple[str, str],
    lake: Path,
    *,
    part: int,
    types: Mapping[str, pl.DataType] | None = None,
) -> tuple[Part, ...]:
    """One Parquet file of a batch (its table and id), none where there are no rows."""
    if not any(len(chunk) for chunk in chunks):
        return ()
    table, batch_id = batch
    suffix = "" if part == 1 else f"_{part}"
    path = f"{table}/{batch_id}{suffix}.parquet"
    return (Part(batch_id, part, path, write_parquet(lake / path, chunks, types)),)


def reaches_of(chunks: Sequence[pl.DataFrame], contract: type[Contract]) -> tuple[Reach, ...]:
    """Rows and latest event per source and company."""
    filled = [chunk for chunk in chunks if len(chunk)]
    if not filled:
        return ()
    name = contract.event_time()
    system = ["source_system", "company_id"]
    found = (
        pl.concat(chunk.select(*system, _moment(name, chunk).alias("at")) for chunk in filled)
        .group_by(system)
        .agg(pl.len().alias("rows"), pl.col("at").max())
        .sort(system)
    )
    return tuple(Reach(*row) for row in found.select(*system, "rows", "at").rows())


def _moment(name: str | None, chunk: pl.DataFrame) -> pl.Expr:
    """When a row happened; a day counts from its beginning."""
    if name is None or name not in chunk.columns:
        return pl.lit(None, dtype=pl.Datetime("us", "UTC"))
    if isinstance(chunk.schema[name], pl.Date):
        return pl.col(name).cast(pl.Datetime("us")).dt.replace_time_zone("UTC")
    return pl.col(name)


def _compact(rows: pl.DataFrame) -> pl.DataFrame:
    """Without the columns that hold nothing: a contract is wide, a delivery is not."""
    needed = ("source_system", "company_id", UPDATED, *MARKS, FILE)
    return rows.select(
        name for name in rows.columns if name in needed or rows[name].null_count() < len(rows)
    )


def _types(made: Made) -> dict[str, pl.DataType]:
    return {name: dtype for name, dtype in made.types.items() if name != FILE}


def _take_untyped(piece: Piece, work: Work, made: Made) -> None:
    broken = piece.broken.select(*PLACE, *(name for name in BROKEN_SCHEMA if name != ROW_NUMBER))
    failed = pl.concat([no_failures(), piece.failed, broken.select(*PLACE, "reason")])
    rejected = untyped_rows(failed, work)
    made.rejected.append(rejected)
    made.broken.append(broken)
    made.filtered += piece.filtered
    made.source_rows += piece.source_rows
    made.contract_rows += len(rejected)


def _take(frame: pl.DataFrame, work: Work, around: Surroundings, made: Made, *, seq: int) -> None:
    contract = work.feed.contract
    typed = contract.read_text(frame, timezone=work.feed.timezone).with_row_index(AT)
    made.contract_rows += len(typed)
    _measure(typed, contract, made)
    _note_unread(typed, made)
    checked = contract.check(typed)
    marked = _marked(checked.accepted, work, seq=seq)
    refused = with_given_values(checked.rejected, frame, AT)
    made.types = dict(marked.schema)
    fresh, waiting = park(marked, contract, around.headers_of(contract), around.header_systems)
    made.chunks.append(_compact(fresh))
    made.rejected.append(rejected_rows(refused, contract))
    made.rejected.append(rejected_rows(waiting, contract, parked=True))
    made.parked.append(typed_only(waiting, contract))
    made.versions.append(
        fresh.select(hash="_row_hash", is_dated=pl.col(UPDATED).is_not_null()).with_columns(
            key=key_hashes(fresh, contract)
        )
    )
    made.known.append(
        around.memory.versions(fresh, contract, around.known, before=(_delivered_at(work), seq))
    )


def _measure(typed: pl.DataFrame, contract: type[Contract], made: Made) -> None:
    qty, amount = contract.control_qty(), contract.control_amount()
    for name in (qty, amount):
        if name is None:
            continue
        total = Decimal(typed[name].cast(pl.Decimal(38, 8)).sum() or 0)
        unread = pl.col(CAST_REASONS).list.eval(pl.element().str.starts_with(f"{name} ")).list.any()
        unreadable = int(typed.select(unread.fill_null(False).sum()).item() or 0)
        if name == qty:
            made.qty += total
            made.unreadable_qty += unreadable
        if name == amount:
            made.amount += total
            made.unreadable_amount += unreadable


def _note_unread(typed: pl.DataFrame, made: Made) -> None:
    """Columns whose values are not of their type; one too many decimals is not another type."""
    said = typed.select(pl.col(CAST_REASONS).explode().drop_nulls().alias("reason"))
    columns = said.filter(pl.col("reason").str.contains(NOT_ITS_TYPE)).select(
        pl.col("reason").str.split(" ").list.first()
    )
    made.unread.update(columns["reason"].to_list())
    made.readable |= {name for name in typed.columns if typed[name].null_count() < len(typed)}


def _marked(rows: pl.DataFrame, work: Work, *, seq: int) -> pl.DataFrame:
    """Contract columns with the marks of the lake; `_file` stays until the rows are written."""
    names = list(work.feed.contract.polars_types())
    sources = pl.Series([driver.file.name for driver in work.drivers], dtype=pl.String)
    marks = rows.with_columns(
        pl.lit(work.batch_id).alias("_batch_id"),
        pl.lit(_delivered_at(work)).cast(MARKS["_delivered_at"]).alias("_delivered_at"),
        pl.lit(seq, dtype=pl.Int64).alias("_batch_seq"),
        pl.lit(sources).gather(pl.col(FILE)).alias("_source_file"),
        row_hashes(rows.select(names)),
    )
    kept = [UNKNOWN] if UNKNOWN in rows.columns else []
    return marks.select(*names, *MARKS, *kept, FILE)


def _repeated(made: Made) -> pl.Series:
    """For every accepted row, in order, whether the lake or an earlier row of the batch has it."""
    return is_repeat(pl.concat(made.versions), pl.concat(made.known))


def _without(chunks: Sequence[pl.DataFrame], repeated: pl.Series) -> Iterator[pl.DataFrame]:
    start = 0
    for chunk in chunks:
        mask = repeated.slice(start, len(chunk))
        start += len(chunk)
        kept = chunk if not mask.any() else chunk.filter(~mask)
        if len(kept):
            yield kept.drop(FILE)


def _delivered_at(work: Work) -> datetime:
    assert work.delivered_at is not None, "a batch is delivered at some time"
    return work.delivered_at
