"""Layers: the pieces of a pool in the order they came, and pieces that are owed to issues.

An issue takes layers in the order of its method; where nothing is left, the rest is owed at the
last known cost until the next pieces come in. So a pool never holds pieces and debts together. The
open layers of a pool are a list by number; a layer on its way stands in a list of its own and is
taken where nothing else is there. An average pool is one layer into which everything is poured that
is here; what is on its way keeps its own price until it arrives (C6).
"""

from __future__ import annotations

from pipelines.engines.costing.arithmetic import share, times_over
from pipelines.engines.costing.compiling import inner
from pipelines.engines.costing.layout import (
    C_DRAWS,
    C_EXTRAS,
    C_LAYERS,
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
    D_SLOT,
    L_BASIS_QTY,
    L_BASIS_VALUE,
    L_EVENT,
    L_IS_COMING,
    L_LEFT,
    L_NEXT,
    L_NUMBER,
    L_ORIGIN,
    L_POOL,
    L_PREVIOUS,
    L_RECEIVED,
    L_SIBLING,
    L_VALUE,
    LIFO,
    LIFO_PERIODIC,
    NONE,
    P_AVERAGE,
    P_COMING,
    P_COMING_LAST,
    P_DEBTS,
    P_HEAD,
    P_METHOD,
    P_NUMBERS,
    P_OPEN,
    P_OWED,
    P_OWED_LAST,
    P_QTY,
    P_SEPARATE,
    P_TAIL,
    P_VALUE,
    P_WHOLE,
    X_CAUSE,
    X_COGS,
    X_COST,
    X_KIND,
    X_POOL,
    X_QTY,
    X_ROUNDING,
    X_ROW,
    Books,
    Table,
)


@inner
def note(
    books: Books, row: int, kind: int, pool: int, cause: int, qty: int, cost: int, cogs: int
) -> None:
    """A row beside the main row of an event."""
    place = books.counters[C_EXTRAS]
    books.counters[C_EXTRAS] = place + 1
    extra = books.extras[place]
    extra[X_ROW], extra[X_KIND], extra[X_POOL], extra[X_CAUSE] = row, kind, pool, cause
    extra[X_QTY], extra[X_COST], extra[X_COGS] = qty, cost, cogs


@inner
def new_layer(books: Books, pool: int, event: int) -> int:
    place = books.counters[C_LAYERS]
    books.counters[C_LAYERS] = place + 1
    layer, home = books.layers[place], books.pools[pool]
    layer[:] = 0
    layer[L_POOL], layer[L_EVENT], layer[L_NUMBER] = pool, event, home[P_NUMBERS]
    home[P_NUMBERS] += 1
    layer[L_PREVIOUS] = layer[L_NEXT] = layer[L_SIBLING] = NONE
    layer[L_ORIGIN] = place
    return place


@inner
def layer_for(books: Books, pool: int, event: int) -> int:
    """The layer that pieces of an event go to: the one of an average pool, else one of its own.

    What comes in by two ways with one event, as a return of more pieces than were issued, is one
    layer.
    """
    home = books.pools[pool]
    if home[P_AVERAGE]:
        if home[P_WHOLE] == NONE:
            home[P_WHOLE] = new_layer(books, pool, NONE)
        return home[P_WHOLE]
    last = books.counters[C_LAYERS] - 1
    if last >= 0:
        newest = books.layers[last]
        if newest[L_EVENT] == event and newest[L_POOL] == pool and newest[L_ORIGIN] == last:
            return last
    return new_layer(books, pool, event)


@inner
def is_coming(books: Books, layer: int) -> bool:
    return layer != NONE and books.layers[layer, L_IS_COMING] != 0


@inner
def layer_now(books: Books, layer: int) -> int:
    """Where the pieces of a layer are: in an average pool, once they are here, in the whole."""
    home = books.pools[books.layers[layer, L_POOL]]
    if home[P_AVERAGE] and not is_coming(books, layer):
        return home[P_WHOLE]
    return layer


@inner
def link(books: Books, layer: int) -> None:
    """Puts a layer in its place by number; most come last, returned ones often first."""
    layers, own = books.layers, books.layers[layer]
    home = books.pools[own[L_POOL]]
    head, tail = (P_COMING, P_COMING_LAST) if own[L_IS_COMING] else (P_HEAD, P_TAIL)
    home[P_OPEN] += 1
    after = home[tail]
    if after != NONE and layers[home[head], L_NUMBER] > own[L_NUMBER]:
        after = NONE
    while after != NONE and layers[after, L_NUMBER] > own[L_NUMBER]:
        after = layers[after, L_PREVIOUS]
    before = home[head] if after == NONE else layers[after, L_NEXT]
    own[L_PREVIOUS], own[L_NEXT] = after, before
    if after == NONE:
        home[head] = layer
    else:
        layers[after, L_NEXT] = layer
    if before == NONE:
        home[tail] = layer
    else:
        layers[before, L_PREVIOUS] = layer


