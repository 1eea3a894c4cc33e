"""What people and runs noted about our own answers; it outlives every build of the warehouse."""

import polars as pl

from models.contracts import column
from models.contracts.conditions import not_negative
from models.contracts.fields import KEY, OPTIONAL, REQUIRED
from models.contracts.kernel import Contract, rule
from models.vocabulary.codes import (
    EXCEPTION_ACTIONS,
    EXCEPTION_RESOLUTIONS,
    EXCEPTION_STATUSES,
)
from models.vocabulary.exceptions import EXCEPTION_CODES


class ExceptionEvent(Contract):
    """One row per thing done to an exception, by a person or by a run; written once, never changed.

    What a run notes carries the exception as it stood, so that a problem that is gone can be shown.
    """

    seq = column.integer(KEY, "order in which it was written")
    exception_id = column.text(REQUIRED, "the exception")
    company_id = column.text(REQUIRED, "legal entity")
    action = column.code(REQUIRED, EXCEPTION_ACTIONS, "what was done")
    noted_at = column.timestamp(REQUIRED, "when it was written")
    as_of_at = column.timestamp(REQUIRED, "moment of the figures on which it was done")
    actor = column.text(REQUIRED, "who; run for a run")
    role = column.text(OPTIONAL, "role in which a person did it")
    status = column.code(OPTIONAL, EXCEPTION_STATUSES, "status that it gives")
    assigned_to = column.text(OPTIONAL, "person it was given to")
    resolution = column.code(OPTIONAL, EXCEPTION_RESOLUTIONS, "how it ended")
    note = column.text(OPTIONAL, "comment or reason, in words")
    exposure_amount = column.amount(OPTIONAL, "at stake then, company currency")
    code = column.code(OPTIONAL, EXCEPTION_CODES, "what is wrong")
    business_key = column.text(OPTIONAL, "what it is about")
    root_exception_id = column.text(OPTIONAL, "the problem it follows from")
    party_id = column.text(OPTIONAL, "gold party")
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
    movement_id = column.text(OPTIONAL, "stock movement")
    transfer_id = column.text(OPTIONAL, "transfer")
    receipt_id = column.text(OPTIONAL, "receipt")
    count_id = column.text(OPTIONAL, "count")
    purchase_order_id = column.text(OPTIONAL, "purchase order")
    first_event_at = column.timestamp(OPTIONAL, "when the problem began")
    detected_at = column.timestamp(OPTIONAL, "when the data first showed it")
    exposure_basis = column.text(OPTIONAL, "how the exposure was reckoned")
    rule_id = column.text(OPTIONAL, "rule that found it")
    evidence = column.text(OPTIONAL, "figures behind it, JSON")

    @rule
    def what_a_run_detects_is_described(cls) -> pl.Expr:
        described = pl.all_horizontal(
            pl.col(name).is_not_null() for name in ("code", "business_key", "exposure_amount")
        )
        return ~pl.col("action").is_in(["detected", "reopened"]) | described

    @rule
    def an_end_says_how(cls) -> pl.Expr:
        return (pl.col("status") != "resolved").fill_null(True) | pl.col("resolution").is_not_null()

    @rule
    def exposure_is_not_negative(cls) -> pl.Expr:
        return not_negative("exposure_amount")


class HandedLine(Contract):
    """One row per billing line handed over, under the key that is never handed over again."""

    rtb_key = column.text(
        KEY, "key of the line: its content and, in a correction, what it corrects"
    )
    content_key = column.text(REQUIRED, "hash of company, trigger, line, quantity and price")
    expected_billing_id = column.text(REQUIRED, "the expected line")
    company_id = column.text(REQUIRED, "legal entity")
    seq = column.integer(REQUIRED, "order in which it was written")
    handed_at = column.timestamp(REQUIRED, "when it was handed over")
    as_of_at = column.timestamp(REQUIRED, "moment of the figures it was handed over with")
    batch = column.text(REQUIRED, "folder of the batch it went out with")
    qty = column.quantity(REQUIRED, "handed over to be billed; 0 takes the line back")
    net_amount_doc = column.amount(REQUIRED, "net of the line, document currency")
    supersedes_key = column.text(OPTIONAL, "key of the line that it corrects")

    @rule
    def a_line_does_not_correct_itself(cls) -> pl.Expr:
        return (pl.col("supersedes_key") != pl.col("rtb_key")).fill_null(True)
