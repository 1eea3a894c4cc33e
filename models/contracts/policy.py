"""Dated decisions of the business. Every result cites the row it used."""

import polars as pl

from models.contracts import column
from models.contracts.conditions import between, not_before, not_negative
from models.contracts.fields import KEY, OPTIONAL, OPTIONAL_KEY, REQUIRED
from models.contracts.kernel import Extract, rule
from models.vocabulary.account_roles import ACCOUNT_ROLE_CODES
from models.vocabulary.codes import (
    ABC_CLASSES,
    CHARGE_TYPES,
    FOB_POINTS,
    FREIGHT_TERMS,
    ORDER_TYPES,
    SERVICE_KINDS,
    SEVERITIES,
)
from models.vocabulary.costing_methods import COSTING_METHOD_CODES
from models.vocabulary.events import EVENT_CODES
from models.vocabulary.exceptions import EXCEPTION_CODES


class Policy(Extract, is_kind=True):
    """One row per decision and date from which it holds."""

    valid_from = column.date(KEY, "in force from")
    valid_to = column.date(OPTIONAL, "in force to, inclusive; null = open")
    approved_by = column.text(OPTIONAL, "approver")
    approved_at = column.timestamp(OPTIONAL, "when")
    note = column.text(OPTIONAL, "why")

    @rule
    def policy_ends_on_or_after_its_start(cls) -> pl.Expr:
        return not_before("valid_to", "valid_from")


class PolicyValuation(Policy):
    """One row per decision how a company, class or item is valued, and date from which it holds."""

    policy_id = column.text(KEY, "id")
    item_id = column.text(
        OPTIONAL, "one item; most specific match wins: item, then class, then company"
    )
    valuation_class = column.text(OPTIONAL, "item class")
    location_id = column.text(OPTIONAL, "one location")
    costing_method = column.code(REQUIRED, COSTING_METHOD_CODES, "how stock is valued")
    cost_pool = column.code(REQUIRED, ("company", "location", "lot"), "what shares one cost")
    average_period = column.code(OPTIONAL, ("day", "month"), "for periodic_average")
    negative_stock = column.code(
        REQUIRED,
        ("true_up", "keep_rate", "reject"),
        "what an issue without stock does: settle at the next receipt, keep the rate, refuse",
    )
    backdating = column.code(
        REQUIRED, ("restate", "correct_forward"), "a closed period is never restated"
    )
    late_cost = column.code(
        REQUIRED,
        ("split", "restate", "expense"),
        "what a cost after the issue does: split between stock and cost of sales, restate, expense",
    )
    returned_layer = column.code(
        REQUIRED, ("original", "newest"), "which layer a return goes back to"
    )
    rounding_residual = column.code(
        REQUIRED, ("last_issue", "separate_entry"), "where the last cent goes"
    )
    same_day_order = column.code(
        REQUIRED, ("receipts_first", "by_time"), "order of movements within a day"
    )
    is_comparison = column.boolean(OPTIONAL, "also compute, never post")


class PolicyBillingRule(Policy):
    """One row per decision what triggers an invoice line and when it is due, and date from which it holds."""

    billing_rule_id = column.text(KEY, "BR-SHIP, BR-PARTIAL, ... or the site's own")
    priority = column.integer(REQUIRED, "first match wins")
    party_code = column.text(OPTIONAL, "match")
    pod_required = column.boolean(OPTIONAL, "match customers who need a POD")
    order_type = column.code(OPTIONAL, ORDER_TYPES, "match")
    valuation_class = column.text(OPTIONAL, "match")
    fob_point = column.code(OPTIONAL, FOB_POINTS, "match")
    channel = column.text(OPTIONAL, "match")
    charge_type = column.code(OPTIONAL, CHARGE_TYPES, "match for charges")
    trigger = column.code(
        REQUIRED,
        (
            "ship",
            "deliver",
            "consume",
            "calendar",
            "bill_hold",
            "charge",
            "service",
            "supplier_ship",
            "never",
        ),
        "what makes the line billable",
    )
    due_hours = column.price(REQUIRED, "clock from trigger to due")
    clock = column.code(REQUIRED, ("business", "calendar"), "which hours count")
    grace_hours = column.price(REQUIRED, "after due, before it counts as unbilled")
    suppress_reason = column.text(OPTIONAL, "for trigger never")

    @rule
    def hours_are_not_negative(cls) -> pl.Expr:
        return not_negative("due_hours", "grace_hours")