@inner
def unlink(books: Books, layer: int) -> None:
    layers, own = books.layers, books.layers[layer]
    home = books.pools[own[L_POOL]]
    head, tail = (P_COMING, P_COMING_LAST) if own[L_IS_COMING] else (P_HEAD, P_TAIL)
    home[P_OPEN] -= 1
    after, before = own[L_PREVIOUS], own[L_NEXT]
    if after == NONE:
        home[head] = before
    else:
        layers[after, L_NEXT] = before
    if before == NONE:
        home[tail] = after
    else:
        layers[before, L_PREVIOUS] = after
    own[L_PREVIOUS] = own[L_NEXT] = NONE


@inner
def first_layer(books: Books, pool: int) -> int:
    """The open layer that the method takes next; pieces on their way come last."""
    home = books.pools[pool]
    is_newest_first = home[P_METHOD] == LIFO or home[P_METHOD] == LIFO_PERIODIC
    layer = home[P_TAIL] if is_newest_first else home[P_HEAD]
    return home[P_COMING] if layer == NONE else layer


@inner
def rebase(layer: Table) -> None:
    """The unit cost of a layer is what it holds now; separate rounding counts from there."""
    layer[L_BASIS_QTY], layer[L_BASIS_VALUE] = layer[L_LEFT], layer[L_VALUE]


@inner
def put(books: Books, layer: int, qty: int, value: int) -> None:
    own = books.layers[layer]
    home = books.pools[own[L_POOL]]
    if own[L_LEFT] == 0:
        link(books, layer)
    own[L_LEFT] += qty
    own[L_VALUE] += value
    rebase(own)
    home[P_QTY] += qty
    home[P_VALUE] += value


@inner
def draw(books: Books, layer: int, qty: int, row: int) -> int:
    """Cost of pieces of a layer. A residual cent goes with the last, or is a row of its own."""
    own = books.layers[layer]
    home = books.pools[own[L_POOL]]
    if home[P_SEPARATE]:
        cost = times_over(own[L_BASIS_VALUE], qty, own[L_BASIS_QTY])
    else:
        cost = share(own[L_VALUE], own[L_LEFT], qty)
    own[L_LEFT] -= qty
    own[L_VALUE] -= cost
    home[P_QTY] -= qty
    home[P_VALUE] -= cost
    if own[L_LEFT] == 0:
        residual = own[L_VALUE]
        if residual != 0:
            note(books, row, X_ROUNDING, own[L_POOL], own[L_EVENT], 0, -residual, residual)
            home[P_VALUE] -= residual
            own[L_VALUE] = 0
        unlink(books, layer)
    return cost


@inner
def new_draw(
    books: Books, event: int, slot: int, layer: int, pool: int, qty: int, cost: int
) -> int:
    place = books.counters[C_DRAWS]
    books.counters[C_DRAWS] = place + 1
    own = books.draws[place]
    own[D_EVENT], own[D_SLOT], own[D_LAYER], own[D_POOL] = event, slot, layer, pool
    own[D_QTY], own[D_COST] = qty, cost
    own[D_PREVIOUS] = own[D_NEXT] = own[D_OWED_PREVIOUS] = own[D_OWED_NEXT] = own[D_BELOW] = NONE
    return place


@inner
def owe(books: Books, debt: int) -> None:
    """A debt stands behind those that are older."""
    home = books.pools[books.draws[debt, D_POOL]]
    last = home[P_OWED_LAST]
    books.draws[debt, D_OWED_PREVIOUS] = last
    if last == NONE:
        home[P_OWED] = debt
    else:
        books.draws[last, D_OWED_NEXT] = debt
    home[P_OWED_LAST] = debt
    home[P_DEBTS] += 1


@inner
def forget_debt(books: Books, debt: int) -> None:
    home = books.pools[books.draws[debt, D_POOL]]
    before, after = books.draws[debt, D_OWED_PREVIOUS], books.draws[debt, D_OWED_NEXT]
    if before == NONE:
        home[P_OWED] = after
    else:
        books.draws[before, D_OWED_NEXT] = after
    if after == NONE:
        home[P_OWED_LAST] = before
    else:
        books.draws[after, D_OWED_PREVIOUS] = before
    home[P_DEBTS] -= 1


@inner
def undraw(books: Books, place: int, qty: int) -> int:
    """Pieces of a draw go back to their layer, or are no longer owed; the cost they had."""
    own = books.draws[place]
    if qty == 0:
        return 0
    cost = share(own[D_COST], own[D_QTY], qty)
    own[D_QTY] -= qty
    own[D_COST] -= cost
    if own[D_LAYER] != NONE:
        put(books, layer_now(books, own[D_LAYER]), qty, cost)
        return cost
    home = books.pools[own[D_POOL]]
    home[P_QTY] += qty
    home[P_VALUE] += cost
    if own[D_QTY] == 0:
        forget_debt(books, place)
    return cost


@inner
def sibling_in(books: Books, origin: int, pool: int) -> int:
    """The layer of the same receipt in another pool; a new one where there is none yet."""
    place = origin
    while books.layers[place, L_POOL] != pool:
        following = books.layers[place, L_SIBLING]
        if following == NONE:
            following = new_layer(books, pool, books.layers[origin, L_EVENT])
            books.layers[following, L_ORIGIN] = origin
            books.layers[place, L_SIBLING] = following
        place = following
    return place


@inner
def received_and_left(books: Books, layer: int) -> tuple[int, int]:
    return books.layers[layer, L_RECEIVED], books.layers[layer, L_LEFT]
