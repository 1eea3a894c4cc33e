"""Files for the systems that act on our answers. Their columns are a promise."""

import polars as pl

from models.contracts import column
from models.contracts.conditions import not_negative
from models.contracts.fields import KEY, OPTIONAL, REQUIRED
from models.contracts.kernel import Contract, rule
from models.vocabulary.account_roles import ACCOUNT_ROLE_CODES
from models.vocabulary.codes import CASH_RULES, ESCALATIONS, EXCEPTION_STATUSES, SEVERITIES
from models.vocabulary.exceptions import EXCEPTION_CODES


class Exceptions(Contract):
    """One row per open exception."""

    exception_id = column.text(KEY, "the same in every run that sees the problem")
    code = column.code(REQUIRED, EXCEPTION_CODES, "what is wrong")
    severity = column.code(REQUIRED, SEVERITIES, "by exposure and age")
    status = column.code(REQUIRED, EXCEPTION_STATUSES, "how far it is dealt with")
    root_exception_id = column.text(OPTIONAL, "the problem it follows from")
    business_key = column.text(REQUIRED, "what it is about")
    company_id = column.text(REQUIRED, "legal entity")
    customer_code = column.text(OPTIONAL, "customer")
    item_id = column.text(OPTIONAL, "gold item")
    location_id = column.text(OPTIONAL, "gold location")
    order_id = column.text(OPTIONAL, "customer order")
    order_line = column.text(OPTIONAL, "line of it")
    shipment_id = column.text(OPTIONAL, "shipment")
    shipment_line = column.text(OPTIONAL, "line of it")
    invoice_id = column.text(OPTIONAL, "customer invoice")
    invoice_line = column.text(OPTIONAL, "line of it")
    journal_id = column.text(OPTIONAL, "journal")
    journal_line = column.text(OPTIONAL, "line of it")
    detected_at = column.timestamp(REQUIRED, "when a run first saw it")
    first_event_at = column.timestamp(OPTIONAL, "when it began")
    age_hours = column.quantity(OPTIONAL, "hours since it began")
    sla_due_at = column.timestamp(OPTIONAL, "when it should be dealt with")
    escalation = column.code(REQUIRED, ESCALATIONS, "who has to hear of it now")
    owner_role = column.text(REQUIRED, "whose it is")
    assigned_to = column.text(OPTIONAL, "person who has it")
    exposure_amount = column.amount(OPTIONAL, "what is at stake")
    currency = column.text(OPTIONAL, "ISO 4217")
    exposure_basis = column.text(OPTIONAL, "how the exposure was reckoned")
    evidence_json = column.text(OPTIONAL, "figures and rows behind it")
    rule_id = column.text(OPTIONAL, "rule that found it")
    config_version = column.text(OPTIONAL, "policies in force")
    priority_score = column.price(OPTIONAL, "rank among the open ones")
    model_version = column.text(OPTIONAL, "what ranked it")


class ReadyToBill(Contract):
    """One row per invoice line that is ready to be billed and was not handed over before.

    Amounts are in the currency of the customer, before tax.
    """

    rtb_key = column.text(KEY, "content key; the same key is never handed over twice")
    supersedes_key = column.text(OPTIONAL, "key that this line corrects")
    company_id = column.text(REQUIRED, "legal entity")
    bill_to_code = column.text(OPTIONAL, "payer")
    customer_po = column.text(OPTIONAL, "customer reference")
    order_id = column.text(OPTIONAL, "customer order")
    order_line = column.text(OPTIONAL, "line of it")
    shipment_id = column.text(OPTIONAL, "shipment")
    shipment_line = column.text(OPTIONAL, "line of it")
    billable_event_id = column.text(OPTIONAL, "trigger that is no shipment")
    trigger_rule = column.text(REQUIRED, "billing rule that fired")
    trigger_at = column.timestamp(REQUIRED, "when it fired")
    due_by_at = column.timestamp(REQUIRED, "when the invoice is due")
    line_type = column.text(REQUIRED, "goods or which charge")
    item_code = column.text(OPTIONAL, "item")
    description = column.text(OPTIONAL, "text for the invoice")
    qty = column.quantity(REQUIRED, "to bill; 0 takes a line back that was handed over before")
    uom = column.text(OPTIONAL, "unit")
    unit_price = column.price(OPTIONAL, "net price of a unit")
    discount = column.amount(OPTIONAL, "discount of the line")
    net_amount = column.amount(REQUIRED, "net of the line")
    tax_code = column.text(OPTIONAL, "tax")
    currency = column.text(REQUIRED, "ISO 4217")
    terms = column.text(OPTIONAL, "payment terms")
    price_source = column.text(OPTIONAL, "where the price comes from")
    group_key = column.text(REQUIRED, "lines of one key make one invoice")
    pod_ref = column.text(OPTIONAL, "proof of delivery")
    created_at = column.timestamp(REQUIRED, "as of which run")


