"""Exact shares of integers: a x b / c over 128 bits, halves away from zero.

Money is in the smallest unit of the company's currency, quantities in millionths of the base unit.
Their product passes 64 bits where a million pieces are worth a million, so it is taken over two
words; most products do not, and go the short way.
"""

from __future__ import annotations

import numpy as np
from numba import njit

Word = np.uint64

SHORT = 4.0e18  # twice a product below this, plus a divisor, still fits 64 bits without sign
HALF = np.uint64(32)
LOW = np.uint64(0xFFFFFFFF)
ONE = np.uint64(1)
ZERO = np.uint64(0)
TOP = np.uint64(1 << 63)
BASE = np.uint64(1 << 32)


@njit
def wide_product(first: Word, second: Word) -> tuple[Word, Word]:
    """High and low word of a product of two words."""
    first_high, first_low = first >> HALF, first & LOW
    second_high, second_low = second >> HALF, second & LOW
    low = first_low * second_low
    middle = first_high * second_low + (low >> HALF)
    across = first_low * second_high + (middle & LOW)
    high = first_high * second_high + (middle >> HALF) + (across >> HALF)
    return high, (across << HALF) | (low & LOW)


@njit
def _digit(high: Word, next_low: Word, divisor_high: Word, divisor_low: Word) -> Word:
    """One quotient digit of 32 bits, after Knuth's algorithm D."""
    digit = high // divisor_high
    rest = high - digit * divisor_high
    while digit >= BASE or digit * divisor_low > ((rest << HALF) | next_low):
        digit -= ONE
        rest += divisor_high
        if rest >= BASE:
            break
    return digit


@njit
def wide_quotient(high: Word, low: Word, divisor: Word) -> tuple[Word, Word]:
    """Quotient and rest of two words by one; the quotient must fit a word (high < divisor)."""
    shift = ZERO
    while divisor < TOP:
        divisor <<= ONE
        shift += ONE
    if shift > ZERO:
        high = (high << shift) | (low >> (np.uint64(64) - shift))
        low <<= shift
    divisor_high, divisor_low = divisor >> HALF, divisor & LOW
    first = _digit(high, low >> HALF, divisor_high, divisor_low)
    rest = ((high << HALF) | (low >> HALF)) - first * divisor
    second = _digit(rest, low & LOW, divisor_high, divisor_low)
    rest = ((rest << HALF) | (low & LOW)) - second * divisor
    return (first << HALF) | second, rest >> shift


@njit
def times_over(value: int, times: int, over: int) -> int:
    """value x times / over, rounded, halves away from zero; over is above zero."""
    negative = (value < 0) != (times < 0)
    first, second, divisor = np.uint64(abs(value)), np.uint64(abs(times)), np.uint64(over)
    if np.float64(first) * np.float64(second) < SHORT and over < (1 << 62):
        twice = divisor << ONE
        quotient = (((first * second) << ONE) + divisor) // twice
    else:
        high, low = wide_product(first, second)
        quotient, rest = wide_quotient(high, low, divisor)
        if rest >= divisor - rest:
            quotient += ONE
    whole = np.int64(quotient)  # int() of a word without sign stays without sign in compiled code
    return -whole if negative else whole  # type: ignore[return-value]


@njit
def share(value: int, held: int, qty: int) -> int:
    """What of `value` goes with `qty` of the `held` pieces; the last piece takes the rest."""
    if qty == held:
        return value
    return times_over(value, qty, held)
