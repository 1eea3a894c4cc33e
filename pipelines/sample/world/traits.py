"""What makes some items, customers and suppliers special: who they are stands here, in one table.

By position in the catalogue, so that every size and seed has each kind at least once.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from pipelines.sample.parameters import Parameters
from pipelines.sample.world.catalogue_kinds import Customer, Item, Location, Supplier

# Grams a piece, by category.
GRAMS = {
    "Fasteners": 900,
    "Hand tools": 650,
    "Power tools": 4200,
    "Safety": 350,
    "Electrical": 1400,
    "Site supplies": 600,
}
CASE_QTY = 12

# Customers by position: what is special about them. The rest buy as everybody does.
CUSTOMER_TRAITS: dict[int, dict[str, Any]] = {
    0: {"invoice_policy": "weekly", "invoice_days": "Monday", "discount_percent": 2,
        "discount_days": 10, "credit_limit": 15_000_000},
    1: {"fob": "destination", "pod_required": True, "freight_terms": "prepaid_add"},
    2: {"invoice_policy": "daily", "freight_terms": "prepaid_add", "discount_percent": 2,
        "discount_days": 10, "gln": "4012345000009"},
    3: {"consignment_site": "CS3", "invoice_policy": "monthly", "invoice_days": "1"},
    4: {"currency": "CHF", "country": "CH", "price_group": "GCH", "fob": "destination",
        "tax_exempt_until": date(2026, 6, 30), "freight_terms": "prepaid_add"},
    5: {"partial_billing": "hold_until_complete"},
    6: {"pod_required": True, "freight_terms": "prepaid_add"},
    7: {"pre_billed": True},
    8: {"channel": "marketplace", "tax_inclusive": True, "price_group": "GTI", "po_required": False},
    9: {"freight_terms": "collect"},
    10: {"invoice_policy": "per_order"},
    11: {"discount_percent": 3, "discount_days": 14, "credit_limit": 4_000_000},
    12: {"fob": "destination"},
    13: {"freight_terms": "third_party"},
    14: {"consignment_site": "CS14"},
    15: {"freight_terms": "prepaid_add", "channel": "edi", "gln": "4012345000016"},
    17: {"currency": "USD", "country": "US", "price_group": "GUS", "tax_exempt_until": date(2026, 12, 31)},
    18: {"partial_billing": "hold_until_complete", "freight_terms": "prepaid_add"},
    19: {"channel": "web", "freight_terms": "prepaid_add", "po_required": False},
    20: {"discount_percent": 2, "discount_days": 10, "freight_terms": "prepaid_add"},
    21: {"invoice_policy": "weekly", "invoice_days": "Friday"},
    22: {"fob": "destination", "pod_required": True},
}  # fmt: skip

# Suppliers by position.
SUPPLIER_TRAITS: dict[int, dict[str, Any]] = {
    0: {"announces": True, "discount_percent": 2, "discount_days": 10},
    1: {"announces": True, "fob": "origin", "lands_cost": True},
    2: {"announces": True, "fob": "origin", "lands_cost": True, "currency": "USD", "country": "US"},
    3: {"lands_cost": True},
    4: {"discount_percent": 3, "discount_days": 14},
}


def special_items(items: tuple[Item, ...]) -> tuple[Item, ...]:
    return tuple(_item(position, item) for position, item in enumerate(items))


def _item(position: int, item: Item) -> Item:
    values: dict[str, Any] = {"grams": GRAMS[item.category.name] * (1 + position % 5)}
    if item.category.name == "Fasteners" and position % 12 == 0:
        values["case_qty"] = CASE_QTY
    if item.category.name == "Site supplies" and position % 12 == 11:
        values |= {"lot_controlled": True, "shelf_days": 270}
        if position % 24 == 23:
            values["hazmat"] = "2.1"
    if item.category.name == "Power tools" and position % 24 == 2:
        values["serial_controlled"] = True
    if item.category.name in ("Electrical", "Safety") and position % 12 in (3, 4):
        values["inspected"] = True
    values["is_intermittent"] = item.category.name == "Power tools" and position % 12 == 8
    return replace(item, **values)


def kits(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """Two kits put together when they ship, one assembled beforehand, and a service."""
    plain = [
        item
        for item in items
        if not (item.lot_controlled or item.serial_controlled or item.launch or item.inspected)
    ]
    made = []
    for number, (kind, name, places) in enumerate(
        (
            ("phantom_kit", "Starter set, fixing", (0, 1, 5)),
            ("phantom_kit", "Starter set, electrical", (3, 9)),
            ("kit", "Site box, assembled", (7, 2)),
            ("service", "Delivery to the upper floor", ()),
        )
    ):
        parts = tuple((plain[place], 1 + place % 2) for place in places)
        cost = sum(part.cost * qty for part, qty in parts)
        price = sum(part.list_price * qty for part, qty in parts) * 95 // 100 or 4500
        first = parts[0][0] if parts else plain[0]
        made.append(
            replace(
                first, code=f"NK-{2001 + number}", wms_code=f"NK-{2001 + number}",
                description=name, cost=cost, list_price=price, kind=kind, typical_qty=2,
                weight=0.0, components=tuple((part.code, qty) for part, qty in parts),
                grams=sum(part.grams * qty for part, qty in parts), case_qty=1, hazmat="",
                launch=None, order_multiple=1,
            )
        )  # fmt: skip
    return tuple(made)


def special_customers(
    customers: tuple[Customer, ...], parameters: Parameters
) -> tuple[Customer, ...]:
    return tuple(
        replace(
            customer,
            **{
                "currency": parameters.currency,
                "country": parameters.country,
                "channel": "web" if customer.segment == "web" else "wholesale",
                **_traits_of(position, parameters),
            },
        )
        for position, customer in enumerate(customers)
    )


def _traits_of(position: int, parameters: Parameters) -> dict[str, Any]:
    """In a large company the same kinds of customers come again, but for what only one can have."""
    every = parameters.kinds_every
    traits = dict(CUSTOMER_TRAITS.get(position % every if every else position, {}))
    if every and position >= every:
        traits.pop("gln", None)
        if "consignment_site" in traits:
            traits["consignment_site"] = f"CS{position}"
    if "credit_limit" in traits:
        traits["credit_limit"] = traits["credit_limit"] * parameters.credit_percent // 100
    return traits


def special_suppliers(
    suppliers: tuple[Supplier, ...], items: tuple[Item, ...], parameters: Parameters
) -> tuple[Supplier, ...]:
    """The last supplier leaves two of its items with us as its own until we need them."""
    made = []
    for position, supplier in enumerate(suppliers):
        values = {
            "currency": parameters.currency,
            "country": parameters.country,
            **SUPPLIER_TRAITS.get(position, {}),
        }
        if position == len(suppliers) - 1:
            own = [item.code for item in items if item.supplier is supplier and not item.launch]
            values["consigns"] = tuple(own[:2])
        made.append(replace(supplier, **values))
    return tuple(made)


def forwarder(parameters: Parameters) -> Supplier:
    """Carries inbound goods, clears their customs and bills both; it sells nothing."""
    return Supplier(
        "S900", "Kontor Spedition GmbH", 0, 0, 14, currency=parameters.currency,
        country=parameters.country,
    )  # fmt: skip


def consignment_sites(customers: tuple[Customer, ...]) -> tuple[Location, ...]:
    return tuple(
        Location(
            customer.consignment_site, f"Consignment stock at {customer.name}", customer.region,
            "consignment_site", False, customer.country, customer.code,
        )
        for customer in customers
        if customer.consignment_site
    )  # fmt: skip


def launches(parameters: Parameters) -> tuple[date, date]:
    """Two items are new in the year."""
    first, second = parameters.market.launch_days
    return (
        parameters.first_day + timedelta(days=first),
        parameters.first_day + timedelta(days=second),
    )
