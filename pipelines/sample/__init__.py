"""The sample company: a seeded story of a distributor, its planted faults and their answer key."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipelines.sample.answer_key import write_facts, write_key
from pipelines.sample.bulk import BULK_SIZES, BulkGenerated, generate_bulk
from pipelines.sample.faults.plan import Planted
from pipelines.sample.faults.rates import RATES, FaultRates
from pipelines.sample.parameters import Parameters, Sample
from pipelines.sample.sizes import SIZES
from pipelines.sample.story.group import Group
from pipelines.sample.world.calendar import is_month_end
from pipelines.sample.world.company import Company
from pipelines.sample.writers.blemishes import NUMBERED, Blemishes
from pipelines.sample.writers.canonical import CanonicalWriter, Delivery
from pipelines.sample.writers.files import DeliveryFiles
from pipelines.sample.writers.mishaps import MISHAPS, DeliveryNote, Mishaps

__all__ = [
    "BULK_SIZES", "MISHAPS", "RATES", "SIZES", "BulkGenerated", "FaultRates", "Generated", "Parameters",
    "Sample", "generate",
]  # fmt: skip

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Generated:
    """What was written: folders, number of files and rows, and the answer key."""

    landing: Path
    key: Path
    files: int
    rows: int
    planted: tuple[Planted, ...]


def generate(
    *,
    size: str = "small",
    seed: int = 42,
    out: Path,
    sample: Sample | None = None,
    file_format: str | None = None,
    progress: Progress | None = None,
) -> Generated | BulkGenerated:
    """Writes `out`/landing/* and `out`/key/*.csv; the same seed writes the same bytes."""
    if sample is None and size in BULK_SIZES:
        return generate_bulk(
            parameters=BULK_SIZES[size], seed=seed, out=out,
            file_format="csv" if file_format == "csv" else "parquet", progress=progress,
        )  # fmt: skip
    chosen = sample or SIZES[size]
    group = Group(chosen, seed)
    files = DeliveryFiles(out / "landing", file_format or chosen.file_format)
    desk = _Desk(chosen, group, files)
    with _without_collector():
        _tell(chosen, group, desk, progress)
        markups = [markup for trade in group.trades for markup in trade.money.markups]
        planted = write_key(
            out / "key", group.stories, desk.of_files, desk.delivery_notes(), markups
        )  # fmt: skip
    write_facts(out / "key", chosen, seed, files.written)
    rows = sum(written.rows for written in files.written)
    return Generated(out / "landing", out / "key", len(files.written), rows, tuple(planted))


def _tell(chosen: Sample, group: Group, desk: _Desk, progress: Progress | None) -> None:
    """Lets all companies live their days, and writes down what they deliver."""
    group.open()
    desk.open()
    for day in group.live():
        desk.hear()
        cut = is_month_end(day) and day.month in chosen.cut_months
        if chosen.daily or cut or day == group.last_day:
            desk.cut(day)
        if progress and (chosen.daily or is_month_end(day)):
            done, days = (day - group.first_day).days + 1, (group.last_day - group.first_day).days
            progress("sample company", done, days + 1)


@contextmanager
def _without_collector() -> Iterator[None]:
    """A story holds millions of records and hardly a cycle: looking for those takes a fifth of the
    time and finds nothing."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class _Desk:
    """Writes down what the companies tell, and lets some of it go wrong on the way out."""

    def __init__(self, sample: Sample, group: Group, files: DeliveryFiles) -> None:
        self.files = files
        self.of_files: list[tuple[str, Planted]] = []
        self.notes: list[DeliveryNote] = []
        self._lines = [_Line(story.company, sample) for story in group.stories]

    def open(self) -> None:
        """Master data and, of a company that is taken over, all that it brings with it."""
        for line in self._lines:
            if line.company.parameters.before:
                self._hear(line)
            self._deliver(line, line.writer.opening())

    def hear(self) -> None:
        for line in self._lines:
            self._hear(line)

    def cut(self, day: date) -> None:
        for line in self._lines:
            self._deliver(line, line.writer.cut(day))

    def _hear(self, line: _Line) -> None:
        for happening in line.company.drain():
            line.writer.hear(happening)

    def delivery_notes(self) -> list[DeliveryNote]:
        """One per file that was written, the odd ones with their own."""
        odd = {note.file_name: note for note in self.notes}
        rejected = Counter(
            entry.keys["file_name"] for _, entry in self.of_files if entry.code == "FEED_REJECT"
        )
        plain = [
            DeliveryNote(
                file.company_id, file.table, file.file_name, file.rows,
                rejected[file.file_name], "loaded", "",
            )
            for file in self.files.written
            if file.file_name not in odd
        ]  # fmt: skip
        return sorted((*plain, *odd.values()), key=lambda note: note.file_name)

    def _deliver(self, line: _Line, delivery: Delivery) -> None:
        lost = line.blemishes.number(delivery)
        planted = [
            spoilt.planted(self.files.file_name(delivery, spoilt.system, spoilt.table))
            for spoilt in line.blemishes.spoil(delivery)
        ]
        if lost:
            name = self.files.file_name(delivery, *NUMBERED)
            keys = {"feed": NUMBERED[1], "file_name": name}
            planted.append(Planted("FEED_GAP", None, "a number is missing", keys=keys))
        of_files, notes = line.mishaps.deliver(delivery, self.files)
        self.of_files += [(delivery.company_id, entry) for entry in (*planted, *of_files)]
        self.notes += notes


class _Line:
    """What delivers one company: its writer, and what goes wrong."""

    def __init__(self, company: Company, sample: Sample) -> None:
        months = sample.cut_months
        self.company = company
        self.writer = CanonicalWriter(company)
        self.blemishes = Blemishes(company.parameters, months, company.stream("blemishes"))
        self.mishaps = Mishaps(
            company.parameters, months, sample.mishaps, company.stream("mishaps")
        )