class ProposedJournals(Contract):
    """One row per line of a proposed journal entry."""

    proposal_key = column.text(KEY, "content key of the entry")
    line = column.integer(KEY, "line of the entry")
    company_id = column.text(REQUIRED, "legal entity")
    posting_date = column.date(REQUIRED, "ledger date")
    fiscal_year = column.integer(REQUIRED, "year")
    fiscal_period = column.integer(REQUIRED, "period")
    account = column.text(REQUIRED, "account to post to")
    account_role = column.code(REQUIRED, ACCOUNT_ROLE_CODES, "what the account is for")
    debit = column.amount(REQUIRED, "debit, not negative")
    credit = column.amount(REQUIRED, "credit, not negative")
    currency = column.text(REQUIRED, "company currency")
    cost_center = column.text(OPTIONAL, "cost centre")
    location_id = column.text(OPTIONAL, "gold location")
    item_id = column.text(OPTIONAL, "gold item")
    party_code = column.text(OPTIONAL, "customer or supplier")
    text = column.text(OPTIONAL, "line text")
    reason_class = column.text(REQUIRED, "class of the reconciling item")
    exception_ids = column.text(OPTIONAL, "exceptions it settles, comma between")
    reverse_on = column.date(OPTIONAL, "day to reverse it")
    status = column.text(REQUIRED, "proposed, until somebody posts it")
    prepared_by = column.text(REQUIRED, "who or what prepared it")
    approved_by = column.text(OPTIONAL, "approver")

    @rule
    def line_is_a_debit_or_a_credit(cls) -> pl.Expr:
        return (pl.col("debit") == 0) != (pl.col("credit") == 0)

    @rule
    def debit_and_credit_are_not_negative(cls) -> pl.Expr:
        return not_negative("debit", "credit")


class ReorderPoints(Contract):
    """One row per item and location that is planned."""

    company_id = column.text(KEY, "legal entity")
    item_id = column.text(KEY, "gold item")
    location_id = column.text(KEY, "gold location")
    rop = column.quantity(REQUIRED, "order when the position is at or below it")
    safety_stock = column.quantity(OPTIONAL, "part of it that covers uncertainty")
    order_qty = column.quantity(REQUIRED, "to order now; zero while the position is above")
    advised_rop = column.quantity(
        OPTIONAL, "what the forecast advised; none where it had no advice"
    )
    advised_safety_stock = column.quantity(OPTIONAL, "part of it that covers uncertainty")
    advised_order_qty = column.quantity(OPTIONAL, "what the advice alone would order")
    override_ids = column.text(OPTIONAL, "overrides of planners in force for this line")
    override_reason = column.text(OPTIONAL, "who said what instead, why, and who approved it")
    override_expires_at = column.timestamp(OPTIONAL, "when the first of them ends")
    position = column.quantity(REQUIRED, "on hand, on the way and on order, less reserved")
    forecast_mean = column.quantity(OPTIONAL, "expected demand over the interval to be covered")
    forecast_q50 = column.quantity(OPTIONAL, "demand not exceeded in half of the cases")
    forecast_q90 = column.quantity(OPTIONAL, "demand not exceeded in nine of ten cases")
    lead_time_days = column.price(OPTIONAL, "mean days from order to stock")
    service_target = column.price(REQUIRED, "share, 0..1")
    policy_version = column.text(KEY, "policies in force")
    reason = column.text(REQUIRED, "how the figures came about, in a sentence")

    @rule
    def order_quantity_is_not_negative(cls) -> pl.Expr:
        return not_negative("order_qty")

    @rule
    def a_figure_that_is_not_the_advice_names_its_override(cls) -> pl.Expr:
        as_advised = pl.lit(True)
        for name in ("rop", "order_qty"):
            as_advised &= pl.col(name).eq_missing(pl.col(f"advised_{name}"))
        return as_advised | pl.col("override_ids").is_not_null()


class TransferAdvice(Contract):
    """One row per item and pair of places between which goods should move."""

    company_id = column.text(KEY, "legal entity")
    item_id = column.text(KEY, "gold item")
    from_location_id = column.text(KEY, "place that can spare it")
    to_location_id = column.text(KEY, "place that will need it")
    qty = column.quantity(REQUIRED, "to move")
    benefit_amount = column.amount(REQUIRED, "saving less cost, company currency")
    cost_amount = column.amount(REQUIRED, "freight and handling")
    saving_amount = column.amount(REQUIRED, "margin kept and carrying cost avoided")
    latest_ship_date = column.date(REQUIRED, "when it has to leave")
    stockout_date = column.date(OPTIONAL, "when the receiver runs out without it")
    policy_version = column.text(KEY, "policies in force")
    forecast_version = column.text(REQUIRED, "data and models behind the figure")
    reason = column.text(REQUIRED, "why, in a sentence")

    @rule
    def something_moves_and_pays(cls) -> pl.Expr:
        return (pl.col("qty") > 0) & (pl.col("benefit_amount") > 0)


