"""The unchanging part of the sample company: items, places, parties, prices and accounts.

Money is whole cents and quantities are whole pieces all through the story; the writers alone know
how a delivery spells them.
"""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date
from random import Random

from pipelines.sample.parameters import Parameters
from pipelines.sample.world import subsidiary, traits
from pipelines.sample.world.catalogue_kinds import (
    Catalogue,
    Customer,
    Item,
    Location,
    Supplier,
)
from pipelines.sample.world.names import CATEGORIES, FORMS_OF_FIRMS, PLACES, TRADES
from pipelines.sample.world.prices import price_lists


def build(parameters: Parameters, seed: int) -> Catalogue:
    """The same for every run of a seed; a company with a seller has a part of the seller's."""
    rng = Random(f"{seed}/{parameters.company_id}/catalogue")
    if parameters.seller:
        return subsidiary.catalogue_of(parameters, build(parameters.seller, seed), rng)
    warehouses = tuple(Location(*facts) for facts in parameters.warehouses)
    suppliers = _suppliers(parameters.suppliers, rng)
    items = traits.special_items(_items(parameters, suppliers, rng))
    suppliers = traits.special_suppliers(suppliers, items, parameters)
    by_code = {supplier.code: supplier for supplier in suppliers}
    items = tuple(replace(item, supplier=by_code[item.supplier.code]) for item in items)
    customers = traits.special_customers(_customers(parameters, warehouses, rng), parameters)
    items += traits.kits(items)
    prices = price_lists(parameters, items, customers)
    sites = traits.consignment_sites(customers)
    suppliers += (traits.forwarder(parameters),)
    return Catalogue((*warehouses, *sites), suppliers, items, customers, prices)


def _suppliers(count: int, rng: Random) -> tuple[Supplier, ...]:
    places = [PLACES[n % len(PLACES)] for n in rng.sample(range(len(PLACES) * 8), count)]
    return tuple(
        Supplier(
            code=f"S{100 + position}",
            name=f"{places[position]} Industrie AG",
            lead_days=rng.choice((6, 9, 12, 16, 21, 26)),
            lead_spread=rng.choice((1, 2, 3, 4)),
            terms_days=rng.choice((30, 45)),
        )
        for position in range(count)
    )


def _items(
    parameters: Parameters, suppliers: tuple[Supplier, ...], rng: Random
) -> tuple[Item, ...]:
    ranks = list(range(1, parameters.items + 1))
    rng.shuffle(ranks)
    made = []
    for position in range(parameters.items):
        category = CATEGORIES[position % len(CATEGORIES)]
        noun = category.nouns[(position // len(CATEGORIES)) % len(category.nouns)]
        series = 1 + position // (len(CATEGORIES) * len(category.nouns))
        cost = rng.randrange(category.cost_low, category.cost_high)
        margin_percent = rng.randrange(128, 186)
        share = ranks[position] / parameters.items
        made.append(
            Item(
                code=f"NT-{1001 + position}",
                # Five items kept the spelling of the warehouse system that came before.
                wms_code=f"{'NT' if position % 12 == 5 else 'NT-'}{1001 + position}",
                description=f"{noun}, series {series}" if series > 1 else noun,
                category=category,
                supplier=suppliers[position % len(suppliers)],
                cost=cost,
                list_price=-(-cost * margin_percent // 500) * 5,
                weight=ranks[position] ** -parameters.demand.popularity_exponent,
                abc="A" if share <= 0.2 else "B" if share <= 0.5 else "C",
                order_multiple=rng.choice((1, 5, 10, 12)) if category.typical_qty > 4 else 1,
                typical_qty=category.typical_qty,
                launch=_launch(position, parameters),
            )
        )
    return tuple(made)


def _launch(position: int, parameters: Parameters) -> date | None:
    """Two items are new: they exist from their launch on and have no opening stock."""
    first, second = traits.launches(parameters)
    return {parameters.items - 1: first, parameters.items - 2: second}.get(position)


def _firm(position: int, places: list[str]) -> str:
    """A trade and a place; where all pairs are taken, with the form of the firm behind."""
    name = f"{TRADES[position % len(TRADES)]} {places[position % len(places)]}"
    round_of_all = position // math.lcm(len(TRADES), len(places))
    return f"{name} {FORMS_OF_FIRMS[round_of_all - 1]}" if round_of_all else name


def _customers(
    parameters: Parameters, warehouses: tuple[Location, ...], rng: Random
) -> tuple[Customer, ...]:
    places = rng.sample(PLACES, len(PLACES))
    made = []
    for position in range(parameters.customers):
        rank = position + 1
        location = rng.choices(warehouses, parameters.warehouse_weights)[0]
        large = position < 4
        made.append(
            Customer(
                code=f"C{1001 + position}",
                name=_firm(position, places),
                segment="key account" if large else rng.choice(("trade", "trade", "web")),
                price_group="G3" if large else rng.choice(("G1", "G1", "G2")),
                location=location.code,
                region=location.region,
                terms_days=30 if large else rng.choice((14, 30)),
                weight=rank**-0.6,
                scale=1.8 if large else rng.choice((0.6, 0.8, 1.0, 1.2)),
                pays_late_by=rng.choice((-3, 0, 2, 4, 7, 12)),
                names_shipment=position % parameters.money.unlinked_customer_every != 7,
            )
        )
    return tuple(made)
