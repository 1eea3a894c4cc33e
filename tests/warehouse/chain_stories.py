"""Published chains from purchase to ledger, one company per case and named after it, as of 31 March
2026: what each event books (G01, G04, G05) and what a ledger makes of it (F16). EACH has one event of every
kind, and an account of its own for stock at B."""

from __future__ import annotations

from tests.warehouse.posting_stories import posting_profiles
from tests.warehouse.small_warehouse import rows

PROFILES = {
    "G01": "bc_like",
    "G04": "bc_like",
    "G05": "sap_like",
    "F16": "sap_like",
    "EACH": "control_transfer",
}
ROLES = (
    "INV", "INV_INTERIM", "GRIR", "AP", "TAX_INPUT", "PPV", "COGS", "REVENUE", "AR", "TAX_PAYABLE",
    "ROUNDING", "FX_GAIN_LOSS", "INV_TRANSIT", "INV_ADJ", "WRITE_OFF", "UNBILLED_AR",
)  # fmt: skip
ACCOUNTS = [
    {"company_id": company, "account_role": role, "account": role, "valid_from": "2026-01-01"}
    for company in PROFILES
    for role in ROLES
] + [
    {
        "company_id": "EACH",
        "account_role": "INV",
        "account": "INV-B",
        "location_id": "B",
        "valid_from": "2026-01-01",
    }
]

BOUGHT = rows("""
company_id | receipt_id | item_code | qty | price  | currency | billed | billed_net | billed_tax
G01        | R1         | X         | 1   | 95     | USD      | 1      | 100        | 0
G04        | R1         | A         | 4   | 4      | USD      | 4      | 24         | 0
G04        | R2         | B         | 5   | 6      | USD      | 5      | 20         | 0
G05        | R1         | X         | 100 | 10     | EUR      | 100    | 1000       | 190
F16        | R1         | X         | 100 | 10000  | USD      | 100    | 1200000    | 0
EACH       | R1         | X         | 10  | 2      | USD      | 10     | 20         | 0
""")
SOLD = rows("""
company_id | shipment_id | item_code | qty | net
G04        | S1          | A         | 2   | 20
G04        | S2          | B         | 3   | 30
EACH       | S1          | X         | 2   | 20
""")


def _each(table: list[dict[str, str | None]], **columns: str | None) -> list[dict[str, str | None]]:
    """Columns of every row; `{name}` in a value is the row's own."""
    return [
        {
            "company_id": row["company_id"],
            **{name: text and text.format(**row) for name, text in columns.items()},
        }
        for row in table
    ]


