"""What the costing engine hands back by the front door, as part of dbt source `computed`."""

import polars as pl

from models.contracts import column
from models.contracts.conditions import not_before, not_negative
from models.contracts.fields import KEY, OPTIONAL, OPTIONAL_KEY, REQUIRED
from models.contracts.kernel import Contract, rule
from models.vocabulary.codes import COST_ENTRY_KINDS, COST_FLAGS
from models.vocabulary.costing_methods import COSTING_METHOD_CODES


class CostEntry(Contract):
    """One row per value event of one movement under one costing method.

    Cost, expense and what stays unexplained add up to what came from outside: an issue to nothing,
    a receipt to what was paid. Sums by posting date are the books as posted, sums by valuation date
    the books as they would be, had everything been known in time.
    """

    company_id = column.text(KEY, "legal entity")
    costing_method = column.code(KEY, COSTING_METHOD_CODES, "how stock is valued")
    item_id = column.text(KEY, "gold item")
    cost_pool_id = column.text(KEY, "* for the whole company, else the location or the lot")
    entry_number = column.integer(KEY, "order of entries within the item")
    is_policy_method = column.boolean(REQUIRED, "the method that posts; else a comparison")
    policy_id = column.text(REQUIRED, "policy row in force")
    event_id = column.text(OPTIONAL_KEY, "value event; empty for a change of standard")
    movement_id = column.text(OPTIONAL_KEY, "source id of the movement or paper")
    movement_line = column.text(OPTIONAL_KEY, "line of it")
    event_code = column.text(OPTIONAL, "stock event behind it")
    entry_kind = column.code(REQUIRED, COST_ENTRY_KINDS, "what the entry is")
    posting_date = column.date(REQUIRED, "day on which it is booked")
    valuation_date = column.date(REQUIRED, "day to which it belongs")
    qty_base = column.quantity(REQUIRED, "signed change of stock")
    cost_amount = column.amount(REQUIRED, "signed change of stock value")
    cogs_amount = column.amount(REQUIRED, "charged (+) to profit and loss by the same event")
    unexplained_amount = column.amount(
        REQUIRED, "paid, and neither in stock nor in expense: negative stock that keeps its rate"
    )
    unit_cost = column.price(OPTIONAL, "value per unit of the entry")
    layer_id = column.text(OPTIONAL, "receipt of the layer, the first one where there are several")
    caused_by_event_id = column.text(OPTIONAL, "event whose cost it corrects or follows")
    caused_by_movement_id = column.text(OPTIONAL, "its movement")
    location_id = column.text(OPTIONAL, "gold location of the event")
    lot_number = column.text(OPTIONAL, "lot or serial of the event")
    is_backdated_closed = column.boolean(REQUIRED, "effect of an event dated into a closed period")

    @rule
    def what_is_restated_belongs_to_an_earlier_day(cls) -> pl.Expr:
        earlier = pl.col("valuation_date") < pl.col("posting_date")
        return ~pl.col("is_backdated_closed") | earlier


class CostLayer(Contract):
    """One row per layer with something left, or the one row of an average or standard pool.

    Pieces that are owed to an issue stand below zero, under the name of the issue.
    """

    company_id = column.text(KEY, "legal entity")
    costing_method = column.code(KEY, COSTING_METHOD_CODES, "how stock is valued")
    item_id = column.text(KEY, "gold item")
    cost_pool_id = column.text(KEY, "* for the whole company, else the location or the lot")
    layer_number = column.integer(KEY, "order of layers in the pool")
    is_policy_method = column.boolean(REQUIRED, "the method that posts; else a comparison")
    policy_id = column.text(REQUIRED, "policy row in force")
    layer_id = column.text(OPTIONAL_KEY, "movement of the receipt; empty for the row of a pool")
    received_at = column.timestamp(OPTIONAL, "when the receipt came")
    qty_received = column.quantity(REQUIRED, "pieces that came with it")
    qty_remaining = column.quantity(REQUIRED, "pieces left, below zero where they are owed")
    unit_cost = column.price(OPTIONAL, "value per unit left")
    value_remaining = column.amount(REQUIRED, "value left")
    is_on_the_way = column.boolean(REQUIRED, "ours and not received yet")


class CostFlag(Contract):
    """One row per event that valuation itself finds odd."""

    company_id = column.text(KEY, "legal entity")
    costing_method = column.code(KEY, COSTING_METHOD_CODES, "how stock is valued")
    item_id = column.text(KEY, "gold item")
    event_id = column.text(KEY, "value event")
    code = column.code(KEY, COST_FLAGS, "what is odd")
    is_policy_method = column.boolean(REQUIRED, "the method that posts; else a comparison")
    policy_id = column.text(REQUIRED, "policy row in force")
    movement_id = column.text(REQUIRED, "source id of the movement or paper")
    posting_date = column.date(REQUIRED, "day on which it is booked")
    qty_base = column.quantity(REQUIRED, "pieces that are concerned")
    amount = column.amount(REQUIRED, "value that is concerned")

    @rule
    def pieces_are_not_negative(cls) -> pl.Expr:
        return not_negative("qty_base")


class CostClosedPeriod(Contract):
    """One row per closed period and costing method, with the hash of its entries as posted."""

    company_id = column.text(KEY, "legal entity")
    costing_method = column.code(KEY, COSTING_METHOD_CODES, "how stock is valued")
    is_policy_method = column.boolean(KEY, "the method that posts; else a comparison")
    fiscal_year = column.integer(KEY, "year")
    fiscal_period = column.integer(KEY, "period")
    start_date = column.date(REQUIRED, "first day")
    end_date = column.date(REQUIRED, "last day")
    closed_at = column.timestamp(REQUIRED, "when it was closed")
    entry_count = column.integer(REQUIRED, "entries posted in it")
    cost_amount = column.amount(REQUIRED, "change of stock value posted in it")
    cogs_amount = column.amount(REQUIRED, "expense posted in it")
    closed_period_hash = column.text(REQUIRED, "hash of the entries; a later one must be equal")

    @rule
    def period_does_not_end_before_it_starts(cls) -> pl.Expr:
        return not_before("end_date", "start_date")
