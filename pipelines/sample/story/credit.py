"""The credit desk: who owes too much or for too long waits until somebody lets the order go."""

from __future__ import annotations

from datetime import date

from pipelines.sample.happenings import CashReceived, Invoice
from pipelines.sample.world.company import Company


class CreditDesk:
    """Knows the open invoices of customers with a credit limit."""

    def __init__(self, company: Company) -> None:
        self.company = company
        self._open: dict[str, dict[str, tuple[date, int]]] = {
            customer.code: {} for customer in company.catalogue.customers if customer.credit_limit
        }
        company.listen(Invoice, self._invoiced)
        company.listen(CashReceived, self._paid)

    def _invoiced(self, invoice: Invoice) -> None:
        owed = self._open.get(invoice.customer)
        if owed is None:
            return
        if invoice.status in ("cancelled", "paid"):
            owed.pop(invoice.invoice_id, None)
        elif invoice.gross > 0 and invoice.invoice_id not in owed:
            owed[invoice.invoice_id] = (invoice.due, invoice.gross)

    def _paid(self, receipt: CashReceived) -> None:
        owed = self._open.get(receipt.customer)
        for part in receipt.applied if owed else ():
            if owed and part.invoice_id in owed:
                due, amount = owed.pop(part.invoice_id)
                if amount > part.settles:
                    owed[part.invoice_id] = (due, amount - part.settles)

    def stops(self, customer: str, day: date) -> bool:
        """Over the limit, or with an invoice long past its due date."""
        owed = self._open.get(customer)
        tomorrow = self.company.next_business_day(day)
        if not owed or tomorrow > self.company.parameters.last_day:  # decided before the holidays
            return False
        limit = self.company.customers[customer].credit_limit
        patience = self.company.parameters.outbound.overdue_days_to_hold
        total = sum(amount for _, amount in owed.values())
        return total > limit or any((day - due).days > patience for due, _ in owed.values())
