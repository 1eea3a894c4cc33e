"""The short way through the kernel, for the rows that are almost all of them.

A receipt or an issue that nothing refers to, of a pool with enough stock and no second account,
needs a handful of numbers. This loop takes such rows one after the other and stops at the first
that is anything else; `posting` does that one and comes back. What it writes is what `posting`
would.
"""

from __future__ import annotations

from pipelines.engines.costing.arithmetic import times_over
from pipelines.engines.costing.compiling import inner
from pipelines.engines.costing.layout import (
    C_LAYERS,
    I_PAID,
    I_PAID_QTY,
    ISSUE,
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
    NONE,
    P_AVERAGE,
    P_COMING,
    P_HEAD,
    P_IS_PLAIN,
    P_ITEM,
    P_METHOD,
    P_NUMBERS,
    P_OPEN,
    P_OWED,
    P_QTY,
    P_TAIL,
    P_VALUE,
    P_WHOLE,
    RECEIPT,
    UNKNOWN,
    Events,
    Rows,
    Table,
)


@inner
def _take(pools: Table, layers: Table, pool: int, layer: int, qty: int, is_newest: bool) -> int:
    """Cost of pieces of a pool that has them; layers that are used up leave the list."""
    cost, rest = 0, qty
    while layers[layer, L_LEFT] <= rest:
        cost += layers[layer, L_VALUE]
        rest -= layers[layer, L_LEFT]
        layers[layer, L_LEFT] = layers[layer, L_VALUE] = 0
        following = layers[layer, L_PREVIOUS] if is_newest else layers[layer, L_NEXT]
        layers[layer, L_PREVIOUS] = layers[layer, L_NEXT] = NONE
        pools[pool, P_OPEN] -= 1
        if following == NONE:
            pools[pool, P_HEAD] = pools[pool, P_TAIL] = NONE
        elif is_newest:
            pools[pool, P_TAIL] = following
            layers[following, L_NEXT] = NONE
        else:
            pools[pool, P_HEAD] = following
            layers[following, L_PREVIOUS] = NONE
        layer = following
        if rest == 0:
            break
    if rest > 0:
        part = times_over(layers[layer, L_VALUE], rest, layers[layer, L_LEFT])
        layers[layer, L_LEFT] -= rest
        layers[layer, L_VALUE] -= part
        cost += part
    return cost


@inner
def _append(pools: Table, layers: Table, counters: Table, pool: int, event: int) -> int:
    """A new layer behind all others of its pool."""
    layer = counters[C_LAYERS]
    counters[C_LAYERS] = layer + 1
    tail = pools[pool, P_TAIL]
    layers[layer, L_POOL], layers[layer, L_EVENT] = pool, event
    layers[layer, L_NUMBER] = pools[pool, P_NUMBERS]
    layers[layer, L_RECEIVED] = layers[layer, L_LEFT] = layers[layer, L_VALUE] = 0
    layers[layer, L_IS_COMING], layers[layer, L_ORIGIN] = 0, layer
    layers[layer, L_NEXT] = layers[layer, L_SIBLING] = NONE
    layers[layer, L_PREVIOUS] = tail
    if tail == NONE:
        pools[pool, P_HEAD] = layer
    else:
        layers[tail, L_NEXT] = layer
    pools[pool, P_TAIL] = layer
    pools[pool, P_NUMBERS] += 1
    pools[pool, P_OPEN] += 1
    return layer


@inner
def _issue(pools: Table, layers: Table, events: Events, rows: Rows, row: int) -> bool:
    """Whether it was plain: there is enough here, and nothing more on its way."""
    pool, qty = events.pool[row], events.qty[row]
    if pools[pool, P_QTY] < qty or pools[pool, P_COMING] != NONE:
        return False
    is_newest = pools[pool, P_METHOD] == LIFO
    layer = pools[pool, P_TAIL] if is_newest else pools[pool, P_HEAD]
    cost = _take(pools, layers, pool, layer, qty, is_newest)
    pools[pool, P_QTY] -= qty
    pools[pool, P_VALUE] -= cost
    rows.layer[row] = layer
    rows.cost[row], rows.cogs[row] = -cost, cost
    return True


@inner
def _receive(
    pools: Table, layers: Table, items: Table, counters: Table, events: Events, rows: Rows, row: int
) -> bool:
    """Whether it was plain: paid and here, nothing owed, and room for a layer."""
    pool, qty, paid = events.pool[row], events.qty[row], events.amount[row]
    is_odd = paid == UNKNOWN or events.is_coming[row] or pools[pool, P_OWED] != NONE
    if is_odd or counters[C_LAYERS] >= len(layers):
        return False
    if pools[pool, P_AVERAGE]:
        layer = pools[pool, P_WHOLE]
        if layer == NONE or layers[layer, L_LEFT] == 0:
            return False
    else:
        layer = _append(pools, layers, counters, pool, events.event[row])
    layers[layer, L_RECEIVED] += qty
    layers[layer, L_LEFT] += qty
    layers[layer, L_VALUE] += paid
    layers[layer, L_BASIS_QTY] = layers[layer, L_LEFT]
    layers[layer, L_BASIS_VALUE] = layers[layer, L_VALUE]
    pools[pool, P_QTY] += qty
    pools[pool, P_VALUE] += paid
    item = pools[pool, P_ITEM]
    items[item, I_PAID], items[item, I_PAID_QTY] = paid, qty
    rows.cost[row], rows.cogs[row] = paid, 0
    return True


@inner
def post_plain(
    pools: Table, layers: Table, items: Table, counters: Table, events: Events, rows: Rows, row: int
) -> int:
    """Posts plain rows from `row` on; the first row that is not plain, or the number of rows."""
    count = len(events.kind)
    while row < count:
        kind, pool = events.kind[row], events.pool[row]
        if not pools[pool, P_IS_PLAIN] or events.own[row] != NONE or events.ref[row] != NONE:
            return row
        is_posted = False
        if kind == ISSUE:
            is_posted = _issue(pools, layers, events, rows, row)
        elif kind == RECEIPT:
            is_posted = _receive(pools, layers, items, counters, events, rows, row)
        if not is_posted:
            return row
        rows.pool[row] = pool
        rows.is_written[row] = True
        row += 1
    return row
