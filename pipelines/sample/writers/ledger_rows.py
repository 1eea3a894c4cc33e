"""Rows of the general ledger and of what the ERP itself believes at month end."""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.sample.happenings import Journal, MonthClosed, OpenItem, PeriodChanged
from pipelines.sample.world.accounts import ACCOUNT_OF_ROLE
from pipelines.sample.world.company import Company
from pipelines.sample.writers.texts import Row, day, money, stamp
from pipelines.sample.writers.warehouse_rows import UNIT

VALUATION_CLASS = "TRADE"


class LedgerRows:
    def __init__(self, company: Company) -> None:
        self._currency = company.parameters.currency
        self._costing = company.parameters.costing

    def journal_lines(self, journal: Journal) -> Iterator[Row]:
        for number, entry in enumerate(journal.entries, start=1):
            counted = entry.qty is not None
            yield {
                "journal_id": journal.journal_id,
                "journal_line": str(number),
                "posting_date": day(journal.day),
                "document_date": day(journal.document_day or journal.day),
                "fiscal_year": str(journal.day.year),
                "fiscal_period": str(journal.day.month),
                "account": entry.account,
                "amount": money(entry.amount),
                "currency": self._currency,
                "amount_txn": "" if entry.amount_doc is None else money(entry.amount_doc),
                "currency_txn": entry.currency_doc,
                "quantity": str(entry.qty) if counted else "",
                "uom": UNIT if counted else "",
                "location_code": entry.location,
                "item_code": entry.item,
                "party_code": entry.party,
                "party_role": entry.party_role,
                "source_module": journal.module,
                "journal_source": journal.doc_type,
                "source_doc_type": journal.doc_type,
                "source_doc_id": journal.doc_id,
                "source_doc_line": entry.doc_line,
                "entered_at": stamp(journal.at),
                "entered_by": journal.entered_by,
                "approved_by": journal.approved_by,
                "header_text": journal.text,
                "posted_status": journal.status,
                "is_manual": "true" if journal.is_manual else "false",
                "reversal_of": journal.reversal_of,
                "source_updated_at": stamp(journal.at),
            }

    def balances(self, closed: MonthClosed) -> Iterator[Row]:
        for balance in closed.balances:
            yield {
                "fiscal_year": str(closed.day.year),
                "fiscal_period": str(closed.day.month),
                "account": balance.account,
                "opening": money(balance.opening),
                "debit": money(balance.debit),
                "credit": money(balance.credit),
                "closing": money(balance.opening + balance.debit - balance.credit),
                "currency": self._currency,
                "as_of_at": stamp(closed.cut_at),
            }

    def inventory(self, closed: MonthClosed) -> Iterator[Row]:
        for held in closed.values:
            yield {
                "as_of_date": day(closed.day),
                "item_code": held.item,
                "location_code": held.location,
                "valuation_class": VALUATION_CLASS,
                "cost_method": self._costing,
                "qty": str(held.qty),
                "uom": UNIT,
                "value": money(held.value),
                "value_posted_gl": money(held.value),
                "account": ACCOUNT_OF_ROLE[held.role],
                "currency": self._currency,
            }

    def receivables(self, closed: MonthClosed) -> Iterator[Row]:
        for item in closed.receivables:
            role = "UNAPPLIED_CASH" if item.kind == "cash" else "AR"
            yield {"customer_code": item.party, **self._open_item(closed, item, role)}

    def payables(self, closed: MonthClosed) -> Iterator[Row]:
        for item in closed.payables:
            yield {"supplier_code": item.party, **self._open_item(closed, item, "AP")}

    def _open_item(self, closed: MonthClosed, item: OpenItem, role: str) -> Row:
        in_company = item.open if item.open_company is None else item.open_company
        is_invoice = role == "AR"
        row = {
            "as_of_date": day(closed.day),
            "open_item_id": item.document_id,
            "document_type": item.kind,
            "invoice_number": f"2025-{item.document_id[2:]}" if is_invoice else item.document_id,
            "document_date": day(item.day),
            "due_date": day(item.due),
            "original_amount": money(item.original),
            "open_amount": money(item.open),
            "currency": item.currency or self._currency,
            "open_amount_company": money(in_company),
            "account": ACCOUNT_OF_ROLE[role],
        }
        if is_invoice:
            row["dispute_flag"] = "true" if item.disputed else "false"
        return row

    def period(self, change: PeriodChanged) -> list[Row]:
        return [
            {
                "fiscal_year": str(change.first.year),
                "fiscal_period": str(change.first.month),
                "module": change.module,
                "start_date": day(change.first),
                "end_date": day(change.last),
                "status": change.status,
                "opened_at": stamp(change.opened_at),
                "closed_at": stamp(change.closed_at) if change.closed_at else "",
                "closed_by": change.closed_by,
                "source_updated_at": stamp(change.at),
            }
        ]
