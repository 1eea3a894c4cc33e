"""What customers owe and pay, one company per story, as of 31 March 2026 at noon.

OWED has terms, instalments, disputes, promises and holds. PAID gets money that nobody has applied.
LISTS also sends the open items of its own ledger. RISK sells to one customer who has ordered,
received and been billed.
"""

from __future__ import annotations

from tests.warehouse.small_warehouse import rows

# 23 February + 36 days = 31 March: day 36 of an invoice 2/10 net 30
INVOICES = rows("""
company_id | invoice_id | invoice_type | invoice_date | customer_code | gross_amount | payment_terms_code | due_date   | reference_invoice_id | status
OWED       | DAY36      | invoice      | 2026-02-23   | TERMS         | 1000.00      | 2/10 net 30        | -          | -                    | sent
OWED       | MASTER     | invoice      | 2026-03-01   | TERMS         | 100.00       | -                  | -          | -                    | sent
OWED       | PARTS      | invoice      | 2026-01-10   | TERMS         | 300.00       | N30                | -          | -                    | sent
OWED       | PROMISED   | invoice      | 2026-01-01   | TERMS         | 500.00       | N30                | -          | -                    | sent
OWED       | DISPUTED   | invoice      | 2026-01-01   | TERMS         | 500.00       | N30                | -          | -                    | sent
OWED       | HELD       | invoice      | 2026-01-01   | ONHOLD        | 500.00       | N30                | -          | -                    | sent
OWED       | SMALL      | invoice      | 2026-01-01   | TERMS         | 24.99        | N30                | -          | -                    | sent
OWED       | UNDONE     | invoice      | 2026-01-01   | TERMS         | 80.00        | N30                | -          | -                    | sent
OWED       | UNDOING    | cancellation | 2026-01-02   | TERMS         | -80.00       | -                  | -          | UNDONE               | sent
OWED       | GENEROUS   | invoice      | 2026-03-01   | TERMS         | 3650.00      | N30                | 2026-04-10 | -                    | sent
PAID       | A          | invoice      | 2026-03-01   | P             | 1000.00      | 2/10 net 30        | -          | -                    | sent
PAID       | B          | invoice      | 2026-03-02   | P             | 400.00       | N30                | -          | -                    | sent
PAID       | C          | invoice      | 2026-03-03   | P             | 250.00       | N30                | -          | -                    | sent
PAID       | TWIN1      | invoice      | 2026-03-03   | Q             | 70.00        | N30                | -          | -                    | sent
PAID       | TWIN2      | invoice      | 2026-03-04   | Q             | 70.00        | N30                | -          | -                    | sent
PAID       | LATE       | invoice      | 2026-02-01   | R             | 500.00       | 2/10 net 30        | -          | -                    | sent
PAID       | DEDUCTED   | invoice      | 2026-02-01   | R             | 200.00       | N30                | -          | -                    | sent
PAID       | LOST       | invoice      | 2026-02-01   | R             | 300.00       | N30                | -          | -                    | sent
LISTS      | SAME       | invoice      | 2026-02-01   | P             | 100.00       | N30                | -          | -                    | sent
LISTS      | PARTPAID   | invoice      | 2026-02-01   | P             | 100.00       | N30                | -          | -                    | sent
LISTS      | UNLISTED   | invoice      | 2026-02-01   | P             | 60.00        | N30                | -          | -                    | sent
RISK       | BILLED     | invoice      | 2026-03-02   | P             | 30.00        | N30                | -          | -                    | sent
""")

INVOICES = [
    {
        **row,
        "invoice_number": f"N-{row['invoice_id']}",
        "created_at": f"{row['invoice_date']} 09:00",
        "net_amount": row["gross_amount"],
        "currency": "USD",
    }
    for row in INVOICES
]

INVOICE_LINES = rows("""
company_id | invoice_id | invoice_line | line_type | item_code | qty_billed | uom | net_amount | order_id | order_line | shipment_id | shipment_line
RISK       | BILLED     | 1            | item      | X         | 3          | EA  | 30.00      | O1       | 1          | S1          | 1
""")