class PolicyCharge(Policy):
    """One row per decision which charge goes with a shipment, and date from which it holds."""

    charge_rule_id = column.text(KEY, "id")
    charge_type = column.code(REQUIRED, CHARGE_TYPES, "which charge")
    party_code = column.text(OPTIONAL, "match")
    freight_terms = column.code(OPTIONAL, FREIGHT_TERMS, "match")
    hazmat_only = column.boolean(OPTIONAL, "match")
    basis = column.code(
        REQUIRED, ("fixed", "per_unit", "per_shipment", "cost_plus"), "how the charge is reckoned"
    )
    amount = column.price(OPTIONAL, "fixed or per unit")
    markup_pct = column.price(OPTIONAL, "for cost_plus")
    currency = column.text(REQUIRED, "ISO 4217")

    @rule
    def charge_that_is_not_cost_plus_has_an_amount(cls) -> pl.Expr:
        return (pl.col("basis") == "cost_plus") | pl.col("amount").is_not_null()


class PolicyPostingProfile(Policy):
    """One row per decision how the ledger is expected to post, and date from which it holds."""

    profile = column.code(
        REQUIRED,
        ("control_transfer", "sap_like", "netsuite_like", "d365fo_like", "bc_like", "periodic"),
        "what the ledger books when",
    )
    interim_receipts = column.boolean(REQUIRED, "receipts wait on INV_INTERIM until put away")
    transfer_cost = column.code(
        REQUIRED, ("capitalise", "expense"), "whether cost of a transfer goes into stock"
    )
    posting_sla_days = column.integer(REQUIRED, "timing class until then")
    returns_reserve = column.boolean(OPTIONAL, "expected returns are reserved at sale (E28)")

    @rule
    def posting_sla_is_not_negative(cls) -> pl.Expr:
        return not_negative("posting_sla_days")


class PolicyAccountRole(Policy):
    """One row per account role, class, location and channel with the account it posts to, and date from which it holds."""

    account_role = column.code(KEY, ACCOUNT_ROLE_CODES, "role")
    valuation_class = column.text(OPTIONAL_KEY, "narrows")
    location_id = column.text(OPTIONAL_KEY, "narrows")
    channel = column.text(OPTIONAL_KEY, "narrows")
    account = column.text(REQUIRED, "account number")


class PolicyTolerance(Policy):
    """One row per tolerance and what it narrows to, and date from which it holds."""

    tolerance = column.code(
        KEY,
        (
            "price_pct",
            "price_abs",
            "qty_abs",
            "qty_pct",
            "amount_abs",
            "gl_materiality",
            "gl_account",
            "count_pct_a",
            "count_pct_b",
            "count_pct_c",
            "cash_abs",
        ),
        "which tolerance",
    )
    scope = column.text(OPTIONAL_KEY, "account, class or party it narrows to")
    value = column.price(REQUIRED, "value; percentages in percent points")

    @rule
    def tolerance_is_not_negative(cls) -> pl.Expr:
        return not_negative("value")


class PolicyException(Policy):
    """One row per exception code with its owner and time limit, and date from which it holds."""

    code = column.code(KEY, EXCEPTION_CODES, "exception code")
    owner_role = column.text(REQUIRED, "who owns it")
    sla_hours = column.price(REQUIRED, "business hours")
    severity_floor = column.code(OPTIONAL, SEVERITIES, "severity it never falls below")
    enabled = column.boolean(REQUIRED, "off only with approved_by")

    @rule
    def time_limit_is_not_negative(cls) -> pl.Expr:
        return not_negative("sla_hours")

    @rule
    def switched_off_only_with_an_approver(cls) -> pl.Expr:
        return pl.col("enabled") | pl.col("approved_by").is_not_null()


