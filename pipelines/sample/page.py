"""The figures of docs/sample-company.md, counted from a generated company.

`python -m pipelines.sample.page` writes the tables between the marks of the page anew; `--check`
only says whether they still are what the generator writes.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import polars as pl

from models.contracts import CONTRACTS
from pipelines.sample import SIZES, generate, parameters

PAGE = Path(__file__).resolve().parents[2] / "docs" / "sample-company.md"
VOLUMES = (
    ("items, kits and services", "master_item"),
    ("customers, suppliers and other parties", "master_party"),
    ("places", "master_location"),
    ("prices", "master_price"),
    ("order lines", "billing_order_line"),
    ("reservations", "wms_allocation"),
    ("shipments", "wms_shipment"),
    ("shipment lines", "wms_shipment_line"),
    ("carrier events", "wms_delivery_event"),
    ("invoices and credits", "billing_invoice"),
    ("invoice lines", "billing_invoice_line"),
    ("charges, consumption and other billable events", "billing_billable_event"),
    ("payments of customers", "billing_cash_receipt"),
    ("disputes", "billing_dispute"),
    ("purchase order lines", "purchasing_order_line"),
    ("notices of what is on its way", "wms_inbound_line"),
    ("receipt lines", "wms_receipt_line"),
    ("bills of suppliers", "purchasing_invoice"),
    ("landed costs", "purchasing_landed_cost"),
    ("stock movements", "wms_stock_movement"),
    ("count lines", "wms_count_line"),
    ("journal lines", "gl_journal_line"),
)


class Company:
    """What was delivered for all companies of one size and seed, and the answer key."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self._tables: dict[str, pl.DataFrame] = {}

    def table(self, name: str) -> pl.DataFrame:
        """Rows of a table as text, the last version of each key."""
        if name not in self._tables:
            parts = [
                pl.read_csv(path, infer_schema=False).with_columns(
                    source_system=pl.lit(path.name.split("__")[1]),
                    company_id=pl.lit(path.name.split("__")[2]),
                )
                for path in sorted((self.out / "landing").glob(f"{name}__*.csv"))
            ]
            rows = pl.concat(parts, how="diagonal")
            key = [column for column in CONTRACTS[name].key() if column in rows.columns]
            self._tables[name] = rows.unique(key, keep="last", maintain_order=True)
        return self._tables[name]

    def key(self, name: str) -> pl.DataFrame:
        return pl.read_csv(self.out / "key" / f"{name}.csv", infer_schema=False)


def volumes(company: Company) -> str:
    ids = [one.company_id for one in SIZES["small"].companies]
    lines = []
    for what, name in VOLUMES:
        rows = company.table(name)
        counts = [f"{rows.filter(pl.col('company_id') == one).height:,}" for one in ids]
        lines.append((what, f"`{name}`", *counts))
    return _table(("What", "Table", *ids), lines)


def planted(company: Company) -> str:
    rows = company.key("planted").with_columns(
        amount=pl.col("exposure_amount").cast(pl.Decimal(18, 2))
    )
    found = rows.group_by("code", maintain_order=True).agg(
        pl.col("company_id").filter(pl.col("company_id") == "NORDA").len().alias("norda"),
        pl.col("company_id").filter(pl.col("company_id") == "NORUK").len().alias("noruk"),
        pl.col("root_code").is_not_null().sum().alias("children"),
        pl.col("amount").filter(pl.col("company_id") == "NORDA").sum().alias("amount"),
        pl.col("note").first(),
    )
    return _table(
        ("Code", "NORDA", "NORUK", "of them children", "NORDA, EUR", "For instance"),
        (
            (f"`{r['code']}`", str(r["norda"]), str(r["noruk"]), str(r["children"] or ""),
             f"{r['amount']:,}" if r["amount"] else "", r["note"])
            for r in found.sort("code").to_dicts()
        ),
    )  # fmt: skip


def traps(company: Company) -> str:
    found = company.key("traps").group_by("name").agg(pl.len(), pl.col("why").first())
    return _table(
        ("Looks like a fault", "Lines in the key", "Why it is none"),
        ((r["name"], str(r["len"]), r["why"]) for r in found.sort("name").to_dicts()),
    )


