"""Rows for a contract table out of delivered files: pieces of still untyped contract columns.

A file whose steps look at one row at a time is taken block by block, so that ten million rows need
no more memory than one block. Everything else (group, distinct, number, several files) is whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import polars as pl

from pipelines.ingest.columns import mapped_columns
from pipelines.ingest.delivered import DeliveredFiles, Opening
from pipelines.ingest.landing import Landed
from pipelines.ingest.mapping_file import Entry, Mapping
from pipelines.ingest.steps import (
    FILE,
    PLACE,
    Fetch,
    Missing,
    Stepped,
    apply_steps,
    is_row_by_row,
    no_failures,
)
from pipelines.ingest.work import Driver, Feed, Work
from pipelines.readers.opening import is_text
from pipelines.readers.tabular import ROW_NUMBER, Block

UNKNOWN = "_unknown_columns"


@dataclass(frozen=True, slots=True)
class Piece:
    """Contract columns as delivered, rows that fell out on the way, and rows read of the files."""

    frame: pl.DataFrame
    failed: pl.DataFrame
    broken: pl.DataFrame
    filtered: int
    source_rows: int
    missing: tuple[Missing, ...] = ()


def pieces(work: Work, files: DeliveredFiles) -> Iterator[Piece]:
    """The rows of a batch, in the order of the files and of the rows in them."""
    entry = work.feed.entry
    if entry is None or (len(work.drivers) == 1 and is_row_by_row(entry.steps)):
        fetch = _remembering(joined_frames(work, files))
        for place, driver in enumerate(work.drivers):
            for block in files.blocks(driver.file, driver.opening):
                yield _piece(work.feed, _marked(block, place), driver, fetch)
        return
    blocks = [
        _marked(files.whole(d.file, d.opening), place) for place, d in enumerate(work.drivers)
    ]
    stacked = Block(
        frame=pl.concat([block.frame for block in blocks], how="diagonal_relaxed"),
        broken=pl.concat([block.broken for block in blocks]),
    )
    yield _piece(work.feed, stacked, work.drivers[0], joined_frames(work, files))


def dry_run(feed: Feed, driver: Driver, empty: pl.DataFrame, fetch: Fetch) -> tuple[Missing, ...]:
    """Columns that the files lack, found by mapping no rows at all."""
    block = _marked(Block(empty, pl.DataFrame(schema={ROW_NUMBER: pl.Int64})), 0)
    return _piece(feed, block, driver, fetch).missing


def joined_frames(work: Work, files: DeliveredFiles) -> Fetch:
    """A source as one frame, its files in order of delivery."""
    mapping = work.feed.mapping
    by_name = dict(work.joined)

    def fetch(name: str) -> pl.DataFrame:
        assert mapping is not None, "only a mapping joins"
        return source_frame(by_name[name], Opening.of(mapping.sources[name]), files)

    return fetch


def source_frame(
    landed: tuple[Landed, ...], opening: Opening, files: DeliveredFiles
) -> pl.DataFrame:
    frames = [_marked(files.whole(file, opening), place).frame for place, file in enumerate(landed)]
    return pl.concat(frames, how="diagonal_relaxed")


def empty_frames(work: Work, files: DeliveredFiles) -> Fetch:
    """Sources without rows, for a dry run."""
    mapping = work.feed.mapping
    by_name = dict(work.joined)

    def fetch(name: str) -> pl.DataFrame:
        assert mapping is not None, "only a mapping joins"
        opening = Opening.of(mapping.sources[name])
        empty = [files.header(file, opening) for file in by_name[name]]
        return pl.concat(empty, how="diagonal_relaxed").with_columns(
            pl.lit(None, dtype=pl.Int64).alias(FILE)
        )

    return fetch


def _remembering(fetch: Fetch) -> Fetch:
    """Joined frames are made once for all blocks of a file."""
    made: dict[str, pl.DataFrame] = {}

    def remembered(name: str) -> pl.DataFrame:
        if name not in made:
            made[name] = fetch(name)
        return made[name]

    return remembered


def _marked(block: Block, place: int) -> Block:
    mark = pl.lit(place, dtype=pl.Int64).alias(FILE)
    return Block(block.frame.with_columns(mark), block.broken.with_columns(mark))


def _piece(feed: Feed, block: Block, driver: Driver, fetch: Fetch) -> Piece:
    if feed.entry is None or feed.mapping is None:
        stepped = _canonical(feed, block.frame)
    else:
        stepped = _mapped(feed.entry, feed.mapping, feed, block.frame, driver, fetch)
    constants = {"source_system": feed.source_system, "company_id": feed.company_id}
    frame = stepped.frame
    for name, value in constants.items():
        constant = pl.lit(value, dtype=pl.String)
        if name in frame.columns:
            # The column wins; the name of the file or mapping stands in where a cell is empty.
            given = pl.col(name).cast(pl.String).str.strip_chars()
            constant = pl.when(given != "").then(given).otherwise(constant)
        frame = frame.with_columns(constant.alias(name))
    return Piece(frame, stepped.failed, block.broken, stepped.filtered, block.rows, stepped.missing)


def _mapped(
    entry: Entry, mapping: Mapping, feed: Feed, frame: pl.DataFrame, driver: Driver, fetch: Fetch
) -> Stepped:
    types = {field.name: field.type for field in feed.contract.fields()}
    state = apply_steps(frame, entry.steps, fetch)
    csv = feed.opening.csv if is_text(driver.file.base_name) else None
    return mapped_columns(state, entry, types, csv)


def _canonical(feed: Feed, frame: pl.DataFrame) -> Stepped:
    """Columns of the contract by name; others are kept beside it, as JSON."""
    by_lower = {name.lower(): name for name in frame.columns if name not in PLACE}
    fields = [field.name for field in feed.contract.fields()]
    known = {name: by_lower[name] for name in fields if name in by_lower}
    unknown = [name for name in frame.columns if name not in (*PLACE, *known.values())]
    missing = tuple(
        (name, f"{feed.table}.{name}")
        for name in feed.contract.missing_columns([*known, "source_system", "company_id"])
    )
    selected = [pl.col(source).alias(name) for name, source in known.items()]
    if unknown:
        selected.append(pl.struct(unknown).struct.json_encode().alias(UNKNOWN))
    absent = [
        pl.lit(None, dtype=pl.String).alias(name)
        for name in fields
        if missing and name not in known
    ]
    kept = frame.select(*selected, *absent, *PLACE)
    return replace(Stepped(kept, 0, no_failures()), missing=missing)


def unknown_columns(feed: Feed, empty: pl.DataFrame) -> list[str]:
    """Columns of a canonical file that its contract does not know."""
    if feed.entry is not None:
        return []
    fields = {field.name for field in feed.contract.fields()}
    return [name for name in empty.columns if name.lower() not in fields and name not in PLACE]