INSTALMENTS = rows("""
company_id | invoice_id | instalment | due_date   | amount
OWED       | PARTS      | 1          | 2026-02-10 | 100.00
OWED       | PARTS      | 2          | 2026-03-10 | 100.00
OWED       | PARTS      | 3          | 2026-04-10 | 100.00
""")

RECEIPTS = rows("""
company_id | cash_receipt_id | receipt_date | value_date | customer_code | amount  | currency | status  | remittance_text
OWED       | R-PARTS         | 2026-02-12   | -          | TERMS         | 150.00  | USD      | cleared | -
PAID       | EARLY           | 2026-03-12   | 2026-03-11 | P             | 980.00  | USD      | cleared | -
PAID       | SUBSET          | 2026-03-20   | -          | P             | 650.00  | USD      | cleared | -
PAID       | EITHER          | 2026-03-20   | -          | Q             | 70.00   | USD      | cleared | -
PAID       | NAMELESS        | 2026-03-21   | -          | -             | 11.00   | USD      | cleared | -
PAID       | BOUNCED         | 2026-03-21   | -          | Q             | 70.00   | USD      | bounced | -
PAID       | NAMED           | 2026-03-22   | -          | R             | 180.00  | USD      | cleared | -
PAID       | IN-TEXT         | 2026-03-23   | -          | -             | 300.00  | USD      | cleared | for N-LOST
PAID       | TOOK            | 2026-02-12   | -          | R             | 490.00  | USD      | cleared | -
LISTS      | R1              | 2026-02-20   | -          | P             | 40.00   | USD      | cleared | -
LISTS      | R2              | 2026-03-25   | -          | P             | 60.00   | USD      | cleared | -
RISK       | R1              | 2026-03-25   | -          | P             | 1.00    | USD      | cleared | -
""")

APPLICATIONS = rows("""
company_id | cash_receipt_id | application_line | source_kind | invoice_id | invoice_number | amount_applied | discount_taken | deduction_amount | deduction_reason | applied_at
OWED       | R-PARTS         | 1                | applied     | PARTS      | -              | 150.00         | -              | -                | -                | 2026-02-12 10:00
PAID       | TOOK            | 1                | applied     | LATE       | -              | 490.00         | 10.00          | -                | -                | 2026-02-12 10:00
PAID       | NAMED           | 1                | remittance  | -          | N-DEDUCTED     | 180.00         | -              | 20.00            | damage           | -
LISTS      | R1              | 1                | applied     | PARTPAID   | -              | 40.00          | -              | -                | -                | 2026-02-20 10:00
LISTS      | R2              | 1                | applied     | PARTPAID   | -              | 60.00          | -              | -                | -                | 2026-03-30 10:00
RISK       | R1              | 1                | applied     | BILLED     | -              | 1.00           | -              | -                | -                | 2026-03-25 10:00
""")

DISPUTES = rows("""
company_id | dispute_id | opened_at        | closed_at        | invoice_id | invoice_line | customer_code | amount | currency | reason_code | status
OWED       | D1         | 2026-02-10 10:00 | -                | DISPUTED   | -            | TERMS         | 500.00 | USD      | price       | open
OWED       | D2         | 2026-01-10 10:00 | 2026-02-01 10:00 | DAY36      | -            | TERMS         | 900.00 | USD      | price       | rejected
OWED       | D3         | 2026-04-05 10:00 | -                | DAY36      | -            | TERMS         | 900.00 | USD      | price       | open
RISK       | E1         | 2026-03-05 10:00 | 2026-03-06 10:00 | BILLED     | 1            | P             | 5.00   | USD      | price       | accepted
RISK       | E2         | 2026-03-10 10:00 | -                | BILLED     | 1            | P             | 30.00  | USD      | not_delivered | open
""")

OVERRIDES = rows("""
company_id | override_id | subject | business_key       | new_value      | reason | user_id | expires_at       | valid_from
OWED       | V1          | value   | invoice/N-PROMISED | promise to pay | called | anna    | 2026-04-15 00:00 | 2026-03-01
OWED       | V2          | value   | invoice/DAY36      | promise to pay | called | anna    | 2026-03-15 00:00 | 2026-03-01
""")
OVERRIDES = [
    {**row, "business_key": str(row["business_key"]).replace("invoice/", "invoice|")}
    for row in OVERRIDES
]

