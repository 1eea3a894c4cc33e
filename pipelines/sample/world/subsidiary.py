"""The catalogue of a sales company: a part of its seller's range, with customers and prices of
its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random
from typing import Any

from pipelines.sample.parameters import Parameters
from pipelines.sample.world.catalogue_kinds import Catalogue, Customer, Item, Location, Supplier
from pipelines.sample.world.exchange import STARTS
from pipelines.sample.world.names import PLACES_ABROAD, TRADES_ABROAD
from pipelines.sample.world.prices import price_lists

LEAD_DAYS = 10  # from the order to the shelf
TRANSFER_PERCENT, MARGIN_PERCENT = 112, (138, 190)  # of the seller's cost; of the transfer price
FIRST_CUSTOMER = 2001
# Customers by position: what is special about them.
TRAITS: dict[int, dict[str, Any]] = {
    0: {"discount_percent": 2, "discount_days": 10, "credit_limit": 6_000_000},
    1: {"fob": "destination", "pod_required": True},
    2: {"invoice_policy": "weekly", "invoice_days": "Monday"},
    3: {"freight_terms": "prepaid_add"},
    4: {"invoice_policy": "daily"},
    5: {"fob": "destination"},
    6: {"pod_required": True, "freight_terms": "prepaid_add"},
    8: {"tax_exempt_until": date(2026, 12, 31), "country": "IE", "fob": "destination"},
    9: {"channel": "web", "po_required": False},
}


def catalogue_of(parameters: Parameters, sellers: Catalogue, rng: Random) -> Catalogue:
    warehouses = tuple(
        Location(*facts, country=parameters.country) for facts in parameters.warehouses
    )
    seller = _seller(parameters)
    items = tuple(_item(item, seller, parameters, rng) for item in _range(parameters, sellers))
    customers = tuple(_customers(parameters, warehouses[0], rng))
    services = tuple(
        replace(item, supplier=seller, list_price=_in_own(item.list_price, parameters))
        for item in sellers.items
        if item.kind == "service"
    )
    items += services
    return Catalogue(warehouses, (), items, customers, price_lists(parameters, items, customers))


def _seller(parameters: Parameters) -> Supplier:
    """The company of the group that sells us everything; no supplier whom a planner writes to."""
    assert parameters.seller
    return Supplier(
        parameters.seller.company_id, parameters.seller.company_name, LEAD_DAYS, 1, 30,
        currency=parameters.seller.currency, country=parameters.seller.country, fob="origin",
        role="intercompany",
    )  # fmt: skip


def _range(parameters: Parameters, sellers: Catalogue) -> list[Item]:
    """Every other plain item, so that slow and fast ones are in it."""
    plain = [
        item
        for item in sellers.items
        if item.is_plain and not item.launch and item.code not in item.supplier.consigns
    ]
    return (plain[::2] + plain[1::2])[: parameters.items]


def _item(item: Item, seller: Supplier, parameters: Parameters, rng: Random) -> Item:
    """Costs what the transfer costs; the price is the company's own, in steps of five pence."""
    cost = _in_own(item.cost * TRANSFER_PERCENT // 100, parameters)
    return replace(
        item, supplier=seller, cost=cost, list_price=-(-cost * rng.randint(*MARGIN_PERCENT) // 500) * 5,
        inspected=False, case_qty=1, is_intermittent=False, hazmat="",
    )  # fmt: skip


def _in_own(cents: int, parameters: Parameters) -> int:
    assert parameters.seller
    theirs, ours = STARTS[parameters.seller.currency], STARTS[parameters.currency]
    return max(1, (2 * cents * theirs + ours) // (2 * ours))


def _customers(parameters: Parameters, place: Location, rng: Random) -> list[Customer]:
    places = rng.sample(PLACES_ABROAD, len(PLACES_ABROAD))
    made = []
    for position in range(parameters.customers):
        large = position < 2
        customer = Customer(
            code=f"K{FIRST_CUSTOMER + position}",
            name=f"{places[position % len(places)]} {TRADES_ABROAD[position % len(TRADES_ABROAD)]}",
            segment="key account" if large else "trade",
            price_group="G3" if large else rng.choice(("G1", "G1", "G2")),
            location=place.code,
            region=rng.choice(("North West", "Yorkshire", "Midlands")),
            terms_days=30 if large else rng.choice((14, 30)),
            weight=(position + 1) ** -0.6,
            scale=1.6 if large else rng.choice((0.6, 0.8, 1.0)),
            pays_late_by=rng.choice((-2, 0, 3, 6)),
            names_shipment=True,
            currency=parameters.currency,
            country=parameters.country,
        )
        made.append(replace(customer, **TRAITS.get(position, {})))
    return made
