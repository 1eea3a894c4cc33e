"""Billing: from what left the building to money on the account, a working day at a time."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date
from random import Random

from pipelines.sample.happenings import (
    Invoice,
    InvoiceLine,
    OpenItem,
    OrderLine,
    RateFixed,
    Shipment,
)
from pipelines.sample.story.bill_traps import BillTraps
from pipelines.sample.story.billables import Billable, tax_of
from pipelines.sample.story.crediting import Crediting
from pipelines.sample.story.disputes import Disputes
from pipelines.sample.story.invoicing import Invoicing
from pipelines.sample.story.misbilling import Mistakes
from pipelines.sample.story.receivables import Receivables
from pipelines.sample.world.company import Company

FIXING_MINUTE, AGAIN_MINUTE = 16 * 60, 11 * 60


class Billing:
    def __init__(self, company: Company, rng: Random) -> None:
        self.company = company
        self.faults = company.faults
        self.invoicing = Invoicing(company, rng)
        self.receivables_book = Receivables(company, company.stream("receivables"))
        self.crediting = Crediting(company, company.stream("crediting"))
        self.disputes = Disputes(
            company, company.stream("disputes"), self.receivables_book, self.crediting
        )
        self.traps = BillTraps(company)
        self._rng = company.stream("rebilling")
        self._again: defaultdict[date, list[Invoice]] = defaultdict(list)
        self._copies: defaultdict[date, list[tuple[Invoice, InvoiceLine]]] = defaultdict(list)
        self._mistaken: defaultdict[date, list[OrderLine]] = defaultdict(list)
        self._left: set[tuple[str, int]] = set()
        self._goods_to_come: dict[str, set[tuple[str, int]]] = {}
        self._shrinks: defaultdict[date, list[str]] = defaultdict(list)
        self._in_advance: dict[str, Invoice] = {}
        company.listen(OrderLine, self._hear_order)
        company.listen(Shipment, self._hear_shipment)

    def _hear_order(self, line: OrderLine) -> None:
        """A line cancelled before anything left is billed only by mistake."""
        key = (line.order_id, line.line)
        if self._is_billed_otherwise(line):
            day = line.changed_at.astimezone(self.company.zone).date()
            self._shrinks[self.company.next_business_day(day)].append(
                self.invoicing.pre_billed[key]
            )
            if line.qty_cancelled:
                self._goods_to_come.get(self.invoicing.pre_billed[key], set()).discard(key)
        known = line.customer in self.company.customers
        is_goods = line.kind == "standard" and line.price and known
        if line.status != "cancelled" or not is_goods or key in self._left:
            return
        self._left.add(key)
        day = line.changed_at.astimezone(self.company.zone).date()
        claim = ("sale", line.customer, line.item)
        # Taken back at once, not given up on after weeks of waiting for goods.
        soon = (line.changed_at - line.ordered_at).days <= 4
        may_be_billed = soon and not self.company.customers[line.customer].pre_billed
        if may_be_billed and self.faults.strikes("BILLED_NOT_SHIPPED", day=day, claim=claim):
            self._mistaken[self.company.next_business_day(day)].append(line)
        else:
            self.traps.cancelled(line)

    def _is_billed_otherwise(self, line: OrderLine) -> bool:
        """Billed in advance in another quantity than the customer wants by now."""
        key = (line.order_id, line.line)
        invoice = self._in_advance.get(self.invoicing.pre_billed.get(key, ""))
        return invoice is not None and any(
            (billed.order_id, billed.order_line) == key
            and billed.qty != line.qty - line.qty_cancelled
            for billed in invoice.lines
        )

    def _hear_shipment(self, shipment: Shipment) -> None:
        if shipment.is_confirmed:
            for line in shipment.lines:
                key = (line.order_id, line.order_line)
                self._left.add(key)
                if key in self.invoicing.pre_billed:
                    self._came(self.invoicing.pre_billed[key], key, shipment.day)

    def _came(self, invoice_id: str, key: tuple[str, int], day: date) -> None:
        """Who is billed in advance pays when all of the goods are there."""
        waiting = self._goods_to_come.get(invoice_id, set())
        waiting.discard(key)
        if not waiting:
            self.receivables_book.release(invoice_id, day)

    def work(self, day: date) -> None:
        """Money first, as the bank's statement comes in the morning; then what is to be billed."""
        if not self.company.is_business_day(day):
            return
        self._fix_rates(day)
        self.receivables_book.collect(day)
        for deduction in self.receivables_book.deducted:
            self.disputes.of_deduction(deduction, day)
        self.disputes.work(day)
        for position, lines in enumerate(self.invoicing.due_today(day)):
            written = self.invoicing.write(day, position, lines)
            if written is not None:
                self._send(day, written[0], written[1], lines)
        self._copy(day)
        self._shrink(day)
        self._bill_cancelled(day)
        self._write_again(day)
        for credit in self.crediting.due_today(day):
            self.company.tell(credit)
            self.receivables_book.open_credit(credit)
            self.traps.of_credit(credit)

    def _fix_rates(self, day: date) -> None:
        for currency in sorted({c.currency for c in self.company.catalogue.customers}):
            if currency and currency != self.company.parameters.currency:
                self.company.tell(
                    RateFixed(
                        currency, day, self.company.moment(day, FIXING_MINUTE),
                        self.company.exchange.rate(currency, day),
                    )
                )  # fmt: skip

    def _send(self, day: date, invoice: Invoice, mistakes: Mistakes, lines: list[Billable]) -> None:
        invoice = self._with_odd_line(invoice, mistakes, lines)
        self.company.tell(invoice)
        self.receivables_book.open_invoice(invoice)
        self._wait_for_goods(invoice)
        is_sound = not mistakes and not any(
            self.faults.is_claimed("sale", invoice.customer, line.item) for line in invoice.lines
        )
        for billable in lines:
            if mistakes.of(billable) == "DUP_INVOICE":
                self._plan_copy(day, invoice, billable)
        self.traps.of_invoice(invoice, lines)
        for line in invoice.lines:
            if line.kind == "deposit":
                self.crediting.give_back(invoice, line, day)
        if not is_sound:
            return
        again = self.company.next_business_day(day, steps=self._rng.randrange(1, 4))
        in_advance = any(line.in_advance for line in invoice.lines)
        if self._rng.random() < self.company.parameters.money.cancelled_invoice_share:
            if again.month == day.month and not in_advance:
                self._again[again].append(invoice)
                self.receivables_book.hold(invoice.invoice_id)
        else:
            self.crediting.consider(invoice, day, is_sound=is_sound)
            self.disputes.consider(invoice, day)

    def _with_odd_line(
        self, invoice: Invoice, mistakes: Mistakes, lines: list[Billable]
    ) -> Invoice:
        """A correction written as a negative line on an ordinary invoice."""
        for billable in lines:
            if mistakes.of(billable) != "SIGN_ODD":
                continue
            like = next(line for line in invoice.lines if line.item == billable.item)
            odd = InvoiceLine(
                len(invoice.lines) + 1, like.item, -1, like.price, -like.price,
                -((like.tax + like.qty // 2) // like.qty), tax_code=like.tax_code,
                manual_price=True, description="correction of an earlier delivery",
            )  # fmt: skip
            invoice = replace(invoice, lines=(*invoice.lines, odd))
            own = self.company.exchange.to_own(like.price, invoice.currency, invoice.day)
            self.faults.plant(
                "SIGN_ODD", own, "negative quantity on an ordinary invoice",
                invoice_id=invoice.invoice_id, invoice_line=odd.line,
            )  # fmt: skip
        return invoice

    def _wait_for_goods(self, invoice: Invoice) -> None:
        keys = {(line.order_id, line.order_line) for line in invoice.lines if line.in_advance}
        if keys:
            self._in_advance[invoice.invoice_id] = invoice
            self._goods_to_come[invoice.invoice_id] = keys
            self.receivables_book.hold(invoice.invoice_id)

    def _shrink(self, day: date) -> None:
        """Billed in advance and changed afterwards: taken back, and written as it is now."""
        for invoice_id in dict.fromkeys(self._shrinks.pop(day, [])):
            invoice = self._in_advance.pop(invoice_id, None)
            if invoice is None or not self.receivables_book.take_back(invoice_id):
                continue
            at = self.company.moment(day, AGAIN_MINUTE + 20)
            self.company.tell(self.crediting.taken_back(invoice, day, at))
            self.company.tell(replace(invoice, status="cancelled", changed_at=at))
            rest: list[InvoiceLine] = []
            for line in invoice.lines:
                order = self.invoicing.order_line((line.order_id, line.order_line))
                qty = order.qty - order.qty_cancelled
                if qty > 0:
                    net = qty * line.price
                    tax = (2 * net * line.tax + line.net) // (2 * line.net)
                    rest.append(replace(line, line=len(rest) + 1, qty=qty, net=net, tax=tax))
            if not rest:
                continue
            fresh = replace(
                invoice, invoice_id=self.company.number("IN"), day=day, created_at=at,
                changed_at=at, due=_due(day, self.company.customers[invoice.customer].terms_days),
                lines=tuple(rest), discount_until=None, discount=0, mode="manual",
            )  # fmt: skip
            self.company.tell(fresh)
            self.receivables_book.open_invoice(fresh)
            left = self._goods_to_come.pop(invoice_id, set())
            self._wait_for_goods(fresh)
            self._goods_to_come[fresh.invoice_id] &= left
            for line in rest:
                self.invoicing.pre_billed[line.order_id, line.order_line] = fresh.invoice_id
            if not self._goods_to_come[fresh.invoice_id]:
                self.receivables_book.release(fresh.invoice_id, day)

    def _plan_copy(self, day: date, invoice: Invoice, billable: Billable) -> None:
        line = next(
            line
            for line in invoice.lines
            if (line.shipment_id, line.shipment_line) == billable.key and line.kind == "item"
        )
        on = self.company.next_business_day(
            day, steps=self.faults.rng("DUP_INVOICE").randrange(2, 6)
        )
        self._copies[on].append((invoice, line))

    def _copy(self, day: date) -> None:
        """The same goods a second time, under a number of its own."""
        for position, (invoice, line) in enumerate(self._copies.pop(day, [])):
            billed = replace(line, line=1)
            copy = self._plain(day, 100 + position, invoice.customer, billed, invoice)
            self.company.tell(copy)
            self.receivables_book.open_invoice(copy)
            self.faults.plant(
                "DUP_INVOICE",
                self.company.exchange.to_own(line.net, invoice.currency, day),
                f"billed already with {invoice.invoice_id}",
                order_id=line.order_id, order_line=line.order_line, shipment_id=line.shipment_id,
                shipment_line=line.shipment_line, invoice_id=copy.invoice_id, invoice_line=1,
            )  # fmt: skip

    def _bill_cancelled(self, day: date) -> None:
        for position, order in enumerate(self._mistaken.pop(day, [])):
            customer = self.company.customers[order.customer]
            code, percent = tax_of(customer, self.company.parameters.money.tax_percent)
            net = order.qty * order.price
            if order.tax_inclusive:
                net = (2 * net * 100 + 100 + percent) // (2 * (100 + percent))
            line = InvoiceLine(
                1, order.item, order.qty, (2 * net + order.qty) // (2 * order.qty), net,
                (2 * net * percent + 100) // 200, order.order_id, order.line, tax_code=code,
                uom=order.uom, per_uom=order.per_uom, price_source=order.price_id,
            )  # fmt: skip
            invoice = self._plain(day, 110 + position, order.customer, line, order)
            self.company.tell(invoice)
            self.receivables_book.open_invoice(invoice)
            self.faults.plant(
                "BILLED_NOT_SHIPPED",
                self.company.exchange.to_own(net, order.currency, day),
                "the order was cancelled before it shipped",
                order_id=order.order_id, order_line=order.line,
                invoice_id=invoice.invoice_id, invoice_line=1,
            )  # fmt: skip

    def _plain(
        self, day: date, minute: int, customer: str, line: InvoiceLine, like: Invoice | OrderLine
    ) -> Invoice:
        """An invoice of one line beside the regular run."""
        buyer = self.company.customers[customer]
        at = self.company.moment(day, 9 * 60 + minute)
        return Invoice(
            self.company.number("IN"), customer, day, at, _due(day, buyer.terms_days),
            like.purchase_reference, (line,), "sent", at, currency=like.currency,
            fx_rate=self.company.exchange.rate(like.currency, day), terms=buyer.terms,
        )  # fmt: skip

    def _write_again(self, day: date) -> None:
        """Cancelled for a wrong reference and written again: three documents, one sale."""
        for position, invoice in enumerate(self._again.pop(day, [])):
            if not self.receivables_book.take_back(invoice.invoice_id):
                self.receivables_book.release(invoice.invoice_id, day)
                continue
            at = self.company.moment(day, AGAIN_MINUTE + min(position, 90))
            self.company.tell(self.crediting.taken_back(invoice, day, at))
            self.company.tell(replace(invoice, status="cancelled", changed_at=at))
            fresh = replace(
                invoice, invoice_id=self.company.number("IN"), day=day, created_at=at,
                changed_at=at, due=_due(day, self.company.customers[invoice.customer].terms_days),
                purchase_reference=f"{invoice.purchase_reference}-B", discount_until=None,
                discount=0, mode="manual", created_by="m.ohlsen",
            )  # fmt: skip
            self.company.tell(fresh)
            self.receivables_book.open_invoice(fresh)
            for line in fresh.lines:
                self._remember_again(line, fresh, invoice)

    def _remember_again(self, line: InvoiceLine, fresh: Invoice, first: Invoice) -> None:
        if line.billable_event_id or line.shipment_id:
            key = (
                ("", line.billable_event_id)
                if line.billable_event_id
                else (line.shipment_id, line.shipment_line)
            )
            self.invoicing.billed[key] = fresh.invoice_id
        self.faults.trap(
            "reversal pair", "cancelled and written again, billed once in the end",
            order_id=line.order_id, order_line=line.order_line or "",
            shipment_id=line.shipment_id, shipment_line=line.shipment_line,
            invoice_id=first.invoice_id, invoice_line=line.line,
        )  # fmt: skip

    def end(self) -> None:
        """What is open at the end of the year: blocked, inside its grace, or waiting its turn."""
        self.invoicing.readiness.end(self.invoicing.incomplete_orders())
        for day in sorted(self.invoicing.waiting):
            for billable in self.invoicing.waiting[day]:
                if not self.invoicing.readiness.is_overdue(billable):
                    self.traps.not_due(billable)
        for billable in self.invoicing.still_held():
            self.traps.held(billable)

    def receivables(self) -> tuple[OpenItem, ...]:
        return self.receivables_book.open_items()


def _due(day: date, terms_days: int) -> date:
    return day.fromordinal(day.toordinal() + terms_days)
