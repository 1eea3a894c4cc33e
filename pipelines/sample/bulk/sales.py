"""What is shipped of a day's orders, as rows of the documents."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipelines.sample.bulk.arrays import Array, Rows, Series, chosen, document, firsts, runs
from pipelines.sample.bulk.company import GROUPS, BulkCompany
from pipelines.sample.bulk.demand import OrderLines

CONFIRMED_AFTER = 15 * 60
# The last order of the morning is packed by the evening; the first leaves after the goods of the
# morning are in, see movements.
SHIPPED_AFTER = (11 * 1800, 15 * 1800)
LAST_SHIPMENT = 20 * 3600
CANCELLED, SHIPPED = 0, 1


@dataclass(frozen=True, slots=True)
class Shipped:
    """Shipment lines of a day, shipments together. Money in cents, `at` in seconds since 1970."""

    shipment: Array
    line: Array
    order: Array
    order_line: Array
    customer: Array
    cell: Array
    qty: Array
    price: Array
    at: Array


class Sales:
    """Orders of the morning leave in the afternoon; what is short is cancelled at once."""

    def __init__(self, company: BulkCompany, series: Series) -> None:
        self._company, self._series = company, series
        self._rng = company.stream("sales")

    def ship(self, day: int, lines: OrderLines, got: Array) -> tuple[Rows, Shipped]:
        """Rows of billing_order_line, and what leaves."""
        company = self._company
        month = int(company.calendar.month[day])
        period = company.price_period(month)
        item = company.cell_item[lines.cell]
        group = company.customers.group[lines.customer]
        price = company.prices[period, group, item]
        orders = int(lines.order[-1]) + 1 if len(lines) else 0
        number = self._series.take("O", orders)[lines.order]
        midnight = company.calendar.midnight[day]
        confirmed_at = midnight + lines.placed + CONFIRMED_AFTER
        today = np.full(len(lines), company.calendar.date_number[day])
        rows = {
            "order_id": number,
            "order_line": lines.line,
            "order_at": midnight + lines.placed,
            "confirmed_at": confirmed_at,
            "customer_code": lines.customer,
            "bill_to_code": lines.customer,
            "customer_po": number,
            "item_code": item,
            "qty_ordered": lines.qty,
            "qty_cancelled": lines.qty - got,
            "unit_price": price,
            "net_amount": lines.qty * price,
            "price_source": document(
                "Q", (period * len(GROUPS) + group) * company.parameters.items + item
            ),
            "requested_date": today,
            "promised_date": today,
            "ship_from_location": company.cell_site[lines.cell],
            "payment_terms_code": company.customers.terms[lines.customer],
            "changed_at": confirmed_at,
            "line_status": np.where(got > 0, SHIPPED, CANCELLED),
        }
        leaves = got > 0
        shipment, place = runs(lines.order[leaves])
        waits = self._rng.integers(*SHIPPED_AFTER, orders)[lines.order[leaves]]
        shipments = int(shipment[-1]) + 1 if len(shipment) else 0
        return rows, Shipped(
            shipment=self._series.take("S", shipments)[shipment],
            line=place + 1,
            order=number[leaves],
            order_line=lines.line[leaves],
            customer=lines.customer[leaves],
            cell=lines.cell[leaves],
            qty=got[leaves],
            price=price[leaves],
            at=midnight + np.minimum(lines.placed[leaves] + waits, LAST_SHIPMENT),
        )

    def shipment_rows(self, shipped: Shipped) -> dict[str, Rows]:
        company = self._company
        head = chosen(shipped, firsts(runs(shipped.shipment)[0]))
        return {
            "wms_shipment": {
                "shipment_id": head.shipment,
                "ship_from_location": company.cell_site[head.cell],
                "customer_code": head.customer,
                "ship_to_region": company.customers.site[head.customer],
                "ship_confirm_at": head.at,
                "recorded_at": head.at,
            },
            "wms_shipment_line": {
                "shipment_id": shipped.shipment,
                "shipment_line": shipped.line,
                "order_id": shipped.order,
                "order_line": shipped.order_line,
                "item_code": company.cell_item[shipped.cell],
                "location_code": company.cell_site[shipped.cell],
                "qty_ordered": shipped.qty,
                "qty_shipped": shipped.qty,
            },
        }
