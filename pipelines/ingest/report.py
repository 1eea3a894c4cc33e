"""What one ingestion did, as data: per file and table, with messages for people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum


class Status(StrEnum):
    LOADED = "loaded"
    REPEATED = "repeated"
    REFUSED = "refused"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows of one file for one table. What was read is what became of it, always."""

    accepted: int = 0
    rejected: int = 0
    repeated: int = 0
    filtered: int = 0
    source_rows: int = 0

    @property
    def read(self) -> int:
        return self.accepted + self.rejected + self.repeated + self.filtered


@dataclass(frozen=True, slots=True)
class Totals:
    """A control total: what the sender says, and what was read."""

    expected: Decimal | None = None
    actual: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """One delivered file for one contract table."""

    feed: str
    source_system: str
    company_id: str
    label: str
    batch_id: str
    file_name: str
    file_hash: str
    delivered_at: datetime
    counts: Counts
    totals: Totals
    status: Status
    message: str


@dataclass(frozen=True, slots=True)
class OddColumns:
    """Columns of a file that are not those agreed: `unknown`, `missing`, or of another `type`."""

    oddity: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FileProblem:
    """A file that was refused whole or that nothing takes."""

    file_name: str
    message: str


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What this run did; `deliveries` leaves out what was known and unchanged."""

    deliveries: tuple[Delivery, ...]
    refused_files: tuple[FileProblem, ...]
    unknown_files: tuple[FileProblem, ...]
    new_batch_ids: tuple[str, ...]
    unchanged: int
    replayed_rows: int

    @property
    def accepted_by_table(self) -> dict[str, int]:
        return _summed((delivery.feed, delivery.counts.accepted) for delivery in self.deliveries)

    @property
    def rejected_by_table(self) -> dict[str, int]:
        return _summed((delivery.feed, delivery.counts.rejected) for delivery in self.deliveries)

    @property
    def messages(self) -> tuple[str, ...]:
        said = [problem.message for problem in (*self.refused_files, *self.unknown_files)]
        said += [delivery.message for delivery in self.deliveries if delivery.message]
        return tuple(dict.fromkeys(said))


def _summed(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    totals: dict[str, int] = {}
    for name, count in pairs:
        totals[name] = totals.get(name, 0) + count
    return {name: totals[name] for name in sorted(totals) if totals[name]}
