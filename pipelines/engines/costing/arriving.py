"""Events that bring pieces or cost into a pool."""

from __future__ import annotations

from numba import njit

from pipelines.engines.costing.arithmetic import share, times_over
from pipelines.engines.costing.asking import current, last_known
from pipelines.engines.costing.drawing import receive, receive_more, settle
from pipelines.engines.costing.layers import (
    link,
    note,
    rebase,
    received_and_left,
    unlink,
)
from pipelines.engines.costing.layout import (
    C_STAMP,
    CARRIED_IN,
    I_PAID,
    I_PAID_QTY,
    J_END,
    J_FIRST,
    J_INSIDE,
    J_IS_WEIGHED,
    L_IS_COMING,
    L_LEFT,
    L_NUMBER,
    L_POOL,
    L_VALUE,
    LANDED_COST,
    LIFO_PERIODIC,
    NONE,
    P_AVERAGE,
    P_EXPENSE,
    P_ITEM,
    P_METHOD,
    P_NEWEST,
    P_NUMBERS,
    P_SHADOW,
    P_VALUE,
    P_WHOLE,
    S_IS_WAITING,
    S_LAYER,
    S_LEFT,
    S_LEFT_COST,
    S_LEFT_QTY,
    S_PAID,
    S_POOL,
    S_PROVISIONAL,
    S_RECEIVED,
    S_REF,
    S_RETURNABLE,
    S_SHADOW_LAYER,
    S_STAMP,
    S_TARGET,
    S_WAITING_QTY,
    STANDARD,
    UNKNOWN,
    W_EVENT,
    W_IS_GIVEN,
    W_ITEM,
    W_KNOWN,
    W_QTY,
    W_WEIGHT,
    X_COST_UNLINKED,
    X_RETURN_UNLINKED,
    X_UNEXPLAINED,
    Books,
    Events,
    Rows,
)
from pipelines.engines.costing.returning import (
    carry,
    let_all_go,
    put_back,
    put_back_of_year,
    take_back,
)


@njit
def enter(
    books: Books, events: Events, rows: Rows, row: int, cost: int, cogs: int, kept: int
) -> None:
    """The main row of an event; what a negative stock kept is neither stock nor expense."""
    rows.cost[row], rows.cogs[row] = cost, cogs
    rows.is_written[row] = True
    if events.own[row] != NONE:
        books.slots[events.own[row], S_POOL] = rows.pool[row]
    if kept != 0:
        note(books, row, X_UNEXPLAINED, rows.pool[row], events.event[row], 0, 0, kept)


@njit
def take_in(
    books: Books, events: Events, rows: Rows, row: int, pool: int, qty: int, brought: int
) -> tuple[int, int]:
    own = events.own[row]
    value, kept = receive(
        books, row, events.event[row], own, pool, qty, brought, events.is_coming[row]
    )
    if own != NONE:
        rows.layer[row] = books.slots[own, S_LAYER]
    return value, kept


@njit
def bring_in(books: Books, events: Events, rows: Rows, row: int, pool: int) -> None:
    """A receipt or an opening: what was paid, of which a standard keeps its part."""
    qty, paid = events.qty[row], events.amount[row]
    item = books.items[books.pools[pool, P_ITEM]]
    if paid == UNKNOWN:
        unit, per = last_known(books, books.pools[pool, P_ITEM], events.known[row])
        paid = times_over(unit, qty, per)
    if events.kind[row] != CARRIED_IN:
        item[I_PAID], item[I_PAID_QTY] = paid, qty
    own = events.own[row]
    if own != NONE:
        slot = books.slots[own]
        slot[S_RECEIVED], slot[S_LEFT], slot[S_PAID] = qty, qty, paid
    value, kept = take_in(books, events, rows, row, pool, qty, paid)
    enter(books, events, rows, row, value, paid - value - kept, kept)


@njit
def arrive(books: Books, events: Events, row: int, pool: int) -> None:
    """A layer that was on its way takes its place behind all that are here."""
    ref = events.ref[row]
    if ref == NONE or books.pools[pool, P_METHOD] == STANDARD:
        return
    is_average = books.pools[pool, P_AVERAGE]
    layer = books.slots[ref, S_SHADOW_LAYER if is_average else S_LAYER]
    if layer == NONE or not books.layers[layer, L_IS_COMING]:
        return
    own = books.layers[layer]
    home = books.pools[own[L_POOL]]
    if own[L_LEFT] > 0:
        unlink(books, layer)
    own[L_IS_COMING], own[L_NUMBER] = 0, home[P_NUMBERS]
    home[P_NUMBERS] += 1
    if own[L_LEFT] > 0:
        link(books, layer)


