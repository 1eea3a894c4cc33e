"""What suppliers bill, a few days after their goods came, and what they credit.

A bill is compared with what was received. More pieces than came: it is blocked until the credit
memo is there. Another price or rate: the difference goes to the pieces still here, and for those
gone to cost of sales. Before anything is shipped on its day, since it changes what stock costs
(ruling C2).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from pipelines.sample.happenings import (
    BillableEvent,
    GoodsReceived,
    PurchaseLine,
    ReceiptInspected,
    ReceiptLine,
    SupplierInvoice,
    SupplierInvoiceLine,
)
from pipelines.sample.story.inspection import returned_value
from pipelines.sample.story.receipt_faults import ReceiptFaults
from pipelines.sample.world.company import Company
from pipelines.sample.world.exchange import convert

INVOICE_MINUTE, RELEASE_MINUTE = 11 * 60, 13 * 60


@dataclass(slots=True)
class Draft:
    """A bill on the desk: its lines with the receipt line behind each, the differences unknown."""

    invoice: SupplierInvoice
    receipt_lines: tuple[ReceiptLine | None, ...]


class Payables:
    def __init__(self, company: Company, rng: Random, faults: ReceiptFaults) -> None:
        self.company = company
        self._rng = rng
        self._params = company.parameters.payables
        self._faults = faults
        self._direct: dict[tuple[str, int], PurchaseLine] = {}
        self._to_bill: defaultdict[date, list[GoodsReceived]] = defaultdict(list)
        self._to_book: defaultdict[date, list[Draft]] = defaultdict(list)
        self._credits: defaultdict[date, list[SupplierInvoice]] = defaultdict(list)
        self._blocked: dict[tuple[str, int], SupplierInvoice] = {}
        company.listen(GoodsReceived, self._await_bill)
        company.listen(ReceiptInspected, self._claim_rejected)
        company.listen(PurchaseLine, self._hear_order)
        company.listen(BillableEvent, self._hear_direct)

    # --- bills to come ---------------------------------------------------------------------------

    def _bill_day(self, day: date) -> date:
        fewest, most = self.company.parameters.supply.supplier_invoice_days
        return self.company.next_business_day(day, steps=self._rng.randrange(fewest, most + 1))

    def _await_bill(self, receipt: GoodsReceived) -> None:
        if receipt.kind != "po":
            return
        billed = tuple(line for line in receipt.lines if self._faults.is_billed(receipt, line))
        bill_on = self._bill_day(receipt.day)
        if billed:
            self._to_bill[bill_on].append(replace(receipt, lines=billed))

    def _hear_order(self, line: PurchaseLine) -> None:
        if line.kind == "dropship":
            self._direct[line.po_id, line.line] = line

    def _hear_direct(self, event: BillableEvent) -> None:
        """Goods that went from a supplier straight to a customer are billed to us like others."""
        if event.kind != "dropship_ship":
            return
        order = self._direct[event.purchase_id, event.purchase_line]
        line = SupplierInvoiceLine(
            1, "item", event.stock_cost, order, qty=order.qty, price=order.price,
            accrued=event.stock_cost,
        )  # fmt: skip
        bill_on = self._bill_day(event.day)
        invoice = self.draft(order.supplier, bill_on, (line,))
        self._to_book[bill_on].append(Draft(invoice, (None,)))

    def work(self, day: date) -> None:
        for receipt in self._to_bill.pop(day, []):
            self._receive_bill(self._bill(receipt, day), day)
        for draft in self._to_book.pop(day, []):
            self._book(draft, day)
        for credit in self._credits.pop(day, []):
            self._take_credit(credit, day)

    # --- bills -----------------------------------------------------------------------------------

    def draft(
        self, supplier_code: str, day: date, lines: tuple[SupplierInvoiceLine, ...],
        *, taxed: int | None = None, kind: str = "invoice",
    ) -> SupplierInvoice:  # fmt: skip
        """A bill of a supplier; `taxed` is the part of it that bears tax, all unless it is said."""
        supplier = self.company.suppliers[supplier_code]
        is_home = supplier.country == self.company.parameters.country
        base = sum(line.net for line in lines) if taxed is None else taxed
        percent = self.company.parameters.money.tax_percent if is_home else 0
        terms = timedelta(days=supplier.terms_days if kind == "invoice" else 0)
        return SupplierInvoice(
            self.company.number("SI"), supplier_code, day, day + terms, lines,
            convert(base, percent * 10_000), "posted", self.company.moment(day, INVOICE_MINUTE),
            kind=kind, currency=supplier.currency,
            fx_rate=self.company.exchange.rate(supplier.currency, day), posted=day,
        )  # fmt: skip

    def _bill(self, receipt: GoodsReceived, day: date) -> Draft:
        lines = tuple(
            self._line(number, receipt.receipt_id, line)
            for number, line in enumerate(receipt.lines, start=1)
        )
        return Draft(self.draft(receipt.supplier, day, lines), receipt.lines)

    def _line(self, number: int, receipt_id: str, line: ReceiptLine) -> SupplierInvoiceLine:
        """Billed as announced; a price that is not the ordered one only where all came and stays."""
        purchase, price = line.purchase, line.purchase.price
        billed = line.qty + line.short
        varies = self._rng.random() < self._params.price_variance_share
        percent = 100 + self._rng.randint(*self._params.price_variance_percent)
        if varies and not line.short and not line.inspection:
            price = (price * percent + 50) // 100
        accrued = line.value + line.short * purchase.price  # a short line is never foreign
        return SupplierInvoiceLine(
            number, "item", billed * price, purchase, receipt_id, line.line, billed, price,
            accrued=accrued,
        )  # fmt: skip

    def _receive_bill(self, draft: Draft, day: date) -> None:
        """Some bills are looked at first; none of them over the end of a month."""
        steps = self._rng.randint(*self._params.parked_days)
        booked_on = self.company.next_business_day(day, steps=steps)
        is_short = any(line is not None and line.short for line in draft.receipt_lines)
        is_parked = self._rng.random() < self._params.parked_share
        if is_parked and not is_short and booked_on.month == day.month:
            self.company.tell(replace(draft.invoice, status="parked", posted=None))
            self._to_book[booked_on].append(draft)
        else:
            self._book(draft, day)

    def _book(self, draft: Draft, day: date) -> None:
        rate = draft.invoice.fx_rate
        pairs = zip(draft.invoice.lines, draft.receipt_lines, strict=True)
        lines = tuple(
            line if receipt_line is None else self._with_difference(line, receipt_line, rate)
            for line, receipt_line in pairs
        )
        short = [line for line in draft.receipt_lines if line is not None and line.short]
        at = self.company.moment(day, INVOICE_MINUTE)
        invoice = replace(
            draft.invoice, lines=lines, posted=day, changed_at=at,
            status="blocked" if short else "posted",
        )  # fmt: skip
        self.company.tell(invoice)
        for receipt_line in short:
            self._claim_short(invoice, receipt_line, day)

    def _with_difference(
        self, line: SupplierInvoiceLine, receipt_line: ReceiptLine, rate: int
    ) -> SupplierInvoiceLine:
        difference = convert(line.net, rate) - line.accrued
        if not difference:
            return line
        to_stock, to_cogs = self.company.cost.add_value(
            receipt_line.purchase.item, receipt_line.layer_id, difference
        )
        return replace(line, to_stock=to_stock, to_cogs=to_cogs)

    # --- credits ---------------------------------------------------------------------------------

    def _claim_short(self, invoice: SupplierInvoice, line: ReceiptLine, day: date) -> None:
        billed = next(one for one in invoice.lines if one.purchase is line.purchase)
        amount = line.short * line.purchase.price
        self._claim(billed.receipt_id, line, line.short, amount, day, "billed and never came")
        self._blocked[billed.receipt_id, line.line] = invoice

    def _claim_rejected(self, told: ReceiptInspected) -> None:
        if told.line.rejected:
            day = told.at.astimezone(self.company.zone).date()
            left = self.company.next_business_day(
                day, steps=self.company.parameters.receiving.return_days[1]
            )
            self._claim(
                told.receipt.receipt_id, told.line, told.line.rejected,
                returned_value(told.line), left, "rejected and billed",
            )  # fmt: skip

    def _claim(
        self, receipt_id: str, line: ReceiptLine, qty: int, value: int, day: date, why: str
    ) -> None:
        """The supplier's credit memo comes some days later, unless nobody asks for it."""
        if self._faults.misses_claim(line, day):
            self._faults.plant_unclaimed(receipt_id, line, value, why)
            return
        fewest, most = self.company.parameters.receiving.credit_days
        credit_on = self.company.next_business_day(day, steps=self._rng.randint(fewest, most))
        price = line.purchase.price
        credited = SupplierInvoiceLine(
            1, "item", -qty * price, line.purchase, receipt_id, line.line, -qty, price,
            accrued=-value,
        )  # fmt: skip
        self._credits[credit_on].append(
            self.draft(line.purchase.supplier, credit_on, (credited,), kind="credit_memo")
        )

    def _take_credit(self, credit: SupplierInvoice, day: date) -> None:
        self.company.tell(credit)
        line = credit.lines[0]
        blocked = self._blocked.pop((line.receipt_id, line.receipt_line), None)
        if blocked:
            at = self.company.moment(day, RELEASE_MINUTE)
            self.company.tell(replace(blocked, status="posted", changed_at=at))
