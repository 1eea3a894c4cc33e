"""Cents: how a value is divided so that its parts always add up to it."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction


def half_up(amount: Fraction | int) -> int:
    """Whole cents; a half goes away from zero, so that a booking and its mirror cancel."""
    whole, rest = divmod(abs(amount.numerator), amount.denominator)
    cents = whole + (2 * rest >= amount.denominator)
    return cents if amount >= 0 else -cents


def share(value: int, held: int, qty: int) -> int:
    """Cents of `value` that go with `qty` of the `held` pieces; the last piece takes the rest."""
    assert 0 <= qty <= held, f"{qty} of {held} pieces"
    if qty == held:
        return value
    cents = (2 * abs(value) * qty + held) // (2 * held)
    return cents if value >= 0 else -cents


def spread(amount: int, weights: Sequence[int]) -> list[int]:
    """Parts of `amount` by weight: the cumulative part is rounded, then differences are taken."""
    total, upto, given = sum(weights), 0, 0
    parts = []
    for weight in weights:
        upto += weight
        reached = half_up(Fraction(amount * upto, total))
        parts.append(reached - given)
        given = reached
    return parts


def allocate(amount: int, weights: Sequence[Fraction | int]) -> list[int]:
    """A landed cost over lines by value, weight, volume, quantity or manual share (B.4).

    Largest remainder: every line gets its whole cents, the cents left over go one each to the
    lines that lost most, the first of them where two lost alike. A base of zero says nothing
    about anyone's share and is refused.
    """
    total = sum(map(Fraction, weights), Fraction(0))
    if not total:
        raise ValueError(f"{amount} cents cannot be allocated: the bases add up to zero")
    exact = [amount * Fraction(weight) / total for weight in weights]
    parts = [part.numerator // part.denominator for part in exact]
    lost = sorted(range(len(parts)), key=lambda line: (parts[line] - exact[line], line))
    for line in lost[: amount - sum(parts)]:
        parts[line] += 1
    return parts
