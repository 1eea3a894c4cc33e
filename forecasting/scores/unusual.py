"""Lines whose price or charges stand out from what was usual, told before they are billed.

Prices are compared with those of earlier lines of the same item and customer, else of the item;
how far is far goes by how much they vary themselves. Charges are compared with how often earlier
shipments of the customer, else of the company, bore just these. What a tolerance already calls
wrong is an exception of its own; this is for what no rule forbids.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from forecasting.scores.known_then import DAY, before
from forecasting.scores.report import as_json, version_of

PRICE, CHARGES = "price_unusual", "charges_unusual"
FEWEST_PRICES, FAR, LEAST_GAP, LEAST_SPREAD = 5, 4.0, 0.05, 0.01
FEWEST_SHIPMENTS, RARE = 50, 0.02
CHOICES = {
    "fewest_prices": FEWEST_PRICES, "far": FAR, "least_gap": LEAST_GAP, "least_spread": LEAST_SPREAD,
    "fewest_shipments": FEWEST_SHIPMENTS, "rare": RARE,
}  # fmt: skip
WATCH = {
    "company_id": pl.String, "subject_id": pl.String, "flag": pl.String, "score": pl.Float64,
    "rule_score": pl.Float64, "is_flagged": pl.Boolean, "reasons": pl.String,
    "model_version": pl.String,
}  # fmt: skip
PRICED = ("item_id", "uom", "currency_doc")


def unusual(lines: pl.DataFrame) -> pl.DataFrame:
    """Rows of WATCH for the waiting lines of one company that could be compared.

    `score` is how usual the line is not: for a price 1 - 1 / (1 + deviations), for charges the
    share of earlier shipments that bore others.
    """
    lines = lines.sort("subject_id")
    version = version_of("unusual", CHOICES)
    rows = [*_prices(lines), *_charges(lines)]
    return pl.DataFrame(
        [{**row, "rule_score": None, "model_version": version} for row in rows], schema=WATCH
    ).sort("company_id", "subject_id", "flag")


def _prices(lines: pl.DataFrame) -> list[dict[str, object]]:
    priced = lines.filter(pl.col("unit_price_doc") > 0).with_columns(
        pl.col("unit_price_doc").cast(pl.Float64).alias("price")
    )
    waiting = priced.filter("is_waiting")
    made: dict[str, dict[str, object]] = {}
    # the customer's own prices speak last, and over those of everybody
    for whose, by in (("all customers", PRICED), ("this customer", (*PRICED, "party_id"))):
        pairs = waiting.join(
            priced.select("company_id", *by, pl.col("price").alias("then"), pl.col(DAY).alias("day")),
            on=["company_id", *by],
        ).filter(pl.col("day") < pl.col(DAY))  # fmt: skip
        usual = pairs.group_by("company_id", "subject_id", "price").agg(
            pl.len().alias("number"),
            pl.col("then").log().median().alias("middle"),
            (pl.col("then").log() - pl.col("then").log().median()).abs().median().alias("spread"),
        )
        for row in usual.filter(pl.col("number") >= FEWEST_PRICES).sort("subject_id").to_dicts():
            made[row["subject_id"]] = _priced(row, whose)
    return list(made.values())


def _priced(row: dict[str, float | str], whose: str) -> dict[str, object]:
    middle, price = float(np.exp(float(row["middle"]))), float(row["price"])
    gap = price / middle - 1
    away = abs(float(np.log(price / middle))) / max(1.4826 * float(row["spread"]), LEAST_SPREAD)
    return {
        "company_id": row["company_id"], "subject_id": row["subject_id"], "flag": PRICE,
        "score": round(1 - 1 / (1 + away), 6),
        "is_flagged": away >= FAR and abs(gap) >= LEAST_GAP,
        "reasons": as_json({
            "price": round(price, 4), f"usual for {whose}": round(middle, 4),
            "difference": round(gap, 4), "earlier lines": row["number"],
        }),
    }  # fmt: skip


def _charges(lines: pl.DataFrame) -> list[dict[str, object]]:
    """Of shipments: all lines of one bear the same charges."""
    told = lines.filter(pl.col("charges").is_not_null()).with_columns(pl.lit(1.0).alias("one"))
    shipments = told.unique(("company_id", "shipment_id"), keep="first", maintain_order=True)
    waiting = told.filter("is_waiting")
    made: dict[str, dict[str, object]] = {}
    for whose, by in (("the company", []), ("this customer", ["party_id"])):
        number, alike = (
            before(waiting, ["company_id", *keys], "one", DAY, among=shipments)[0]
            for keys in (by, [*by, "charges"])
        )
        counted = waiting.with_columns(number.alias("number"), alike.alias("alike"))
        for row in counted.filter(pl.col("number") >= FEWEST_SHIPMENTS).to_dicts():
            share = row["alike"] / row["number"]
            made[row["subject_id"]] = {
                "company_id": row["company_id"], "subject_id": row["subject_id"], "flag": CHARGES,
                "score": round(1 - share, 6), "is_flagged": share < RARE,
                "reasons": as_json({
                    "charges": row["charges"] or "none",
                    f"earlier shipments of {whose}": row["number"], "with just these": row["alike"],
                }),
            }  # fmt: skip
    return list(made.values())
