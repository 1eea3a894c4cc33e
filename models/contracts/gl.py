"""The ledger and what the ERP itself believes."""

import polars as pl

from models.contracts import column
from models.contracts.conditions import not_negative
from models.contracts.fields import KEY, OPTIONAL, OPTIONAL_KEY, REQUIRED
from models.contracts.kernel import Extract, rule
from models.vocabulary.codes import PARTY_ROLES
from models.vocabulary.costing_methods import COSTING_METHOD_CODES


class GlJournalLine(
    Extract, control_qty="quantity", control_amount="amount", event_time="posting_date"
):
    """One row per journal line and ledger."""

    journal_id = column.text(KEY, "document/journal id (ADS Journal_ID)")
    journal_line = column.text(KEY, "line (ADS Journal_ID_Line_Number)")
    ledger = column.text(OPTIONAL_KEY, "parallel ledger; empty = leading")
    posting_date = column.date(REQUIRED, "ledger date (ADS Effective_Date)")
    document_date = column.date(OPTIONAL, "document date")
    fiscal_year = column.integer(REQUIRED, "year")
    fiscal_period = column.integer(REQUIRED, "period")
    account = column.text(REQUIRED, "GL account")
    amount = column.amount(
        OPTIONAL,
        "company currency, debit + / credit -; empty only where amount_txn is given and the rate is unknown",
    )
    debit_credit = column.code(
        OPTIONAL, ("debit", "credit"), "side, where the sign alone does not tell (negative debit)"
    )
    currency = column.text(REQUIRED, "company currency")
    amount_txn = column.amount(OPTIONAL, "transaction currency")
    currency_txn = column.text(OPTIONAL, "ISO 4217")
    quantity = column.quantity(OPTIONAL, "quantity on the line")
    uom = column.text(OPTIONAL, "unit")
    cost_center = column.text(OPTIONAL, "cost centre / business unit")
    location_code = column.text(OPTIONAL, "plant/warehouse")
    item_code = column.text(OPTIONAL, "SKU")
    party_code = column.text(OPTIONAL, "customer/supplier")
    party_role = column.code(OPTIONAL, PARTY_ROLES, "role of the party")
    source_module = column.code(
        OPTIONAL,
        ("AR", "AP", "INV", "PUR", "PROD", "CASH", "MANUAL", "OTHER"),
        "part of the ERP that made the entry",
    )
    journal_source = column.text(OPTIONAL, "native journal category of the system")
    source_doc_type = column.text(OPTIONAL, "origin document type")
    source_doc_id = column.text(OPTIONAL, "origin document")
    source_doc_line = column.text(OPTIONAL, "origin line")
    reference = column.text(OPTIONAL, "reference text")
    header_text = column.text(OPTIONAL, "text")
    line_text = column.text(OPTIONAL, "text")
    entered_at = column.timestamp(OPTIONAL, "entered")
    entered_by = column.text(OPTIONAL, "user")
    approved_by = column.text(OPTIONAL, "approver")
    posted_status = column.code(
        REQUIRED, ("posted", "unposted", "parked"), "only posted lines are in a balance"
    )
    is_manual = column.boolean(OPTIONAL, "manual journal")
    reversal_of = column.text(OPTIONAL, "reversed journal")
    batch_id = column.text(OPTIONAL, "batch")

    @rule
    def amount_is_given_in_one_currency(cls) -> pl.Expr:
        return pl.col("amount").is_not_null() | pl.col("amount_txn").is_not_null()

    @rule
    def fiscal_period_is_not_negative(cls) -> pl.Expr:
        return not_negative("fiscal_period")


class GlBalance(Extract, control_amount="closing", event_time="as_of_at"):
    """One row per account, period, ledger and segment."""

    fiscal_year = column.integer(KEY, "year")
    fiscal_period = column.integer(KEY, "period")
    account = column.text(KEY, "account")
    ledger = column.text(OPTIONAL_KEY, "parallel ledger; empty = leading")
    cost_center = column.text(OPTIONAL_KEY, "segment")
    location_code = column.text(OPTIONAL_KEY, "segment")
    opening = column.amount(REQUIRED, "opening, debit +")
    debit = column.amount(OPTIONAL, "period debits")
    credit = column.amount(OPTIONAL, "period credits")
    closing = column.amount(REQUIRED, "closing, debit +")
    currency = column.text(REQUIRED, "company currency")
    as_of_at = column.timestamp(OPTIONAL, "extraction time")

    @rule
    def fiscal_period_is_not_negative(cls) -> pl.Expr:
        return not_negative("fiscal_period")


class GlInventorySubledger(
    Extract, control_qty="qty", control_amount="value", event_time="as_of_date"
):
    """One row per item, location, lot and account in the stock value the ERP itself believes."""

    as_of_date = column.date(KEY, "date")
    item_code = column.text(KEY, "SKU")
    location_code = column.text(OPTIONAL_KEY, "plant/warehouse")
    lot_number = column.text(OPTIONAL_KEY, "batch")
    valuation_class = column.text(OPTIONAL, "class")
    cost_method = column.code(OPTIONAL, COSTING_METHOD_CODES, "how the ERP values the item")
    qty = column.quantity(REQUIRED, "valued quantity")
    uom = column.text(REQUIRED, "base unit")
    unit_cost = column.price(OPTIONAL, "cost")
    value = column.amount(REQUIRED, "value")
    value_posted_gl = column.amount(OPTIONAL, "part posted to GL")
    value_expected = column.amount(OPTIONAL, "expected (not yet invoiced) cost")
    account = column.text(OPTIONAL_KEY, "inventory account")
    currency = column.text(REQUIRED, "company currency")


class GlArOpenItem(Extract, control_amount="open_amount", event_time="as_of_date"):
    """One row per open customer item on a date."""

    as_of_date = column.date(KEY, "date")
    open_item_id = column.text(KEY, "id")
    customer_code = column.text(REQUIRED, "customer")
    document_type = column.code(
        REQUIRED, ("invoice", "credit", "cash", "adjustment"), "what kind of item"
    )
    invoice_number = column.text(OPTIONAL, "number")
    document_date = column.date(REQUIRED, "date")
    due_date = column.date(OPTIONAL, "due")
    original_amount = column.amount(OPTIONAL, "original")
    open_amount = column.amount(REQUIRED, "open, debit +")
    currency = column.text(REQUIRED, "ISO 4217")
    open_amount_company = column.amount(OPTIONAL, "company currency")
    dispute_flag = column.boolean(OPTIONAL, "disputed")
    dunning_level = column.integer(OPTIONAL, "level")
    last_dunning_date = column.date(OPTIONAL, "date")
    account = column.text(OPTIONAL, "control account")


class GlApOpenItem(Extract, control_amount="open_amount", event_time="as_of_date"):
    """One row per open supplier item on a date."""

    as_of_date = column.date(KEY, "as of")
    open_item_id = column.text(KEY, "id")
    supplier_code = column.text(REQUIRED, "supplier")
    document_type = column.code(
        REQUIRED, ("invoice", "credit", "payment", "adjustment"), "what kind of item"
    )
    invoice_number = column.text(OPTIONAL, "number")
    document_date = column.date(REQUIRED, "date")
    due_date = column.date(OPTIONAL, "due")
    original_amount = column.amount(OPTIONAL, "original")
    open_amount = column.amount(REQUIRED, "open")
    currency = column.text(REQUIRED, "ISO 4217")
    open_amount_company = column.amount(OPTIONAL, "company currency")
    account = column.text(OPTIONAL, "control account")
