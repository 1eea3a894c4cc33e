"""One small trade, told by a company of each posting profile, as of 31 March 2026.

Ten pieces come for 2.00 and are billed; five go to a customer for 3.00 a piece, control passes on
delivery, are billed and paid; two more leave at the end of the month, control passes at shipment,
and nobody has billed them yet. MAPLESS has no account for money that waits, and two for its cash.

The rest keep the books of CONTROL in a form of their own: PLACED notes a plant and a quantity on every
line, TURNED took an entry back and posted it again, JULY begins its year in July and names one year
only, WEEKS has thirteen periods, BEGUN posts what its stock began with, SUMMED posts one sum a month,
NUMBERED has numbers of its own for every document.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from tests.warehouse.small_warehouse import rows

ODD = ("PLACED", "TURNED", "JULY", "WEEKS", "BEGUN", "SUMMED", "NUMBERED")
PROFILES = {
    "CONTROL": "control_transfer",
    "SAP": "sap_like",
    "NETSUITE": "netsuite_like",
    "D365": "d365fo_like",
    "BC": "bc_like",
    "PERIODIC": "periodic",
    "MAPLESS": "control_transfer",
    **dict.fromkeys(ODD, "control_transfer"),
}
ROLES = (
    "INV", "INV_TRANSIT", "INV_INTERIM", "GRIR", "AP", "TAX_INPUT", "COGS", "REVENUE", "AR",
    "UNBILLED_AR", "DEFERRED_REV", "TAX_PAYABLE", "CASH", "ROUNDING", "PPV", "UNAPPLIED_CASH",
)  # fmt: skip
DOCUMENT = ("source_doc_type", "source_doc_id", "source_doc_line")
# document, line, day of March, account and amount
BILLS_AND_MONEY = """
V1   | supplier_invoice | - | 4  | AP             | -22.01
V1   | supplier_invoice | - | 4  | TAX_INPUT      | 2.00
V1   | supplier_invoice | - | 4  | ROUNDING       | 0.01
V1   | supplier_invoice | 1 | 4  | GRIR           | 20.00
PAY1 | payment          | 1 | 20 | AP             | 22.01
PAY1 | payment          | 1 | 20 | CASH           | -21.01
PAY1 | payment          | 1 | 20 | PPV            | -1.00
CR1  | cash_receipt     | - | 20 | CASH           | 20.00
CR1  | cash_receipt     | - | 20 | UNAPPLIED_CASH | -3.50
CR1  | cash_receipt     | 1 | 20 | AR             | -16.50
F1   | invoice          | - | 10 | AR             | 16.50
F1   | invoice          | - | 10 | TAX_PAYABLE    | -1.50
"""
RECEIVED = """
R1   | receipt          | 1 | 2  | INV            | 20.00
R1   | receipt          | 1 | 2  | GRIR           | -20.00
"""
AT_ISSUE = """
S1   | shipment         | 1 | 5  | COGS           | 10.00
S1   | shipment         | 1 | 5  | INV            | -10.00
S2   | shipment         | 1 | 30 | COGS           | 4.00
S2   | shipment         | 1 | 30 | INV            | -4.00
F1   | invoice          | 1 | 10 | REVENUE        | -15.00
"""
ENTRIES = {
    "CONTROL": RECEIVED
    + """
S1   | shipment         | 1 | 5  | INV_TRANSIT    | 10.00
S1   | shipment         | 1 | 5  | INV            | -10.00
S1   | shipment         | 1 | 8  | COGS           | 10.00
S1   | shipment         | 1 | 8  | INV_TRANSIT    | -10.00
S1   | shipment         | 1 | 8  | UNBILLED_AR    | 15.00
S1   | shipment         | 1 | 8  | REVENUE        | -15.00
S2   | shipment         | 1 | 30 | COGS           | 4.00
S2   | shipment         | 1 | 30 | INV            | -4.00
S2   | shipment         | 1 | 30 | UNBILLED_AR    | 6.00
S2   | shipment         | 1 | 30 | REVENUE        | -6.00
F1   | invoice          | 1 | 10 | UNBILLED_AR    | -15.00
""",
    "SAP": RECEIVED + AT_ISSUE,
    "NETSUITE": RECEIVED + AT_ISSUE,
    "D365": RECEIVED
    + AT_ISSUE
    + """
