"""Invoices by the night run: one per shipment, a few of them days late, some of them wrong."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from pipelines.sample.bulk.arrays import Array, Rows, Series, chosen, firsts, joined, runs, summed
from pipelines.sample.bulk.company import TERMS_DAYS, BulkCompany
from pipelines.sample.bulk.faults import UNBILLED, FaultPlan
from pipelines.sample.bulk.sales import Shipped

INVOICED_FROM, INVOICED_UNTIL = 21 * 3600, 23 * 3600
LONGEST_DELAY = 3


class Billing:
    def __init__(self, company: BulkCompany, series: Series, plan: FaultPlan) -> None:
        self._company, self._series, self._plan = company, series, plan
        self._rng = company.stream("billing")
        self._due: dict[int, list[tuple[Shipped, Array]]] = defaultdict(list)

    def hear(self, day: int, shipped: Shipped) -> None:
        """Decides what becomes of the lines, and when."""
        fault = self._plan.of_lines(day, shipped)
        lost = fault == UNBILLED
        self._plan.plant_unbilled(chosen(shipped, lost))
        day_of = self._invoice_days(day, shipped.shipment)
        for due in np.unique(day_of):
            tonight = (day_of == due) & ~lost
            if tonight.any():
                self._due[int(due)].append((chosen(shipped, tonight), fault[tonight]))

    def night_run(self, day: int) -> dict[str, Rows]:
        """Rows of billing_invoice and billing_invoice_line."""
        due = self._due.pop(day, None)
        if due is None:
            return {}
        shipped = joined([part for part, _ in due])
        fault = np.concatenate([faults for _, faults in due])
        group, place = runs(shipped.shipment)
        count = int(group[-1]) + 1
        invoice, line = self._series.take("R", count)[group], place + 1
        qty, price = self._plan.billed(shipped, fault)
        self._plan.plant_billed_wrong(shipped, fault, (invoice, line), (qty, price))
        net = qty * price
        tax = (net * self._company.parameters.tax_percent + 50) // 100
        head = firsts(group)
        span = INVOICED_UNTIL - INVOICED_FROM
        at = self._company.calendar.midnight[day] + INVOICED_FROM + group * span // count
        totals = (summed(group, net), summed(group, tax))
        return {
            "billing_invoice": self._headers(day, chosen(shipped, head), invoice[head], at[head])
            | _totals(*totals),
            "billing_invoice_line": {
                "invoice_id": invoice,
                "invoice_line": line,
                "item_code": self._company.cell_item[shipped.cell],
                "qty_billed": qty,
                "unit_price": price,
                "net_amount": net,
                "tax_amount": tax,
                "order_id": shipped.order,
                "order_line": shipped.order_line,
                "shipment_id": shipped.shipment,
                "shipment_line": shipped.line,
            },
        }

    def _headers(self, day: int, head: Shipped, invoice: Array, at: Array) -> dict[str, Array]:
        terms = self._company.customers.terms[head.customer]
        dated = int(self._company.calendar.date_number[day])
        return {
            "invoice_id": invoice,
            "invoice_number": invoice,
            "invoice_date": np.full(len(invoice), dated),
            "posting_date": np.full(len(invoice), dated),
            "created_at": at,
            "sent_at": at,
            "customer_code": head.customer,
            "bill_to_code": head.customer,
            "customer_po": head.order,
            "payment_terms_code": terms,
            "due_date": dated + np.array(TERMS_DAYS)[terms],
        }

    def _invoice_days(self, day: int, shipment: Array) -> Array:
        """Tonight, or one to three days later within the month."""
        calendar, rate = self._company.calendar, self._plan.rates.late_invoice
        group, _ = runs(shipment)
        shipments = int(group[-1]) + 1 if len(group) else 0
        late = calendar.worked_from[day + self._rng.integers(1, LONGEST_DELAY + 1, shipments)]
        is_late = self._rng.random(shipments) < rate
        is_late &= calendar.month[late] == calendar.month[day]
        return np.where(is_late, late, day)[group]


def _totals(net: Array, tax: Array) -> dict[str, Array]:
    return {"net_amount": net, "tax_amount": tax, "gross_amount": net + tax}
