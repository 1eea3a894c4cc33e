"""Rows of wms_stock_movement for everything that changes the stock."""

from __future__ import annotations

import numpy as np

from pipelines.sample.bulk import codes
from pipelines.sample.bulk.arrays import Array, Rows, Series
from pipelines.sample.bulk.company import BulkCompany
from pipelines.sample.bulk.moving import Adjusted, Transferred
from pipelines.sample.bulk.purchasing import Received
from pipelines.sample.bulk.sales import Shipped

# The order of a day, so that no cell is negative at any time: goods come in the morning, are
# counted, leave with customers in the afternoon, and to other sites in the evening.
TRANSFERS_ARRIVE, COUNTED, BROKE, TRANSFERS_LEAVE = 34_200, 37_800, 41_400, 73_800


class MovementRows:
    def __init__(self, company: BulkCompany, series: Series) -> None:
        self._company, self._series = company, series

    def opening(self, on_hand: Array) -> Rows:
        cell = np.flatnonzero(on_hand)
        cost = self._company.items.cost[self._company.cell_item[cell]]
        at = np.full(len(cell), self._company.calendar.midnight[0])
        return self._rows(0, codes.OPENING, cell, on_hand[cell], at) | _costs(on_hand[cell], cost)

    def receipt(self, day: int, received: Received) -> Rows:
        return {
            **self._rows(day, codes.RECEIPT, received.cell, received.qty, received.at),
            **_costs(received.qty, received.price),
            **_document(codes.OF_PURCHASE, received.po, received.po_line),
            "receipt_id": received.receipt,
            "receipt_line": received.line,
        }

    def ship(self, day: int, shipped: Shipped) -> Rows:
        return {
            **self._rows(day, codes.SHIP, shipped.cell, -shipped.qty, shipped.at),
            **_document(codes.OF_SALE, shipped.order, shipped.order_line),
            "shipment_id": shipped.shipment,
            "shipment_line": shipped.line,
        }

    def transfer_out(self, day: int, left: Transferred) -> Rows:
        at = self._at(day, TRANSFERS_LEAVE, len(left.qty))
        return {
            **self._rows(day, codes.TRANSFER_OUT, left.from_cell, -left.qty, at, left.out_id),
            **_document(codes.OF_TRANSFER, left.transfer, left.line),
            "counter_location_code": self._company.cell_site[left.to_cell],
        }

    def transfer_in(self, day: int, came: Transferred) -> Rows:
        at = self._at(day, TRANSFERS_ARRIVE, len(came.qty))
        return {
            **self._rows(day, codes.TRANSFER_IN, came.to_cell, came.qty, at),
            **_document(codes.OF_TRANSFER, came.transfer, came.line),
            "counter_location_code": self._company.cell_site[came.from_cell],
            "linked_movement_id": came.out_id,
        }

    def count_adjust(self, day: int, counted: Adjusted) -> Rows:
        at = self._at(day, COUNTED, len(counted.qty))
        return {
            **self._rows(day, codes.COUNT_ADJUST, counted.cell, counted.qty, at),
            **_document(codes.OF_COUNT, counted.count, None),
            **_approved(codes.CYCLE_COUNT, len(counted.qty)),
        }

    def scrap(self, day: int, broken: Adjusted) -> Rows:
        at = self._at(day, BROKE, len(broken.qty))
        return {
            **self._rows(day, codes.SCRAP, broken.cell, broken.qty, at),
            **_approved(codes.BROKEN, len(broken.qty)),
        }

    def _rows(
        self,
        day: int,
        kind: int,
        cell: Array,
        qty: Array,
        at: Array,
        number: Array | None = None,
    ) -> dict[str, Array]:
        company = self._company
        return {
            "movement_id": self._series.take("M", len(cell)) if number is None else number,
            "movement_type": np.full(len(cell), kind),
            "event_at": at,
            "recorded_at": at,
            "posting_date": np.full(len(cell), company.calendar.date_number[day]),
            "item_code": company.cell_item[cell],
            "qty": qty,
            "location_code": company.cell_site[cell],
        }

    def _at(self, day: int, second: int, count: int) -> Array:
        return np.full(count, self._company.calendar.midnight[day] + second)


def _costs(qty: Array, unit_cost: Array) -> dict[str, Array]:
    return {
        "unit_cost": unit_cost,
        "ext_cost": qty * unit_cost,
        "cost_currency": np.zeros(len(qty), dtype=np.int64),
    }


def _document(kind: int, number: Array, line: Array | None) -> dict[str, Array]:
    named = {"ref_doc_type": np.full(len(number), kind), "ref_doc_id": number}
    return named if line is None else {**named, "ref_doc_line": line}


def _approved(reason: int, count: int) -> dict[str, Array]:
    return {
        "reason_code": np.full(count, reason),
        "approved_by": np.zeros(count, dtype=np.int64),
    }