@njit
def correct_price(books: Books, events: Events, rows: Rows, row: int, pool: int) -> None:
    """More pieces of a receipt, as its correction says."""
    ref, qty, paid = events.ref[row], events.qty[row], events.amount[row]
    if ref != NONE:
        slot = books.slots[ref]
        slot[S_RECEIVED] += qty
        slot[S_LEFT] += qty
        slot[S_PAID] += paid
    value, kept = receive_more(books, row, events.event[row], ref, pool, qty, paid)
    enter(books, events, rows, row, value, paid - value - kept, kept)


@njit
def _weigh(books: Books, job: int) -> None:
    """A job with several receipts divides by their current cost, else by pieces."""
    own = books.jobs[job]
    own[J_IS_WEIGHED] = 1
    are_known = True
    for place in range(own[J_FIRST], own[J_END]):
        work = books.works[place]
        unit, per = last_known(books, work[W_ITEM], work[W_KNOWN])
        work[W_WEIGHT] = times_over(unit, work[W_QTY], per)
        are_known = are_known and work[W_WEIGHT] != 0
    if not are_known:
        for place in range(own[J_FIRST], own[J_END]):
            books.works[place, W_WEIGHT] = books.works[place, W_QTY]


@njit
def _given_by(books: Books, job: int, event: int) -> int:
    """What a job gives to one receipt; the last one takes what is left."""
    own = books.jobs[job]
    if not own[J_IS_WEIGHED]:
        _weigh(books, job)
    rest, weight, waiting = 0, 0, 0
    for place in range(own[J_FIRST], own[J_END]):
        work = books.works[place]
        if work[W_IS_GIVEN]:
            continue
        rest += work[W_WEIGHT]
        if work[W_EVENT] == event:
            weight = work[W_WEIGHT]
            work[W_IS_GIVEN] = 1
        else:
            waiting += 1
    inside = own[J_INSIDE]
    given = times_over(inside, weight, rest) if waiting and rest > 0 else inside
    own[J_INSIDE] -= given
    return given


@njit
def receive_work(books: Books, events: Events, rows: Rows, row: int, pool: int) -> None:
    brought = 0 if events.amount[row] == UNKNOWN else events.amount[row]
    if events.job[row] != NONE:
        brought += _given_by(books, events.job[row], events.event[row])
    item = books.items[books.pools[pool, P_ITEM]]
    item[I_PAID], item[I_PAID_QTY] = brought, events.qty[row]
    value, kept = take_in(books, events, rows, row, pool, events.qty[row], brought)
    enter(books, events, rows, row, value, brought - value - kept, kept)


@njit
def count_in(books: Books, events: Events, rows: Rows, row: int, pool: int) -> None:
    """A gain is a new layer at the last known cost (C20)."""
    worth = events.amount[row]
    if worth == UNKNOWN:
        unit, per = last_known(books, books.pools[pool, P_ITEM], events.known[row])
        worth = times_over(unit, events.qty[row], per)
    value, kept = take_in(books, events, rows, row, pool, events.qty[row], worth)
    enter(books, events, rows, row, value, -value - kept, kept)


@njit
def carry_in(books: Books, events: Events, rows: Rows, row: int, pool: int) -> None:
    """The layers of the other side go on here under their own names."""
    ref, qty = events.ref[row], events.qty[row]
    source = NONE if ref == NONE else books.slots[ref, S_POOL]
    brought, value, kept, linked = 0, 0, 0, 0
    if source != NONE:
        linked = min(qty, books.slots[ref, S_RETURNABLE])
        books.slots[ref, S_RETURNABLE] -= linked
        if books.slots[ref, S_IS_WAITING]:
            brought = share(books.slots[ref, S_LEFT_COST], books.slots[ref, S_LEFT_QTY], linked)
            books.slots[ref, S_LEFT_COST] -= brought
            books.slots[ref, S_TARGET] = pool
            books.slots[ref, S_LEFT_QTY] -= linked
            value, kept = take_in(books, events, rows, row, pool, linked, brought)
        elif linked > 0:
            brought, value, kept = carry(books, row, events.event[row], ref, source, pool, linked)
    if linked < qty:  # an in leg without an out leg, or more pieces than went out
        unit, per = last_known(books, books.pools[pool, P_ITEM], events.known[row])
        worth = times_over(unit, qty - linked, per)
        more, rest = take_in(books, events, rows, row, pool, qty - linked, worth)
        brought, value, kept = brought + worth, value + more, kept + rest
    enter(books, events, rows, row, value, brought - value - kept, kept)


