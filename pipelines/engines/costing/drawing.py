"""How pieces come into a pool and leave it: taken, owed, settled."""

from __future__ import annotations

from pipelines.engines.costing.arithmetic import times_over
from pipelines.engines.costing.compiling import inner
from pipelines.engines.costing.layers import (
    draw,
    first_layer,
    is_coming,
    layer_for,
    layer_now,
    new_draw,
    new_layer,
    note,
    owe,
    put,
    undraw,
)
from pipelines.engines.costing.layout import (
    C_STAMP,
    D_BELOW,
    D_COST,
    D_EVENT,
    D_NEXT,
    D_POOL,
    D_PREVIOUS,
    D_QTY,
    D_SLOT,
    I_PRICE_SCALE,
    KEEP_RATE,
    L_IS_COMING,
    L_LEFT,
    L_POOL,
    L_RECEIVED,
    LIFO_PERIODIC,
    NONE,
    P_AVERAGE,
    P_CONSUMED,
    P_IS_SHADOW,
    P_ITEM,
    P_METHOD,
    P_NEGATIVE,
    P_OWED,
    P_OWED_LAST,
    P_QTY,
    P_SHADOW,
    P_STAMP,
    P_STANDARD,
    P_VALUE,
    S_CHARGED,
    S_CHARGED_QTY,
    S_DRAWS,
    S_FIRST,
    S_LAST,
    S_LAYER,
    S_SHADOW_FIRST,
    S_SHADOW_LAST,
    S_SHADOW_LAYER,
    S_STAMP,
    STANDARD,
    X_TRUE_UP,
    Books,
)


@inner
def change_at_standard(books: Books, pool: int, qty: int) -> int:
    """Change of value when pieces come (+) or go (-); the rounding telescopes."""
    home = books.pools[pool]
    before = home[P_VALUE]
    home[P_QTY] += qty
    scale = books.items[home[P_ITEM], I_PRICE_SCALE]
    home[P_VALUE] = times_over(home[P_STANDARD], home[P_QTY], scale)
    return home[P_VALUE] - before


@inner
def ends_of(books: Books, pool: int) -> tuple[int, int]:
    """Columns of a slot with the first and last draw from this pool."""
    if books.pools[pool, P_IS_SHADOW]:
        return S_SHADOW_FIRST, S_SHADOW_LAST
    return S_FIRST, S_LAST


@inner
def _keep(books: Books, place: int) -> None:
    """A draw is remembered behind the others of its event, and on the pile of its year."""
    own = books.draws[place]
    home = books.pools[own[D_POOL]]
    slot = own[D_SLOT]
    if slot != NONE:
        first, last = ends_of(books, own[D_POOL])
        behind = books.slots[slot, last]
        own[D_PREVIOUS] = behind
        if behind == NONE:
            books.slots[slot, first] = place
        else:
            books.draws[behind, D_NEXT] = place
        books.slots[slot, last] = place
        books.slots[slot, S_DRAWS] += 1
    if home[P_METHOD] == LIFO_PERIODIC:
        if home[P_STAMP] != books.counters[C_STAMP]:
            home[P_STAMP], home[P_CONSUMED] = books.counters[C_STAMP], NONE
        own[D_BELOW] = home[P_CONSUMED]
        home[P_CONSUMED] = place


@inner
def _keep_before(books: Books, place: int, debt: int) -> None:
    """Pieces of a debt now have a layer; they were consumed before what is still owed."""
    own = books.draws[place]
    first, _ = ends_of(books, own[D_POOL])
    behind = books.draws[debt, D_PREVIOUS]
    own[D_PREVIOUS], own[D_NEXT] = behind, debt
    books.draws[debt, D_PREVIOUS] = place
    if behind == NONE:
        books.slots[own[D_SLOT], first] = place
    else:
        books.draws[behind, D_NEXT] = place
    books.slots[own[D_SLOT], S_DRAWS] += 1


@inner
def take_layer(books: Books, row: int, event: int, slot: int, layer: int, qty: int) -> int:
    """Cost of pieces of one layer, remembered where something may refer to them."""
    cost = draw(books, layer, qty, row)
    pool = books.layers[layer, L_POOL]
    if slot != NONE or books.pools[pool, P_METHOD] == LIFO_PERIODIC:
        _keep(books, new_draw(books, event, slot, layer, pool, qty, cost))
    return cost


@inner
def take_in_order(
    books: Books, row: int, event: int, slot: int, pool: int, qty: int, unit: int, per: int
) -> int:
    """Cost of pieces that leave; those that are not there are owed at unit / per.

    Where the policy keeps the rate, they are owed at that of the piece that left last.
    """
    cost = 0
    while qty > 0:
        layer = first_layer(books, pool)
        if layer == NONE:
            break
        part = min(qty, books.layers[layer, L_LEFT])
        of_part = take_layer(books, row, event, slot, layer, part)
        cost += of_part
        qty -= part
        if books.pools[pool, P_NEGATIVE] == KEEP_RATE:
            unit, per = of_part, part
    if qty > 0:
        last = books.pools[pool, P_OWED_LAST]
        if last != NONE and books.pools[pool, P_NEGATIVE] == KEEP_RATE:
            unit, per = books.draws[last, D_COST], books.draws[last, D_QTY]
        owed = 0 if books.pools[pool, P_IS_SHADOW] else times_over(unit, qty, per)
        debt = new_draw(books, event, slot, NONE, pool, qty, owed)
        _keep(books, debt)
        owe(books, debt)
        books.pools[pool, P_QTY] -= qty
        books.pools[pool, P_VALUE] -= owed
        cost += owed
    return cost


