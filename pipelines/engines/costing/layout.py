"""Names of the columns of the kernel's state, and of the codes that it tells apart.

State is a few tables of whole numbers, one row per pool, layer, draw, slot, item or job, so that a
row lies together in memory and compiled functions take few arguments. A slot is kept for an event
that another event refers to: where it was booked, what it drew, what was paid for it.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Table = npt.NDArray[np.int64]

NONE = -1
UNKNOWN = -(2**63)  # an amount that nobody gave

# Events. The first eighteen are delivered, the others are put in by the preparation of a method.
KINDS = (
    "opening", "receipt", "arrival", "receipt_reversal", "work_receipt", "return_in",
    "landed_cost", "invoice_variance", "count_in", "transfer_in", "transfer_out", "issue",
    "work_issue", "return_out", "scrap", "count_out", "revaluation", "nrv",
    "standard_change", "receipt_more", "price_correction",
    "close_average", "final", "begin_year", "plan", "carried_in",
)  # fmt: skip
(
    OPENING, RECEIPT, ARRIVAL, RECEIPT_REVERSAL, WORK_RECEIPT, RETURN_IN,
    LANDED_COST, INVOICE_VARIANCE, COUNT_IN, TRANSFER_IN, TRANSFER_OUT, ISSUE,
    WORK_ISSUE, RETURN_OUT, SCRAP, COUNT_OUT, REVALUATION, NRV,
    STANDARD_CHANGE, RECEIPT_MORE, PRICE_CORRECTION,
    CLOSE_AVERAGE, FINAL, BEGIN_YEAR, PLAN, CARRIED_IN,
) = range(26)  # fmt: skip
KIND_CODES = {name: code for code, name in enumerate(KINDS)}

METHODS = (
    "fifo", "lifo", "lifo_periodic", "moving_average", "periodic_average", "standard", "specific",
)  # fmt: skip
FIFO, LIFO, LIFO_PERIODIC, MOVING_AVERAGE, PERIODIC_AVERAGE, STANDARD, SPECIFIC = range(7)
METHOD_CODES = {name: code for code, name in enumerate(METHODS)}

TRUE_UP_NEGATIVE, KEEP_RATE, REJECT = range(3)
NEGATIVE_CODES = {"true_up": TRUE_UP_NEGATIVE, "keep_rate": KEEP_RATE, "reject": REJECT}

# Rows beside the main row of an event: further entries, then flags.
X_TRUE_UP, X_ROUNDING, X_UNEXPLAINED, X_LATE = range(4)
X_RETURN_UNLINKED, X_SPECIFIC_MISSING, X_REFUSED, X_COST_UNLINKED = range(10, 14)

# pools: what they are, what they hold, and their lists of layers and debts
(
    P_METHOD, P_ITEM, P_NEGATIVE, P_EXPENSE, P_NEWEST, P_SEPARATE, P_FOLLOW, P_HAS_LOT,
    P_AVERAGE, P_SHADOW, P_IS_SHADOW, P_SEEN,
    P_QTY, P_VALUE, P_STANDARD, P_WHOLE, P_NUMBERS,
    P_HEAD, P_TAIL, P_COMING, P_COMING_LAST, P_OWED, P_OWED_LAST, P_OPEN, P_DEBTS,
    P_LAST_VALUE, P_LAST_QTY, P_CONSUMED, P_STAMP, P_IS_PLAIN,
) = range(30)  # fmt: skip
POOL_COLUMNS = 30

# layers: pieces of a pool that came together, in two lists: open, and on their way
(
    L_POOL, L_EVENT, L_NUMBER, L_RECEIVED, L_LEFT, L_VALUE, L_BASIS_QTY, L_BASIS_VALUE,
    L_PREVIOUS, L_NEXT, L_IS_COMING, L_ORIGIN, L_SIBLING,
) = range(13)  # fmt: skip
LAYER_COLUMNS = 13

# draws: pieces that left for one event out of one layer; without a layer they are still owed
(
    D_EVENT, D_SLOT, D_LAYER, D_POOL, D_QTY, D_COST, D_PREVIOUS, D_NEXT,
    D_OWED_PREVIOUS, D_OWED_NEXT, D_BELOW,
) = range(11)  # fmt: skip
DRAW_COLUMNS = 11

(
    S_POOL, S_LAYER, S_SHADOW_LAYER, S_FIRST, S_LAST, S_SHADOW_FIRST, S_SHADOW_LAST, S_DRAWS,
    S_RETURNABLE, S_RECEIVED, S_LEFT, S_PAID, S_CHARGED_QTY, S_CHARGED, S_STAMP,
    S_IS_WAITING, S_WAITING_QTY, S_PROVISIONAL, S_LEFT_QTY, S_LEFT_COST, S_REF,
    S_TARGET,
) = range(22)  # fmt: skip
SLOT_COLUMNS = 22

I_FIRST_POOL, I_END_POOL, I_PAID, I_PAID_QTY, I_PRICE_SCALE = range(5)
ITEM_COLUMNS = 5

J_INSIDE, J_FIRST, J_END, J_IS_WEIGHED = range(4)
JOB_COLUMNS = 4
W_EVENT, W_ITEM, W_QTY, W_KNOWN, W_WEIGHT, W_IS_GIVEN = range(6)
WORK_COLUMNS = 6

# the event that is being posted: what it says, and its main row
(
    N_KIND, N_EVENT, N_POOL, N_QTY, N_AMOUNT, N_KNOWN, N_STANDARD, N_OWN, N_REF, N_JOB,
    N_IS_COMING, N_HOME, N_COST, N_COGS, N_LAYER, N_IS_WRITTEN,
) = range(16)  # fmt: skip
NOW_COLUMNS = 16

X_ROW, X_KIND, X_POOL, X_CAUSE, X_QTY, X_COST, X_COGS = range(7)
EXTRA_COLUMNS = 7

C_LAYERS, C_DRAWS, C_EXTRAS, C_STAMP = range(4)
COUNTER_COLUMNS = 4


class Books(NamedTuple):
    """All state of a batch: tables of whole numbers, a row of counters, and the event at hand.

    Handlers take this alone: every array that a compiled function is given costs compilation.
    """

    pools: Table
    layers: Table
    draws: Table
    slots: Table
    items: Table
    jobs: Table
    works: Table
    extras: Table
    counters: Table
    now: Table


class Events(NamedTuple):
    """Columns of the events in the order that counts; `own` and `ref` are slots, -1 is none."""

    kind: npt.NDArray[np.int8]
    event: npt.NDArray[np.int32]
    pool: npt.NDArray[np.int32]
    qty: Table
    amount: Table
    known: Table
    standard: Table
    own: npt.NDArray[np.int32]
    ref: npt.NDArray[np.int32]
    job: npt.NDArray[np.int32]
    is_coming: npt.NDArray[np.bool_]


class Rows(NamedTuple):
    """The main row of every event: change of stock value, expense, pool, layer; written or not."""

    cost: Table
    cogs: Table
    pool: npt.NDArray[np.int32]
    layer: npt.NDArray[np.int32]
    is_written: npt.NDArray[np.bool_]
