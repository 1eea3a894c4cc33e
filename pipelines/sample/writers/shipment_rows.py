"""Rows of goods on their way to a customer: reservations, shipments, carriers' reports, claims."""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.sample.happenings import (
    Allocated,
    CarrierClaim,
    CarrierEvent,
    Shipment,
)
from pipelines.sample.world.company import Company
from pipelines.sample.writers.texts import Row, day, money, stamp
from pipelines.sample.writers.warehouse_rows import UNIT


class ShipmentRows:
    def __init__(self, company: Company) -> None:
        self._company = company
        self._customers = company.customers
        self._spelling = {item.code: item.wms_code for item in company.catalogue.items}

    def allocation(self, told: Allocated) -> Row:
        return {
            "allocation_id": told.allocation_id,
            "order_id": told.order_id,
            "order_line": str(told.order_line),
            "item_code": self._spelling[told.item],
            "location_code": told.location,
            "qty_reserved": str(told.reserved),
            "qty_picked": str(told.picked),
            "qty_packed": str(told.packed),
            "qty_short": str(told.short),
            "uom": UNIT,
            "supply_type": told.supply,
            "channel": told.channel,
            "hard_soft": "hard" if told.hard else "soft",
            "reserved_at": stamp(told.reserved_at),
            "picked_at": stamp(told.picked_at),
            "packed_at": stamp(told.packed_at),
            "released_at": stamp(told.released_at),
            "status": told.status,
            "source_updated_at": stamp(told.changed_at),
        }

    def shipment(self, shipment: Shipment) -> Row:
        customer = self._customers.get(shipment.customer)
        return {
            "shipment_id": shipment.shipment_id,
            "shipment_type": shipment.kind,
            "ship_from_location": shipment.location,
            "customer_code": shipment.customer if customer or shipment.kind == "transfer" else "",
            "ship_to_country": customer.country if customer else "",
            "ship_to_region": customer.region if customer else "",
            "ship_to_code": shipment.ship_to,
            "to_location_code": shipment.to_location,
            "order_type": shipment.order_kind,
            "ship_confirm_at": stamp(shipment.at),
            "recorded_at": stamp(shipment.at),
            "promised_ship_at": stamp(shipment.promised_ship_at),
            "promised_delivery_at": stamp(shipment.promised_delivery_at),
            "carrier_code": shipment.carrier,
            "service_level": shipment.service,
            "tracking_ref": shipment.tracking,
            "freight_terms": shipment.freight_terms,
            "fob_point": shipment.fob,
            "carton_count": str(shipment.cartons) if shipment.cartons else "",
            "gross_weight": _kilograms(shipment.grams) if shipment.grams else "",
            "weight_uom": "KG" if shipment.grams else "",
            "hazmat_flag": "true" if shipment.hazmat else "false",
            "cancelled_at": stamp(shipment.cancelled_at),
            "status": shipment.status,
            "source_updated_at": stamp(shipment.changed_at or shipment.at),
        }

    def shipment_lines(self, shipment: Shipment) -> Iterator[Row]:
        for line in shipment.lines:
            yield {
                "shipment_id": shipment.shipment_id,
                "shipment_line": str(line.line),
                "order_id": line.order_id,
                "order_line": str(line.order_line) if line.order_line else "",
                "item_code": self._spelling[line.item],
                "location_code": line.location or shipment.location,
                "parent_item_code": line.parent_item,
                "qty_ordered": str(line.qty_ordered),
                "qty_shipped": str(line.qty),
                "uom": UNIT,
                "qty_short_reason": line.short_reason,
                "lot_number": line.lot,
                "serial_number": line.serial,
                "no_charge_flag": "true" if line.free_reason else "false",
                "no_charge_reason": line.free_reason,
                "source_updated_at": stamp(shipment.changed_at or shipment.at),
            }

    def delivery_event(self, event: CarrierEvent) -> Row:
        counted = any(qty is not None for qty in (event.delivered, event.short, event.damaged))
        return {
            "shipment_id": event.shipment_id,
            "event_seq": str(event.seq),
            "event_type": event.kind,
            "event_at": stamp(event.at),
            "recorded_at": stamp(event.recorded_at or event.at),
            "shipment_line": str(event.line) if event.line else "",
            "qty_delivered": _qty(event.delivered),
            "qty_short": _qty(event.short),
            "qty_damaged": _qty(event.damaged),
            "uom": UNIT if counted else "",
            "pod_ref": event.pod,
            "signed_by": event.signed_by,
            "carrier_code": event.carrier,
            "source_updated_at": stamp(event.recorded_at or event.at),
        }

    def claim(self, claim: CarrierClaim) -> Row:
        """A debit memo to the carrier that names the shipment, parked until it acknowledges it."""
        return {
            "supplier_invoice_id": claim.claim_id,
            "invoice_number": f"{claim.shipment_id}/{claim.shipment_line}",
            "invoice_type": "debit_memo",
            "supplier_code": claim.carrier,
            "invoice_date": day(claim.day),
            "currency": claim.currency,
            "net_amount": money(claim.amount),
            "tax_amount": "0.00",
            "gross_amount": money(claim.amount),
            "status": "parked",
            "source_updated_at": stamp(claim.at),
        }

    def claim_line(self, claim: CarrierClaim) -> Row:
        return {
            "supplier_invoice_id": claim.claim_id,
            "invoice_line": "1",
            "invoice_number": f"{claim.shipment_id}/{claim.shipment_line}",
            "invoice_date": day(claim.day),
            "supplier_code": claim.carrier,
            "line_type": "other",
            "item_code": claim.item,
            "qty_invoiced": str(claim.qty),
            "uom": UNIT,
            "net_amount": money(claim.amount),
            "currency": claim.currency,
            "status": "parked",
            "source_updated_at": stamp(claim.at),
        }


def _qty(value: int | None) -> str:
    return "" if value is None else str(value)


def _kilograms(grams: int) -> str:
    return f"{grams // 1000}.{grams % 1000:03d}"
