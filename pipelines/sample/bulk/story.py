"""The bulk company day by day: every step is taken for all cells at once."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from pipelines.sample.bulk.arrays import Rows, Series
from pipelines.sample.bulk.billing import Billing
from pipelines.sample.bulk.codes import PURCHASE_STATUSES
from pipelines.sample.bulk.company import BulkCompany
from pipelines.sample.bulk.demand import DemandStream
from pipelines.sample.bulk.faults import FaultPlan
from pipelines.sample.bulk.movements import MovementRows
from pipelines.sample.bulk.moving import StockChecks, Transfers
from pipelines.sample.bulk.purchasing import (
    CONFIRMED_AT,
    PUTAWAY_SECONDS,
    Purchasing,
    Received,
)
from pipelines.sample.bulk.sales import Sales
from pipelines.sample.bulk.stock import BulkStock

Told = tuple[str, Rows]
MOVEMENT = "wms_stock_movement"
OPEN, PARTIAL, RECEIVED = range(len(PURCHASE_STATUSES))


class BulkStory:
    """Told once, from the first day to the last; memory holds one day and what is still open."""

    def __init__(self, company: BulkCompany) -> None:
        self.company = company
        self.demand = DemandStream(company)
        series = Series()
        self.stock = BulkStock(company, self.demand.pieces_a_day())
        self.purchasing = Purchasing(company, self.stock, series)
        self.transfers = Transfers(company, self.stock, series)
        self.faults = FaultPlan(company)
        self._checks = StockChecks(company, self.stock)
        self._sales = Sales(company, series)
        self._billing = Billing(company, series, self.faults)
        self._movements = MovementRows(company, series)
        self._has_documents = company.parameters.feeds == "all"

    def opening(self) -> Iterator[Told]:
        yield MOVEMENT, self._movements.opening(self.stock.on_hand)

    def of_day(self, day: int) -> Iterator[Told]:
        """Rows of a day; none where nobody works."""
        if not self.company.calendar.is_worked[day]:
            return
        yield from self._morning(day)
        yield from self._trade(day)
        if (left := self.transfers.departures(day)) is not None:
            yield MOVEMENT, self._movements.transfer_out(day, left)
        self.purchasing.review(day)

    def _morning(self, day: int) -> Iterator[Told]:
        if (received := self.purchasing.arrivals(day)) is not None:
            yield MOVEMENT, self._movements.receipt(day, received)
            yield "wms_receipt_line", self._receipt_lines(received)
        if (came := self.transfers.arrivals(day)) is not None:
            yield MOVEMENT, self._movements.transfer_in(day, came)
        yield MOVEMENT, self._movements.count_adjust(day, self._checks.counts(day))
        yield MOVEMENT, self._movements.scrap(day, self._checks.breakages(day))

    def _trade(self, day: int) -> Iterator[Told]:
        lines = self.demand.of_day(day)
        got = self.stock.serve(lines.cell, lines.qty)
        order_lines, shipped = self._sales.ship(day, lines, got)
        yield MOVEMENT, self._movements.ship(day, shipped)
        if self._has_documents:
            yield "billing_order_line", order_lines
            yield from self._sales.shipment_rows(shipped).items()
            self._billing.hear(day, shipped)
            yield from self._billing.night_run(day).items()

    def month_end(self, month: int) -> Iterator[Told]:
        """Purchase lines as they stand now, of all that changed; then the settled ones go."""
        calendar = self.company.calendar
        since = calendar.midnight_of(calendar.month_start(month))
        yield "purchasing_order_line", self._purchase_lines(since)
        self.purchasing.book.forget_settled()

    def _receipt_lines(self, received: Received) -> Rows:
        company = self.company
        item = company.cell_item[received.cell]
        return {
            "receipt_id": received.receipt,
            "receipt_line": received.line,
            "ref_order_id": received.po,
            "ref_order_line": received.po_line,
            "received_at": received.at,
            "putaway_at": received.at + PUTAWAY_SECONDS,
            "item_code": item,
            "qty_received": received.qty,
            "qty_rejected": np.zeros(len(item), dtype=np.int64),
            "qty_accepted": received.qty,
            "location_code": company.cell_site[received.cell],
            "supplier_code": company.items.supplier[item],
            "unit_cost": received.price,
        }

    def _purchase_lines(self, since: int) -> Rows:
        company, calendar = self.company, self.company.calendar
        lines = self.purchasing.book.changed_since(since)
        item = company.cell_item[lines["cell"]]
        status = np.where(lines["received"] < lines["qty"], PARTIAL, RECEIVED)
        return {
            "po_id": lines["po"],
            "po_line": lines["line"],
            "supplier_code": company.items.supplier[item],
            "item_code": item,
            "order_date": calendar.date_number[lines["ordered"]],
            "promised_date": calendar.date_number[lines["promised"]],
            "confirmed_at": calendar.midnight[lines["ordered"]] + CONFIRMED_AT,
            "to_location_code": company.cell_site[lines["cell"]],
            "qty_ordered": lines["qty"],
            "unit_price": lines["price"],
            "status": np.where(lines["received"] == 0, OPEN, status),
            "source_updated_at": lines["changed"],
        }
