"""The sample company: a seeded story of a distributor, its planted faults and their answer key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipelines.sample.answer_key import write_key
from pipelines.sample.faults.plan import Planted
from pipelines.sample.faults.rates import FaultRates
from pipelines.sample.parameters import SIZES, Parameters, Sample
from pipelines.sample.story.group import Group
from pipelines.sample.world.calendar import is_month_end
from pipelines.sample.writers.blemishes import Blemishes
from pipelines.sample.writers.canonical import CanonicalWriter, Delivery
from pipelines.sample.writers.files import DeliveryFiles

__all__ = ["SIZES", "FaultRates", "Generated", "Parameters", "Sample", "generate"]

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
    progress: Progress | None = None,
) -> Generated:
    """Writes `out`/landing/* and `out`/key/*.csv; the same seed writes the same bytes."""
    chosen = sample or SIZES[size]
    group = Group(chosen, seed)
    files = DeliveryFiles(out / "landing")
    desk = _Desk(group, files)
    desk.open()
    for day in group.live():
        desk.hear()
        if chosen.daily or (is_month_end(day) and day.month in chosen.cut_months):
            desk.cut(day)
        if progress and (chosen.daily or is_month_end(day)):
            done, days = (day - group.first_day).days + 1, (group.last_day - group.first_day).days
            progress("sample company", done, days + 1)
    planted = write_key(out / "key", group.stories, desk.of_files)
    rows = sum(written.rows for written in files.written)
    return Generated(out / "landing", out / "key", len(files.written), rows, tuple(planted))


class _Desk:
    """Writes down what the companies tell, and spoils some of it on the way out."""

    def __init__(self, group: Group, files: DeliveryFiles) -> None:
        self.files = files
        self.of_files: list[tuple[str, Planted]] = []
        self._companies = [story.company for story in group.stories]
        self._writers = [CanonicalWriter(company) for company in self._companies]
        self._blemishes = [
            Blemishes(company.parameters, company.stream("blemishes"))
            for company in self._companies
        ]

    def open(self) -> None:
        for writer, blemishes in zip(self._writers, self._blemishes, strict=True):
            self._deliver(writer.opening(), blemishes)

    def hear(self) -> None:
        for company, writer in zip(self._companies, self._writers, strict=True):
            for happening in company.drain():
                writer.hear(happening)

    def cut(self, day: date) -> None:
        for writer, blemishes in zip(self._writers, self._blemishes, strict=True):
            self._deliver(writer.cut(day), blemishes)

    def _deliver(self, delivery: Delivery, blemishes: Blemishes) -> None:
        planted = [
            Planted(
                "FEED_REJECT", None, spoilt.what,
                keys={
                    "feed": spoilt.table, "row_number": str(spoilt.row_number),
                    "file_name": self.files.file_name(delivery, spoilt.system, spoilt.table),
                },
            )
            for spoilt in blemishes.spoil(delivery)
        ]  # fmt: skip
        self.files.write(delivery)
        if twice := blemishes.comes_twice(delivery):
            first, again = self.files.repeat(delivery, *twice)
            keys = {"feed": twice[1], "file_name": again}
            planted.append(Planted("FEED_DUP", None, f"same bytes as {first}", keys=keys))
        self.of_files += [(delivery.company_id, entry) for entry in planted]
