"""What can be promised at the end of the last day, by place and item.

Pieces on the shelf, ours or a supplier's that we may sell, and nothing else: what is reserved has
left the shelf for its order, and what papers sent to another place is only in the book. What one channel keeps for itself is not there for the others; only
one of them leaves the safety stock alone, so none of that is taken off here (world/channels.py).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pipelines.sample.world.channels import kept_for_channels
from pipelines.sample.world.company import Company

SELLABLE = ("ON_HAND", "CONSIGN_IN")


def available(company: Company) -> Iterator[dict[str, str]]:
    """One row per place and item with anything on the shelf or reserved, in their order."""
    on_hand: Counter[tuple[str, str]] = Counter()
    sellable: Counter[tuple[str, str]] = Counter()
    reserved: Counter[tuple[str, str]] = Counter()
    for (place, item, state, _), qty in company.stock.levels.items():
        if state == "ON_HAND":
            on_hand[place, item] += qty
        if state in SELLABLE:
            sellable[place, item] += qty
        if state == "RESERVED":
            reserved[place, item] += qty
    for cell in sorted({*on_hand, *sellable, *reserved}):
        if on_hand[cell] or sellable[cell] or reserved[cell]:
            gone = min(company.gone_on_paper[cell], max(on_hand[cell], 0))
            free = sellable[cell] - gone
            kept = min(max(free, 0), kept_for_channels(cell[0]))
            yield {
                "date": company.parameters.last_day.isoformat(),
                "location_id": cell[0],
                "item_id": cell[1],
                "available_now": str(free - kept),
                "on_hand": str(on_hand[cell]),
                "reserved": str(reserved[cell]),
                "protected": str(kept),
            }