TABLES = {
    "master_company": [
        {"company_id": company, "company_name": company, "currency": "USD", "timezone": "UTC"}
        for company in PROFILES
    ],
    "master_item": rows("""
company_id | item_id | description | item_type | base_uom | cost_method
G04        | A       | at standard | stock     | EA       | standard
G04        | B       | at average  | stock     | EA       | moving_average
"""),
    "master_item_cost": rows("""
company_id | item_code | cost_type | unit_cost | currency | valid_from
G04        | A         | standard  | 5.00      | USD      | 2026-01-01
"""),
    "policy_valuation": rows("""
company_id | policy_id | costing_method | cost_pool | negative_stock | backdating | late_cost | returned_layer | rounding_residual | same_day_order | valid_from
G04        | V         | moving_average | company   | true_up        | restate    | expense   | original       | last_issue        | receipts_first | 2026-01-01
"""),
    "master_fx_rate": rows("""
company_id | rate_type | from_currency | to_currency | rate_date  | rate
G05        | spot      | EUR           | USD         | 2026-03-01 | 1.13
"""),
    "policy_posting_profile": posting_profiles(PROFILES),
    "policy_account_role": ACCOUNTS,
    "purchasing_order_line": _each(
        BOUGHT, po_id="P-{receipt_id}", po_line="1", po_type="standard", supplier_code="S",
        item_code="{item_code}", order_date="2026-03-01", to_location_code="A", qty_ordered="{qty}",
        uom="EA", unit_price="{price}", currency="{currency}", status="received",
    ),
    "wms_receipt_line": _each(
        BOUGHT, receipt_id="{receipt_id}", receipt_line="1", receipt_type="po",
        received_at="2026-03-02 12:00", item_code="{item_code}", qty_received="{qty}", uom="EA",
        location_code="A", supplier_code="S", ref_order_id="P-{receipt_id}", ref_order_line="1",
    ),
    "wms_stock_movement": [
        *_each(
            BOUGHT, movement_id="IN-{receipt_id}", movement_line="1", movement_type="receipt",
            event_at="2026-03-02 12:00", item_code="{item_code}", qty="{qty}", uom="EA",
            location_code="A", receipt_id="{receipt_id}", receipt_line="1",
        ),
        *_each(
            SOLD, movement_id="OUT-{shipment_id}", movement_line="1", movement_type="ship",
            event_at="2026-03-10 12:00", item_code="{item_code}", qty="-{qty}", uom="EA",
            location_code="A", shipment_id="{shipment_id}", shipment_line="1",
        ),
        *rows("""
company_id | movement_id | movement_line | movement_type | event_at         | item_code | qty | uom | location_code | counter_location_code | transfer_id
EACH       | T-OUT       | 1             | transfer_out  | 2026-03-13 12:00 | X         | -3  | EA  | A             | B                     | T1
EACH       | T-IN        | 1             | transfer_in   | 2026-03-14 12:00 | X         | 3   | EA  | B             | A                     | T1
EACH       | FOUND       | 1             | count_adjust  | 2026-03-16 12:00 | X         | 1   | EA  | A             | -                     | -
EACH       | SPOILT      | 1             | scrap         | 2026-03-17 12:00 | X         | -1  | EA  | B             | -                     | -
"""),
    ],
    "purchasing_invoice": [
        {**row, "gross_amount": str(int(row["net_amount"] or 0) + int(row["tax_amount"] or 0))}
        for row in _each(
            BOUGHT, supplier_invoice_id="V-{receipt_id}", invoice_type="invoice", status="posted",
            supplier_code="S", invoice_date="2026-03-06", currency="{currency}",
            net_amount="{billed_net}", tax_amount="{billed_tax}",
        )
    ],
    "purchasing_invoice_line": _each(
        BOUGHT, supplier_invoice_id="V-{receipt_id}", invoice_line="1", invoice_date="2026-03-06",
        supplier_code="S", line_type="item", po_id="P-{receipt_id}", po_line="1",
        receipt_id="{receipt_id}", receipt_line="1", item_code="{item_code}",
        qty_invoiced="{billed}", uom="EA", net_amount="{billed_net}", currency="{currency}",
        status="posted",
    ),
    "billing_order_line": _each(
        SOLD, order_id="O-{shipment_id}", order_line="1", order_type="standard",
        order_at="2026-03-09 12:00", customer_code="C", item_code="{item_code}",
        qty_ordered="{qty}", uom="EA", unit_price="10", net_amount="{net}", currency="USD",
        line_status="shipped",
    ),
    "wms_shipment": _each(
        SOLD, shipment_id="{shipment_id}", shipment_type="sale", ship_from_location="A",
        customer_code="C", ship_confirm_at="2026-03-10 12:00", status="shipped", fob_point="origin",
    ),
    "wms_shipment_line": _each(
        SOLD, shipment_id="{shipment_id}", shipment_line="1", order_id="O-{shipment_id}",
        order_line="1", item_code="{item_code}", qty_shipped="{qty}", uom="EA",
    ),
    "billing_invoice": _each(
        SOLD, invoice_id="F-{shipment_id}", invoice_number="F-{shipment_id}",
        invoice_type="invoice", invoice_date="2026-03-12", created_at="2026-03-12 12:00",
        customer_code="C", currency="USD", net_amount="{net}", tax_amount="0",
        gross_amount="{net}", status="posted",
    ),
    "billing_invoice_line": _each(
        SOLD, invoice_id="F-{shipment_id}", invoice_line="1", line_type="item",
        item_code="{item_code}", qty_billed="{qty}", uom="EA", net_amount="{net}",
        order_id="O-{shipment_id}", order_line="1", shipment_id="{shipment_id}", shipment_line="1",
    ),
    # the bill of F16 takes back more than the receipt brought, and nothing goes to stock
    "gl_journal_line": [
        {
            **row, "journal_line": row["amount"], "fiscal_year": "2026", "fiscal_period": "3",
            "currency": "USD", "posted_status": "posted",
        }
        for row in rows("""
company_id | journal_id | posting_date | account | amount   | source_doc_type  | source_doc_id | source_doc_line
F16        | J1         | 2026-03-02   | INV     | 1000000  | receipt          | R1            | 1
F16        | J1         | 2026-03-02   | GRIR    | -1000000 | receipt          | R1            | 1
F16        | J2         | 2026-03-06   | GRIR    | 1200000  | supplier_invoice | V-R1          | 1
F16        | J2         | 2026-03-06   | AP      | -1200000 | supplier_invoice | V-R1          | -
""")
    ],
}  # fmt: skip
