"""Cents: how a value is divided so that its parts always add up to it."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction


def half_up(amount: Fraction) -> int:
    """Whole cents; a half goes away from zero."""
    cents = (2 * abs(amount.numerator) + amount.denominator) // (2 * amount.denominator)
    return cents if amount >= 0 else -cents


def share(value: int, held: int, qty: int) -> int:
    """Cents of `value` that go with `qty` of `held` pieces; nothing goes with none."""
    if not qty:
        return 0
    cents = (2 * abs(value) * qty + held) // (2 * held)
    return cents if value >= 0 else -cents


def divide(value: int, parts: Sequence[int]) -> list[int]:
    """Cents by weight: the cumulative share is rounded, then differences are taken."""
    whole, so_far, given = sum(parts), 0, 0
    shares = []
    for part in parts:
        so_far += part
        upto = share(value, whole, so_far)
        shares.append(upto - given)
        given = upto
    return shares
