"""Odd files beside AdventureWorks' own: each wrong in one way, none with a new good row."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import polars as pl

SALES = "adventureworks_dw/FactInternetSales.parquet"
ODD_NAME = "_(again|cut|cutrow|short|nocolumn|more)[.]"
NOTHING = {name: Decimal("0.0000") for name in ("SalesAmount", "TaxAmt", "Freight")}


def deliver_odd_files(landing: Path) -> None:
    """The same file again, cut off, short of its manifest, without a column, with three bad rows."""
    folder = landing / "adventureworks_dw"
    whole = landing / SALES
    sales = pl.read_parquet(whole)
    shutil.copy(whole, folder / "FactInternetSales_again.parquet")

    content = whole.read_bytes()
    (folder / "FactInternetSales_cut.parquet").write_bytes(content[: len(content) // 2])
    text = sales.head(50).write_csv()
    (folder / "FactInternetSales_cutrow.csv").write_text(text[: len(text) - 40], encoding="utf-8")

    sales.head(500).write_parquet(folder / "FactInternetSales_short.parquet")
    (landing / "control_feed_manifest__adventureworks_dw__AW__20140701T000000.csv").write_text(
        "feed_name,batch_id,produced_at,schema_version,row_count\n"
        "internet_sales,FactInternetSales_short.parquet,2014-07-01T00:00:00Z,1,600\n",
        encoding="utf-8",
    )
    sales.drop("SalesAmount").write_parquet(folder / "FactInternetSales_nocolumn.parquet")

    odd = sales.head(3).with_columns(
        pl.Series("SalesOrderNumber", [None, *sales["SalesOrderNumber"].to_list()[1:3]]),
        pl.Series("SalesOrderLineNumber", [7, None, 9], dtype=sales["SalesOrderLineNumber"].dtype),
        pl.Series("OrderQuantity", [1, 1, None], dtype=sales["OrderQuantity"].dtype),
        *[pl.lit(zero).cast(sales[name].dtype).alias(name) for name, zero in NOTHING.items()],
    )
    pl.concat([sales, odd]).write_parquet(folder / "FactInternetSales_more.parquet")
