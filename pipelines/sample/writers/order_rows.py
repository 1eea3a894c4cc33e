"""Rows of what customers want and of what moves it: order lines, calendar events, signals."""

from __future__ import annotations

from pipelines.sample.happenings import CalendarEvent, OrderLine, PastDemand, Signal
from pipelines.sample.world.company import Company
from pipelines.sample.writers.texts import Row, day, money, stamp


class OrderRows:
    def __init__(self, company: Company) -> None:
        self._tax_percent = company.parameters.money.tax_percent
        self._currency = company.parameters.currency

    def order_line(self, line: OrderLine) -> Row:
        """In the unit in which the customer ordered; a change of status is no change of the line
        and moves the time of the version alone."""
        gross = line.qty * line.price
        net = gross
        if line.tax_inclusive:
            percent = 100 + self._tax_percent
            net = (2 * gross * 100 + percent) // (2 * percent)
        return {
            "order_id": line.order_id,
            "order_line": str(line.line),
            "order_type": line.kind,
            "order_at": stamp(line.ordered_at),
            "confirmed_at": stamp(line.ordered_at) if line.confirmed else "",
            "customer_code": line.customer,
            "bill_to_code": line.bill_to or line.customer,
            "ship_to_code": line.ship_to,
            "customer_po": line.purchase_reference,
            "channel": line.channel,
            "sales_rep": line.sales_rep,
            "item_code": line.item,
            "qty_ordered": str(line.qty // line.per_uom),
            "qty_cancelled": str(line.qty_cancelled // line.per_uom),
            "uom": line.uom,
            "unit_price": money(line.price * line.per_uom),
            "price_uom": line.uom,
            "price_basis_qty": "1",
            "discount_pct": str(line.discount_percent) if line.discount_percent else "",
            "net_amount": money(net),
            "tax_amount": money(gross - net) if line.tax_inclusive else "",
            "currency": line.currency,
            "price_tax_inclusive": "true" if line.tax_inclusive else "false",
            "price_source": line.price_id,
            "requested_date": day(line.requested),
            "promised_date": day(line.promised or line.requested),
            "promise_basis": line.promise_basis,
            "ship_from_location": line.location,
            "payment_terms_code": line.terms,
            "freight_terms": line.freight_terms,
            "fob_point": line.fob,
            "credit_status": line.credit_status,
            "credit_hold_at": stamp(line.hold_at),
            "credit_release_at": stamp(line.release_at),
            "released_by": line.released_by,
            "line_status": line.status,
            "changed_at": stamp(line.edited_at or line.ordered_at),
            "changed_by": line.changed_by,
            "contract_id": line.contract_id,
            "recurrence_rule": line.recurrence,
            "invoice_policy": line.invoice_policy,
            "source_updated_at": stamp(line.changed_at),
        }

    def calendar_event(self, event: CalendarEvent) -> Row:
        return {
            "event_id": event.event_id,
            "event_type": event.kind,
            "start_date": day(event.first),
            "end_date": day(event.last),
            "known_from_date": day(event.known_from),
            "item_code": event.item,
            "category": event.category,
            "channel": event.channel,
            "value": "" if event.value is None else str(event.value),
            "note": event.note,
        }

    def signal(self, signal: Signal) -> Row:
        sign = "-" if signal.tenths < 0 else ""
        return {
            "signal_name": signal.name,
            "signal_date": day(signal.day),
            "available_from_at": stamp(signal.available_at),
            "is_forecast": "true" if signal.horizon_days else "false",
            "horizon_days": str(signal.horizon_days) if signal.horizon_days else "",
            "value": f"{sign}{abs(signal.tenths) // 10}.{abs(signal.tenths) % 10}",
            "unit": signal.unit,
            "source_updated_at": stamp(signal.available_at),
        }

    def past_demand(self, told: PastDemand) -> Row:
        return {
            "demand_date": day(told.monday),
            "item_code": told.item,
            "location_code": told.location,
            "qty_demanded": str(told.qty),
            "qty_fulfilled": str(told.sold),
            "uom": "EA",
            "stockout_flag": "true" if told.is_out else "false",
            "net_revenue": money(told.net),
            "currency": self._currency,
            "grain": "week",
        }
