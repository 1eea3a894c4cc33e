"""Deliveries that go wrong as files: repeated, late, corrected, cut off, with a column too many.

What a mishap does to the answer is in the key (`deliveries.csv`): every file with what the reader
should make of it. None of them changes what is true in the end.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from pipelines.sample.faults.plan import Planted
from pipelines.sample.parameters import Parameters
from pipelines.sample.writers.canonical import Delivery
from pipelines.sample.writers.files import DeliveryFiles
from pipelines.sample.writers.texts import Row, stamp

REPEATED = ("wms", "wms_shipment_line")
LATE, LATE_IN_ONE_MONTH = ("wms", "wms_inventory_snapshot"), ("wms", "wms_inbound_line")
WIDENED = ("erp", "purchasing_payment")
CORRECTED = ("erp", "purchasing_order_line")
CUT_OFF = ("wms", "wms_count_line")
LATE_BY = timedelta(days=6)
MISHAPS = ("repeated", "late", "corrected", "cut_off", "wider")
CODE_OF = {"repeated": "FEED_DUP", "late": "FEED_LATE", "wider": "FEED_SCHEMA"}
TABLE_OF = {"repeated": REPEATED, "late": LATE, "wider": WIDENED, "corrected": CORRECTED,
            "cut_off": CUT_OFF}  # fmt: skip


@dataclass(frozen=True, slots=True)
class DeliveryNote:
    """What the reader should make of a file: loaded, repeated or refused, and why it is odd."""

    company_id: str
    feed: str
    file_name: str
    rows: int
    rejected: int
    status: str
    mishap: str


class Mishaps:
    """One of each kind that is wanted, in a cut of chance before the last one."""

    def __init__(
        self, parameters: Parameters, months: tuple[int, ...], wanted: tuple[str, ...], rng: Random
    ) -> None:
        self._rng = rng
        self._months: dict[str, set[int]] = {}
        chosen = list(months[:-1] or months)
        # With one month the only snapshot is of its last day, and would come after all is over.
        self._late = LATE if len(months) > 1 else LATE_IN_ONE_MONTH
        for kind in MISHAPS:
            times = int(parameters.faults.of(CODE_OF[kind])) if kind in CODE_OF else 0
            if kind in wanted:
                times = max(times, 1)
            self._months[kind] = set(rng.sample(chosen, min(times, len(chosen))))

    def deliver(
        self, delivery: Delivery, files: DeliveryFiles
    ) -> tuple[list[Planted], list[DeliveryNote]]:
        """Writes the delivery with the mishaps due in it."""
        planted, notes = [], []
        due = self._due(delivery)
        after = []
        if "wider" in due:
            planted.append(self._widen(delivery, files))
        if "corrected" in due:
            after.append(self._correction(delivery))
        if "late" in due:
            later = delivery.only(*self._late)
            del delivery.tables[self._late]
            after.append((later, delivery.cut_at + LATE_BY))
            name = files.file_name(later, *self._late, at=delivery.cut_at + LATE_BY)
            planted.append(
                Planted(
                    "FEED_LATE", None, "came six days after the others",
                    keys={"feed": self._late[1], "file_name": name},
                )
            )  # fmt: skip
        if "cut_off" in due:
            notes.append(self._cut_off(delivery, files))
        files.write(delivery)
        for part, at in after:
            files.write(part, at=at)
        if "repeated" in due:
            entry, note = self._repeat(delivery, files)
            planted.append(entry)
            notes.append(note)
        return planted, notes

    def _due(self, delivery: Delivery) -> set[str]:
        """Each kind once a month, in the first delivery of it that has the table."""
        month = delivery.day.month if delivery.day else 0
        tables = {**TABLE_OF, "late": self._late}
        due = {
            kind
            for kind, months in self._months.items()
            if month in months and delivery.tables.get(tables[kind])
        }
        for kind in due:
            self._months[kind].discard(month)
        return due

    def _widen(self, delivery: Delivery, files: DeliveryFiles) -> Planted:
        for row in delivery.tables[WIDENED]:
            row["house_bank"] = "HB1"
        name = files.file_name(delivery, *WIDENED)
        keys = {"feed": WIDENED[1], "file_name": name}
        return Planted("FEED_SCHEMA", None, "a column nobody agreed on: house_bank", keys=keys)

    def _correction(self, delivery: Delivery) -> tuple[Delivery, datetime]:
        """First a wrong promise, three days later the right one."""
        rows = delivery.tables[CORRECTED]
        at = self._rng.randrange(len(rows))
        right: Row = dict(rows[at])
        later = delivery.cut_at + timedelta(days=3)
        right["source_updated_at"] = stamp(later)
        rows[at] = {**rows[at], "promised_date": rows[at]["order_date"]}
        return replace(delivery, tables={CORRECTED: [right]}, sequences={}), later

    def _cut_off(self, delivery: Delivery, files: DeliveryFiles) -> DeliveryNote:
        """An hour before the whole file, one whose transfer broke in the middle of a row."""
        at = delivery.cut_at - timedelta(hours=1)
        part = delivery.only(*CUT_OFF)
        files.write(part, at=at)
        name = files.file_name(part, *CUT_OFF, at=at)
        whole = (files.folder / name).read_bytes()
        (files.folder / name).write_bytes(whole[: len(whole) * 2 // 3])
        return DeliveryNote(delivery.company_id, CUT_OFF[1], name, 0, 0, "refused", "cut_off")

    def _repeat(self, delivery: Delivery, files: DeliveryFiles) -> tuple[Planted, DeliveryNote]:
        """The same bytes once more, two days later and under another name."""
        first = files.file_name(delivery, *REPEATED)
        again = files.file_name(
            delivery, *REPEATED, at=delivery.cut_at + timedelta(days=2, hours=6)
        )
        (files.folder / again).write_bytes((files.folder / first).read_bytes())
        keys = {"feed": REPEATED[1], "file_name": again}
        note = DeliveryNote(
            delivery.company_id, REPEATED[1], again, len(delivery.tables[REPEATED]), 0, "repeated",
            "repeated",
        )  # fmt: skip
        return Planted("FEED_DUP", None, f"same bytes as {first}", keys=keys), note
