"""How the sales channels of the company share what lies on its shelves (policy_channel)."""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.sample.world.catalogue_kinds import Item


@dataclass(frozen=True, slots=True)
class ChannelRule:
    """`place` narrows it; `*` is every channel without a rule of its own."""

    channel: str
    place: str = ""
    kept_qty: int = 0  # of each item, for this channel alone
    leaves_safety_stock: bool = False


# The marketplace and customers on EDI fine late deliveries: what they are promised never touches
# the safety stock.
CHANNEL_RULES = (
    ChannelRule("*"),
    ChannelRule("edi", leaves_safety_stock=True),
    ChannelRule("marketplace", leaves_safety_stock=True),
    ChannelRule("web", place="HAM", kept_qty=4),
)
CAREFUL_CHANNELS = frozenset(rule.channel for rule in CHANNEL_RULES if rule.leaves_safety_stock)


def safety_stock(item: Item) -> int:
    """Pieces that operations want to see on every shelf: a usual order. Kits are not kept."""
    return item.typical_qty if item.is_bought else 0


def kept_for_channels(place: str) -> int:
    """Pieces of each item that other channels cannot have there."""
    return sum(rule.kept_qty for rule in CHANNEL_RULES if rule.place in ("", place))