F1   | invoice          | 1 | 10 | INV            | 10.00
F1   | invoice          | 1 | 10 | COGS           | -10.00
F1   | invoice          | 1 | 10 | COGS           | 10.00
F1   | invoice          | 1 | 10 | INV            | -10.00
""",
    "BC": """
R1   | receipt          | 1 | 2  | INV_INTERIM    | 20.00
R1   | receipt          | 1 | 2  | GRIR           | -20.00
V1   | supplier_invoice | 1 | 4  | INV            | 20.00
V1   | supplier_invoice | 1 | 4  | INV_INTERIM    | -20.00
S1   | shipment         | 1 | 5  | INV_INTERIM    | 10.00
S1   | shipment         | 1 | 5  | INV            | -10.00
S2   | shipment         | 1 | 30 | INV_INTERIM    | 4.00
S2   | shipment         | 1 | 30 | INV            | -4.00
F1   | invoice          | 1 | 10 | REVENUE        | -15.00
F1   | invoice          | 1 | 10 | COGS           | 10.00
F1   | invoice          | 1 | 10 | INV_INTERIM    | -10.00
""",
    "PERIODIC": """
R1   | receipt          | 1 | 2  | COGS           | 20.00
R1   | receipt          | 1 | 2  | GRIR           | -20.00
F1   | invoice          | 1 | 10 | REVENUE        | -15.00
COUNT-2026-03 | count   | - | 31 | COGS           | -6.00
COUNT-2026-03 | count   | - | 31 | INV            | 6.00
""",
}


def _without_gaps(text: str) -> str:
    return "".join(f"\n{line}" for line in text.splitlines() if line)


def _journals() -> list[dict[str, str | None]]:
    """A journal for each document and day, as the ledger of each company holds it."""
    heading = "source_doc_id | source_doc_type | source_doc_line | day | account | amount"
    return [
        {
            "company_id": company,
            "journal_id": f"{row['source_doc_id']}-{row['day']}",
            "journal_line": str(number),
            "posting_date": f"2026-03-{int(row['day'] or 0):02}",
            "fiscal_year": "2026",
            "fiscal_period": "3",
            "currency": "USD",
            "posted_status": "posted",
            **{name: value for name, value in row.items() if name != "day"},
        }
        for company, entries in ENTRIES.items()
        for number, row in enumerate(
            rows(heading + _without_gaps(BILLS_AND_MONEY + entries)), start=1
        )
    ]


def _period(company: str, day: date) -> str:
    """The fiscal period in which a company books a day of the spring of 2026."""
    if company == "WEEKS":
        return str((day - date(2026, 1, 1)).days // 28 + 1)
    return "9" if company == "JULY" else "3"


def _odd_journals(plain: list[dict[str, str | None]]) -> list[dict[str, str | None]]:
    """The entries of CONTROL in the form in which each of the odd companies keeps them."""
    told = [
        {
            **row,
            "company_id": company,
            "fiscal_period": _period(company, date.fromisoformat(row["posting_date"] or "")),
        }
        for company in ODD
        for row in plain
    ]
    nameless: dict[str, str | None] = dict.fromkeys(DOCUMENT)
    for row in told:
        if row["company_id"] == "PLACED":
            row |= {"location_code": "A", "quantity": "1", "uom": "EA"}
        if row["company_id"] == "NUMBERED":
            row["source_doc_id"] = f"DOC-{row['source_doc_id']}"
        if row["company_id"] == "SUMMED":
            row |= {**nameless, "journal_id": "MARCH", "posting_date": "2026-03-31"}
            row["journal_line"] = f"{row['account']} {row['journal_line']}"
    for row in [
        row for row in told if (row["company_id"], row["journal_id"]) == ("TURNED", "R1-2")
    ]:
        turned = {"journal_id": "R1-3", "amount": str(-Decimal(row["amount"] or "0"))}
        told += [
            {**row, **nameless, **turned, "reversal_of": "R1-2", "posting_date": "2026-03-03"},
            {**row, "journal_id": "R1-4", "posting_date": "2026-03-03"},
        ]
    for account, amount in (("INV", "8.00"), ("EQUITY", "-8.00")):
        opening = {"journal_id": "OPENING", "account": account, "amount": amount}
        told.append({**plain[0], **nameless, **opening, "posting_date": "2026-03-01"})
        told[-1] |= {"company_id": "BEGUN", "journal_line": account}
    return told


def _fiscal_periods() -> list[dict[str, str | None]]:
    """Twelve months from July, and thirteen times four weeks from January."""
    months = [date(2025 + (month > 12), (month - 1) % 12 + 1, 1) for month in range(7, 20)]
    weeks = [date(2026, 1, 1) + timedelta(28 * number) for number in range(14)]
    return [
        {
            "company_id": company,
            "fiscal_year": "2026",
            "fiscal_period": str(number),
            "module": "ALL",
            "start_date": str(first),
            "end_date": str(after - timedelta(1)),
            "status": "open",
        }
        for company, starts in (("JULY", months), ("WEEKS", weeks))
        for number, (first, after) in enumerate(pairwise(starts), start=1)
    ]


def _everywhere(text: str) -> list[dict[str, str | None]]:
    return [{"company_id": company, **row} for company in PROFILES for row in rows(text)]


def posting_profiles(profiles: Mapping[str, str]) -> list[dict[str, str | None]]:
    """The profile of each company, in force from the start of the year."""
    return [
        {
            "company_id": company,
            "profile": profile,
            "interim_receipts": "true" if profile == "bc_like" else "false",
            "transfer_cost": "expense",
            "posting_sla_days": "2",
            "valid_from": "2026-01-01",
        }
        for company, profile in profiles.items()
    ]


TABLES = {
    "policy_posting_profile": posting_profiles(PROFILES),
    "policy_account_role": [
        {"company_id": company, "account_role": role, "account": role, "valid_from": "2026-01-01"}
        for company in PROFILES
        for role in ROLES
        if company != "MAPLESS" or role not in ("CASH", "UNAPPLIED_CASH")
    ],
    "master_account": rows("""
