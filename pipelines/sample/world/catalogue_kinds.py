"""The kinds of master data of the story: places, suppliers, items, customers, prices.

Money is whole cents and quantities are whole pieces all through the story; the writers alone know
how a delivery spells them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pipelines.sample.world.names import Category


@dataclass(frozen=True, slots=True)
class Location:
    """A place with stock of its own; `customer` holds the goods where it is a consignment site."""

    code: str
    name: str
    region: str
    kind: str
    reserves: bool  # a full warehouse system; the 3PL only reports what arrives and what leaves
    country: str = "DE"
    customer: str = ""

    @property
    def is_stocked(self) -> bool:
        """Replenished by purchase orders and shipped from."""
        return self.kind in ("dc", "warehouse", "third_party")


@dataclass(frozen=True, slots=True)
class Supplier:
    code: str
    name: str
    lead_days: int
    lead_spread: int
    terms_days: int
    fob: str = "destination"
    currency: str = ""
    country: str = "DE"
    announces: bool = False  # sends a despatch notice
    lands_cost: bool = False  # freight and duty come on separate bills
    consigns: tuple[str, ...] = ()  # items of it that stay its own until we take them
    discount_percent: int = 0  # for paying within `discount_days`
    discount_days: int = 0
    role: str = "supplier"

    @property
    def terms(self) -> str:
        if self.discount_percent:
            return f"{self.discount_percent}/{self.discount_days} N{self.terms_days}"
        return f"N{self.terms_days}"


@dataclass(frozen=True, slots=True)
class Item:
    code: str
    wms_code: str
    description: str
    category: Category
    supplier: Supplier
    cost: int
    list_price: int
    weight: float
    abc: str
    order_multiple: int
    typical_qty: int
    launch: date | None
    kind: str = "stock"
    grams: int = 500
    lot_controlled: bool = False
    serial_controlled: bool = False
    shelf_days: int = 0
    inspected: bool = False
    hazmat: str = ""
    case_qty: int = 1  # pieces in a case ("CS"); 1: sold by the piece only
    components: tuple[tuple[str, int], ...] = ()  # of a kit: item and pieces of it
    is_intermittent: bool = False

    @property
    def is_bought(self) -> bool:
        return self.kind == "stock"

    @property
    def is_plain(self) -> bool:
        """No lots and no serials: any piece of it is as good as another."""
        return self.is_bought and not (self.lot_controlled or self.serial_controlled)


@dataclass(frozen=True, slots=True)
class Customer:
    code: str
    name: str
    segment: str
    price_group: str
    location: str
    region: str
    terms_days: int
    weight: float
    scale: float
    pays_late_by: int
    names_shipment: bool  # its invoices carry the shipment number
    channel: str = "wholesale"
    currency: str = ""
    country: str = "DE"
    fob: str = "origin"
    freight_terms: str = "included"
    pod_required: bool = False
    po_required: bool = True
    invoice_policy: str = "per_shipment"
    invoice_days: str = ""
    partial_billing: str = "allowed"
    discount_percent: int = 0  # cash discount within `discount_days`
    discount_days: int = 0
    credit_limit: int = 0  # cents; 0: none
    tax_inclusive: bool = False
    tax_exempt_until: date | None = None
    gln: str = ""
    consignment_site: str = ""
    pre_billed: bool = False  # pays before the goods leave
    role: str = "customer"

    @property
    def terms(self) -> str:
        if self.discount_percent:
            return f"{self.discount_percent}/{self.discount_days} N{self.terms_days}"
        return f"N{self.terms_days}"


@dataclass(frozen=True, slots=True)
class Price:
    """`amount` in cents of `currency` a `uom`, with the tax in it where `tax_inclusive`."""

    price_id: str
    kind: str
    item: str
    customer: str
    group: str
    amount: int
    valid_from: date
    valid_to: date | None
    source: str = "ERP"
    uom: str = "EA"
    tax_inclusive: bool = False
    currency: str = "EUR"
    min_qty: int = 0  # pieces on one order line

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Catalogue:
    locations: tuple[Location, ...]
    suppliers: tuple[Supplier, ...]
    items: tuple[Item, ...]
    customers: tuple[Customer, ...]
    prices: tuple[Price, ...]
