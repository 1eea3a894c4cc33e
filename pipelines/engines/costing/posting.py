"""The kernel: one pass over events in their order, a row of cost and expense for each.

What came in from outside and did not enter stock, or left stock and was not credited, is expense.
Every handler below is one kind of event; the pool decides by its method what pieces cost. State is
in `Books`, so a pass can stop at any row and go on with more events or more room.
"""

from __future__ import annotations

from numba import njit

from pipelines.engines.costing.arithmetic import times_over
from pipelines.engines.costing.arriving import (
    arrive,
    bring_in,
    carry_in,
    come_back,
    correct_price,
    count_in,
    late_cost,
    receive_work,
)
from pipelines.engines.costing.layers import first_layer
from pipelines.engines.costing.layout import (
    ARRIVAL,
    BEGIN_YEAR,
    C_DRAWS,
    C_EXTRAS,
    C_LAYERS,
    C_STAMP,
    CARRIED_IN,
    CLOSE_AVERAGE,
    COUNT_IN,
    FINAL,
    INVOICE_VARIANCE,
    ISSUE,
    L_LEFT,
    L_VALUE,
    LANDED_COST,
    LIFO_PERIODIC,
    NONE,
    NRV,
    OPENING,
    P_DEBTS,
    P_FOLLOW,
    P_LAST_QTY,
    P_LAST_VALUE,
    P_METHOD,
    P_OPEN,
    P_QTY,
    P_SEEN,
    P_SEPARATE,
    P_SHADOW,
    P_STANDARD,
    P_VALUE,
    PERIODIC_AVERAGE,
    PLAN,
    PRICE_CORRECTION,
    RECEIPT,
    RECEIPT_MORE,
    RECEIPT_REVERSAL,
    RETURN_IN,
    RETURN_OUT,
    REVALUATION,
    S_DRAWS,
    S_POOL,
    SPECIFIC,
    STANDARD,
    STANDARD_CHANGE,
    TRANSFER_IN,
    TRANSFER_OUT,
    WORK_ISSUE,
    WORK_RECEIPT,
    Books,
    Events,
    Rows,
)
from pipelines.engines.costing.leaving import (
    issue,
    issue_to_work,
    make_final,
    plan_work,
    return_out,
    reverse_receipt,
)
from pipelines.engines.costing.revaluing import change_standard, revalue


@njit(nogil=True)
def post(books: Books, events: Events, rows: Rows, start: int) -> int:
    """Posts events from `start` on. Returns their number, or the row that needs more room."""
    count = len(events.kind)
    for row in range(start, count):
        kind, pool = events.kind[row], events.pool[row]
        if _is_plain(books, kind, pool, events.own[row]):
            layer = first_layer(books, pool)
            qty = events.qty[row]
            if layer != NONE and books.layers[layer, L_LEFT] > qty:
                _issue_plainly(books, events, rows, row, layer)
                continue
        ref = events.ref[row]
        if not _has_room(books, pool, ref):
            return row
        pool = _home(books, kind, pool, ref)
        rows.pool[row] = pool
        home = books.pools[pool]
        if home[P_METHOD] == STANDARD and not home[P_SEEN]:
            home[P_STANDARD] = events.standard[row]
        _post_one(books, events, rows, row, kind, pool)
        home[P_SEEN] = 1
    return count


@njit
def _is_plain(books: Books, kind: int, pool: int, own: int) -> bool:
    """An issue that nothing refers to, out of a pool that keeps no second account."""
    if kind != ISSUE or own != NONE:
        return False
    home = books.pools[pool]
    method = home[P_METHOD]
    is_layered = method != LIFO_PERIODIC and method != PERIODIC_AVERAGE and method != STANDARD
    return is_layered and method != SPECIFIC and home[P_SHADOW] == NONE and home[P_SEPARATE] == 0


