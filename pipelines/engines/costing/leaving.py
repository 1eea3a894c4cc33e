"""Events that take pieces out of a pool."""

from __future__ import annotations

from pipelines.engines.costing.arithmetic import share, times_over
from pipelines.engines.costing.arriving import enter, give_back_now, raise_value
from pipelines.engines.costing.asking import last_known, provisional, unit_of_owed
from pipelines.engines.costing.compiling import inner
from pipelines.engines.costing.drawing import change_at_standard, take, take_from_shadow
from pipelines.engines.costing.layers import first_layer, is_coming, note, rebase
from pipelines.engines.costing.layout import (
    J_INSIDE,
    L_LEFT,
    L_VALUE,
    LIFO_PERIODIC,
    N_AMOUNT,
    N_EVENT,
    N_JOB,
    N_KIND,
    N_KNOWN,
    N_LAYER,
    N_OWN,
    N_QTY,
    N_REF,
    NONE,
    P_AVERAGE,
    P_HAS_LOT,
    P_ITEM,
    P_METHOD,
    P_NEGATIVE,
    P_QTY,
    P_SHADOW,
    P_VALUE,
    P_WHOLE,
    PERIODIC_AVERAGE,
    REJECT,
    RETURN_IN,
    RETURN_OUT,
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
    S_TARGET,
    S_WAITING_QTY,
    SPECIFIC,
    STANDARD,
    TRANSFER_OUT,
    UNKNOWN,
    X_REFUSED,
    X_SPECIFIC_MISSING,
    X_TRUE_UP,
    Books,
)

REFUSED = UNKNOWN


@inner
def cost_of(books: Books, row: int, pool: int) -> int:
    """Cost of the pieces of an event that leave the pool, or REFUSED."""
    home, qty, own = books.pools[pool], books.now[N_QTY], books.now[N_OWN]
    method, is_sent_back = home[P_METHOD], books.now[N_KIND] == RETURN_OUT
    if own != NONE:
        books.slots[own, S_RETURNABLE] = qty
    if method == STANDARD:
        return -change_at_standard(books, pool, -qty)
    if method == PERIODIC_AVERAGE:
        return _wait(books, row, pool)
    if method == SPECIFIC and (not home[P_HAS_LOT] or home[P_QTY] < qty):
        note(books, row, X_SPECIFIC_MISSING, pool, books.now[N_EVENT], qty, 0, 0)
    if home[P_NEGATIVE] == REJECT and home[P_QTY] < qty:
        note(books, row, X_REFUSED, pool, books.now[N_EVENT], qty, 0, 0)
        if own != NONE:
            books.slots[own, S_RETURNABLE] = 0
        return REFUSED
    unit, per = 0, 1
    if home[P_QTY] < qty:
        unit, per = unit_of_owed(books, pool, books.now[N_KNOWN])
    books.now[N_LAYER] = first_layer(books, pool)
    ref = books.now[N_REF] if is_sent_back else NONE
    return take(books, row, books.now[N_EVENT], own, pool, ref, qty, unit, per)


@inner
def _wait(books: Books, row: int, pool: int) -> int:
    """An issue of an open period stands at the last average until the period is closed."""
    qty, own = books.now[N_QTY], books.now[N_OWN]
    unit, per = provisional(books, pool, books.now[N_KNOWN])
    cost = times_over(unit, qty, per)
    slot = books.slots[own]
    slot[S_IS_WAITING], slot[S_WAITING_QTY], slot[S_PROVISIONAL] = 1, qty, cost
    slot[S_LEFT_QTY], slot[S_LEFT_COST], slot[S_REF] = qty, cost, books.now[N_REF]
    return cost


@inner
def issue(books: Books, row: int, pool: int) -> None:
    cost = cost_of(books, row, pool)
    if cost != REFUSED:
        enter(books, row, -cost, cost, 0)


@inner
def plan_work(books: Books, row: int, pool: int) -> None:
    """A kit comes in before its components go out: at their last known cost."""
    unit, per = last_known(books, books.pools[pool, P_ITEM], books.now[N_KNOWN])
    planned = times_over(unit, books.now[N_QTY], per)
    books.slots[books.now[N_OWN], S_PROVISIONAL] = planned
    if books.now[N_JOB] != NONE:
        books.jobs[books.now[N_JOB], J_INSIDE] += planned


@inner
def issue_to_work(books: Books, row: int, pool: int) -> None:
    """What goes into a job is no expense; what exceeds the plan of a periodic LIFO is."""
    cost = cost_of(books, row, pool)
    if cost == REFUSED:
        return
    given = cost
    if books.pools[pool, P_METHOD] == LIFO_PERIODIC:
        given = books.slots[books.now[N_OWN], S_PROVISIONAL]
    elif books.now[N_JOB] != NONE:
        books.jobs[books.now[N_JOB], J_INSIDE] += cost
    enter(books, row, -cost, cost - given, 0)


