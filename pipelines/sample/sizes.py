"""The sizes in which the sample company can be had: its companies, and how their systems deliver."""

from __future__ import annotations

from pipelines.sample.month import month
from pipelines.sample.parameters import (
    Charges,
    Counts,
    Demand,
    Money,
    Outbound,
    Parameters,
    Partner,
    Pricing,
    Sample,
    Trade,
    Transfers,
)


def _norda() -> Parameters:
    buyer = Partner(
        "NORUK", "Norda Supplies Ltd", "GB", "GBP", "MAN", "Manchester, Norda Supplies Ltd",
        "Europe/London",
    )  # fmt: skip
    return Parameters(partners=(buyer,))


def _noruk(seller: Parameters) -> Parameters:
    """A sales company in another country, currency and time zone, with books of its own."""
    partner = Partner(
        "NORDA", seller.company_name, seller.country, seller.currency, "HAM",
        "Hamburg, Norda Werkbedarf GmbH", seller.timezone, sells=True,
    )  # fmt: skip
    return Parameters(
        company_id="NORUK",
        company_name="Norda Supplies Ltd",
        currency="GBP",
        country="GB",
        timezone="Europe/London",
        warehouses=(("MAN", "Manchester warehouse", "MAN", "warehouse", True),),
        warehouse_weights=(100,),
        costing="fifo",
        first_numbers=500_000,
        seller=seller,
        partners=(partner,),
        items=25,
        customers=15,
        suppliers=0,
        demand=Demand(orders_per_business_day=1.15),
        outbound=Outbound(transit_days=(("GB", 1),), drop_ship_share_of_days=0),
        money=Money(tax_percent=20),
        pricing=Pricing(contract_customers=1, promotions=()),
        charges=Charges(handling_customers=(), packaging_customers=()),
        transfers=Transfers(lanes=(("HAM", "MAN", 8, 18_500, 9),), lanes_back=()),
        counts=Counts(items_a_month=3, whole_warehouse="MAN", whole_month=9),
    )


def _small() -> Sample:
    norda = _norda()
    trade = Trade("NORDA", "HAM", "NORUK", "MAN")
    return Sample("small", (norda, _noruk(norda)), trades=(trade,))


SIZES: dict[str, Sample] = {"small": _small(), "month": month()}
