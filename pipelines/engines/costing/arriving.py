"""Events that bring pieces or cost into a pool."""

from __future__ import annotations

from pipelines.engines.costing.arithmetic import share, times_over
from pipelines.engines.costing.asking import current, last_known
from pipelines.engines.costing.compiling import inner
from pipelines.engines.costing.drawing import receive, receive_more, settle
from pipelines.engines.costing.layers import (
    is_coming,
    layer_for,
    link,
    note,
    put,
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
    N_AMOUNT,
    N_COGS,
    N_COST,
    N_EVENT,
    N_HOME,
    N_IS_COMING,
    N_IS_WRITTEN,
    N_JOB,
    N_KIND,
    N_KNOWN,
    N_LAYER,
    N_OWN,
    N_QTY,
    N_REF,
    NONE,
    P_AVERAGE,
    P_EXPENSE,
    P_ITEM,
    P_METHOD,
    P_NEWEST,
    P_NUMBERS,
    P_QTY,
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
)
from pipelines.engines.costing.returning import (
    carry,
    let_all_go,
    put_back,
    put_back_of_year,
    take_back,
)


@inner
def enter(books: Books, row: int, cost: int, cogs: int, kept: int) -> None:
    """The main row of an event; what a negative stock kept is neither stock nor expense."""
    books.now[N_COST], books.now[N_COGS] = cost, cogs
    books.now[N_IS_WRITTEN] = 1
    if books.now[N_OWN] != NONE:
        books.slots[books.now[N_OWN], S_POOL] = books.now[N_HOME]
    if kept != 0:
        note(books, row, X_UNEXPLAINED, books.now[N_HOME], books.now[N_EVENT], 0, 0, kept)


@inner
def take_in(books: Books, row: int, pool: int, qty: int, brought: int) -> tuple[int, int]:
    own = books.now[N_OWN]
    value, kept = receive(
        books, row, books.now[N_EVENT], own, pool, qty, brought, books.now[N_IS_COMING] != 0
    )
    if own != NONE:
        books.now[N_LAYER] = books.slots[own, S_LAYER]
    return value, kept


@inner
def bring_in(books: Books, row: int, pool: int) -> None:
    """A receipt or an opening: what was paid, of which a standard keeps its part."""
    qty, paid = books.now[N_QTY], books.now[N_AMOUNT]
    item = books.items[books.pools[pool, P_ITEM]]
    if paid == UNKNOWN:
        unit, per = last_known(books, books.pools[pool, P_ITEM], books.now[N_KNOWN])
        paid = times_over(unit, qty, per)
    if books.now[N_KIND] != CARRIED_IN:
        item[I_PAID], item[I_PAID_QTY] = paid, qty
    own = books.now[N_OWN]
    if own != NONE:
        slot = books.slots[own]
        slot[S_RECEIVED], slot[S_LEFT], slot[S_PAID] = qty, qty, paid
    value, kept = take_in(books, row, pool, qty, paid)
    enter(books, row, value, paid - value - kept, kept)


@inner
def arrive(books: Books, row: int, pool: int) -> None:
    """What was on its way is here: behind all that are, or poured into the average (C6)."""
    ref = books.now[N_REF]
    if ref == NONE or books.pools[pool, P_METHOD] == STANDARD:
        return
    shadow, layer = books.slots[ref, S_SHADOW_LAYER], books.slots[ref, S_LAYER]
    if is_coming(books, shadow):
        _take_place(books, shadow)
    if not is_coming(books, layer):
        return
    if books.pools[pool, P_AVERAGE]:
        _pour(books, layer)
    else:
        _take_place(books, layer)


@inner
def _pour(books: Books, layer: int) -> None:
    """The pieces and the value that they came with change the average now."""
    own = books.layers[layer]
    home = books.pools[own[L_POOL]]
    left, value = own[L_LEFT], own[L_VALUE]
    whole = layer_for(books, own[L_POOL], NONE)
    if left > 0:
        unlink(books, layer)
        home[P_QTY] -= left
        home[P_VALUE] -= value
        put(books, whole, left, value)
    own[L_IS_COMING] = own[L_LEFT] = own[L_VALUE] = 0


@inner
def _take_place(books: Books, layer: int) -> None:
    own = books.layers[layer]
    home = books.pools[own[L_POOL]]
    if own[L_LEFT] > 0:
        unlink(books, layer)
    own[L_IS_COMING], own[L_NUMBER] = 0, home[P_NUMBERS]
    home[P_NUMBERS] += 1
    if own[L_LEFT] > 0:
        link(books, layer)


@inner
def correct_price(books: Books, row: int, pool: int) -> None:
    """More pieces of a receipt, as its correction says."""
    ref, qty, paid = books.now[N_REF], books.now[N_QTY], books.now[N_AMOUNT]
    if ref != NONE:
        slot = books.slots[ref]
        slot[S_RECEIVED] += qty
        slot[S_LEFT] += qty
        slot[S_PAID] += paid
    value, kept = receive_more(books, row, books.now[N_EVENT], ref, pool, qty, paid)
    enter(books, row, value, paid - value - kept, kept)


@inner
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


@inner
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


@inner
def receive_work(books: Books, row: int, pool: int) -> None:
    brought = 0 if books.now[N_AMOUNT] == UNKNOWN else books.now[N_AMOUNT]
    if books.now[N_JOB] != NONE:
        brought += _given_by(books, books.now[N_JOB], books.now[N_EVENT])
    item = books.items[books.pools[pool, P_ITEM]]
    item[I_PAID], item[I_PAID_QTY] = brought, books.now[N_QTY]
    value, kept = take_in(books, row, pool, books.now[N_QTY], brought)
    enter(books, row, value, brought - value - kept, kept)


