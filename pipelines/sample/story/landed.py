"""Landed cost: freight and duty, estimated with the receipt, billed by the forwarder weeks later.

The estimate raises stock at once (E11). The final bill replaces it (ruling A14): the difference
goes to the pieces of that receipt that are still here, and for the others to cost of sales (E12).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from pipelines.sample.happenings import GoodsReceived, LandedCost, SupplierInvoiceLine
from pipelines.sample.story.payables import Payables
from pipelines.sample.world.company import Company

FORWARDER = "S900"


@dataclass(frozen=True, slots=True)
class Component:
    """One kind of cost on a receipt; the shares of its lines by `weights` add up to it."""

    name: str
    basis: str
    amount: int
    weights: tuple[int, ...]


class Landed:
    def __init__(self, company: Company, rng: Random, payables: Payables) -> None:
        self.company = company
        self._rng = rng
        self._params = company.parameters.payables
        self._payables = payables
        self._final_on: defaultdict[date, list[tuple[GoodsReceived, str, list[Component]]]] = (
            defaultdict(list)
        )
        company.listen(GoodsReceived, self._estimate)

    def _estimate(self, receipt: GoodsReceived) -> None:
        if receipt.kind != "po" or not self.company.suppliers[receipt.supplier].lands_cost:
            return
        components = self._components(receipt)
        cost_id = self.company.number("LC")
        for number, component in enumerate(components, start=1):
            shares = by_largest_remainder(component.amount, component.weights)
            self.company.tell(
                LandedCost(
                    cost_id, number, component.name, component.basis, component.amount, True,
                    receipt.day, receipt.at, receipt.receipt_id, FORWARDER,
                    parts=self._add(receipt, shares, receipt.day), location=receipt.location,
                )
            )  # fmt: skip
        due = receipt.day + timedelta(days=self._rng.randint(*self._params.final_cost_days))
        while not self.company.is_business_day(due):
            due += timedelta(days=1)
        self._final_on[due].append((receipt, cost_id, components))

    def _components(self, receipt: GoodsReceived) -> list[Component]:
        grams = tuple(self.company.items[r.purchase.item].grams * r.qty for r in receipt.lines)
        values = tuple(line.value for line in receipt.lines)
        percent = self._params.freight_percent
        freight = max(self._params.freight_least, sum(values) * percent // 100)
        components = [Component("freight", "weight", freight, grams)]
        country = self.company.suppliers[receipt.supplier].country
        if country != self.company.parameters.country:
            duty = sum(values) * self._params.duty_percent // 100
            components.append(Component("duty", "value", duty, values))
        return components

    def work(self, day: date) -> None:
        """Final bills, before anything is shipped on the day (ruling C2)."""
        for receipt, estimate_id, components in self._final_on.pop(day, []):
            self._finish(receipt, estimate_id, components, day)

    def _finish(
        self, receipt: GoodsReceived, estimate_id: str, components: list[Component], day: date
    ) -> None:
        finals = [self._final_amount(component) for component in components]
        invoice = self._payables.draft(
            FORWARDER, day,
            tuple(
                SupplierInvoiceLine(number, one.name, amount, receipt_id=receipt.receipt_id)
                for number, (one, amount) in enumerate(zip(components, finals, strict=True), 1)
            ),
            taxed=finals[0],
        )  # fmt: skip
        self.company.tell(invoice)
        cost_id = self.company.number("LC")
        for number, (one, amount) in enumerate(zip(components, finals, strict=True), start=1):
            estimated = by_largest_remainder(one.amount, one.weights)
            final = by_largest_remainder(amount, one.weights)
            shares = [new - old for new, old in zip(final, estimated, strict=True)]
            self.company.tell(
                LandedCost(
                    cost_id, number, one.name, one.basis, amount, False, day, invoice.changed_at,
                    receipt.receipt_id, FORWARDER, replaces=estimate_id,
                    supplier_invoice_id=invoice.invoice_id, parts=self._add(receipt, shares, day),
                    location=receipt.location,
                )
            )  # fmt: skip

    def _final_amount(self, component: Component) -> int:
        """Duty is known when goods come in; freight is not."""
        if component.name == "duty":
            return component.amount
        return component.amount * self._rng.randint(*self._params.final_cost_percent) // 100

    def _add(
        self, receipt: GoodsReceived, shares: list[int], day: date
    ) -> tuple[tuple[int, str, int, int], ...]:
        parts = []
        for line, amount in zip(receipt.lines, shares, strict=True):
            item = line.purchase.item
            self.company.faults.claim("costs more from today", item, day.isoformat())
            to_stock, to_cogs = self.company.cost.add_value(item, line.layer_id, amount)
            parts.append((line.line, item, to_stock, to_cogs))
        return tuple(parts)


def by_largest_remainder(amount: int, weights: tuple[int, ...]) -> list[int]:
    """Parts of `amount` by weight that add up to it (domain B.4); ties go to the first."""
    whole = sum(weights)
    parts = [amount * weight // whole for weight in weights]
    remainders = [amount * weight % whole for weight in weights]
    order = sorted(range(len(weights)), key=lambda place: (-remainders[place], place))
    for place in order[: amount - sum(parts)]:
        parts[place] += 1
    return parts
