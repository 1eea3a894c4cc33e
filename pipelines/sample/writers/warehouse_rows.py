"""Rows of the warehouse systems: movements, shipments, receipts, counts, snapshots."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pipelines.sample.happenings import (
    Counted,
    MonthClosed,
    StockMoved,
)
from pipelines.sample.world.company import Company
from pipelines.sample.world.events import OUTSIDE, STATUS_OF_STATE
from pipelines.sample.writers.texts import Row, day, money, stamp

UNIT = "EA"
# States from which goods come in over the edge of a building.
COMES_FROM = (*OUTSIDE, "ON_ORDER", "IN_TRANSIT_IN", "RETURN_TRANSIT", "CONSIGN_IN")


class WarehouseRows:
    def __init__(self, company: Company) -> None:
        self._spelling = {item.code: item.wms_code for item in company.catalogue.items}
        self._country = company.parameters.country
        self._currency = company.parameters.currency
        self._regions = {customer.code: customer.region for customer in company.catalogue.customers}

    def movements(self, moved: StockMoved) -> Iterator[Row]:
        """One row, as a full warehouse system sends it: signed at the place where it happened.

        A move inside names both states; over the edge, or to another place, only the near one."""
        if not moved.kind:
            return
        if moved.reversal_of:  # the row of what it takes back, with the opposite sign (ruling A1)
            yield self._reversed(moved)
            return
        yield self._movement(moved)

    def _reversed(self, moved: StockMoved) -> Row:
        original = replace(
            moved, from_location=moved.to_location, from_state=moved.to_state,
            to_location=moved.from_location, to_state=moved.from_state,
        )  # fmt: skip
        row = self._movement(original)
        qty = row["qty"].removeprefix("-") if row["qty"].startswith("-") else f"-{row['qty']}"
        return {**row, "qty": qty, "qty_base": qty}

    def _movement(self, moved: StockMoved) -> Row:
        inside = moved.to_state not in OUTSIDE and moved.from_state not in OUTSIDE
        stays = inside and moved.from_location == moved.to_location and moved.kind != "ship"
        comes_in = stays or moved.from_state in COMES_FROM or moved.kind == "transfer_in"
        state = moved.to_state if comes_in else moved.from_state
        location = moved.to_location if comes_in else moved.from_location
        other = moved.from_location if comes_in else moved.to_location
        qty = str(moved.qty if comes_in else -moved.qty)
        both = stays and moved.from_state not in COMES_FROM and not moved.shown_as
        return {
            "movement_id": moved.movement_id,
            "movement_line": "1",
            "movement_type": moved.kind,
            "event_at": stamp(moved.at),
            "recorded_at": stamp(moved.recorded_at or moved.at),
            "posting_date": day(moved.day),
            "item_code": self._spelling[moved.item],
            "qty": qty,
            "uom": UNIT,
            "qty_base": qty,
            "location_code": location,
            "stock_status": moved.shown_as or STATUS_OF_STATE[state],
            "from_stock_status": STATUS_OF_STATE[moved.from_state] if both else "",
            "counter_location_code": moved.counter_location or (other if other != location else ""),
            "linked_movement_id": moved.linked,
            "owner_party_code": moved.owner,
            "lot_number": moved.lot,
            "serial_number": moved.serial,
            "reason_code": moved.reason,
            "ref_doc_type": moved.doc_type,
            "ref_doc_id": moved.doc_id,
            "ref_doc_line": moved.doc_line,
            "shipment_id": moved.shipment_id,
            "shipment_line": moved.shipment_line,
            "receipt_id": moved.receipt_id,
            "receipt_line": moved.receipt_line,
            "reversal_of_movement_id": moved.reversal_of,
            "unit_cost": "" if moved.unit_cost is None else money(moved.unit_cost),
            "ext_cost": "" if moved.ext_cost is None else money(moved.ext_cost),
            "cost_currency": "" if moved.ext_cost is None else self._currency,
            "scan_method": moved.scan,
            "user_id": moved.user,
            "approved_by": moved.approved_by,
            "source_updated_at": stamp(moved.recorded_at or moved.at),
        }

    def count_line(self, counted: Counted) -> Row:
        return {
            "count_id": counted.count_id,
            "count_line": str(counted.line),
            "count_type": counted.kind,
            "count_at": stamp(counted.at),
            "item_code": self._spelling[counted.item],
            "location_code": counted.location,
            "book_qty": str(counted.book),
            "counted_qty": str(counted.counted),
            "uom": UNIT,
            "adjustment_txn_id": counted.movement_id,
            "counted_by": counted.counted_by,
            "approved_by": counted.approved_by,
            "approved_at": stamp(counted.at) if counted.approved_by else "",
            "source_updated_at": stamp(counted.at),
        }

    def snapshot(self, closed: MonthClosed) -> Iterator[Row]:
        for level in closed.levels:
            yield {
                "snapshot_at": stamp(closed.counted_at),
                "item_code": self._spelling[level.item],
                "location_code": level.location,
                "stock_status": STATUS_OF_STATE[level.state],
                "owner_party_code": level.owner,
                "lot_number": level.lot,
                "qty": str(level.qty),
                "uom": UNIT,
            }