class PolicyTransition(Policy):
    """One row per stock event with the approval it needs, and date from which it holds."""

    event_code = column.text(KEY, "E01..E59")
    requires_approval = column.boolean(REQUIRED, "approval needed")
    max_auto_value = column.amount(OPTIONAL, "above it approval is needed")
    approver_role = column.text(OPTIONAL, "role")
    evidence = column.text(OPTIONAL, "scan, POD, QC result")

    @rule
    def event_code_is_known(cls) -> pl.Expr:
        return pl.col("event_code").is_in(EVENT_CODES)

    @rule
    def automatic_limit_is_not_negative(cls) -> pl.Expr:
        return not_negative("max_auto_value")


class PolicyChannel(Policy):
    """One row per selling channel and location with its share of stock, and date from which it holds."""

    channel = column.text(KEY, "channel")
    location_id = column.text(OPTIONAL_KEY, "narrows")
    share_pct = column.price(OPTIONAL, "share of available")
    protected_qty = column.quantity(OPTIONAL, "kept for this channel")
    use_safety_buffer = column.boolean(REQUIRED, "safety stock leaves available")

    @rule
    def share_and_protected_quantity_are_not_negative(cls) -> pl.Expr:
        return not_negative("share_pct", "protected_qty")


class PolicyReplenishment(Policy):
    """One row per item, class or location with its service target and costs, and date from which it holds."""

    item_id = column.text(OPTIONAL_KEY, "one item")
    abc_class = column.code(OPTIONAL_KEY, ABC_CLASSES, "class")
    location_id = column.text(OPTIONAL_KEY, "one location")
    service_target = column.price(REQUIRED, "0..1")
    service_kind = column.code(REQUIRED, SERVICE_KINDS, "what the target measures")
    review_days = column.integer(REQUIRED, "review interval")
    holding_rate = column.price(REQUIRED, "per year on cost")
    order_cost = column.amount(OPTIONAL, "per order")
    stockout_cost = column.price(OPTIONAL, "per unit, for cost")
    unmet_demand = column.code(
        REQUIRED, ("lost", "backorder"), "what happens to demand without stock"
    )
    max_cover_days = column.integer(OPTIONAL, "cap")

    @rule
    def service_target_is_between_0_and_1(cls) -> pl.Expr:
        return between("service_target", 0, 1)

    @rule
    def days_and_rates_are_not_negative(cls) -> pl.Expr:
        return not_negative("review_days", "holding_rate", "max_cover_days")


class PolicyLane(Policy):
    """One row per lane between two locations, and date from which it holds."""

    from_location_id = column.text(KEY, "origin")
    to_location_id = column.text(KEY, "destination")
    cost_per_unit = column.price(OPTIONAL, "transport and handling")
    cost_per_shipment = column.amount(OPTIONAL, "fixed")
    lead_time_days = column.price(REQUIRED, "normal")
    capacity_units = column.quantity(OPTIONAL, "per review")

    @rule
    def lead_time_and_costs_are_not_negative(cls) -> pl.Expr:
        return not_negative("lead_time_days", "cost_per_unit", "cost_per_shipment")


class PolicyOverride(Policy):
    """One row per human decision that overrides a computed one, and date from which it holds."""

    override_id = column.text(KEY, "id")
    subject = column.code(
        REQUIRED,
        ("readiness", "exception", "match", "value"),
        "what kind of decision is overridden",
    )
    business_key = column.text(REQUIRED, "what it overrides")
    condition_code = column.text(OPTIONAL, "RC1..RC13")
    new_value = column.text(OPTIONAL, "value")
    reason = column.text(REQUIRED, "why")
    user_id = column.text(REQUIRED, "who")
    expires_at = column.timestamp(REQUIRED, "end")


class PolicyScope(Policy):
    """One row per part of the business that a pilot takes in or leaves out, and date from which it holds."""

    scope = column.text(KEY, "pilot name")
    include = column.boolean(KEY, "in or out")
    location_id = column.text(OPTIONAL_KEY, "narrows")
    category = column.text(OPTIONAL_KEY, "narrows")
    order_type = column.code(OPTIONAL_KEY, ORDER_TYPES, "narrows")
