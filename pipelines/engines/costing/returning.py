"""How pieces come back to a pool, and go on to another with their cost."""

from __future__ import annotations

from pipelines.engines.costing.arithmetic import share, times_over
from pipelines.engines.costing.compiling import inner
from pipelines.engines.costing.drawing import ends_of, receive, settle
from pipelines.engines.costing.layers import (
    forget_debt,
    new_draw,
    owe,
    put,
    sibling_in,
    undraw,
)
from pipelines.engines.costing.layout import (
    C_LAYERS,
    C_STAMP,
    D_BELOW,
    D_COST,
    D_EVENT,
    D_LAYER,
    D_NEXT,
    D_OWED_NEXT,
    D_OWED_PREVIOUS,
    D_POOL,
    D_PREVIOUS,
    D_QTY,
    I_PRICE_SCALE,
    L_ORIGIN,
    L_RECEIVED,
    LIFO_PERIODIC,
    NONE,
    P_AVERAGE,
    P_CONSUMED,
    P_DEBTS,
    P_ITEM,
    P_METHOD,
    P_OWED,
    P_SHADOW,
    P_STAMP,
    P_STANDARD,
    S_CHARGED,
    S_CHARGED_QTY,
    S_FIRST,
    S_LAST,
    S_SHADOW_FIRST,
    STANDARD,
    Books,
)


@inner
def put_back(books: Books, slot: int, pool: int, qty: int) -> int:
    """Pieces of an event come back, the last consumed first, at what was charged (C4)."""
    value = 0
    _, last = ends_of(books, pool)
    place = books.slots[slot, last]
    while place != NONE and qty > 0:
        part = min(qty, books.draws[place, D_QTY])
        value += undraw(books, place, part)
        qty -= part
        place = books.draws[place, D_PREVIOUS]
    return value


@inner
def put_back_of_year(books: Books, pool: int, qty: int) -> tuple[int, int]:
    """Undoes the pieces of the year that were consumed last. (value, pieces beyond the year)."""
    home = books.pools[pool]
    value = 0
    if home[P_STAMP] != books.counters[C_STAMP]:
        return value, qty
    while qty > 0 and home[P_CONSUMED] != NONE:
        place = home[P_CONSUMED]
        part = min(qty, books.draws[place, D_QTY])
        value += undraw(books, place, part)
        qty -= part
        if books.draws[place, D_QTY] == 0:
            home[P_CONSUMED] = books.draws[place, D_BELOW]
    return value, qty


@inner
def let_go(books: Books, place: int, qty: int) -> int:
    """Pieces of a draw go on elsewhere with their cost; what is owed stays owed here."""
    own = books.draws[place]
    cost = share(own[D_COST], own[D_QTY], qty)
    if own[D_LAYER] == NONE:
        debt = new_draw(books, own[D_EVENT], NONE, NONE, own[D_POOL], qty, cost)
        _owe_before(books, debt, place)
        if own[D_QTY] == qty:
            forget_debt(books, place)
    own[D_QTY] -= qty
    own[D_COST] -= cost
    return cost


@inner
def _owe_before(books: Books, debt: int, later: int) -> None:
    """A debt takes its place in front of another of the same pool."""
    owe(books, debt)
    forget_debt(books, debt)
    home = books.pools[books.draws[debt, D_POOL]]
    before = books.draws[later, D_OWED_PREVIOUS]
    books.draws[debt, D_OWED_PREVIOUS], books.draws[debt, D_OWED_NEXT] = before, later
    books.draws[later, D_OWED_PREVIOUS] = debt
    if before == NONE:
        home[P_OWED] = debt
    else:
        books.draws[before, D_OWED_NEXT] = debt
    home[P_DEBTS] += 1


