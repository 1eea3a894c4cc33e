"""Everything that goes out to customers: the departments in the order in which their day goes."""

from __future__ import annotations

from datetime import date

from pipelines.sample.story.billhold import BillHold
from pipelines.sample.story.carriers import Carriers
from pipelines.sample.story.consigning import Consigning
from pipelines.sample.story.dropship import DropShip
from pipelines.sample.story.freight import Freight
from pipelines.sample.story.kitting import Kitting
from pipelines.sample.story.recurring import Recurring
from pipelines.sample.story.selling import Selling
from pipelines.sample.world.company import Company


class Outbound:
    """What arrives at customers comes first; what was ordered today is served tomorrow."""

    def __init__(self, company: Company) -> None:
        self.carriers = Carriers(company, company.stream("carriers"))
        self.freight = Freight(company)
        self.selling = Selling(company, company.stream("selling"))
        self.kitting = Kitting(company, self.selling)
        self.bill_hold = BillHold(company, self.selling)
        self.consigning = Consigning(company, company.stream("consigning"), self.selling)
        self.drop_ship = DropShip(company, company.stream("dropship"), self.selling)
        self.recurring = Recurring(company, company.stream("recurring"), self.selling)

    def work(self, day: date) -> None:
        self.carriers.work(day)
        self.selling.work(day)
        self.recurring.work(day)
        self.drop_ship.work(day)
        self.bill_hold.work(day)
        self.consigning.work(day)
        self.kitting.work(day)