@njit
def _issue_plainly(books: Books, events: Events, rows: Rows, row: int, layer: int) -> None:
    own, home = books.layers[layer], books.pools[events.pool[row]]
    qty = events.qty[row]
    cost = times_over(own[L_VALUE], qty, own[L_LEFT])
    own[L_LEFT] -= qty
    own[L_VALUE] -= cost
    home[P_QTY] -= qty
    home[P_VALUE] -= cost
    rows.pool[row], rows.layer[row] = events.pool[row], layer
    rows.cost[row], rows.cogs[row] = -cost, cost
    rows.is_written[row] = True


@njit
def _has_room(books: Books, pool: int, ref: int) -> bool:
    """Whether the tables have room for all that one event can write at most."""
    home = books.pools[pool]
    most = home[P_OPEN] + home[P_DEBTS] + 4
    if home[P_SHADOW] != NONE:
        shadow = books.pools[home[P_SHADOW]]
        most += shadow[P_OPEN] + shadow[P_DEBTS] + 4
    if ref != NONE:
        most += 2 * books.slots[ref, S_DRAWS]
        source = books.slots[ref, S_POOL]
        if source != NONE and source != pool:
            most += books.pools[source, P_OPEN] + books.pools[source, P_DEBTS] + 4
    counters = books.counters
    return (
        counters[C_DRAWS] + 2 * most < len(books.draws)
        and counters[C_LAYERS] + 2 * most < len(books.layers)
        and counters[C_EXTRAS] + 2 * most < len(books.extras)
    )


@njit
def _home(books: Books, kind: int, pool: int, ref: int) -> int:
    """A late cost goes where its receipt went; within lots everything does that is linked."""
    is_cost_only = (
        kind in (ARRIVAL, LANDED_COST, INVOICE_VARIANCE, PRICE_CORRECTION, RECEIPT_MORE)
    )  # fmt: skip
    if ref != NONE and (is_cost_only or books.pools[pool, P_FOLLOW]):
        booked = books.slots[ref, S_POOL]
        return pool if booked == NONE else booked
    return pool


@njit
def _post_one(books: Books, events: Events, rows: Rows, row: int, kind: int, pool: int) -> None:
    if kind == ISSUE or (kind > WORK_ISSUE and kind < REVALUATION and kind != RETURN_OUT):
        issue(books, events, rows, row, pool)
    elif kind in (OPENING, RECEIPT, CARRIED_IN):
        bring_in(books, events, rows, row, pool)
    elif kind == TRANSFER_OUT:
        issue(books, events, rows, row, pool)
        rows.cogs[row] = 0
    elif kind == TRANSFER_IN:
        carry_in(books, events, rows, row, pool)
    elif kind == RETURN_IN:
        come_back(books, events, rows, row, pool)
    elif kind in (LANDED_COST, INVOICE_VARIANCE, PRICE_CORRECTION):
        late_cost(books, events, rows, row, pool)
    elif kind == COUNT_IN:
        count_in(books, events, rows, row, pool)
    elif kind == RETURN_OUT:
        return_out(books, events, rows, row, pool)
    elif kind == FINAL:
        make_final(books, events, row, pool)
    elif kind == CLOSE_AVERAGE:
        home = books.pools[pool]
        if home[P_QTY] > 0:
            home[P_LAST_VALUE], home[P_LAST_QTY] = home[P_VALUE], home[P_QTY]
    elif kind == WORK_ISSUE:
        issue_to_work(books, events, rows, row, pool)
    elif kind == WORK_RECEIPT:
        receive_work(books, events, rows, row, pool)
    else:
        _post_rare(books, events, rows, row, kind, pool)


@njit
def _post_rare(books: Books, events: Events, rows: Rows, row: int, kind: int, pool: int) -> None:
    if kind == ARRIVAL:
        arrive(books, events, row, pool)
    elif kind == RECEIPT_REVERSAL:
        reverse_receipt(books, events, rows, row, pool)
    elif kind == RECEIPT_MORE:
        correct_price(books, events, rows, row, pool)
    elif kind in (REVALUATION, NRV):
        revalue(books, events, rows, row, pool)
    elif kind == STANDARD_CHANGE:
        change_standard(books, events, rows, row, pool)
    elif kind == PLAN:
        plan_work(books, events, row, pool)
    elif kind == BEGIN_YEAR:
        books.counters[C_STAMP] += 1
