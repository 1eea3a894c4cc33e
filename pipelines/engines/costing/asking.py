"""What a piece costs where no layer says it: last known cost, current cost, provisional cost."""

from __future__ import annotations

from pipelines.engines.costing.arithmetic import times_over
from pipelines.engines.costing.compiling import inner
from pipelines.engines.costing.layout import (
    I_END_POOL,
    I_FIRST_POOL,
    I_PAID,
    I_PAID_QTY,
    I_PRICE_SCALE,
    L_LEFT,
    L_VALUE,
    NONE,
    P_IS_SHADOW,
    P_ITEM,
    P_LAST_QTY,
    P_LAST_VALUE,
    P_METHOD,
    P_QTY,
    P_STANDARD,
    P_VALUE,
    P_WHOLE,
    PERIODIC_AVERAGE,
    SPECIFIC,
    UNKNOWN,
    Books,
)

# A unit cost is a pair: so much value per so many pieces, never a rounded price.


@inner
def last_known(books: Books, item: int, known: int) -> tuple[int, int]:
    """Last receipt, then what the item master says (C9), then nothing."""
    own = books.items[item]
    if own[I_PAID_QTY] > 0:
        return own[I_PAID], own[I_PAID_QTY]
    if known != UNKNOWN:
        return known, own[I_PRICE_SCALE]
    return 0, 1


@inner
def unit_of_owed(books: Books, pool: int, known: int) -> tuple[int, int]:
    """What pieces that are not there are owed at; of a missing lot the average of the item."""
    item = books.pools[pool, P_ITEM]
    if books.pools[pool, P_METHOD] == SPECIFIC:
        qty, value = 0, 0
        for other in range(books.items[item, I_FIRST_POOL], books.items[item, I_END_POOL]):
            if not books.pools[other, P_IS_SHADOW]:
                qty += books.pools[other, P_QTY]
                value += books.pools[other, P_VALUE]
        if qty > 0:
            return value, qty
    return last_known(books, item, known)


@inner
def provisional(books: Books, pool: int, known: int) -> tuple[int, int]:
    """The average of the last period that was closed; before there is one, last known cost."""
    home = books.pools[pool]
    if home[P_LAST_QTY] > 0:
        return home[P_LAST_VALUE], home[P_LAST_QTY]
    return last_known(books, home[P_ITEM], known)


@inner
def current(books: Books, pool: int, known: int) -> tuple[int, int]:
    home = books.pools[pool]
    if home[P_METHOD] == PERIODIC_AVERAGE:
        return provisional(books, pool, known)
    whole = home[P_WHOLE]
    if whole != NONE and books.layers[whole, L_LEFT] > 0:  # without what is on its way
        return books.layers[whole, L_VALUE], books.layers[whole, L_LEFT]
    if home[P_QTY] > 0:
        return home[P_VALUE], home[P_QTY]
    if home[P_METHOD] == SPECIFIC:
        return unit_of_owed(books, pool, known)
    return last_known(books, home[P_ITEM], known)


@inner
def at_standard(books: Books, pool: int, qty: int) -> int:
    home = books.pools[pool]
    return times_over(home[P_STANDARD], qty, books.items[home[P_ITEM], I_PRICE_SCALE])