company_id | account | account_name | account_type | account_role
MAPLESS    | 1000    | Bank one     | asset        | CASH
MAPLESS    | 1001    | Bank two     | asset        | CASH
BEGUN      | EQUITY  | Equity       | equity       | -
"""),
    "master_company": _everywhere("""
company_name | currency | country | timezone
Trade        | USD      | US      | UTC
"""),
    "master_fiscal_period": _fiscal_periods(),
    "gl_journal_line": _journals()
    + _odd_journals([row for row in _journals() if row["company_id"] == "CONTROL"])
    + rows("""
company_id | journal_id | journal_line | posting_date | fiscal_year | fiscal_period | account | amount | currency | posted_status
MAPLESS    | J1         | 1            | 2026-03-02   | 2026        | 3             | INV     | 20.00  | USD      | posted
MAPLESS    | J1         | 2            | 2026-03-02   | 2026        | 3             | GRIR    | -20.00 | USD      | posted
"""),
    "wms_stock_movement": _everywhere("""
movement_id | movement_line | movement_type | event_at         | item_code | qty | uom | location_code | receipt_id | receipt_line | shipment_id | shipment_line | unit_cost
M1          | 1             | receipt       | 2026-03-02 12:00 | X         | 10  | EA  | A             | R1         | 1            | -           | -             | 2
M2          | 1             | ship          | 2026-03-05 12:00 | X         | -5  | EA  | A             | -          | -            | S1          | 1             | -
M3          | 1             | ship          | 2026-03-30 12:00 | X         | -2  | EA  | A             | -          | -            | S2          | 1             | -
""")
    + rows("""
