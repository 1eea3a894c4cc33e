"""Values as people read them: thousands separated, units kept, never through a float."""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from reporting.published import Column
from reporting.wording import code_label, column_label, is_code_column

CENT = Decimal("0.01")
TENTH = Decimal("0.1")
# U+2212, as typeset: a hyphen before a figure is easily read as a dash.
MINUS = "\N{MINUS SIGN}"
AMOUNT_SCALES = (2, 4)
EVIDENCE = "evidence"
PRICE_SCALE = 8


def amount(value: Decimal | int | None) -> str:
    """An amount of money with two decimals, rounded half away from zero."""
    if value is None:
        return ""
    return _grouped(Decimal(value).quantize(CENT, rounding=ROUND_HALF_UP), decimals=2)


def quantity(value: Decimal | int | None) -> str:
    """A quantity with the decimals it has and no more."""
    if value is None:
        return ""
    plain = f"{Decimal(value):f}"
    decimals = len(plain.partition(".")[2].rstrip("0"))
    return _grouped(Decimal(value), decimals=decimals)


def price(value: Decimal | None) -> str:
    """A price with two decimals, more where it has more."""
    if value is None:
        return ""
    decimals = len(f"{Decimal(value):f}".partition(".")[2].rstrip("0"))
    return _grouped(Decimal(value), decimals=max(2, decimals))


def short_amount(value: Decimal | None) -> str:
    """An amount for a chart's label: 1.2 M, 45.3 k."""
    number = Decimal(value or 0)
    for size, sign in ((Decimal(10**9), "bn"), (Decimal(10**6), "M"), (Decimal(10**3), "k")):
        if abs(number) >= size:
            return f"{_grouped((number / size).quantize(TENTH, rounding=ROUND_HALF_UP), decimals=1)} {sign}"
    return _grouped(number.quantize(Decimal(1), rounding=ROUND_HALF_UP), decimals=0)


def day(value: date | datetime | None) -> str:
    """A day, written so that no country reads it the other way round."""
    return value.strftime("%d %b %Y") if value else "not known"


def moment(value: datetime | None) -> str:
    """A moment in UTC, to the minute."""
    return value.strftime("%Y-%m-%d %H:%M") if value else ""


def cell(column: Column, value: Any) -> str:
    """What a grid shows for a value of this column."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return decimal_text(column, value)
    if isinstance(value, int):
        # A year or a line number is a name, not a count.
        return f"{value}" if _is_name(column.name) else _grouped(Decimal(value), decimals=0)
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return value.isoformat()
    if column.name == EVIDENCE:
        return evidence(str(value))
    return code_label(value) if is_code_column(column.name) else str(value)


def evidence(text: str) -> str:
    """Evidence (JSON) as a sentence of names and values; anything else as it stands."""
    try:
        found = json.loads(text)
    except ValueError:
        return text
    if not isinstance(found, dict):
        return text
    return "; ".join(
        f"{column_label(name).lower()}: {_plain(str(value))}"
        for name, value in found.items()
        if value not in (None, "")
    )


def _plain(text: str) -> str:
    """A decimal as it came from a table (four, six or eight decimals) as people write it."""
    if not re.fullmatch(r"-?[0-9]+\.([0-9]{4}|[0-9]{6}|[0-9]{8})", text):
        return text
    return quantity(Decimal(text))


def decimal_text(column: Column, value: Decimal) -> str:
    """A decimal by the kind of figure its column holds, which its scale tells."""
    scale = decimal_scale(column)
    if scale in AMOUNT_SCALES:
        return amount(value)
    return price(value) if scale == PRICE_SCALE else quantity(value)


def decimal_scale(column: Column) -> int:
    """Digits behind the point of a decimal column; 0 for anything else."""
    if not column.type.startswith("DECIMAL("):
        return 0
    return int(column.type.rstrip(")").partition(",")[2])


def _is_name(column: str) -> bool:
    return column.endswith(("_year", "_period", "_line", "_number", "_id", "_code"))


def _grouped(value: Decimal, *, decimals: int) -> str:
    text = f"{abs(value):,.{decimals}f}"
    is_zero = not any(digit in text for digit in "123456789")
    return f"{MINUS}{text}" if value < 0 and not is_zero else text