@njit
def come_back(books: Books, events: Events, rows: Rows, row: int, pool: int) -> None:
    """A customer return, at the cost of its issue where that is known, else at current cost."""
    ref, qty = events.ref[row], events.qty[row]
    linked, value, kept = 0, 0, 0
    if ref != NONE and books.slots[ref, S_POOL] != NONE:
        linked = min(qty, books.slots[ref, S_RETURNABLE])
    if linked > 0:
        books.slots[ref, S_RETURNABLE] -= linked
        value, kept = _give_back(books, events, rows, row, pool, linked)
    if linked < qty:
        note(books, row, X_RETURN_UNLINKED, pool, events.event[row], qty - linked, 0, 0)
        worth = events.amount[row]
        if worth == UNKNOWN or linked > 0:
            unit, per = current(books, pool, events.known[row])
            worth = times_over(unit, qty - linked, per)
        more, rest = take_in(books, events, rows, row, pool, qty - linked, worth)
        value, kept = value + more, kept + rest
    enter(books, events, rows, row, value, -value - kept, kept)


@njit
def _give_back(
    books: Books, events: Events, rows: Rows, row: int, pool: int, qty: int
) -> tuple[int, int]:
    """Pieces of an issue come back: (change of value, kept of a negative stock)."""
    ref = events.ref[row]
    slot, source = books.slots[ref], books.slots[ref, S_POOL]
    if slot[S_IS_WAITING]:
        value = share(slot[S_LEFT_COST], slot[S_LEFT_QTY], qty)
        slot[S_LEFT_QTY] -= qty
        slot[S_LEFT_COST] -= value
        waits = books.slots[events.own[row]]
        waits[S_IS_WAITING], waits[S_WAITING_QTY], waits[S_PROVISIONAL] = 1, qty, value
        waits[S_REF] = ref
        return value, 0
    return give_back_now(books, row, events.event[row], ref, source, pool, qty)


@njit
def give_back_now(
    books: Books, row: int, event: int, ref: int, source: int, pool: int, qty: int
) -> tuple[int, int]:
    if pool != source:
        value = let_all_go(books, ref, source, qty)
        return receive(books, row, event, NONE, pool, qty, value, False)
    home = books.pools[pool]
    if home[P_METHOD] == STANDARD:
        return receive(books, row, event, NONE, pool, qty, 0, False)
    if home[P_METHOD] == LIFO_PERIODIC:
        charged = let_all_go(books, ref, pool, qty)
        if books.slots[ref, S_STAMP] != books.counters[C_STAMP]:
            return receive(books, row, event, NONE, pool, qty, charged, False)
        value, beyond = put_back_of_year(books, pool, qty)
        if beyond > 0:
            rest = share(charged, qty, beyond)
            more, kept = receive(books, row, event, NONE, pool, beyond, rest, False)
            return value + more, kept
        return value, 0
    if home[P_NEWEST] and not home[P_AVERAGE]:
        freed, charged, left = take_back(books, ref, pool, qty)
        if left == 0:
            return freed, 0
        value, kept = receive(books, row, event, NONE, pool, left, charged, False)
        return freed + value, kept
    if home[P_SHADOW] != NONE:
        put_back(books, ref, home[P_SHADOW], qty)
        settle(books, row, home[P_SHADOW])
    value = put_back(books, ref, pool, qty)
    kept = settle(books, row, pool)
    return value - kept, kept


@njit
def late_cost(books: Books, events: Events, rows: Rows, row: int, pool: int) -> None:
    """A cost that comes late: a share to what is left of the receipt, the rest to expense (B.4)."""
    ref, amount = events.ref[row], events.amount[row]
    if ref == NONE or books.slots[ref, S_POOL] == NONE:
        note(books, row, X_COST_UNLINKED, pool, events.event[row], 0, amount, 0)
        enter(books, events, rows, row, 0, amount, 0)
        return
    slot = books.slots[ref]
    if events.kind[row] != LANDED_COST and slot[S_LEFT] > 0:
        slot[S_PAID] += share(amount, slot[S_RECEIVED], slot[S_LEFT])
    to_stock = _add_value(books, row, ref, pool, amount)
    enter(books, events, rows, row, to_stock, amount - to_stock, 0)


@njit
def _add_value(books: Books, row: int, ref: int, pool: int, amount: int) -> int:
    """Part of a late cost that stays in this pool; what went to other pools is noted there."""
    home = books.pools[pool]
    if home[P_METHOD] == STANDARD or home[P_EXPENSE]:
        return 0
    if home[P_AVERAGE]:
        arrival = books.slots[ref, S_SHADOW_LAYER]
        if arrival == NONE or home[P_WHOLE] == NONE:
            return 0
        received, left = received_and_left(books, arrival)
        if left <= 0:
            return 0
        to_stock = share(amount, received, left)
        raise_value(books, home[P_WHOLE], to_stock)
        return to_stock
    layer = books.slots[ref, S_LAYER]
    if layer == NONE:
        return 0
    received, left = received_and_left(books, layer)
    if left <= 0:
        return 0
    to_stock = share(amount, received, left)
    raise_value(books, layer, to_stock)
    return to_stock


@njit
def raise_value(books: Books, layer: int, amount: int) -> None:
    own = books.layers[layer]
    own[L_VALUE] += amount
    books.pools[own[L_POOL], P_VALUE] += amount
    rebase(own)
