"""What there is to do: which file feeds which table, in which order, under which batch id."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from models.contracts import CONTRACTS
from models.contracts.kernel import Contract
from pipelines.ingest.delivered import Opening
from pipelines.ingest.landing import Landed, canonical_name
from pipelines.ingest.mapping_file import (
    Entry,
    Mapping,
    entry_labels,
    fingerprint,
    joined_sources,
)
from pipelines.readers.excel import sheet_names
from pipelines.readers.opening import ending

MANIFEST_TABLE = "control_feed_manifest"
CANONICAL = "canonical"
# Part of every batch id: raise it when the same file must be made into other rows by a new version.
ENGINE = "1"


@dataclass(frozen=True, slots=True)
class Feed:
    """One contract table as one kind of file feeds it."""

    table: str
    source_system: str
    company_id: str
    label: str
    opening: Opening
    mapping: Mapping | None = None
    entry: Entry | None = None

    @property
    def contract(self) -> type[Contract]:
        return CONTRACTS[self.table]

    @property
    def timezone(self) -> str:
        if self.mapping is None or self.entry is None:
            return "UTC"
        return self.entry.timezone or self.mapping.timezone

    @property
    def watermark_at(self) -> datetime | None:
        if self.mapping is None or self.entry is None:
            return None
        return self.entry.watermark_at or self.mapping.watermark_at

    @property
    def joins(self) -> list[str]:
        return sorted(joined_sources(self.entry.steps)) if self.entry is not None else []


@dataclass(frozen=True, slots=True)
class Driver:
    """A delivered file that makes rows, and how it is opened."""

    file: Landed
    opening: Opening


@dataclass(frozen=True, slots=True)
class Work:
    """One batch to make or to find made: a feed, the files that drive it and those they join."""

    feed: Feed
    drivers: tuple[Driver, ...]
    joined: tuple[tuple[str, tuple[Landed, ...]], ...] = ()
    delivered_at: datetime | None = None
    basis: str = ""

    @property
    def file_name(self) -> str:
        return "; ".join(driver.file.name for driver in self.drivers)

    @property
    def file_hash(self) -> str:
        hashes = [driver.file.hash for driver in self.drivers]
        return hashes[0] if len(hashes) == 1 else _hash(hashes)

    @property
    def slot(self) -> str:
        """What a newer batch takes the place of: the same file, or all files, for the same feed."""
        drivers = (
            ["all"]
            if self.feed.entry is not None and self.feed.entry.scope == "all"
            else [self.file_hash]
        )
        return _hash([*_identity(self.feed), *drivers])

    @property
    def batch_id(self) -> str:
        feed = self.feed
        how = fingerprint(feed.entry, feed.mapping) if feed.entry and feed.mapping else CANONICAL
        joined = [f"{name}={','.join(file.hash for file in files)}" for name, files in self.joined]
        return _hash(
            [ENGINE, *_identity(feed), how, *(driver.file.hash for driver in self.drivers), *joined]
        )

    def delivered(self, at: datetime, basis: str) -> Work:
        return replace(self, delivered_at=at, basis=basis)


def canonical_feeds(file: Landed) -> list[Feed]:
    """Tables that a file with a canonical name feeds; a workbook feeds one per sheet."""
    name = canonical_name(file)
    if name is None:
        return []
    if ending(file.base_name) == ".xlsx":
        sheets = [sheet for sheet in sheet_names(file.path) if sheet.lower() in CONTRACTS]
        if sheets:
            return [
                _canonical(sheet.lower(), name.source_system, name.company_id, sheet)
                for sheet in sheets
            ]
    if name.table not in CONTRACTS:
        return []
    return [_canonical(name.table, name.source_system, name.company_id, None)]


def mapped_feeds(mapping: Mapping) -> Iterator[tuple[Feed, list[str]]]:
    """Feeds of a mapping and the sources whose files drive each."""
    for entry in mapping.tables:
        parts = [entry.from_] if entry.scope == "all" else [[source] for source in entry.from_]
        for label, sources in zip(entry_labels(entry), parts, strict=True):
            yield (
                Feed(
                    table=entry.table,
                    source_system=entry.source_system or mapping.source_system,
                    company_id=entry.company_id or mapping.company_id,
                    label=label,
                    opening=Opening.of(mapping.sources[sources[0]]),
                    mapping=mapping,
                    entry=entry,
                ),
                sources,
            )


def in_order(works: Iterable[Work]) -> list[Work]:
    """Manifests first, headers before their lines, then by delivery and name, never by chance."""
    return sorted(
        works,
        key=lambda work: (
            table_rank(work.feed.table),
            work.feed.table,
            work.delivered_at,
            work.file_name,
            work.feed.label,
            work.feed.source_system,
            work.feed.company_id,
        ),
    )


def table_rank(table: str) -> int:
    if table == MANIFEST_TABLE:
        return 0
    header = CONTRACTS[table].header()
    return 1 if header is None else 1 + table_rank(header[0])


def _canonical(table: str, source_system: str, company_id: str, sheet: str | None) -> Feed:
    return Feed(table, source_system, company_id, CANONICAL, Opening(sheet=sheet))


def _identity(feed: Feed) -> list[str]:
    return [feed.table, feed.source_system, feed.company_id, feed.label]


def _hash(parts: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:20]
