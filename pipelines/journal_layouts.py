"""Proposed journals in the columns that ledgers import: SAP, NetSuite, Dynamics 365, Business Central.

Each layout is the generic file under other names; the key of the proposal stands where the ledger
keeps a reference, so that the posted entry comes back with it and the item closes. The layouts are
starters: a site's own template may want more columns, and its own names for its dimensions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import polars as pl

Layout = Callable[[pl.DataFrame], pl.DataFrame]


def sap(lines: pl.DataFrame) -> pl.DataFrame:
    """Columns of a journal entry upload: one signed side per line, assignment is the key."""
    return lines.select(
        pl.col("company_id").alias("Company Code"),
        pl.lit("SA").alias("Document Type"),
        pl.col("posting_date").alias("Posting Date"),
        pl.col("posting_date").alias("Document Date"),
        pl.col("currency").alias("Currency"),
        pl.col("account").alias("G/L Account"),
        _side("S", "H").alias("Debit/Credit"),
        _amount().alias("Amount"),
        pl.col("cost_center").alias("Cost Center"),
        pl.col("proposal_key").alias("Assignment"),
        pl.col("text").alias("Item Text"),
        pl.col("reverse_on").alias("Reversal Date"),
    )


def netsuite(lines: pl.DataFrame) -> pl.DataFrame:
    """Columns of a journal CSV import: debit and credit apart, external id is the key."""
    return lines.select(
        pl.col("proposal_key").alias("External ID"),
        pl.col("posting_date").alias("Date"),
        pl.col("company_id").alias("Subsidiary"),
        pl.col("currency").alias("Currency"),
        pl.col("account").alias("Account"),
        pl.col("debit").alias("Debit"),
        pl.col("credit").alias("Credit"),
        pl.concat_str("text", "proposal_key", separator=" ").alias("Memo"),
        pl.col("location_id").alias("Location"),
        pl.col("reverse_on").alias("Reversal Date"),
    )


def dynamics_365(lines: pl.DataFrame) -> pl.DataFrame:
    """Columns of LedgerJournalEntity: document number is the key."""
    return lines.select(
        pl.col("company_id").alias("DataAreaId"),
        pl.lit("TIEOUT").alias("JournalBatchNumber"),
        pl.int_range(1, pl.len() + 1).alias("LineNumber"),
        pl.col("posting_date").alias("TransDate"),
        pl.col("account").alias("AccountDisplayValue"),
        pl.col("debit").alias("DebitAmount"),
        pl.col("credit").alias("CreditAmount"),
        pl.col("currency").alias("CurrencyCode"),
        pl.col("text").alias("Text"),
        pl.col("proposal_key").alias("DocumentNum"),
        pl.when(pl.col("reverse_on").is_null())
        .then(pl.lit("No"))
        .otherwise(pl.lit("Yes"))
        .alias("ReverseEntry"),
        pl.col("reverse_on").alias("ReverseDate"),
    )


def business_central(lines: pl.DataFrame) -> pl.DataFrame:
    """Columns of a general journal: amounts signed, external document number is the key."""
    return lines.select(
        pl.lit("TIEOUT").alias("Journal Batch Name"),
        pl.col("posting_date").alias("Posting Date"),
        pl.col("proposal_key").alias("Document No."),
        pl.lit("G/L Account").alias("Account Type"),
        pl.col("account").alias("Account No."),
        (pl.col("debit") - pl.col("credit")).alias("Amount"),
        pl.concat_str("text", "proposal_key", separator=" ").alias("Description"),
        pl.col("proposal_key").alias("External Document No."),
        pl.col("location_id").alias("Location Code"),
        pl.col("reverse_on").alias("Reversing Date"),
    )


LAYOUTS: Mapping[str, Layout] = {
    "sap": sap,
    "netsuite": netsuite,
    "dynamics_365": dynamics_365,
    "business_central": business_central,
}


def _side(debit: str, credit: str) -> pl.Expr:
    return pl.when(pl.col("debit") > 0).then(pl.lit(debit)).otherwise(pl.lit(credit))


def _amount() -> pl.Expr:
    return pl.when(pl.col("debit") > 0).then(pl.col("debit")).otherwise(pl.col("credit"))