@inner
def take_from_shadow(
    books: Books, row: int, event: int, slot: int, shadow: int, layer: int, qty: int
) -> None:
    """The second account of an average pool: whose pieces are gone, without value (C3)."""
    if layer != NONE and books.layers[layer, L_LEFT] > 0:
        own = min(qty, books.layers[layer, L_LEFT])
        take_layer(books, row, event, slot, layer, own)
        qty -= own
    take_in_order(books, row, event, slot, shadow, qty, 0, 1)


@inner
def take(
    books: Books, row: int, event: int, slot: int, pool: int, ref: int, qty: int,
    unit: int, per: int,
) -> int:  # fmt: skip
    """Cost of pieces that leave; with a slot of a receipt as `ref`, out of its layer first.

    In an average pool the pieces are those of the receipt, their cost is the average (C8), unless
    they are still on their way.
    """
    shadow = books.pools[pool, P_SHADOW]
    if shadow != NONE:
        layer = books.slots[ref, S_SHADOW_LAYER] if ref != NONE else NONE
        take_from_shadow(books, row, event, slot, shadow, layer, qty)
    cost, rest = 0, qty
    layer = books.slots[ref, S_LAYER] if ref != NONE else NONE
    is_named = not books.pools[pool, P_AVERAGE] or is_coming(books, layer)
    if is_named and layer != NONE and books.layers[layer, L_POOL] == pool:
        own = min(qty, books.layers[layer, L_LEFT])
        if own > 0:
            cost = take_layer(books, row, event, slot, layer, own)
            rest -= own
    cost += take_in_order(books, row, event, slot, pool, rest, unit, per)
    if slot != NONE:
        books.slots[slot, S_CHARGED_QTY] = qty
        books.slots[slot, S_CHARGED] = cost
        books.slots[slot, S_STAMP] = books.counters[C_STAMP]
    return cost


@inner
def settle(books: Books, row: int, pool: int) -> int:
    """Pays debts with the pieces on hand: true-up rows, one per issue in turn (C19).

    Where the policy keeps the rate, nothing is trued up: the difference is the answer.
    """
    home = books.pools[pool]
    keeps = home[P_NEGATIVE] == KEEP_RATE
    kept, issue, difference = 0, NONE, 0
    while home[P_OWED] != NONE:
        layer = first_layer(books, pool)
        if layer == NONE:
            break
        debt = home[P_OWED]
        owed = books.draws[debt]
        part = min(owed[D_QTY], books.layers[layer, L_LEFT])
        provisional = undraw(books, debt, part)
        cost = draw(books, layer, part, row)
        slot = owed[D_SLOT]
        if slot != NONE and home[P_METHOD] == LIFO_PERIODIC:
            books.slots[slot, S_CHARGED] += cost - provisional
        elif slot != NONE:
            charged = provisional if keeps else cost
            actual = new_draw(books, owed[D_EVENT], slot, layer, pool, part, charged)
            _keep_before(books, actual, debt)
        if keeps:
            kept += cost - provisional
            continue
        if owed[D_EVENT] != issue:
            _true_up(books, row, pool, issue, difference)
            issue, difference = owed[D_EVENT], 0
        difference += cost - provisional
    _true_up(books, row, pool, issue, difference)
    return kept


@inner
def _true_up(books: Books, row: int, pool: int, issue: int, difference: int) -> None:
    if difference != 0 and not books.pools[pool, P_IS_SHADOW]:
        note(books, row, X_TRUE_UP, pool, issue, 0, -difference, difference)


@inner
def receive(
    books: Books, row: int, event: int, slot: int, pool: int, qty: int, value: int,
    on_the_way: bool,
) -> tuple[int, int]:  # fmt: skip
    """Pieces come in as a layer of their own. (change of value, kept of a negative stock)."""
    if books.pools[pool, P_METHOD] == STANDARD:
        return change_at_standard(books, pool, qty), 0
    shadow = books.pools[pool, P_SHADOW]
    if shadow != NONE:
        arrival = layer_for(books, shadow, event)
        books.layers[arrival, L_IS_COMING] = on_the_way
        books.layers[arrival, L_RECEIVED] += qty
        put(books, arrival, qty, 0)
        settle(books, row, shadow)
        if slot != NONE:
            books.slots[slot, S_SHADOW_LAYER] = arrival
    layer = new_layer(books, pool, event) if on_the_way else layer_for(books, pool, event)
    if on_the_way or not books.pools[pool, P_AVERAGE]:
        books.layers[layer, L_IS_COMING] = on_the_way
    books.layers[layer, L_RECEIVED] += qty
    put(books, layer, qty, value)
    if slot != NONE:
        books.slots[slot, S_LAYER] = layer
    kept = settle(books, row, pool)
    return value - kept, kept


@inner
def receive_more(
    books: Books, row: int, event: int, ref: int, pool: int, qty: int, value: int
) -> tuple[int, int]:
    """More pieces of a receipt that is known already: into its own layer."""
    layer = books.slots[ref, S_LAYER] if ref != NONE else NONE
    is_own = layer != NONE and books.layers[layer, L_POOL] == pool
    if books.pools[pool, P_METHOD] == STANDARD or not is_own:
        return receive(books, row, event, NONE, pool, qty, value, False)
    shadow = books.pools[pool, P_SHADOW]
    if shadow != NONE:
        arrival = books.slots[ref, S_SHADOW_LAYER]
        books.layers[arrival, L_RECEIVED] += qty
        put(books, arrival, qty, 0)
        settle(books, row, shadow)
    layer = layer_now(books, layer)
    books.layers[layer, L_RECEIVED] += qty
    put(books, layer, qty, value)
    kept = settle(books, row, pool)
    return value - kept, kept