OPEN_ITEMS = rows("""
company_id | as_of_date | open_item_id | customer_code | document_type | invoice_number | document_date | open_amount | currency | dispute_flag | dunning_level
LISTS      | 2026-02-28 | 1            | P             | invoice       | N-UNLISTED     | 2026-02-01    | 60.00       | USD      | true         | 1
LISTS      | 2026-03-28 | 1            | P             | invoice       | N-SAME         | 2026-02-01    | 100.00      | USD      | -            | 2
LISTS      | 2026-03-28 | 2            | P             | invoice       | N-PARTPAID     | 2026-02-01    | 100.00      | USD      | -            | -
LISTS      | 2026-03-28 | 3            | P             | adjustment    | -              | 2026-02-01    | 5.00        | USD      | -            | -
""")

ORDERS = rows("""
company_id | order_id | order_line | order_at         | customer_code | item_code | qty_ordered | qty_cancelled | unit_price | line_status | credit_status | credit_hold_at
OWED       | H1       | 1          | 2026-03-01 10:00 | ONHOLD        | X         | 1           | -             | 10         | open        | hold          | 2026-03-02 10:00
RISK       | O1       | 1          | 2026-03-01 10:00 | P             | X         | 10          | 1             | 10         | partial     | -             | -
RISK       | O2       | 1          | 2026-03-01 10:00 | P             | X         | 7           | -             | 10         | cancelled   | -             | -
""")

ORDERS = [{**row, "order_type": "standard", "uom": "EA", "currency": "USD"} for row in ORDERS]

DELIVERIES = rows("""
company_id | shipment_id | event_seq | event_type | event_at         | shipment_line | qty_delivered | pod_ref | signed_by
RISK       | S1          | 1         | delivered  | 2026-03-04 10:00 | 1             | 3             | -       | -
RISK       | S1          | 2         | pod_signed | 2026-03-04 11:00 | 1             | 3             | POD-7   | Mr Smith
""")

SHIPMENTS = rows("""
company_id | shipment_id | shipment_type | ship_confirm_at  | customer_code | ship_from_location | status
RISK       | S1          | sale          | 2026-03-02 10:00 | P             | A                  | shipped
RISK       | S2          | sale          | 2026-03-03 10:00 | P             | A                  | shipped
""")

SHIPMENT_LINES = rows("""
company_id | shipment_id | shipment_line | order_id | order_line | item_code | qty_shipped | uom
RISK       | S1          | 1             | O1       | 1          | X         | 3           | EA
RISK       | S2          | 1             | O1       | 1          | X         | 2           | EA
""")

PARTIES = rows("""
company_id | party_code | party_role | party_name | payment_terms_code | credit_limit
*          | TERMS      | customer   | Terms Ltd  | 14 days            | -
*          | ONHOLD     | customer   | Hold Ltd   | N30                | -
*          | P          | customer   | P Ltd      | N30                | 80.00
*          | Q          | customer   | Q Ltd      | N30                | -
*          | R          | customer   | R Ltd      | N30                | -
""")

ITEMS = rows("""
company_id | item_id | description | item_type | base_uom
*          | X       | thing       | stock     | EA
""")

COMPANIES = [
    {"company_id": story, "company_name": story, "currency": "USD", "timezone": "UTC"}
    for story in ("OWED", "PAID", "LISTS", "RISK")
]

TABLES = {
    "billing_invoice": INVOICES,
    "billing_invoice_line": INVOICE_LINES,
    "billing_invoice_instalment": INSTALMENTS,
    "billing_cash_receipt": RECEIPTS,
    "billing_cash_application": APPLICATIONS,
    "billing_dispute": DISPUTES,
    "billing_order_line": ORDERS,
    "policy_override": OVERRIDES,
    "gl_ar_open_item": OPEN_ITEMS,
    "wms_delivery_event": DELIVERIES,
    "wms_shipment": SHIPMENTS,
    "wms_shipment_line": SHIPMENT_LINES,
    "master_party": PARTIES,
    "master_item": ITEMS,
    "master_company": COMPANIES,
}
