"""The purchasing side: its departments, and their turns in a day."""

from __future__ import annotations

from datetime import date

from pipelines.sample.story.consigned_in import ConsignedIn
from pipelines.sample.story.haulage import Haulage
from pipelines.sample.story.inbound import InboundGoods
from pipelines.sample.story.inspection import Inspection
from pipelines.sample.story.landed import Landed
from pipelines.sample.story.payables import Payables
from pipelines.sample.story.paying import Paying
from pipelines.sample.story.planning import Planning, Quantities
from pipelines.sample.story.receipt_faults import ReceiptFaults
from pipelines.sample.world.company import Company


class Buying:
    def __init__(self, company: Company) -> None:
        self.company = company
        self._faults = ReceiptFaults(company)
        self._inspection = Inspection(company, company.stream("inspection"), self._faults)
        self.payables = Payables(company, company.stream("payables"), self._faults)
        self.paying = Paying(company)
        self._landed = Landed(company, company.stream("landed"), self.payables)
        self._haulage = Haulage(company, self.payables)
        self.inbound = InboundGoods(company, company.stream("inbound"), self._faults)
        self.consigned = ConsignedIn(company, self.payables)
        self.planning = Planning(company, company.stream("buying"), self.inbound, self.consigned)

    def receive(self, day: date, back_orders: Quantities) -> None:
        """The morning: goods, before anything leaves (ruling C2)."""
        if not self.company.is_business_day(day):
            return
        self.inbound.work(day)
        self._inspection.decide(day)
        self.consigned.work(day, back_orders)

    def receive_papers(self, day: date) -> None:
        """Bills and late costs of what came in, behind the goods that customers sent back."""
        if self.company.is_business_day(day):
            self.payables.work(day)
            self._landed.work(day)
            self._haulage.work(day)

    def work(self, day: date, back_orders: Quantities) -> None:
        """The afternoon of a business day: what leaves for suppliers, payments, new orders."""
        self._inspection.send_back(day)
        self.paying.work(day)
        self.planning.review(day, back_orders)

    def end(self) -> None:
        self._faults.end()
