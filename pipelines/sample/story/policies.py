"""Decisions that contradict each other: two costing methods for one item from one day on."""

from __future__ import annotations

from datetime import date

from pipelines.sample.happenings import MethodSet
from pipelines.sample.world.company import Company


class Decisions:
    """Strikes a service only: nothing of it is ever in stock, so that no value hangs on it."""

    def __init__(self, company: Company) -> None:
        self.company = company

    def open(self, day: date) -> None:
        for item in self.company.catalogue.items:
            code = "VALUATION_POLICY_CONFLICT"
            if item.kind == "service" and self.company.faults.strikes(code):
                for number, method in enumerate(("fifo", "standard"), start=1):
                    name = f"VAL-{item.code}-{number}"
                    self.company.tell(MethodSet(name, item.code, method, day))
                self.company.faults.plant(
                    code, None, "two methods from one day on", item_id=item.code
                )
