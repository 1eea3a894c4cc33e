"""Where faults strike, and the answer key that says so.

A fault changes what a system did or said; what it changes in the books is in the truth as well.
Each is written down with its code, the keys at which it must be found and the money at stake.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from pipelines.sample.parameters import Parameters

# No billing fault in the last fortnight: what is open then is inside its grace, and a late
# shipment of the same customer and item cannot swallow a surplus.
QUIET_DAYS = 14
KEYS = (
    "order_id", "order_line", "shipment_id", "shipment_line", "invoice_id", "invoice_line",
    "receipt_id", "receipt_line", "movement_id", "transfer_id", "count_id", "purchase_order_id",
    "purchase_order_line", "journal_id", "journal_line", "item_id", "location_id", "party_id",
    "cash_receipt_id", "feed", "file_name", "row_number",
)  # fmt: skip
TRAP_KEYS = (
    "order_id", "order_line", "shipment_id", "shipment_line", "invoice_id", "invoice_line",
    "receipt_id", "movement_id",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Planted:
    """One entry of the answer key; exposure in cents, None where money is not the measure.

    `root_code` names the code of the fault it hangs under, "" where it stands for itself."""

    code: str
    exposure: int | None
    note: str
    root_code: str = ""
    keys: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Trap:
    """Looks like a fault and is none: reporting it would be a false alarm."""

    name: str
    why: str
    keys: dict[str, str] = field(default_factory=dict)


class Strikes:
    """Says when a fault strikes: once in every block of 1 / rate opportunities, at a place of
    chance. So a share is kept even where a year holds few opportunities."""

    def __init__(self, rate: float, rng: Random) -> None:
        self._block = round(1 / rate) if rate > 0 else 0
        self._rng = rng
        self._seen = 0
        self._at = self._rng.randrange(self._block) if self._block else -1

    def strikes(self) -> bool:
        if not self._block:
            return False
        place = self._seen % self._block
        if place == 0 and self._seen:
            self._at = self._rng.randrange(self._block)
        self._seen += 1
        return place == self._at


class FaultPlan:
    """One plan per company; every code draws from a stream of its own."""

    def __init__(self, parameters: Parameters, seed: int) -> None:
        self.rates = parameters.faults
        self.planted: list[Planted] = []
        self.traps: list[Trap] = []
        self._seed = f"{seed}/{parameters.company_id}"
        self._last_day = parameters.last_day
        self._touched: set[tuple[str, ...]] = set()
        self._strikes: dict[str, Strikes] = {}

    def rng(self, code: str) -> Random:
        """For drawing how large a fault is; apart from the stream that says when."""
        return Random(f"{self._seed}/size of {code}/{len(self.planted)}")

    def strikes(
        self, code: str, *, day: date | None = None, claim: tuple[str, ...] = (), where: str = ""
    ) -> bool:
        """True when the fault of this code happens at this opportunity; a department that counts
        its own opportunities of a code says `where`.

        With `day`, never in the quiet last fortnight. `claim` names what it touches (customer and
        item, say): two faults never touch the same thing, since they could offset each other."""
        if day is not None and self.is_quiet(day):
            return False
        if claim and claim in self._touched:
            return False
        name = f"{code}/{where}" if where else code
        if name not in self._strikes:
            rate = self.rates.of(code, where)
            self._strikes[name] = Strikes(rate, Random(f"{self._seed}/fault/{name}"))
        if not self._strikes[name].strikes():
            return False
        if claim:
            self._touched.add(claim)
        return True

    def is_quiet(self, day: date) -> bool:
        return day > self._last_day - timedelta(days=QUIET_DAYS)

    def is_claimed(self, *claim: str) -> bool:
        return claim in self._touched

    def claim(self, *claim: str) -> None:
        self._touched.add(claim)

    def plant(
        self, code: str, exposure: int | None, note: str, *, root_code: str = "", **keys: object
    ) -> None:
        """Writes a fault into the key; `keys` are the documents at which it must be found."""
        self.planted.append(Planted(code, exposure, note, root_code, _texts(keys, KEYS)))

    def trap(self, name: str, why: str, **keys: object) -> None:
        self.traps.append(Trap(name, why, _texts(keys, TRAP_KEYS)))


def _texts(keys: dict[str, object], known: tuple[str, ...]) -> dict[str, str]:
    unknown = set(keys) - set(known)
    assert not unknown, f"the answer key has no column {sorted(unknown)}"
    return {name: str(value) for name, value in keys.items() if value not in ("", None)}
