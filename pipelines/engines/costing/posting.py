"""The kernel: one pass over events in their order, a row of cost and expense for each.

What came in from outside and did not enter stock, or left stock and was not credited, is expense.
Every handler below is one kind of event; the pool decides by its method what pieces cost. State is
in `Books`, so a pass can stop at any row and go on with more events or more room.
"""

from __future__ import annotations

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
from pipelines.engines.costing.compiling import inner
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
    N_POOL,
    N_QTY,
    N_REF,
    N_STANDARD,
    NONE,
    NRV,
    OPENING,
    P_DEBTS,
    P_FOLLOW,
    P_LAST_QTY,
    P_LAST_VALUE,
    P_METHOD,
    P_OPEN,
    P_SEEN,
    P_SHADOW,
    P_STANDARD,
    P_WHOLE,
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
from pipelines.engines.costing.plain import post_plain
from pipelines.engines.costing.revaluing import change_standard, revalue


@inner
def post(books: Books, events: Events, rows: Rows, start: int) -> int:
    """Posts events from `start` on. Returns their number, or the row that needs more room."""
    count = len(events.kind)
    row = start
    while True:
        row = post_plain(books.pools, books.layers, books.items, books.counters, events, rows, row)
        if row >= count or not _post_odd(books, events, rows, row):
            return row
        row += 1


@inner
def _post_odd(books: Books, events: Events, rows: Rows, row: int) -> bool:
    """Posts one event of any kind, if there is room for all that it may write."""
    if not _has_room(books, events.pool[row], events.ref[row]):
        return False
    now = books.now
    now[N_KIND], now[N_EVENT], now[N_POOL] = events.kind[row], events.event[row], events.pool[row]
    now[N_QTY], now[N_AMOUNT], now[N_KNOWN] = events.qty[row], events.amount[row], events.known[row]
    now[N_STANDARD], now[N_IS_COMING] = events.standard[row], events.is_coming[row]
    now[N_OWN], now[N_REF], now[N_JOB] = events.own[row], events.ref[row], events.job[row]
    now[N_COST], now[N_COGS], now[N_IS_WRITTEN], now[N_LAYER] = 0, 0, 0, NONE
    _post_any(books, row)
    rows.cost[row], rows.cogs[row] = now[N_COST], now[N_COGS]
    rows.pool[row], rows.layer[row] = now[N_HOME], now[N_LAYER]
    rows.is_written[row] = now[N_IS_WRITTEN] != 0
    return True


@inner
def _post_any(books: Books, row: int) -> None:
    kind = books.now[N_KIND]
    pool = _home(books, kind, books.now[N_POOL], books.now[N_REF])
    books.now[N_HOME] = pool
    home = books.pools[pool]
    if home[P_METHOD] == STANDARD and not home[P_SEEN]:
        home[P_STANDARD] = books.now[N_STANDARD]
    _post_one(books, row, kind, pool)
    home[P_SEEN] = 1


@inner
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


@inner
def _home(books: Books, kind: int, pool: int, ref: int) -> int:
    """A late cost goes where its receipt went; within lots everything does that is linked."""
    is_cost_only = (
        kind in (ARRIVAL, LANDED_COST, INVOICE_VARIANCE, PRICE_CORRECTION, RECEIPT_MORE)
    )  # fmt: skip
    if ref != NONE and (is_cost_only or books.pools[pool, P_FOLLOW]):
        booked = books.slots[ref, S_POOL]
        return pool if booked == NONE else booked
    return pool


@inner
def _post_one(books: Books, row: int, kind: int, pool: int) -> None:
    if kind == ISSUE or (kind > WORK_ISSUE and kind < REVALUATION and kind != RETURN_OUT):
        issue(books, row, pool)
    elif kind in (OPENING, RECEIPT, CARRIED_IN):
        bring_in(books, row, pool)
    elif kind == TRANSFER_OUT:
        issue(books, row, pool)
        books.now[N_COGS] = 0
    elif kind == TRANSFER_IN:
        carry_in(books, row, pool)
    elif kind == RETURN_IN:
        come_back(books, row, pool)
    elif kind in (LANDED_COST, INVOICE_VARIANCE, PRICE_CORRECTION):
        late_cost(books, row, pool)
    elif kind == COUNT_IN:
        count_in(books, row, pool)
    elif kind == RETURN_OUT:
        return_out(books, row, pool)
    elif kind == FINAL:
        make_final(books, row, pool)
    elif kind == CLOSE_AVERAGE:
        home = books.pools[pool]
        whole = home[P_WHOLE]
        if whole != NONE and books.layers[whole, L_LEFT] > 0:
            home[P_LAST_VALUE] = books.layers[whole, L_VALUE]
            home[P_LAST_QTY] = books.layers[whole, L_LEFT]
    elif kind == WORK_ISSUE:
        issue_to_work(books, row, pool)
    elif kind == WORK_RECEIPT:
        receive_work(books, row, pool)
    else:
        _post_rare(books, row, kind, pool)


@inner
def _post_rare(books: Books, row: int, kind: int, pool: int) -> None:
    if kind == ARRIVAL:
        arrive(books, row, pool)
    elif kind == RECEIPT_REVERSAL:
        reverse_receipt(books, row, pool)
    elif kind == RECEIPT_MORE:
        correct_price(books, row, pool)
    elif kind in (REVALUATION, NRV):
        revalue(books, row, pool)
    elif kind == STANDARD_CHANGE:
        change_standard(books, row, pool)
    elif kind == PLAN:
        plan_work(books, row, pool)
    elif kind == BEGIN_YEAR:
        books.counters[C_STAMP] += 1
