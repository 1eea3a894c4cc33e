"""Invoice drafts of lines that are ready to be billed: UBL 2.1, and X12 810 by trading partner.

A draft is for the billing system to take over or for a person to look at: it has no invoice number
of the sender's books and no tax, which billing adds. Pure: lines in, texts out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from pipelines.billing_drafts.invoice import DraftInvoice, invoices_of
from pipelines.billing_drafts.ubl import ubl_invoice
from pipelines.billing_drafts.x12 import x12_interchange

Line = Mapping[str, Any]
Party = Mapping[str, Any]

__all__ = ["drafts"]


def drafts(
    lines: Iterable[Line], parties: Mapping[tuple[str, str], Party], batch: str
) -> dict[str, str]:
    """File name -> text: one UBL invoice per group, one X12 interchange per company and payer.

    parties: (company, party code) -> name and country; the company itself under its own id.
    """
    files = {}
    by_partner: dict[tuple[str, str], list[DraftInvoice]] = {}
    for invoice in invoices_of(lines, parties):
        files[f"ubl/{invoice.number}.xml"] = ubl_invoice(invoice)
        by_partner.setdefault((invoice.company_id, invoice.customer_code), []).append(invoice)
    for (company, customer), of_partner in sorted(by_partner.items()):
        text = x12_interchange(of_partner, control_number(batch, company, customer))
        files[f"x12/{_plain(company)}_{_plain(customer)}.x12"] = text
    return files


def control_number(*parts: str) -> int:
    """Nine digits that tell an interchange from others and stay when the batch is written again."""
    digest = hashlib.sha256("|".join(parts).encode()).digest()
    return int.from_bytes(digest[:8], "big") % 999_999_999 + 1


def _plain(text: str) -> str:
    return "".join(letter if letter.isalnum() or letter in "-_" else "-" for letter in text)