company_id | movement_id | movement_line | movement_type | event_at         | item_code | qty | uom | location_code | unit_cost
BEGUN      | M0          | 1             | opening       | 2026-03-01 06:00 | X         | 4   | EA  | A             | 2
"""),
    "wms_receipt_line": _everywhere("""
receipt_id | receipt_line | receipt_type | received_at      | item_code | qty_received | uom | location_code | supplier_code
R1         | 1            | po           | 2026-03-02 12:00 | X         | 10           | EA  | A             | S
"""),
    "purchasing_invoice": _everywhere("""
supplier_invoice_id | invoice_type | supplier_code | invoice_date | currency | net_amount | tax_amount | gross_amount | status
V1                  | invoice      | S             | 2026-03-04   | USD      | 20.00      | 2.00       | 22.01        | posted
"""),
    "purchasing_invoice_line": _everywhere("""
supplier_invoice_id | invoice_line | invoice_date | supplier_code | line_type | receipt_id | receipt_line | item_code | qty_invoiced | uom | net_amount | currency | status
V1                  | 1            | 2026-03-04   | S             | item      | R1         | 1            | X         | 10           | EA  | 20.00      | USD      | posted
"""),
    "purchasing_payment": _everywhere("""
payment_id | payment_line | payment_date | supplier_code | supplier_invoice_id | amount_applied | discount_taken | currency | status
PAY1       | 1            | 2026-03-20   | S             | V1                  | 21.01          | 1.00           | USD      | cleared
"""),
    "billing_order_line": _everywhere("""
order_id | order_line | order_type | order_at         | customer_code | item_code | qty_ordered | uom | unit_price | net_amount | currency | line_status
O1       | 1          | standard   | 2026-03-02 12:00 | C             | X         | 5           | EA  | 3          | 15.00      | USD      | shipped
O2       | 1          | standard   | 2026-03-02 12:00 | C             | X         | 2           | EA  | 3          | 6.00       | USD      | shipped
"""),
    "wms_shipment": _everywhere("""
shipment_id | shipment_type | ship_from_location | customer_code | ship_confirm_at  | status    | fob_point
S1          | sale          | A                  | C             | 2026-03-05 12:00 | delivered | destination
S2          | sale          | A                  | C             | 2026-03-30 12:00 | shipped   | origin
"""),
    "wms_shipment_line": _everywhere("""
shipment_id | shipment_line | order_id | order_line | item_code | qty_shipped | uom
S1          | 1             | O1       | 1          | X         | 5           | EA
S2          | 1             | O2       | 1          | X         | 2           | EA
"""),
    "wms_delivery_event": _everywhere("""
shipment_id | event_seq | event_type | event_at         | shipment_line | qty_delivered
S1          | 1         | delivered  | 2026-03-08 12:00 | -             | -
"""),
    "billing_invoice": _everywhere("""
invoice_id | invoice_number | invoice_type | invoice_date | created_at       | customer_code | currency | net_amount | tax_amount | gross_amount | status
F1         | F1             | invoice      | 2026-03-10   | 2026-03-10 12:00 | C             | USD      | 15.00      | 1.50       | 16.50        | posted
"""),
    "billing_invoice_line": _everywhere("""
invoice_id | invoice_line | line_type | item_code | qty_billed | uom | net_amount | order_id | order_line | shipment_id | shipment_line
F1         | 1            | item      | X         | 5          | EA  | 15.00      | O1       | 1          | S1          | 1
"""),
    "billing_cash_receipt": _everywhere("""
cash_receipt_id | receipt_date | customer_code | amount | currency | status
CR1             | 2026-03-20   | C             | 20.00  | USD      | cleared
"""),
    "billing_cash_application": _everywhere("""
cash_receipt_id | application_line | source_kind | invoice_id | amount_applied | applied_at
CR1             | 1                | applied     | F1         | 16.50          | 2026-03-20 12:00
"""),
}
