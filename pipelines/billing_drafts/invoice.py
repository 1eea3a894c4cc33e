"""Lines of one group as one draft invoice: what every format of a draft has in common."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

CENT = Decimal("0.01")
GOODS = ("goods", "service")

Line = Mapping[str, Any]
Party = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A line of goods or of a service: quantity x price, and its amount in cents."""

    number: int
    key: str
    item_code: str
    description: str
    qty: Decimal
    uom: str
    unit_price: Decimal
    amount: Decimal
    order_id: str
    order_line: str
    shipment: str
    supersedes_key: str


@dataclass(frozen=True, slots=True)
class DraftCharge:
    """Freight, handling and the like: an amount beside the lines."""

    key: str
    kind: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class DraftInvoice:
    """One invoice that billing is asked for. No figure of it is an estimate; tax is not in it."""

    number: str
    company_id: str
    company_name: str
    company_country: str
    customer_code: str
    customer_name: str
    customer_country: str
    issue_date: date
    currency: str
    terms: str
    customer_po: str
    order_id: str
    shipment_id: str
    lines: tuple[DraftLine, ...]
    charges: tuple[DraftCharge, ...]

    @property
    def line_total(self) -> Decimal:
        return sum((line.amount for line in self.lines), Decimal(0))

    @property
    def charge_total(self) -> Decimal:
        return sum((charge.amount for charge in self.charges), Decimal(0))

    @property
    def total(self) -> Decimal:
        return self.line_total + self.charge_total


def invoices_of(
    lines: Iterable[Line], parties: Mapping[tuple[str, str], Party]
) -> list[DraftInvoice]:
    """One draft per group key, in the order of the keys; what is taken back is in none.

    A charge without goods in its group is a line of its own, since an invoice has at least one.
    """
    groups: dict[str, list[Line]] = {}
    for line in lines:
        if line["qty"] != 0:
            groups.setdefault(line["group_key"], []).append(line)
    return [_invoice(key, groups[key], parties) for key in sorted(groups)]


def _invoice(
    group_key: str, lines: list[Line], parties: Mapping[tuple[str, str], Party]
) -> DraftInvoice:
    first = lines[0]
    company_id, customer_code = first["company_id"], first["bill_to_code"] or ""
    company = parties.get((company_id, company_id), {})
    customer = parties.get((company_id, customer_code), {})
    goods = [line for line in lines if line["line_type"] in GOODS] or lines
    charges = [line for line in lines if line not in goods]
    content = "|".join([group_key, *sorted(line["rtb_key"] for line in lines)])
    return DraftInvoice(
        number=f"DRAFT-{hashlib.sha256(content.encode()).hexdigest()[:12].upper()}",
        company_id=company_id,
        company_name=company.get("name") or company_id,
        company_country=company.get("country") or "",
        customer_code=customer_code,
        customer_name=customer.get("name") or customer_code or "not known",
        customer_country=customer.get("country") or "",
        issue_date=first["created_at"].date(),
        currency=first["currency"],
        terms=first["terms"] or "",
        customer_po=_only(lines, "customer_po"),
        order_id=_only(lines, "order_id"),
        shipment_id=_only(lines, "shipment_id"),
        lines=tuple(_line(number, line) for number, line in enumerate(goods, start=1)),
        charges=tuple(
            DraftCharge(line["rtb_key"], line["line_type"], _cents(line["net_amount"]))
            for line in charges
        ),
    )


def _line(number: int, line: Line) -> DraftLine:
    return DraftLine(
        number=number,
        key=line["rtb_key"],
        item_code=line["item_code"] or line["line_type"],
        description=line["description"] or line["line_type"],
        qty=line["qty"],
        uom=line["uom"] or "EA",
        unit_price=line["unit_price"],
        amount=_cents(line["net_amount"]),
        order_id=line["order_id"] or "",
        order_line=line["order_line"] or "",
        shipment="/".join(
            part for part in (line["shipment_id"], line["shipment_line"]) if part is not None
        ),
        supersedes_key=line["supersedes_key"] or "",
    )


def _only(lines: list[Line], column: str) -> str:
    """What all lines agree on; nothing where they do not."""
    values = {line[column] or "" for line in lines}
    return values.pop() if len(values) == 1 else ""


def _cents(amount: Decimal) -> Decimal:
    return Decimal(amount).quantize(CENT, ROUND_HALF_UP)
