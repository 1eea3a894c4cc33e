"""Goods of ours at a customer: sent out, used up by report, and a few fetched back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random

from pipelines.sample.happenings import BillableEvent
from pipelines.sample.story.selling import Selling
from pipelines.sample.world.catalogue_kinds import Customer, Item
from pipelines.sample.world.company import Company

FILL_MINUTE, REPORT_MINUTE, REPORT_WEEKDAY, FILL_DAY = 9 * 60 + 10, 16 * 60 + 30, 4, 4
TAKEN_BACK_MONTH, TAKEN_BACK_DAY, BACK_MINUTE = 11, 11, 11 * 60
ITEMS_AT_A_SITE, COVER = 4, 8  # times the usual quantity of an order line


class Consigning:
    def __init__(self, company: Company, rng: Random, selling: Selling) -> None:
        self.company = company
        self._rng = rng
        self._selling = selling
        plain = [
            item
            for item in company.bought
            if not (item.lot_controlled or item.serial_controlled or item.launch)
            and item.case_qty == 1
            and not item.is_intermittent
        ]
        holders = [c for c in company.catalogue.customers if c.consignment_site]
        self._sites: list[tuple[Customer, list[Item]]] = [
            (customer, plain[1 + 3 * number :: 7][:ITEMS_AT_A_SITE])
            for number, customer in enumerate(holders)
        ]

    def work(self, day: date) -> None:
        if not self.company.is_business_day(day):
            return
        for customer, items in self._sites:
            if day == self.company.business_day_of(day, FILL_DAY):
                self._fill(day, customer, items)
            if day.weekday() == REPORT_WEEKDAY:
                self._report(day, customer, items)
            if day.month == TAKEN_BACK_MONTH and day == self.company.business_day_of(
                day, TAKEN_BACK_DAY
            ):
                self._take_back(day, customer, items[0])

    def _fill(self, day: date, customer: Customer, items: list[Item]) -> None:
        order_id, at = "", self.company.moment(day, FILL_MINUTE)
        number = 0
        for item in items:
            level = self.company.stock.level(customer.consignment_site, item.code, "CONSIGN_OUT")
            target = COVER * item.typical_qty
            if level > target // 2 or self._is_on_the_way(customer, item):
                continue
            order_id = order_id or self.company.number("SO")
            number += 1
            line = self._selling.ordering.line(
                day, at, (order_id, number), customer, item, target - level
            )
            self._selling.accept(
                replace(line, kind="consignment", ship_to=customer.consignment_site), day
            )
            self.company.faults.trap(
                "consignment", "shipped, billed when it is used", order_id=order_id,
                order_line=number,
            )  # fmt: skip

    def _is_on_the_way(self, customer: Customer, item: Item) -> bool:
        return any(
            waiting.line.kind == "consignment"
            and waiting.line.customer == customer.code
            and waiting.line.item == item.code
            for waiting in self._selling.open
        )

    def _report(self, day: date, customer: Customer, items: list[Item]) -> None:
        """What the customer used in the week; it is his, and to be billed, with the report."""
        company, site = self.company, customer.consignment_site
        at = company.moment(day, REPORT_MINUTE)
        report = f"USE-{site}-{day:%Y%m%d}"
        for number, item in enumerate(items, start=1):
            level = company.stock.level(site, item.code, "CONSIGN_OUT")
            used = self._rng.randrange(0, 1 + max(0, level * 3 // 10))
            if not used:
                continue
            cost = company.cost.issue(item.code, used)
            company.move(
                "E44", at, day, item=item.code, location=site, qty=used, ext_cost=-cost,
                doc_type="SO", doc_id=report, doc_line=str(number), scan="edi",
            )  # fmt: skip
            price = company.prices.price(item, customer, day, used)
            company.tell(
                BillableEvent(
                    company.number("BE"), "consumption", day, at, customer.code, item=item.code,
                    location=site, qty=used, price=price.amount, currency=price.currency,
                    report=report, stock_cost=cost,
                    fx_rate=company.exchange.rate(price.currency, day),
                )
            )  # fmt: skip

    def _take_back(self, day: date, customer: Customer, item: Item) -> None:
        """Half of what one item still has at the site returns to the warehouse."""
        company, site = self.company, customer.consignment_site
        at = company.moment(day, BACK_MINUTE)
        qty = company.stock.level(site, item.code, "CONSIGN_OUT") // 2
        if not qty or not company.locations[customer.location].reserves:
            return
        company.move(
            "E45", at, day, item=item.code, location=site, to_location=customer.location, qty=qty,
            reason="slow at the site",
        )  # fmt: skip
        company.move(
            "E07", company.moment(day, BACK_MINUTE + 90), day, item=item.code,
            location=customer.location, qty=qty,
        )  # fmt: skip
