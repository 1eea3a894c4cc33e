"""The sample company: a seeded story of a distributor, its planted faults and their answer key."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pipelines.sample.answer_key import rejected, repeated, write_key
from pipelines.sample.faults import Planted
from pipelines.sample.happenings import Happening
from pipelines.sample.month_end import MonthClosed
from pipelines.sample.parameters import SIZES, FaultRates, Parameters
from pipelines.sample.story import Story
from pipelines.sample.writers.blemishes import Blemishes
from pipelines.sample.writers.canonical import deliveries
from pipelines.sample.writers.files import DeliveryFiles

__all__ = ["SIZES", "FaultRates", "Generated", "Parameters", "generate"]

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
    parameters: Parameters | None = None,
    progress: Progress | None = None,
) -> Generated:
    """Writes `out`/landing/*.csv and `out`/key/*.csv; the same seed writes the same bytes."""
    chosen = parameters or SIZES[size]
    story = Story(chosen, seed)
    blemishes = Blemishes(
        chosen.faults.bad_rows,
        chosen.faults.repeated_files,
        cut_months=chosen.cut_months,
        rng=story.company.stream("blemishes"),
    )
    files = DeliveryFiles(out / "landing", chosen.company_id)
    closings: list[MonthClosed] = []
    of_files: list[Planted] = []
    for delivery in deliveries(story.company, _noting(story.tell(), closings)):
        for spoilt in blemishes.spoil(delivery):
            name = files.file_name(spoilt.system, spoilt.table, delivery.cut_at)
            of_files.append(rejected(spoilt, name))
        files.write(delivery)
        if twice := blemishes.comes_twice(delivery):
            of_files.append(repeated(twice[1], *files.repeat(*twice, delivery.cut_at)))
        if progress:
            progress("sample company", delivery.month, chosen.last_day.month)
    planted = write_key(out / "key", story, closings, of_files)
    rows = sum(written.rows for written in files.written)
    return Generated(out / "landing", out / "key", len(files.written), rows, tuple(planted))


def _noting(told: Iterable[Happening], closings: list[MonthClosed]) -> Iterator[Happening]:
    for happening in told:
        if isinstance(happening, MonthClosed):
            closings.append(happening)
        yield happening
