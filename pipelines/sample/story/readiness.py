"""What keeps a line from being billed: a price, a tax or a reference that somebody must settle."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from pipelines.sample.happenings import OrderLine, PriceSet
from pipelines.sample.story.billables import Billable, grace_ends
from pipelines.sample.world.calendar import month_close
from pipelines.sample.world.catalogue_kinds import Customer, Price
from pipelines.sample.world.company import Company

EXEMPTION_ENDS_DAYS = 30
PRICE_FAULTS = ("PRICE_MISSING", "PRICE_OVERLAP", "PRICE_VARIANCE")


class Readiness:
    """Blocked lines stay here; at the end of the year those past their grace are in the key."""

    def __init__(self, company: Company) -> None:
        self.company = company
        self.faults = company.faults
        self.blocked: list[tuple[str, Billable]] = []
        self._why: dict[tuple[str, int], str] = {}
        self._prices: dict[str, Price] = {
            price.price_id: price for price in company.catalogue.prices
        }
        self._today: tuple[date, list[OrderLine]] = (company.parameters.first_day, [])
        self._seen: set[tuple[str, int]] = set()
        self._spoilt: dict[tuple[date, str], tuple[str, str]] = {}
        self._spoilt_items: set[str] = set()
        self._let_an_exemption_end()
        company.listen(OrderLine, self._hear_order)

    def blocks(self, billable: Billable, customer: Customer) -> bool:
        code = self._why.get(billable.order, "")
        if not code and self._tax_is_unclear(billable, customer):
            code = "TAX_BLOCK"
        if not code or billable.kind != "item" or billable.event_id:
            return False
        self.blocked.append((code, billable))
        return True

    def _tax_is_unclear(self, billable: Billable, customer: Customer) -> bool:
        return customer.tax_exempt_until is not None and billable.day > customer.tax_exempt_until

    def _hear_order(self, line: OrderLine) -> None:
        key = (line.order_id, line.line)
        if key in self._seen or line.kind != "standard" or not line.price:
            return
        self._seen.add(key)
        customer = self.company.customers.get(line.customer)
        if customer is None:
            return
        day = line.ordered_at.astimezone(self.company.zone).date()
        if self._today[0] != day:
            self._today = (day, [])
        self._today[1].append(line)
        if customer.po_required and not line.purchase_reference:
            self._why[key] = "CUST_COMPLIANCE"
            return
        if (day, line.item) in self._spoilt:
            self._block(line, day)
        elif self._may_be_spoilt(line, customer, day):
            for code in PRICE_FAULTS:
                if self.faults.strikes(code, day=day, claim=("sale", line.customer, line.item)):
                    self._spoil(code, self._prices[line.price_id], day, line.ordered_at)
                    return

    def _may_be_spoilt(self, line: OrderLine, customer: Customer, day: date) -> bool:
        """An ordinary list price, of an item whose lists nobody has spoilt yet."""
        price = self._prices.get(line.price_id)
        return (
            price is not None
            and price.kind in ("list", "group")
            and not price.min_qty
            and line.uom == price.uom
            and line.item not in self._spoilt_items
            and customer.names_shipment
            and customer.partial_billing == "allowed"
            and customer.invoice_policy != "monthly"
            and self._is_early(day)
        )

    def _is_early(self, day: date) -> bool:
        days = self.company.parameters.money.blocked_before_end_days
        return day <= self.company.parameters.last_day - timedelta(days=days)

    def _spoil(self, code: str, price: Price, day: date, at: datetime) -> None:
        """Changes the price list for one day, and blocks every line that the day's price rules."""
        self._spoilt[day, price.item] = (code, price.price_id)
        self._spoilt_items.add(price.item)
        if code == "PRICE_MISSING":
            self._cut_a_hole(price, day, at)
        else:
            beside = replace(
                price, price_id=f"{price.price_id}-{day:%m%d}", valid_from=day, valid_to=day,
                amount=price.amount * 93 // 100,
                source="CRM" if code == "PRICE_VARIANCE" else price.source,
            )  # fmt: skip
            self.company.tell(PriceSet(beside, at))
        for line in self._today[1]:
            if line.item == price.item:
                self._block(line, day)

    def _block(self, line: OrderLine, day: date) -> None:
        """Every line of the day that the spoilt price rules, whenever it was ordered."""
        code, price_id = self._spoilt[day, line.item]
        is_hit = (
            self._is_listed(line)
            if code == "PRICE_MISSING"
            else (line.price_id == price_id and line.uom == "EA")
        )
        if is_hit:
            self._why.setdefault((line.order_id, line.line), code)
            self.faults.claim("sale", line.customer, line.item)

    def _let_an_exemption_end(self) -> None:
        """The smallest customer abroad does not renew its exemption from tax in time."""
        last = self.company.parameters.last_day - timedelta(days=EXEMPTION_ENDS_DAYS)
        exempt = [c for c in self.company.catalogue.customers if c.tax_exempt_until]
        if exempt and self.faults.strikes("TAX_BLOCK"):
            lapsed = replace(exempt[-1], tax_exempt_until=last)
            self.company.customers[lapsed.code] = lapsed
            self.company.catalogue = replace(
                self.company.catalogue, customers=tuple(self.company.customers.values())
            )

    def _is_listed(self, line: OrderLine) -> bool:
        price = self._prices.get(line.price_id)
        return price is not None and price.kind in ("list", "group", "promo")

    def _cut_a_hole(self, price: Price, day: date, at: datetime) -> None:
        """Every list of the item ends the day before and begins again the day after."""
        for listed in list(self._prices.values()):
            if (
                listed.item == price.item
                and listed.kind in ("list", "group", "promo")
                and listed.holds_on(day)
            ):
                before = replace(listed, valid_to=day - timedelta(days=1))
                after = replace(
                    listed, price_id=f"{listed.price_id}-{day:%m%d}",
                    valid_from=day + timedelta(days=1),
                )  # fmt: skip
                self.company.tell(PriceSet(before, at, is_new=False))
                self.company.tell(PriceSet(after, at))

    def is_overdue(self, billable: Billable) -> bool:
        customer = self.company.customers[billable.customer]
        end = month_close(self.company.parameters.last_day, self.company.zone)
        return grace_ends(billable, customer, self.company) < end

    def end(self, incomplete_orders: set[str]) -> None:
        """Plants what is blocked and due; the rest of an order may have to come first."""
        for code, billable in self.blocked:
            if self.is_overdue(billable) and billable.order_id not in incomplete_orders:
                rate = self.company.exchange.to_own(billable.net, billable.currency, billable.day)
                self.faults.plant(code, rate, NOTES[code], **billable.facts())


NOTES = {
    "PRICE_MISSING": "no list holds a price of the item for the day of the order",
    "PRICE_OVERLAP": "two rows of one list hold for the day of the order",
    "PRICE_VARIANCE": "the CRM names another price for the day of the order",
    "TAX_BLOCK": "the customer's exemption from tax has ended",
    "CUST_COMPLIANCE": "the customer wants its own order number on the invoice, none was given",
}
