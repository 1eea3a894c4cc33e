"""What the costing engine reads. dbt builds these frames; nothing is delivered into them."""

import polars as pl

from models.contracts import column
from models.contracts.conditions import not_before, not_negative
from models.contracts.fields import KEY, OPTIONAL, OPTIONAL_KEY, REQUIRED
from models.contracts.kernel import Contract, rule
from models.vocabulary.codes import COST_EVENT_KINDS
from models.vocabulary.costing_methods import COSTING_METHOD_CODES


class CostEvent(Contract):
    """One row per event that changes the value of stock, and version of it that was delivered."""

    company_id = column.text(KEY, "legal entity")
    event_id = column.text(KEY, "name of the event within the company")
    version_number = column.integer(KEY, "1 for what was first known")
    item_id = column.text(REQUIRED, "gold item")
    movement_id = column.text(REQUIRED, "source id of the movement or paper")
    movement_line = column.text(OPTIONAL_KEY, "line of it")
    event_code = column.text(OPTIONAL, "stock event behind it")
    event_kind = column.code(REQUIRED, COST_EVENT_KINDS, "what it does to the value of stock")
    posting_date = column.date(REQUIRED, "local day")
    event_at = column.timestamp(REQUIRED, "when it happened")
    qty_base = column.quantity(REQUIRED, "pieces, 0 for a cost only")
    amount = column.amount(OPTIONAL, "what comes in from outside; empty leaves it to the rules")
    known_unit_cost = column.price(OPTIONAL, "cost of an item that was never received")
    linked_event_id = column.text(OPTIONAL_KEY, "receipt, issue or out leg that it follows")
    job_id = column.text(OPTIONAL_KEY, "kit or order that components and products share")
    lot_number = column.text(OPTIONAL_KEY, "serial, else lot")
    location_id = column.text(OPTIONAL_KEY, "gold location")
    is_on_the_way = column.boolean(REQUIRED, "owned before its pieces are here")
    known_at = column.timestamp(REQUIRED, "when this version became known")
    replaced_at = column.timestamp(OPTIONAL, "when another version or none took its place")

    @rule
    def pieces_are_not_negative(cls) -> pl.Expr:
        return not_negative("qty_base")

    @rule
    def a_version_is_not_replaced_before_it_is_known(cls) -> pl.Expr:
        return not_before("replaced_at", "known_at")


class CostPolicy(Contract):
    """One row per company, item, location, method and span: how its stock is valued."""

    company_id = column.text(KEY, "legal entity")
    item_id = column.text(KEY, "gold item")
    location_id = column.text(OPTIONAL_KEY, "one location; empty for all")
    costing_method = column.code(KEY, COSTING_METHOD_CODES, "how stock is valued")
    is_comparison = column.boolean(KEY, "also compute, never post")
    valid_from = column.date(KEY, "in force from")
    valid_to = column.date(REQUIRED, "in force to, inclusive")
    policy_id = column.text(REQUIRED, "policy row")
    cost_pool = column.text(REQUIRED, "company, location, lot")
    average_period = column.text(OPTIONAL, "day, month")
    negative_stock = column.text(REQUIRED, "true_up, keep_rate, reject")
    backdating = column.text(REQUIRED, "restate, correct_forward")
    late_cost = column.text(REQUIRED, "split, restate, expense")
    returned_layer = column.text(REQUIRED, "original, newest")
    rounding_residual = column.text(REQUIRED, "last_issue, separate_entry")
    same_day_order = column.text(REQUIRED, "receipts_first, by_time")
    currency_decimals = column.integer(REQUIRED, "decimals of the company's currency")


class StandardCost(Contract):
    """One row per item and day from which a standard cost holds."""

    company_id = column.text(KEY, "legal entity")
    item_id = column.text(KEY, "gold item")
    valid_from = column.date(KEY, "in force from")
    unit_cost = column.price(REQUIRED, "per base unit")


class CostPeriod(Contract):
    """One row per fiscal period of inventory."""

    company_id = column.text(KEY, "legal entity")
    fiscal_year = column.integer(KEY, "year")
    fiscal_period = column.integer(KEY, "period")
    start_date = column.date(REQUIRED, "first day")
    end_date = column.date(REQUIRED, "last day")
    closed_at = column.timestamp(OPTIONAL, "when it was closed; empty while it is open")
