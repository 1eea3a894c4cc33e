"""Frames of the warehouse to payments and items, and proposals back to frames.

Amounts are decimals with four places on either side and whole ten-thousandths in between.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

import polars as pl

from pipelines.engines.matching.cash import match_payments
from pipelines.engines.matching.cash_records import Item, Matched, Named, Payment, Policy

Schema = dict[str, pl.DataType | type[pl.DataType]]
PLACES = 4
AMOUNT = pl.Decimal(18, PLACES)
PROPOSAL: Schema = {
    "company_id": pl.String,
    "receipt_source_system": pl.String,
    "receipt_id": pl.String,
    "invoice_source_system": pl.String,
    "invoice_id": pl.String,
    "instalment": pl.Int64,
    "rule_code": pl.String,
    "currency": pl.String,
    "applied_amount": AMOUNT,
    "discount_amount": AMOUNT,
    "deduction_amount": AMOUNT,
    "deduction_reason": pl.String,
    "write_off_amount": AMOUNT,
}
VERDICT: Schema = {
    "company_id": pl.String,
    "receipt_source_system": pl.String,
    "receipt_id": pl.String,
    "outcome": pl.String,
    "unapplied_amount": AMOUNT,
    "note": pl.String,
}


def propose_cash(
    receipts: pl.DataFrame, references: pl.DataFrame, items: pl.DataFrame, policies: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Proposals and verdicts for the receipts with money that nobody has applied.

    The four frames are the tables int_cash__receipt, int_cash__reference, int_cash__open_item and
    int_cash__policy.
    """
    waiting = receipts.filter(pl.col("unapplied_amount_doc") > 0)
    matched = match_payments(
        _payments(waiting, references), _items(items) if waiting.height else [], _policies(policies)
    )
    proposals = [row for one in matched for row in _proposal_rows(one)]
    verdicts = [_verdict_row(one) for one in matched]
    return (
        pl.DataFrame(proposals, schema=PROPOSAL, orient="row"),
        pl.DataFrame(verdicts, schema=VERDICT, orient="row"),
    )


def whole(amount: Decimal | None) -> int:
    """A decimal amount as whole ten-thousandths."""
    return 0 if amount is None else int(amount.scaleb(PLACES))


def decimal(amount: int) -> Decimal:
    """Whole ten-thousandths as a decimal amount."""
    return Decimal(amount).scaleb(-PLACES)


def _payments(receipts: pl.DataFrame, references: pl.DataFrame) -> list[Payment]:
    named: dict[tuple[str, str, str], list[Named]] = defaultdict(list)
    for row in references.iter_rows(named=True):
        key = (row["company_id"], row["source_system"], row["receipt_id"])
        named[key].append(
            Named(
                row["invoice_ref"],
                whole(row["stated_amount_doc"]) or None,
                whole(row["discount_amount_doc"]),
                whole(row["deduction_amount_doc"]),
                row["deduction_reason"],
            )
        )
    return [
        Payment(
            row["company_id"],
            row["source_system"],
            row["receipt_id"],
            row["party_id"],
            row["currency"],
            row["value_date"],
            whole(row["unapplied_amount_doc"]),
            tuple(named[row["company_id"], row["source_system"], row["receipt_id"]]),
            row["remittance_text"] or "",
        )
        for row in receipts.iter_rows(named=True)
    ]


def _items(items: pl.DataFrame) -> list[Item]:
    return [
        Item(
            row["company_id"],
            row["source_system"],
            row["invoice_id"],
            row["instalment"],
            row["invoice_number"] or "",
            row["party_id"],
            row["currency"],
            row["due_date"],
            whole(row["open_amount_doc"]),
            whole(row["discount_amount_doc"]),
            row["discount_date"],
        )
        for row in items.iter_rows(named=True)
    ]


def _policies(policies: pl.DataFrame) -> dict[str, Policy]:
    return {
        row["company_id"]: Policy(
            tolerance=whole(row["tolerance"]),
            items=row["max_items"],
            steps=row["max_steps"],
            oldest_first=row["is_oldest_first"],
        )
        for row in policies.iter_rows(named=True)
    }


def _proposal_rows(matched: Matched) -> list[tuple[object, ...]]:
    payment = matched.payment
    return [
        (
            payment.company_id,
            payment.source_system,
            payment.receipt_id,
            one.item.source_system,
            one.item.invoice_id,
            one.item.instalment,
            one.rule.value,
            payment.currency,
            decimal(one.applied),
            decimal(one.discount),
            decimal(one.deduction),
            one.deduction_reason,
            decimal(one.write_off),
        )
        for one in matched.applications
    ]


def _verdict_row(matched: Matched) -> tuple[object, ...]:
    payment = matched.payment
    return (
        payment.company_id,
        payment.source_system,
        payment.receipt_id,
        matched.outcome.value,
        decimal(matched.unapplied),
        matched.note or None,
    )
