"""Drafts for one trading partner as one X12 4010 interchange of 810 invoices.

Its counts are what a receiver checks first: SE counts segments of an invoice from ST on, CTT its
lines, GE the invoices of the group, IEA the groups; TDS is the total in cents, lines and charges.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from pipelines.billing_drafts.invoice import DraftCharge, DraftInvoice, DraftLine

END, BETWEEN, PART = "~", "*", ">"
# Element lengths of the envelope are fixed; a longer name is cut there and whole in the N1 loop.
ISA_NAME = 15
# Service, promotion, allowance or charge codes (X12 element 1300) of what we charge for.
CHARGE_CODES = {"freight": "D240", "handling": "D500", "hazmat": "C780", "surcharge": "H550"}
OTHER_CHARGE = "H550"
# Units have two letters there; one that we cannot say is "mutually defined", never a wrong unit.
UNITS = {"BOX": "BX", "PCE": "PC", "PCS": "PC", "KGM": "KG", "LTR": "LT", "MTR": "MR", "PAL": "PF"}
OTHER_UNIT = "ZZ"


def x12_interchange(invoices: Sequence[DraftInvoice], control: int) -> str:
    """The interchange, a segment a line; marked as a test, because drafts are no invoices."""
    first = invoices[0]
    day = first.issue_date
    segments = [
        [
            "ISA", "00", " " * 10, "00", " " * 10,
            "ZZ", _name(first.company_id), "ZZ", _name(first.customer_code),
            f"{day:%y%m%d}", "0000", "U", "00401", f"{control:09d}", "0", "T", PART,
        ],
        [
            "GS", "IN", _clean(first.company_id)[:ISA_NAME], _clean(first.customer_code)[:ISA_NAME],
            f"{day:%Y%m%d}", "0000", str(control), "X", "004010",
        ],
    ]  # fmt: skip
    for number, invoice in enumerate(invoices, start=1):
        segments += _transaction(invoice, number)
    segments.append(["GE", str(len(invoices)), str(control)])
    segments.append(["IEA", "1", f"{control:09d}"])
    return "".join(f"{_written(segment)}{END}\n" for segment in segments)


def _transaction(invoice: DraftInvoice, number: int) -> list[list[str]]:
    control = f"{number:04d}"
    day = f"{invoice.issue_date:%Y%m%d}"
    segments = [
        ["ST", "810", control],
        ["BIG", day, invoice.number, "", invoice.customer_po[:22], "", "", "DI"],
        ["CUR", "SE", invoice.currency],
        *([["REF", "SI", invoice.shipment_id[:30]]] if invoice.shipment_id else []),
        ["N1", "SE", invoice.company_name[:60], "92", invoice.company_id],
        ["N1", "BT", invoice.customer_name[:60], "92", invoice.customer_code],
        *([["ITD", "", "", "", "", "", "", "", "", "", "", "", invoice.terms]] if invoice.terms else []),
        *(segment for line in invoice.lines for segment in _line(line)),
        ["TDS", str(int(invoice.total * 100))],
        *(_charge(charge) for charge in invoice.charges),
        ["CTT", str(len(invoice.lines))],
    ]  # fmt: skip
    return [*segments, ["SE", str(len(segments) + 1), control]]


def _line(line: DraftLine) -> list[list[str]]:
    described = [["PID", "F", "", "", "", line.description[:80]]]
    said = [["REF", "LI", line.order_line[:30]]] if line.order_line else []
    shipped = [["REF", "SI", line.shipment[:30]]] if line.shipment else []
    return [
        [
            "IT1", str(line.number), _plain(line.qty), _unit(line.uom), _plain(line.unit_price), "",
            "VP", line.item_code[:48],
        ],
        *described,
        *said,
        *shipped,
    ]  # fmt: skip


def _charge(charge: DraftCharge) -> list[str]:
    code = CHARGE_CODES.get(charge.kind, OTHER_CHARGE)
    return ["SAC", "C", code, "", "", str(int(charge.amount * 100)), *[""] * 9, charge.kind[:80]]


def _unit(uom: str) -> str:
    return uom if len(uom) == 2 else UNITS.get(uom, OTHER_UNIT)


def _written(segment: Sequence[str]) -> str:
    """A segment with its empty elements at the end left out, ISA as long as it must be."""
    given = [part if segment[0] == "ISA" else _clean(part) for part in segment]
    while given[-1] == "":
        given.pop()
    return BETWEEN.join(given)


def _name(code: str) -> str:
    return _clean(code)[:ISA_NAME].ljust(ISA_NAME)


def _clean(text: str) -> str:
    """Text without the letters that part segments and elements."""
    for letter in (END, BETWEEN, PART, "\n", "\r"):
        text = text.replace(letter, " ")
    return text.strip()


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
