"""Exception codes: what went wrong, whose it is, by when (business hours), and which leak it is.

A code has one leakage category or none. The site may give a code another owner or limit through
`policy_exception`; these are the shipped ones. Ledger classes are `GL_` + the class of the tie-out.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ExceptionCode:
    code: str
    leakage_category: str
    owner_role: str
    sla_hours: int
    meaning: str


@dataclass(frozen=True, slots=True)
class LeakageCategory:
    code: str
    name: str
    meaning: str


def _leak(code: str, category: str, owner_role: str, meaning: str) -> ExceptionCode:
    return ExceptionCode(code, category, owner_role, 24, meaning)


def _case(code: str, owner_role: str, sla_hours: int, meaning: str) -> ExceptionCode:
    return ExceptionCode(code, "", owner_role, sla_hours, meaning)


_CATEGORIES = (
    LeakageCategory("L1", "Unbilled shipment", "Shipped, due, nothing billed."),
    LeakageCategory("L2", "Under-priced", "Billed below the expected price."),
    LeakageCategory("L2b", "Over-priced", "Billed above the expected price."),
    LeakageCategory("L3", "Short billed", "Billed less than was shipped."),
    LeakageCategory("L3b", "Over-billed", "Billed more than was shipped."),
    LeakageCategory("L4", "Missed charge", "Freight or surcharge that no invoice carries."),
    LeakageCategory("L5", "Duplicate invoice", "The same delivery billed twice."),
    LeakageCategory("L6", "Wrong period", "Billed in another period than control passed in."),
    LeakageCategory("L7", "Credit without return", "Credit for a return that never came."),
    LeakageCategory("L8", "Return without credit", "Accepted return that was not credited."),
    LeakageCategory("L9", "Billed, not shipped", "Invoice line without anything behind it."),
    LeakageCategory("L10", "Stale cost", "Billed or costed at a price or cost out of date."),
    LeakageCategory("L11", "Unclaimed recovery", "Claim on carrier or supplier never made."),
    LeakageCategory("L12", "Terms leak", "Discount or late fee against the terms."),
)

_EXCEPTIONS = (
    # Billing and leakage
    _leak("UNBILLED", "L1", "billing", "Expected line is due and no invoice line matches it."),
    _leak("UNDER_PRICED", "L2", "billing", "Billed unit price is below the expected one."),
    _leak("OVER_PRICED", "L2b", "billing", "Billed unit price is above the expected one."),
    _leak("QTY_SHORT_BILLED", "L3", "billing", "Something was billed, less than was shipped."),
    _leak("QTY_OVER_BILLED", "L3b", "billing", "One invoice line bills more than was shipped."),
    _leak("MISSED_CHARGE", "L4", "billing", "A charge is due and no invoice carries it."),
    _leak("DUP_INVOICE", "L5", "billing", "A second invoice covers the same shipment line."),
    _leak("INVOICE_WRONG_PERIOD", "L6", "billing", "Invoice period is not that of control."),
    _leak("CREDIT_NO_RETURN", "L7", "billing", "Credit for a return within 30 days of none."),
    _leak("RETURN_NO_CREDIT", "L8", "billing", "Return accepted, no credit in 5 business days."),
    _leak("BILLED_NOT_SHIPPED", "L9", "billing", "Invoice line for goods without any trigger."),
    _leak("STALE_COST", "L10", "pricing", "Price or cost had ended before the lot came in."),
    _leak("UNCLAIMED_RECOVERY", "L11", "finance", "Claimable loss without a claim for 10 days."),
    _leak("TERMS_LEAK", "L12", "finance", "Discount, due date or late fee against the terms."),
    # Readiness and order
    _case("SHIP_CONF_MISSING", "warehouse", 8, "Packed, picked up or delivered, not confirmed."),
    _case("SHIP_SHORT", "warehouse", 16, "Shipped less than ordered, outside tolerance."),
    _case("SHIP_OVER", "warehouse", 16, "Shipped more than ordered, outside tolerance."),
    _case("POD_MISSING", "logistics", 24, "No proof of delivery 2 days after the promise."),
    _case("POD_SHORT", "logistics", 24, "Proof of delivery shows less than was shipped."),
    _case("PRICE_MISSING", "pricing", 16, "No price is valid on the pricing date."),
    _case("PRICE_VARIANCE", "pricing", 16, "Two sources of truth give different prices."),
    _case("PRICE_OVERLAP", "pricing", 16, "One source gives two prices for one date."),
    _case("TAX_BLOCK", "tax", 16, "Tax cannot be determined."),
    _case("CREDIT_HOLD", "credit", 8, "Order is on credit hold and not released."),
    _case("FREIGHT_PENDING", "freight", 24, "A charge is expected and not rated."),
    _case("CUST_COMPLIANCE", "customer service", 24, "Something the customer demands is missing."),
    _case("ORDER_CHANGED_AFTER_SHIP", "customer service", 24, "Order line changed after shipping."),
    _case("MASTER_MISSING", "master data", 24, "Master data that a step needs is missing."),
    _case("XREF_MISMATCH", "master data", 24, "Codes of two systems do not meet, or conflict."),
    _case("UOM_CONFLICT", "master data", 24, "Units do not convert, or convert two ways."),
    # Stock
    _case("PHANTOM_STOCK", "inventory control", 8, "Book stock that nobody finds."),
    _case("XFER_STUCK", "inventory control", 24, "Out leg, no in leg, past 1.5 x lead time."),
    _case("XFER_ONE_SIDED", "inventory control", 24, "In leg without out leg, or no movement."),
    _case("XFER_QTY_DIFF", "inventory control", 24, "Both legs of a transfer, quantities differ."),
    _case("NEG_STOCK", "inventory control", 16, "Quantity below zero in a state as of the run."),
    _case("LEDGER_SNAPSHOT_GAP", "inventory control", 16, "Ledger and snapshot differ."),
    _case("ILLEGAL_TRANSITION", "inventory control", 16, "Event between states it does not join."),
    _case("UNAPPROVED_TRANSITION", "inventory control", 16, "Guarded event without approval."),
    _case(
        "UNMAPPED_TYPE", "inventory control", 16, "Movement type that no rule turns into an event."
    ),
    _case("DUP_EVENT", "inventory control", 16, "One source transaction seen as two moves."),
    _case("COUNT_VARIANCE", "inventory control", 16, "Count differs from book over tolerance."),
    _case(
        "ADJ_UNPROPAGATED", "inventory control", 16, "Adjustment not in the other system in 4 h."
    ),
    _case("DOUBLE_COMMIT", "sales ops", 4, "More promised than is available."),
    _case("PROMISE_ON_THEORETICAL", "sales ops", 8, "Promised on supply not released yet."),
    _case("BUFFER_BREACH", "planning", 24, "A promise used safety stock against policy."),
    _case("OVERSTOCK_UNDERSTOCK", "planning", 40, "Excess at one site, shortage at another."),
    _case("RETURN_LIMBO", "quality", 40, "Return neither accepted nor refused in 7 days."),
    _case("HOLD_AGED", "quality", 40, "Stock on hold over 14 days."),
    _case("RTV_AGED", "quality", 40, "Stock waiting to go back to the vendor over 30 days."),
    _case("DAMAGE_NOT_VALUED", "finance", 40, "Damaged stock at full value over 30 days."),
    _case("SHADOW_UPDATE", "IT", 24, "One view changed without its partner event."),
    _case("SIGN_ODD", "billing", 24, "Negative quantity or price on an ordinary line."),
    _case("SERIAL_QTY", "inventory control", 16, "Serial number with a quantity other than one."),
    # Valuation
    _case("VALUATION_POLICY_CONFLICT", "finance", 24, "Two methods for one item on one date."),
    _case("SPECIFIC_ID_MISSING", "finance", 24, "Issue without the lot its cost hangs on."),
    _case("RETURN_UNLINKED", "finance", 24, "Return without its original issue, at current cost."),
    _case("BACKDATED_CLOSED", "finance", 24, "Event dated into a closed period."),
    _case("VALUE_WITHOUT_QTY", "finance", 24, "Value left where no quantity is, over the limit."),
    _case("QTY_WITHOUT_VALUE", "finance", 24, "Quantity that we own without value."),
    # Ledger
    _case(
        "RECEIPT_NOT_CAPITALISED", "AP / GL", 24, "Receipt without INV or GRIR entry after a day."
    ),
    _case("JOURNAL_UNBALANCED", "GL", 24, "Debits and credits of a journal differ."),
    _case("GRIR_AGED", "GL", 24, "GR/IR open over 90 days."),
    _case("MANUAL_JE_FORCE", "GL", 24, "Manual journal that only makes a difference vanish."),
    _case("CUTOFF_ERROR", "GL", 24, "Goods and entry fall into different periods."),
    _case("GL_DUPLICATE_POSTING", "GL", 24, "More than one entry for one expected entry."),
    _case("GL_WRONG_ACCOUNT", "GL", 24, "Document and amount match, the account role differs."),
    _case("GL_WRONG_PERIOD", "GL", 24, "Matched, posted in another period."),
    _case("GL_AMOUNT_COST", "GL", 24, "Matched, the amount differs by cost."),
    _case("GL_AMOUNT_QTY", "GL", 24, "Matched, the amount differs by quantity."),
    _case("GL_AMOUNT_FX", "GL", 24, "Matched, the amount differs by exchange rate."),
    _case("GL_AMOUNT_ROUND", "GL", 24, "Matched, the amount differs by rounding."),
    _case("GL_TIMING_UNPOSTED", "GL", 24, "Expected, not posted yet, within the posting limit."),
    _case("GL_MISSING_IN_GL", "GL", 24, "Expected, not posted, past the posting limit."),
    _case("GL_MANUAL_JOURNAL", "GL", 24, "Manual entry on a control account, no document."),
    _case("GL_MISSING_IN_SUBLEDGER", "GL", 24, "System entry without a movement behind it."),
    _case("GL_OPENING_DIFF", "GL", 24, "Difference carried from an earlier period."),
    _case("GL_UNEXPLAINED", "GL", 24, "What no class explains."),
    # Deliveries of data
    _case("FEED_LATE", "IT / vendor", 4, "No file by the time it was due."),
    _case("FEED_SCHEMA", "IT / vendor", 4, "Columns or types are not those agreed."),
    _case("FEED_DUP", "IT / vendor", 4, "The same business event delivered twice."),
    _case("FEED_GAP", "IT / vendor", 4, "A number is missing in the sequence."),
    _case("FEED_REJECT", "IT / vendor", 4, "Rows in quarantine."),
)

EXCEPTIONS = {exception.code: exception for exception in _EXCEPTIONS}
LEAKAGE_CATEGORIES = {category.code: category for category in _CATEGORIES}
EXCEPTION_CODES = tuple(EXCEPTIONS)
