"""The purchasing side: its departments, and their turns in a day."""

from __future__ import annotations

from datetime import date

from pipelines.sample.story.consigned_in import ConsignedIn
from pipelines.sample.story.inbound import InboundGoods
from pipelines.sample.story.payables import Payables
from pipelines.sample.story.planning import Planning, Quantities
from pipelines.sample.world.company import Company


class Buying:
    def __init__(self, company: Company) -> None:
        self.company = company
        self._payables = Payables(company, company.stream("payables"))
        self.inbound = InboundGoods(company, company.stream("inbound"))
        self.consigned = ConsignedIn(company)
        self.planning = Planning(company, company.stream("buying"), self.inbound, self.consigned)

    def receive(self, day: date) -> None:
        """The morning: all that raises the value of stock, before anything leaves (ruling C2)."""
        if not self.company.is_business_day(day):
            return
        self.inbound.work(day)
        self._payables.take_bills(day)

    def work(self, day: date, back_orders: Quantities) -> None:
        """The afternoon of a business day: what leaves for suppliers, payments, new orders."""
        self._payables.pay(day)
        self.planning.review(day, back_orders)
