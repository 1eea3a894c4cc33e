"""How often each thing goes wrong: the share of its opportunities, by code; 0 switches it off.

What an opportunity is stands beside each rate. The rates are far above those of a well-run
company, so that a year of a small one shows every kind.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

RATES: Mapping[str, float] = MappingProxyType(
    {
        # billing: goods lines of customers whose invoices name the shipment
        "UNBILLED": 0.002,
        "UNDER_PRICED": 0.0016,
        "OVER_PRICED": 0.0014,
        "QTY_SHORT_BILLED": 0.0016,
        "QTY_OVER_BILLED": 0.0014,
        "DUP_INVOICE": 0.0014,
        "SIGN_ODD": 0.001,
        "CREDIT_NO_RETURN": 0.0014,
        # billing: those of a lot that came in after the rise of the price list
        "STALE_COST": 0.02,
        # billing: shipments of one or two lines to customers billed per shipment
        "INVOICE_WRONG_PERIOD": 0.004,
        # billing: charges on shipments
        "MISSED_CHARGE": 0.012,
        # billing: cancelled order lines
        "BILLED_NOT_SHIPPED": 0.06,
        # billing: lines that came back and were accepted
        "RETURN_NO_CREDIT": 0.04,
        # billing: order lines at an ordinary list price
        "PRICE_MISSING": 0.0012,
        "PRICE_OVERLAP": 0.0012,
        "PRICE_VARIANCE": 0.0012,
        # billing: the smallest customer exempt from tax, once
        "TAX_BLOCK": 1.0,
        # billing: orders of customers who want their own number on the invoice
        "CUST_COMPLIANCE": 0.0018,
        # receivables: payments of discount customers after the days of the discount
        "TERMS_LEAK": 0.05,
        # shipping: lines of which only a part could leave
        "SHIP_SHORT": 0.035,
        # shipping: complete lines of two pieces and more, out of a full warehouse
        "SHIP_OVER": 0.002,
        # shipping: shipments of one line, ours no longer when they leave
        "SHIP_CONF_MISSING": 0.008,
        # orders: lines that left complete and are paid for
        "ORDER_CHANGED_AFTER_SHIP": 0.0016,
        # orders: lines for which too little is free while more is on order
        "PROMISE_ON_THEORETICAL": 0.03,
        # orders: places and items with reserved pieces, on the last business day
        "DOUBLE_COMMIT": 0.05,
        # orders: lines of a careful channel for which only safety stock is left (world/channels.py)
        "BUFFER_BREACH": 0.5,
        # stock: items with nothing at one place and too much at another, at the end of the year
        "OVERSTOCK_UNDERSTOCK": 1,
        # credit: lines stopped in the last weeks of the year
        "CREDIT_HOLD": 0.25,
        # carriers: shipments to customers who must sign
        "POD_MISSING": 0.012,
        "POD_SHORT": 0.015,
        # carriers: lines that were lost or damaged on the road while they were ours
        "UNCLAIMED_RECOVERY": 0.25,
        # freight: charges for shipments
        "FREIGHT_PENDING": 0.006,
        # receipts: lines above 200.00 in the last six weeks of the year
        "RECEIPT_NOT_CAPITALISED": 0.09,
        # receipts: inspected lines, three to eight weeks before the end
        "HOLD_AGED/inspection": 0.16,
        # receipts: inspected lines, six to twelve weeks before the end
        "RTV_AGED": 0.12,
        # receipts: rejected and short lines that were billed, two to twelve weeks before the end;
        # at most two
        "UNCLAIMED_RECOVERY/vendor": 1.0,
        # receipts: lines of plain orders in the first eight months
        "GRIR_AGED": 0.008,
        # receipts: lots in the last eight weeks, their recipe being new
        "STALE_COST/receipt": 0.10,
        # receipts: lines of several pieces that are counted by serial number
        "SERIAL_QTY": 0.04,
        # ledger: journals of shipments, of invoices (AMOUNT_ROUND; AMOUNT_FX: in another currency)
        "GL_DUPLICATE_POSTING": 0.0012,
        "GL_WRONG_ACCOUNT": 0.0018,
        "GL_AMOUNT_COST": 0.0018,
        "GL_AMOUNT_QTY": 0.003,
        "GL_MISSING_IN_GL": 0.0012,
        "GL_AMOUNT_ROUND": 0.0025,
        "GL_AMOUNT_FX": 0.04,
        # ledger: journals of cash receipts
        "JOURNAL_UNBALANCED": 0.003,
        # ledger: shipments, and payments either way, on the last business day of a month
        "CUTOFF_ERROR": 0.03,
        "GL_WRONG_PERIOD": 0.05,
        # ledger: shipments within the posting limit when the year ends
        "GL_TIMING_UNPOSTED": 0.25,
        # ledger: months; for a forced balance those that end with a difference to force away
        "GL_MANUAL_JOURNAL": 0.25,
        "GL_MISSING_IN_SUBLEDGER": 0.2,
        "MANUAL_JE_FORCE": 0.17,
        # ledger: its opening balance, a plain number
        "GL_OPENING_DIFF": 1,
        # transfers: lines of trucks in the last eight weeks
        "XFER_STUCK": 0.05,
        "XFER_ONE_SIDED": 0.05,
        "XFER_QTY_DIFF": 0.06,
        # returns: of the year; of the weeks in which a forgotten one is too old at its end
        "RETURN_UNLINKED": 0.025,
        "RETURN_LIMBO": 0.15,
        # care: holds and damages in the weeks in which a forgotten one is too old at the end
        "HOLD_AGED": 0.34,
        "DAMAGE_NOT_VALUED": 0.4,
        # counts: lines, and those with a difference
        "COUNT_VARIANCE": 0.015,
        "ADJ_UNPROPAGATED": 0.12,
        # full warehouses, every month
        "DUP_EVENT": 0.1,
        "UNAPPROVED_TRANSITION": 0.1,
        "SHADOW_UPDATE": 0.1,
        "ILLEGAL_TRANSITION": 0.1,
        "UNMAPPED_TYPE": 0.06,
        # warehouses on the last day: the full ones, all of them, all of them
        "NEG_STOCK": 1.0,
        "PHANTOM_STOCK": 0.5,
        "LEDGER_SNAPSHOT_GAP": 0.5,
        # decisions: services
        "VALUATION_POLICY_CONFLICT": 1.0,
        # deliveries: rows and files, as plain numbers a year
        "FEED_REJECT": 6,
        "FEED_DUP": 1,
        "FEED_LATE": 1,
        "FEED_SCHEMA": 1,
        "FEED_GAP": 1,
        "XREF_MISMATCH": 1,
        "MASTER_MISSING": 1,
        "UOM_CONFLICT": 1,
    }
)


@dataclass(frozen=True, slots=True)
class FaultRates:
    """Rates by code; a code without one never strikes."""

    rates: Mapping[str, float] = field(default_factory=lambda: RATES)

    def of(self, code: str, where: str = "") -> float:
        """Rate of a code; `where` it has one of its own, that one."""
        return self.rates.get(f"{code}/{where}" if where else code, self.rates.get(code, 0.0))

    def but(self, **changes: float) -> FaultRates:
        kept = {
            name: rate for name, rate in self.rates.items() if name.split("/")[0] not in changes
        }
        return FaultRates({**kept, **changes})

    @classmethod
    def none(cls) -> FaultRates:
        return cls({})

    @classmethod
    def only(cls, **rates: float) -> FaultRates:
        return cls(rates)
