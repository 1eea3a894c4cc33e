"""Size `month`: the same trade at the scale of 40,000 invoices a month, told for December 2025.

Six warehouses, two of them run by a 3PL; a thousand customers; the 24 months before it as demand
alone, and what was open when the month began. Shares of faults are those of a large company: a code
strikes some dozens of times where many documents are its opportunities, a few times where few are.
"""

from __future__ import annotations

from datetime import date

from pipelines.sample.faults.rates import RATES, FaultRates
from pipelines.sample.parameters import (
    Before,
    Care,
    Counts,
    Demand,
    Market,
    Money,
    Outbound,
    Parameters,
    Pricing,
    Promotion,
    Sample,
    Transfers,
)

WAREHOUSES = (
    ("HAM", "Hamburg distribution centre", "HH", "dc", True),
    ("AUG", "Augsburg, run by a 3PL", "BY", "third_party", False),
    ("LEJ", "Leipzig regional warehouse", "SN", "warehouse", True),
    ("DTM", "Dortmund regional warehouse", "NW", "warehouse", True),
    ("STR", "Stuttgart regional warehouse", "BW", "warehouse", True),
    ("NUE", "Nuremberg, run by a 3PL", "BY", "third_party", False),
)
PROMOTIONS = (
    Promotion("Spring weeks 2024", date(2024, 4, 8), date(2024, 4, 27), 15, 3, 10, 45),
    Promotion("Autumn weeks 2024", date(2024, 10, 7), date(2024, 10, 26), 15, 8, 10, 35),
    Promotion("Spring weeks", date(2025, 4, 7), date(2025, 4, 26), 15, 3, 10, 45),
    Promotion("Autumn weeks", date(2025, 10, 6), date(2025, 10, 25), 15, 8, 10, 35),
    Promotion("Advent weeks", date(2025, 12, 1), date(2025, 12, 19), 12, 5, 12, 30),
)
LANES = (
    ("HAM", "LEJ", 2, 9500, 12),
    ("HAM", "AUG", 3, 14500, 18),
    ("HAM", "DTM", 1, 8200, 10),
    ("HAM", "STR", 2, 13200, 16),
    ("HAM", "NUE", 3, 13800, 17),
)
RATES_OF_THE_MONTH = {
    "UNBILLED": 0.003,
    "UNDER_PRICED": 0.0025,
    "OVER_PRICED": 0.0015,
    "QTY_SHORT_BILLED": 0.0025,
    "QTY_OVER_BILLED": 0.0015,
    "DUP_INVOICE": 0.0015,
    "SIGN_ODD": 0.0008,
    "MISSED_CHARGE": 0.01,
    "BILLED_NOT_SHIPPED": 0.03,
    "RETURN_NO_CREDIT": 0.06,
    "PRICE_MISSING": 0.00003,
    "PRICE_OVERLAP": 0.00003,
    "PRICE_VARIANCE": 0.00003,
    "CUST_COMPLIANCE": 0.0006,
    "TERMS_LEAK": 0.2,
    "SHIP_OVER": 0.0006,
    "SHIP_CONF_MISSING": 0.003,
    "ORDER_CHANGED_AFTER_SHIP": 0.0004,
    "PROMISE_ON_THEORETICAL": 0.01,
    "DOUBLE_COMMIT": 0.003,
    "CREDIT_HOLD": 0.02,
    "RECEIPT_NOT_CAPITALISED": 0.01,
    "HOLD_AGED/inspection": 0.03,
    "GL_DUPLICATE_POSTING": 0.0003,
    "GL_WRONG_ACCOUNT": 0.0005,
    "GL_AMOUNT_COST": 0.0005,
    "GL_AMOUNT_QTY": 0.0008,
    "GL_MISSING_IN_GL": 0.0003,
    "GL_AMOUNT_ROUND": 0.0006,
    "GL_AMOUNT_FX": 0.008,
    "JOURNAL_UNBALANCED": 0.001,
    "GL_TIMING_UNPOSTED": 0.006,
    "GL_MANUAL_JOURNAL": 1.0,
    "GL_MISSING_IN_SUBLEDGER": 1.0,
    "XFER_STUCK": 0.01,
    "XFER_ONE_SIDED": 0.01,
    "XFER_QTY_DIFF": 0.01,
    "RETURN_UNLINKED": 0.008,
    "RETURN_LIMBO": 0.02,
    "HOLD_AGED": 0.02,
    "COUNT_VARIANCE": 0.01,
    "DUP_EVENT": 0.5,
    "UNAPPROVED_TRANSITION": 0.5,
    "SHADOW_UPDATE": 0.5,
    "ILLEGAL_TRANSITION": 0.5,
    "UNMAPPED_TYPE": 0.5,
}


def month() -> Sample:
    norda = Parameters(
        size="month",
        first_day=date(2025, 12, 1),
        last_day=date(2025, 12, 31),
        before=Before(since=date(2025, 1, 1)),
        warehouses=WAREHOUSES,
        warehouse_weights=(30, 12, 20, 16, 14, 8),
        items=500,
        customers=1000,
        suppliers=25,
        kinds_every=60,
        credit_percent=4000,
        demand=Demand(
            orders_per_business_day=2100.0, lines_per_order_weights=(43, 24, 14, 9, 5, 3, 2)
        ),
        market=Market(launch_days=(-430, -75)),
        outbound=Outbound(
            kit_weight_share=0.008,
            kits_kept=60,
            kit_batch=120,
            drop_ships_a_day=8,
            drop_ship_share_of_days=0.6,
        ),
        money=Money(blocked_before_end_days=16),
        pricing=Pricing(promotions=PROMOTIONS),
        transfers=Transfers(
            lanes=LANES, lanes_back=(), weekdays=(1, 3, 0, 2, 4), lines_per_truck=40
        ),
        care=Care(rounds_a_day=20, bin_moves_a_day=10),
        counts=Counts(items_a_month=80, whole_month=12),
        faults=FaultRates({**RATES, **RATES_OF_THE_MONTH}),
    )
    return Sample("month", (norda,), cut_months=(12,), daily=True)