class Availability(Contract):
    """One row per item, location, channel and date that can be promised."""

    company_id = column.text(KEY, "legal entity")
    item_id = column.text(KEY, "gold item")
    location_id = column.text(KEY, "gold location")
    channel = column.text(KEY, "sales channel; * for all without a row of their own")
    date = column.date(KEY, "today, or a later day on which something changes")
    atp_now = column.quantity(REQUIRED, "to promise from the shelf; zero where it is overdrawn")
    atp_projected = column.quantity(REQUIRED, "to promise for the date; zero where overdrawn")
    on_hand = column.quantity(REQUIRED, "free on the shelf")
    reserved = column.quantity(REQUIRED, "reserved, picked or packed")
    qc_hold = column.quantity(REQUIRED, "waiting for inspection")
    inbound_confirmed = column.quantity(REQUIRED, "notices, transfers and orders, here by the date")
    safety_buffer = column.quantity(REQUIRED, "safety stock that the channel must leave alone")
    as_of_at = column.timestamp(REQUIRED, "as of which run")
    data_watermark_at = column.timestamp(REQUIRED, "how far the data reaches")

    @rule
    def nothing_below_zero_is_promised(cls) -> pl.Expr:
        return not_negative("atp_now", "atp_projected")


class CashApplications(Contract):
    """One row per payment and invoice that it is proposed to settle."""

    company_id = column.text(KEY, "legal entity")
    receipt_id = column.text(KEY, "payment")
    invoice_id = column.text(KEY, "invoice or credit")
    invoice_number = column.text(OPTIONAL, "legal number")
    customer_code = column.text(OPTIONAL, "customer")
    rule_code = column.code(REQUIRED, CASH_RULES, "R1 named, R2 exact, R3 one subset, R4 oldest")
    value_date = column.date(REQUIRED, "day on which the money was there")
    currency = column.text(REQUIRED, "ISO 4217; of all amounts of the row")
    applied_amount = column.amount(REQUIRED, "of the money; credits with a minus")
    discount_amount = column.amount(REQUIRED, "cash discount inside the terms")
    deduction_amount = column.amount(REQUIRED, "short of the invoice, which stays open for it")
    deduction_reason = column.text(OPTIONAL, "why it is short")
    write_off_amount = column.amount(REQUIRED, "within the tolerance")
    as_of_at = column.timestamp(REQUIRED, "as of which run")

    @rule
    def discount_and_deduction_are_not_negative(cls) -> pl.Expr:
        return not_negative("discount_amount", "deduction_amount")


class Dunning(Contract):
    """One row per customer invoice, or part of it, that should be dunned, and level."""

    company_id = column.text(KEY, "legal entity")
    invoice_id = column.text(KEY, "invoice")
    instalment = column.integer(KEY, "part of the invoice; 0 for the whole")
    dunning_level = column.integer(KEY, "0 reminder, 1 to 3 notices, 4 legal")
    level_name = column.text(REQUIRED, "what the level is called")
    invoice_number = column.text(OPTIONAL, "legal number")
    customer_code = column.text(OPTIONAL, "who pays")
    due_date = column.date(REQUIRED, "due")
    days_late = column.integer(REQUIRED, "days past due; with a minus before")
    level_date = column.date(REQUIRED, "day on which the level was reached")
    currency = column.text(REQUIRED, "ISO 4217")
    amount = column.amount(REQUIRED, "open and not disputed")
    as_of_at = column.timestamp(REQUIRED, "as of which run")


class DisputePacks(Contract):
    """One row per open dispute; its whole context lies beside as JSON and as a page."""

    company_id = column.text(KEY, "legal entity")
    dispute_id = column.text(KEY, "dispute")
    owner_role = column.text(REQUIRED, "who answers it")
    reason_code = column.text(REQUIRED, "why")
    customer_code = column.text(OPTIONAL, "customer")
    invoice_id = column.text(OPTIONAL, "invoice")
    invoice_line = column.text(OPTIONAL, "line of it")
    order_id = column.text(OPTIONAL, "customer order")
    order_line = column.text(OPTIONAL, "line of it")
    shipment_id = column.text(OPTIONAL, "shipment")
    shipment_line = column.text(OPTIONAL, "line of it")
    amount = column.amount(REQUIRED, "disputed")
    currency = column.text(REQUIRED, "ISO 4217")
    opened_at = column.timestamp(REQUIRED, "opened")
    pod_ref = column.text(OPTIONAL, "proof of delivery")
    price_source = column.text(OPTIONAL, "where the expected price comes from")
    as_of_at = column.timestamp(REQUIRED, "as of which run")