@inner
def count_in(books: Books, row: int, pool: int) -> None:
    """A gain is a new layer at the last known cost (C20)."""
    worth = books.now[N_AMOUNT]
    if worth == UNKNOWN:
        unit, per = last_known(books, books.pools[pool, P_ITEM], books.now[N_KNOWN])
        worth = times_over(unit, books.now[N_QTY], per)
    value, kept = take_in(books, row, pool, books.now[N_QTY], worth)
    enter(books, row, value, -value - kept, kept)


@inner
def carry_in(books: Books, row: int, pool: int) -> None:
    """The layers of the other side go on here under their own names."""
    ref, qty = books.now[N_REF], books.now[N_QTY]
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
            value, kept = take_in(books, row, pool, linked, brought)
        elif linked > 0:
            brought, value, kept = carry(books, row, books.now[N_EVENT], ref, source, pool, linked)
    if linked < qty:  # an in leg without an out leg, or more pieces than went out
        unit, per = last_known(books, books.pools[pool, P_ITEM], books.now[N_KNOWN])
        worth = times_over(unit, qty - linked, per)
        more, rest = take_in(books, row, pool, qty - linked, worth)
        brought, value, kept = brought + worth, value + more, kept + rest
    enter(books, row, value, brought - value - kept, kept)


@inner
def come_back(books: Books, row: int, pool: int) -> None:
    """A customer return, at the cost of its issue where that is known, else at current cost."""
    ref, qty = books.now[N_REF], books.now[N_QTY]
    linked, value, kept = 0, 0, 0
    if ref != NONE and books.slots[ref, S_POOL] != NONE:
        linked = min(qty, books.slots[ref, S_RETURNABLE])
    if linked > 0:
        books.slots[ref, S_RETURNABLE] -= linked
        value, kept = _give_back(books, row, pool, linked)
    if linked < qty:
        note(books, row, X_RETURN_UNLINKED, pool, books.now[N_EVENT], qty - linked, 0, 0)
        worth = books.now[N_AMOUNT]
        if worth == UNKNOWN or linked > 0:
            unit, per = current(books, pool, books.now[N_KNOWN])
            worth = times_over(unit, qty - linked, per)
        more, rest = take_in(books, row, pool, qty - linked, worth)
        value, kept = value + more, kept + rest
    enter(books, row, value, -value - kept, kept)


@inner
def _give_back(books: Books, row: int, pool: int, qty: int) -> tuple[int, int]:
    """Pieces of an issue come back: (change of value, kept of a negative stock)."""
    ref = books.now[N_REF]
    slot, source = books.slots[ref], books.slots[ref, S_POOL]
    if slot[S_IS_WAITING]:
        value = share(slot[S_LEFT_COST], slot[S_LEFT_QTY], qty)
        slot[S_LEFT_QTY] -= qty
        slot[S_LEFT_COST] -= value
        waits = books.slots[books.now[N_OWN]]
        waits[S_IS_WAITING], waits[S_WAITING_QTY], waits[S_PROVISIONAL] = 1, qty, value
        waits[S_REF] = ref
        return value, 0
    return give_back_now(books, row, books.now[N_EVENT], ref, source, pool, qty)


@inner
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


@inner
def late_cost(books: Books, row: int, pool: int) -> None:
    """A cost that comes late: a share to what is left of the receipt, the rest to expense (B.4)."""
    ref, amount = books.now[N_REF], books.now[N_AMOUNT]
    if ref == NONE or books.slots[ref, S_POOL] == NONE:
        note(books, row, X_COST_UNLINKED, pool, books.now[N_EVENT], 0, amount, 0)
        enter(books, row, 0, amount, 0)
        return
    slot = books.slots[ref]
    if books.now[N_KIND] != LANDED_COST and slot[S_LEFT] > 0:
        slot[S_PAID] += share(amount, slot[S_RECEIVED], slot[S_LEFT])
    to_stock = _add_value(books, row, ref, pool, amount)
    enter(books, row, to_stock, amount - to_stock, 0)


@inner
def _add_value(books: Books, row: int, ref: int, pool: int, amount: int) -> int:
    """Part of a late cost that stays in this pool; what went to other pools is noted there."""
    home = books.pools[pool]
    if home[P_METHOD] == STANDARD or home[P_EXPENSE]:
        return 0
    layer = books.slots[ref, S_LAYER]
    if home[P_AVERAGE] and not is_coming(books, layer):
        arrival = books.slots[ref, S_SHADOW_LAYER]
        if arrival == NONE or home[P_WHOLE] == NONE:
            return 0
        received, left = received_and_left(books, arrival)
        if left <= 0:
            return 0
        to_stock = share(amount, received, left)
        raise_value(books, home[P_WHOLE], to_stock)
        return to_stock
    if layer == NONE:
        return 0
    received, left = received_and_left(books, layer)
    if left <= 0:
        return 0
    to_stock = share(amount, received, left)
    raise_value(books, layer, to_stock)
    return to_stock


@inner
def raise_value(books: Books, layer: int, amount: int) -> None:
    own = books.layers[layer]
    own[L_VALUE] += amount
    books.pools[own[L_POOL], P_VALUE] += amount
    rebase(own)