@inner
def _paid_for(books: Books, ref: int, qty: int) -> int:
    """What was paid for pieces that go back; nothing for more than there were."""
    slot = books.slots[ref]
    back = min(qty, slot[S_LEFT])
    paid = share(slot[S_PAID], slot[S_LEFT], back) if back > 0 else 0
    slot[S_LEFT] -= back
    slot[S_PAID] -= paid
    return paid


@inner
def return_out(books: Books, row: int, pool: int) -> None:
    """The vendor credits what he was paid; cost beyond that is a price variance (C8)."""
    cost = cost_of(books, row, pool)
    if cost == REFUSED:
        return
    ref, credit = books.now[N_REF], cost
    if ref != NONE and books.slots[ref, S_RECEIVED] > 0:
        credit = _paid_for(books, ref, books.now[N_QTY])
    if books.now[N_AMOUNT] != UNKNOWN:
        credit = books.now[N_AMOUNT]
    enter(books, row, -cost, cost - credit, 0)


@inner
def reverse_receipt(books: Books, row: int, pool: int) -> None:
    """Takes out pieces that never came, so that a typing error leaves everything as it was."""
    home, qty, ref = books.pools[pool], books.now[N_QTY], books.now[N_REF]
    comes = ref != NONE and is_coming(books, books.slots[ref, S_LAYER])
    if ref != NONE and books.slots[ref, S_RECEIVED] > 0:
        paid = _paid_for(books, ref, qty)
    else:
        unit, per = last_known(books, home[P_ITEM], books.now[N_KNOWN])
        paid = times_over(unit, qty, per)
    if home[P_METHOD] == STANDARD:
        cost = -change_at_standard(books, pool, -qty)
    elif (
        not comes
        and home[P_AVERAGE]
        and home[P_WHOLE] != NONE
        and (qty < books.layers[home[P_WHOLE], L_LEFT])
    ):
        cost = paid
        _unpour(books, row, pool, paid)
    else:
        unit, per = unit_of_owed(books, pool, books.now[N_KNOWN])
        cost = take(books, row, books.now[N_EVENT], NONE, pool, ref, qty, unit, per)
    enter(books, row, -cost, cost - paid, 0)


@inner
def _unpour(books: Books, row: int, pool: int, paid: int) -> None:
    """Takes out of an average what was poured in, pieces and value."""
    home, qty = books.pools[pool], books.now[N_QTY]
    if home[P_SHADOW] != NONE:
        ref = books.now[N_REF]
        layer = books.slots[ref, S_SHADOW_LAYER] if ref != NONE else NONE
        take_from_shadow(books, row, books.now[N_EVENT], NONE, home[P_SHADOW], layer, qty)
    whole = books.layers[home[P_WHOLE]]
    whole[L_LEFT] -= qty
    whole[L_VALUE] -= paid
    rebase(whole)
    home[P_QTY] -= qty
    home[P_VALUE] -= paid


@inner
def make_final(books: Books, row: int, pool: int) -> None:
    """At the end of a period an issue takes the average; the difference is a true-up."""
    own, kind = books.now[N_OWN], books.now[N_AMOUNT]
    slot = books.slots[own]
    if not slot[S_IS_WAITING]:
        return
    slot[S_IS_WAITING] = 0
    qty = slot[S_WAITING_QTY]
    if kind == RETURN_IN:
        ref = slot[S_REF]
        source = books.slots[ref, S_POOL]
        value, _ = give_back_now(books, row, books.now[N_EVENT], ref, source, pool, qty)
        more = slot[S_PROVISIONAL] - value
    else:
        unit, per = 0, 1
        if books.pools[pool, P_QTY] < qty:
            unit, per = unit_of_owed(books, pool, books.now[N_KNOWN])
        ref = slot[S_REF] if kind == RETURN_OUT else NONE
        cost = take(books, row, books.now[N_EVENT], own, pool, ref, qty, unit, per)
        more = cost - slot[S_PROVISIONAL]
    if more == 0:
        return
    if kind != TRANSFER_OUT:
        note(books, row, X_TRUE_UP, pool, books.now[N_EVENT], 0, -more, more)
        return
    note(books, row, X_TRUE_UP, pool, books.now[N_EVENT], 0, -more, 0)
    target = slot[S_TARGET]
    if target != NONE and books.pools[target, P_WHOLE] != NONE:
        raise_value(books, books.pools[target, P_WHOLE], more)
        note(books, row, X_TRUE_UP, target, books.now[N_EVENT], 0, more, 0)
