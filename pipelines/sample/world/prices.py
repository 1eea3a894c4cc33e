"""Price lists: by group and currency, with scales, cases, contracts and promotions; who pays what.

A contract goes before a promotion, a promotion before the list of the customer's group, that
before the general list. Other currencies and prices with the tax in them are lists of groups of
their own, so that no customer can ever be offered a price of another currency.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pipelines.sample.parameters import Parameters
from pipelines.sample.world.catalogue_kinds import Customer, Item, Price

Key = tuple[str, str, str, str]  # item, kind, customer, group
GROUP_DISCOUNT_PERCENT = {"G1": 0, "G2": 6, "G3": 11}


@dataclass(frozen=True, slots=True)
class ForeignList:
    """A list in another form: per cent of the list price, and the step its prices keep to."""

    group: str
    currency: str
    percent: int
    step: int
    tax_inclusive: bool = False


FOREIGN_LISTS = (
    ForeignList("GCH", "CHF", 98, 5),
    ForeignList("GUS", "USD", 112, 10),
    # Whole units before tax, so that the price with 19 per cent on it is exact.
    ForeignList("GTI", "EUR", 104, 100, tax_inclusive=True),
)


def price_lists(
    parameters: Parameters, items: tuple[Item, ...], customers: tuple[Customer, ...]
) -> tuple[Price, ...]:
    groups = {customer.price_group for customer in customers}
    foreign = [listed for listed in FOREIGN_LISTS if listed.group in groups]
    made = [price for item in items for price in _of_item(parameters, item, foreign)]
    for customer in customers[: parameters.pricing.contract_customers]:
        for item in items[:: parameters.pricing.contract_every]:
            amount = _percent(item.list_price, parameters.pricing.contract_percent)
            made.append(
                Price(
                    f"K-{customer.code}-{item.code}", "contract", item.code, customer.code, "",
                    amount, parameters.since, None, currency=parameters.currency,
                )
            )  # fmt: skip
    for number, promotion in enumerate(parameters.pricing.promotions, start=1):
        for item in items[promotion.first_item :: promotion.every]:
            amount = _percent(item.list_price, 100 - promotion.percent)
            made.append(
                Price(
                    f"P{number}-{item.code}", "promo", item.code, "", "", amount,
                    promotion.first, promotion.last, currency=parameters.currency,
                )
            )  # fmt: skip
    return tuple(made)


def _of_item(parameters: Parameters, item: Item, lists: Sequence[ForeignList]) -> Iterator[Price]:
    """All lists of an item before and after the rise of the year."""
    rise_on = parameters.money.price_rise_on
    raised = _percent(item.list_price, 100 + parameters.money.price_rise_percent)
    spans = (
        ("1", item.list_price, parameters.since, rise_on - timedelta(days=1)),
        ("2", raised, rise_on, None),
    )
    for version, list_price, first, last in spans:
        for group, discount in GROUP_DISCOUNT_PERCENT.items():
            kind = "list" if discount == 0 else "group"
            key = f"{'L' if discount == 0 else group}-{item.code}"
            price = Price(
                f"{key}-{version}", kind, item.code, "", "" if discount == 0 else group,
                _percent(list_price, 100 - discount), first, last,
                currency=parameters.currency,
            )  # fmt: skip
            yield price
            yield from _other_units(parameters, item, price)
        for foreign in lists:
            net = max(1, list_price * foreign.percent // (100 * foreign.step)) * foreign.step
            taxed = _percent(net, 100 + parameters.money.tax_percent)
            yield Price(
                f"{foreign.group}-{item.code}-{version}", "group", item.code, "", foreign.group,
                taxed if foreign.tax_inclusive else net, first, last,
                currency=foreign.currency, tax_inclusive=foreign.tax_inclusive,
            )  # fmt: skip


def _other_units(parameters: Parameters, item: Item, price: Price) -> Iterator[Price]:
    """A case costs what its pieces cost; what comes by the piece is cheaper in large numbers."""
    pricing = parameters.pricing
    if item.case_qty > 1:
        yield replace(
            price, price_id=f"{price.price_id}-CS", uom="CS", amount=price.amount * item.case_qty
        )
    elif item.category.name == pricing.scale_category and item.kind == "stock":
        yield replace(
            price,
            price_id=f"{price.price_id}-Q{pricing.scale_qty}",
            amount=_percent(price.amount, 100 - pricing.scale_percent),
            min_qty=pricing.scale_qty,
        )


def _percent(amount: int, percent: int) -> int:
    """Half up, in whole cents."""
    return (amount * percent + 50) // 100


class PriceBook:
    """What a customer pays for a piece of an item on a day."""

    def __init__(self, prices: tuple[Price, ...]) -> None:
        self._prices: dict[Key, list[Price]] = {}
        self._valid: dict[tuple[Key, date], list[Price]] = {}
        for price in prices:
            if price.uom == "EA":
                key = (price.item, price.kind, price.customer, price.group)
                self._prices.setdefault(key, []).append(price)

    def _on(self, key: Key, day: date) -> list[Price]:
        """What a list holds of an item on a day, the price for the largest number first."""
        known = self._valid.get((key, day))
        if known is None:
            holding = [price for price in self._prices[key] if price.holds_on(day)]
            known = sorted(holding, key=lambda price: -price.min_qty)
            self._valid[key, day] = known
        return known

    def price(self, item: Item, customer: Customer, day: date, qty: int = 1) -> Price:
        """The price a piece for `qty` pieces ordered together, as the list names it: in its
        currency, and with the tax in it where the list holds it."""
        group = customer.price_group if GROUP_DISCOUNT_PERCENT.get(customer.price_group, 1) else ""
        is_plain = customer.price_group in GROUP_DISCOUNT_PERCENT
        for key in (
            (item.code, "contract", customer.code, ""),
            (item.code, "promo" if is_plain else "", "", ""),
            (item.code, "group", "", group),
            (item.code, "list", "", ""),
        ):
            if key in self._prices:
                for price in self._on(key, day):
                    if price.min_qty <= qty:
                        return price
        raise LookupError(f"no price for {item.code} and {customer.code} on {day}")
