"""Every truth file of the answer key beside the published table that should say the same.

A table that is not built yet is named with the columns promised for it, so that its line comes to
life on the day it is published.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal["qty", "amount", "word"]
When = Literal["up to date", "up to time", "on date", "at end", "changes", "last change"]


@dataclass(frozen=True, slots=True)
class Value:
    """A column of the truth file, the published column that answers it, and what it is.

    qty: as it is; amount: within the half cent that rounding to cents may take; word: text.
    """

    truth: str
    column: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Truth:
    """One comparison; rows of one key are summed on either side.

    key: column of the truth file -> published column. only: which published rows take part.
    when: rows up to the day or moment of the run; rows of its day; the one state at the end of the
    key; changes of a balance, compared on every day on which either side changes; or the last of
    these changes. absent_is_zero: nothing and a zero are the same. part: key column that splits
    the comparison into lines. told_as, published_as: select list that gives a side the columns of
    the key where it has them in another form. clock: published moment that the key has not as it is.
    """

    file: str
    table: str
    key: Mapping[str, str]
    values: tuple[Value, ...]
    when: When
    only: str = "true"
    only_columns: tuple[str, ...] = ()
    absent_is_zero: bool = False
    part: str = ""
    told_as: str = "*"
    published_as: str = "*"
    clock: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """Published columns without which nothing can be compared."""
        return (*self.key.values(), *self.only_columns)


def _same(*names: str, **renamed: str) -> dict[str, str]:
    return {"company_id": "company_id", **{name: name for name in names}, **renamed}


def _move(is_implied: str) -> str:
    """Select list of stock moves. The outside world has no places. A step that a site does not send
    is implied by one it does send: nobody but the truth knows its moment, so the day must do, and
    the source is that of another step."""
    places = ", ".join(
        f"case when {side}_state like 'EXT\\_%' escape '\\' then '' else {side}_location_id end"
        f" as {side}_location_id"
        for side in ("from", "to")
    )
    moment = "cast(event_at as timestamptz)"
    return (
        f"* replace ({places}, case when {is_implied} then '' else source_movement_id end"
        " as source_movement_id),"
        f" case when {is_implied} then date_trunc('day', {moment}) else {moment} end as moment_at,"
        f" case when {is_implied} then 'implied' else 'sent' end as step"
    )


_STOCK_CELL = ("location_id", "item_id", "stock_state")
_NOT_OUTSIDE = "stock_state not like 'EXT\\_%' escape '\\'"

TRUTHS = (
    Truth(
        file="truth_stock",
        table="fct_stock_position_daily",
        key=_same(*_STOCK_CELL, "date"),
        values=(Value("qty", "qty_base", "qty"),),
        when="changes",
        only=_NOT_OUTSIDE,
        absent_is_zero=True,
    ),
    Truth(
        file="truth_stock",
        table="fct_stock_position",
        key=_same(*_STOCK_CELL),
        values=(Value("qty", "qty_base", "qty"),),
        when="last change",
        only=_NOT_OUTSIDE,
        absent_is_zero=True,
    ),
    Truth(
        file="truth_move",
        table="fct_stock_move",
        key=_same(
            "step",
            "event_code",
            "moment_at",
            "item_id",
            "from_location_id",
            "from_state",
            "to_location_id",
            "to_state",
            "lot_number",
            "source_movement_id",
        ),
        values=(Value("qty", "qty_base", "qty"),),
        when="up to time",
        part="step",
        told_as=_move("coalesce(source_movement_id, '') = ''"),
        published_as=_move("is_derived"),
        clock="event_at",
    ),
    Truth(
        file="truth_cost_entry",
        table="fct_cost_entry",
        key=_same("costing_method", "item_id", "movement_id", "entry_kind", date="posting_date"),
        values=(
            Value("qty", "qty_base", "qty"),
            Value("cost_amount", "cost_amount", "amount"),
            Value("cogs_amount", "cogs_amount", "amount"),
        ),
        when="up to date",
        part="costing_method",
    ),
    Truth(
        file="truth_cost_layer",
        table="fct_cost_layer",
        key=_same("costing_method", "item_id", "layer_id"),
        values=(
            Value("qty_remaining", "qty_remaining", "qty"),
            Value("value_remaining", "value_remaining", "amount"),
        ),
        when="at end",
        absent_is_zero=True,
        part="costing_method",
    ),
    # The truth names the source document, the promised columns a movement or an invoice: the day,
    # the event, the account, the item and the place make the cell.
    Truth(
        file="truth_journal",
        table="fct_expected_journal_line",
        key=_same(
            "posting_date",
            "event_code",
            "account_role",
            "item_id",
            "location_id",
            account="account_code",
        ),
        values=(Value("amount", "expected_amount", "amount"),),
        when="up to date",
        only="line_purpose = 'event'",
        only_columns=("line_purpose",),
        absent_is_zero=True,
    ),
    Truth(
        file="truth_ledger",
        table="fct_gl_tieout",
        key=_same(date="period_end_date", account="account_code"),
        values=(Value("closing_amount", "actual_amount", "amount"),),
        when="up to date",
        only="actual_amount is not null",
        absent_is_zero=True,
    ),
    Truth(
        file="truth_subledger",
        table="fct_gl_tieout",
        key=_same(date="period_end_date", account="account_code"),
        values=(Value("expected_amount", "expected_amount", "amount"),),
        when="up to date",
        only="expected_amount is not null",
        absent_is_zero=True,
    ),
    Truth(
        file="truth_availability",
        table="mart_availability",
        key=_same("date", "location_id", "item_id"),
        values=tuple(
            Value(name, name, "qty")
            for name in ("available_now", "on_hand", "reserved", "protected")
        ),
        when="on date",
        only="channel = '*'",
        only_columns=("channel",),
        absent_is_zero=True,
    ),
    Truth(
        file="truth_receivables",
        table="fct_ar_item",
        key=_same("invoice_id"),
        values=(
            Value("open_amount", "open_amount_doc", "amount"),
            Value("due_date", "due_date", "word"),
        ),
        when="on date",
        only="open_amount_doc <> 0",
        only_columns=("open_amount_doc",),
        absent_is_zero=True,
    ),
    Truth(
        file="truth_demand",
        table="fct_demand",
        key=_same("date", "location_id", "item_id"),
        values=(Value("qty", "demand_qty", "qty"),),
        when="up to date",
        absent_is_zero=True,
    ),
    Truth(
        file="truth_billing",
        table="fct_expected_billing",
        key=_same(
            "shipment_id",
            "shipment_line",
            "order_id",
            "order_line",
            "billable_event_id",
            "line_kind",
        ),
        values=(
            Value("qty", "expected_qty", "qty"),
            Value("amount", "expected_amount", "amount"),
            Value("billing_state", "billing_state", "word"),
        ),
        when="at end",
        # the key tells what became of a line up to its invoice; later states are told apart here
        published_as="* replace (case when billing_state in ('disputed', 'paid') then 'billed'"
        " when billing_state = 'exported' then 'ready' else billing_state end as billing_state)",
    ),
)