@inner
def let_all_go(books: Books, slot: int, pool: int, qty: int) -> int:
    """Value of pieces of an event that go on to another pool as one."""
    home = books.pools[pool]
    if home[P_METHOD] == STANDARD:
        return times_over(home[P_STANDARD], qty, books.items[home[P_ITEM], I_PRICE_SCALE])
    charged = books.slots[slot]
    if home[P_METHOD] == LIFO_PERIODIC:
        value = share(charged[S_CHARGED], charged[S_CHARGED_QTY], qty)
        charged[S_CHARGED_QTY] -= qty
        charged[S_CHARGED] -= value
        return value
    if home[P_SHADOW] != NONE:
        _let_go_in_order(books, charged[S_SHADOW_FIRST], qty)
    return _let_go_in_order(books, charged[S_FIRST], qty)


@inner
def _let_go_in_order(books: Books, place: int, qty: int) -> int:
    value = 0
    while place != NONE and qty > 0:
        following = books.draws[place, D_NEXT]
        part = min(qty, books.draws[place, D_QTY])
        if part > 0:
            value += let_go(books, place, part)
            qty -= part
        place = following
    return value


@inner
def carry(
    books: Books, row: int, event: int, slot: int, source: int, pool: int, qty: int
) -> tuple[int, int, int]:
    """Pieces of a transfer with their layers. (value brought, change of value here, kept)."""
    home = books.pools[source]
    if home[P_METHOD] == STANDARD or home[P_METHOD] == LIFO_PERIODIC:
        brought = let_all_go(books, slot, source, qty)
        value, kept = receive(books, row, event, NONE, pool, qty, brought, False)
        return brought, value, kept
    if home[P_SHADOW] != NONE:
        _let_go_in_order(books, books.slots[slot, S_SHADOW_FIRST], qty)
    brought, value, kept, fresh = 0, 0, 0, NONE
    place = books.slots[slot, S_FIRST]
    while place != NONE and qty > 0:
        following = books.draws[place, D_NEXT]
        part = min(qty, books.draws[place, D_QTY])
        if part > 0:
            layer = NONE if home[P_AVERAGE] else books.draws[place, D_LAYER]
            cost = let_go(books, place, part)
            entered, rest, fresh = _receive_part(books, row, event, pool, layer, fresh, part, cost)
            brought, value, kept = brought + cost, value + entered, kept + rest
            qty -= part
        place = following
    return brought, value, kept


@inner
def _receive_part(
    books: Books, row: int, event: int, pool: int, layer: int, fresh: int, qty: int, value: int
) -> tuple[int, int, int]:
    """Pieces of a layer go on here under the name of their receipt; others as one new layer."""
    is_whole = books.pools[pool, P_AVERAGE] or books.pools[pool, P_METHOD] == STANDARD
    if is_whole or (layer == NONE and fresh == NONE):
        entered, rest = receive(books, row, event, NONE, pool, qty, value, False)
        return entered, rest, NONE if is_whole else books.counters[C_LAYERS] - 1
    here = fresh
    if layer != NONE:
        here = sibling_in(books, books.layers[layer, L_ORIGIN], pool)
    books.layers[here, L_RECEIVED] += qty
    put(books, here, qty, value)
    kept = settle(books, row, pool)
    return value - kept, kept, fresh


@inner
def take_back(books: Books, slot: int, pool: int, qty: int) -> tuple[int, int, int]:
    """Pieces that come back as a layer of their own. (value no longer owed, value, pieces)."""
    freed, charged, left = 0, 0, 0
    place = books.slots[slot, S_LAST]
    while place != NONE and qty > 0:
        own = books.draws[place]
        part = min(qty, own[D_QTY])
        if part > 0 and own[D_LAYER] == NONE:
            freed += undraw(books, place, part)
        elif part > 0:
            cost = share(own[D_COST], own[D_QTY], part)
            own[D_QTY] -= part
            own[D_COST] -= cost
            charged += cost
            left += part
        qty -= part
        place = own[D_PREVIOUS]
    return freed, charged, left
