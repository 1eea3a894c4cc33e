"""Events that change only what pieces are worth."""

from __future__ import annotations

from pipelines.engines.costing.arithmetic import times_over
from pipelines.engines.costing.arriving import enter
from pipelines.engines.costing.compiling import inner
from pipelines.engines.costing.drawing import change_at_standard
from pipelines.engines.costing.layers import rebase
from pipelines.engines.costing.layout import (
    I_END_POOL,
    I_FIRST_POOL,
    L_LEFT,
    L_NEXT,
    L_VALUE,
    N_AMOUNT,
    N_STANDARD,
    NONE,
    P_COMING,
    P_HAS_LOT,
    P_HEAD,
    P_IS_SHADOW,
    P_ITEM,
    P_METHOD,
    P_QTY,
    P_SEEN,
    P_STANDARD,
    P_VALUE,
    SPECIFIC,
    STANDARD,
    Books,
)


@inner
def _weight_of_layers(books: Books, pool: int) -> tuple[int, bool]:
    """Weight of all layers, and whether it is pieces because value cannot divide."""
    value, pieces, is_odd = 0, 0, False
    for start in (P_HEAD, P_COMING):
        layer = books.pools[pool, start]
        while layer != NONE:
            own = books.layers[layer]
            value += own[L_VALUE]
            pieces += own[L_LEFT]
            is_odd = is_odd or own[L_VALUE] < 0
            layer = own[L_NEXT]
    by_pieces = is_odd or value == 0
    return (pieces if by_pieces else value), by_pieces


@inner
def spread_over(books: Books, pool: int, amount: int) -> int:
    """Divides a change over what is on hand; the cumulative part is rounded. What was applied."""
    if books.pools[pool, P_METHOD] == STANDARD:
        return 0
    total, by_pieces = _weight_of_layers(books, pool)
    if total == 0:
        return 0
    upto, given = 0, 0
    for start in (P_HEAD, P_COMING):
        layer = books.pools[pool, start]
        while layer != NONE:
            own = books.layers[layer]
            upto += own[L_LEFT] if by_pieces else own[L_VALUE]
            reached = times_over(amount, upto, total)
            own[L_VALUE] += reached - given
            rebase(own)
            given = reached
            layer = own[L_NEXT]
    books.pools[pool, P_VALUE] += amount
    return amount


@inner
def revalue(books: Books, row: int, pool: int) -> None:
    amount = books.now[N_AMOUNT]
    home = books.pools[pool]
    if home[P_METHOD] == SPECIFIC and not home[P_HAS_LOT]:
        applied = _spread_over_lots(books, home[P_ITEM], amount)
    else:
        applied = spread_over(books, pool, amount)
    enter(books, row, applied, -applied, 0)


@inner
def _spread_over_lots(books: Books, item: int, amount: int) -> int:
    """Where no lot is named, all lots of the item by their value, else by pieces."""
    first, end = books.items[item, I_FIRST_POOL], books.items[item, I_END_POOL]
    value, pieces, is_odd = 0, 0, False
    for pool in range(first, end):
        home = books.pools[pool]
        if home[P_QTY] > 0 and not home[P_IS_SHADOW]:
            value += home[P_VALUE]
            pieces += home[P_QTY]
            is_odd = is_odd or home[P_VALUE] < 0
    by_pieces = is_odd or value == 0
    total = pieces if by_pieces else value
    upto, given, applied = 0, 0, 0
    for pool in range(first, end):
        home = books.pools[pool]
        if home[P_QTY] > 0 and not home[P_IS_SHADOW]:
            upto += home[P_QTY] if by_pieces else home[P_VALUE]
            reached = times_over(amount, upto, total)
            applied += spread_over(books, pool, reached - given)
            given = reached
    return applied


@inner
def change_standard(books: Books, row: int, pool: int) -> None:
    """What is there takes the new standard at the start of its day (C12, C13)."""
    home = books.pools[pool]
    if home[P_METHOD] != STANDARD or not home[P_SEEN]:
        return
    home[P_STANDARD] = books.now[N_STANDARD]
    change = change_at_standard(books, pool, 0)
    if change != 0:
        enter(books, row, change, -change, 0)