def seen(company: Company) -> str:
    """Quantiles of what a reader who knows the trade would ask for, first company."""
    first = SIZES["small"].companies[0].company_id

    def own(name: str) -> pl.DataFrame:
        return company.table(name).filter(pl.col("company_id") == first)

    orders = own("billing_order_line").filter(pl.col("order_type") == "standard")
    received = own("demand_lead_time").filter(pl.col("kind") == "observed")
    invoices = own("billing_invoice").filter(pl.col("invoice_type") == "invoice")
    paid = (
        own("billing_cash_application")
        .join(own("billing_cash_receipt"), on="cash_receipt_id", suffix="_paid")
        .join(invoices, on="invoice_id", suffix="_billed")
    )
    days_late = _days(paid, "receipt_date", "due_date")
    rows = [
        ("lines of an order", orders.group_by("order_id").len()["len"]),
        ("pieces of an order line", _number(orders, "qty_ordered")),
        ("price of a line, EUR", _number(orders.filter(pl.col("currency") == "EUR"), "unit_price")),
        ("net amount of an invoice, EUR", _number(invoices, "net_amount")),
        ("days from order to goods, suppliers", _number(received, "lead_time_days")),
        ("days paid after the due date", days_late),
    ]
    return _table(
        ("What", "10 %", "median", "90 %", "largest"),
        ((what, *(_short(value) for value in _quantiles(values))) for what, values in rows),
    )


def parameter_list(_: Company) -> str:
    """Every parameter with its value and the comment that stands beside it."""
    source = Path(str(parameters.__file__)).read_text(encoding="utf-8")
    chosen = SIZES["small"].companies[0]
    lines = []
    for part in fields(chosen):
        group = getattr(chosen, part.name)
        if is_dataclass(group) and part.name != "faults":
            said = re.search(rf'class {type(group).__name__}:\n    """([^"]+)"""', source)
            lines.append((f"**{part.name}**", "", said.group(1).split("\n")[0] if said else ""))
            for one in fields(group):
                lines.append(
                    (one.name, _value(getattr(group, one.name)), _comment(source, one.name))
                )
    return _table(("Parameter", "Value", "Meaning"), lines)


BLOCKS: dict[str, Callable[[Company], str]] = {
    "volumes": volumes,
    "planted": planted,
    "traps": traps,
    "seen": seen,
    "parameters": parameter_list,
}


def render(text: str, company: Company) -> str:
    """The page with every block between `<!-- name -->` and `<!-- /name -->` counted anew."""
    for name, block in BLOCKS.items():
        before, opening, rest = text.partition(f"<!-- {name} -->\n")
        _, closing, after = rest.partition(f"<!-- /{name} -->")
        assert opening and closing, f"the page has no marks for {name}"
        text = f"{before}{opening}{block(company)}\n{closing}{after}"
    return text


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _number(rows: pl.DataFrame, column: str) -> pl.Series:
    return rows[column].cast(pl.Decimal(20, 4))


def _days(rows: pl.DataFrame, later: str, earlier: str) -> pl.Series:
    return (rows[later].str.to_date() - rows[earlier].str.to_date()).dt.total_days()


def _quantiles(values: pl.Series) -> list[Any]:
    """Lower quantiles, so that they are values that occur."""
    ordered = values.drop_nulls().sort()
    places = [(len(ordered) - 1) * percent // 100 for percent in (10, 50, 90, 100)]
    return [ordered[place] for place in places]


def _short(value: Any) -> str:
    return f"{value:,.2f}".removesuffix(".00")


def _value(value: Any) -> str:
    text = str(value).replace("|", "/")
    return text if len(text) <= 60 else f"{text[:57]}..."


def _comment(source: str, name: str) -> str:
    line = re.search(rf"^    {name}: [^\n]*?# ([^\n]+)", source, re.MULTILINE)
    above = re.search(rf"((?:^    # [^\n]+\n)+)    {name}: ", source, re.MULTILINE)
    if line:
        return line.group(1)
    return (
        " ".join(part.strip("# ").strip() for part in above.group(1).splitlines()) if above else ""
    )


def main(arguments: Sequence[str]) -> int:
    text = PAGE.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        generate(size="small", seed=42, out=Path(folder))
        fresh = render(text, Company(Path(folder)))
    if "--check" in arguments:
        return int(fresh != text)
    PAGE.write_text(fresh, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
