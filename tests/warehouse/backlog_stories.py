"""What waits to be billed and why: credit, proof of delivery, late charges, a slow place.

As of 31 March 2026, a Tuesday; one company per story, built together with the billing stories.
"""

from __future__ import annotations

from tests.warehouse.small_warehouse import companies, rows, sent_and_billed

ORDER_LINES = rows("""
company_id | order_id | order_line | order_type | order_at         | customer_code | item_code | qty_ordered | uom | net_amount | currency | line_status | credit_status | credit_hold_at   | credit_release_at | released_by
CREDIT     | LET      | 1          | standard   | 2026-03-26 08:00 | C             | X         | 10          | EA  | 50.00      | USD      | shipped     | released      | 2026-03-26 09:00 | 2026-03-26 15:00  | k.brandt
CREDIT     | HELD     | 1          | standard   | 2026-03-31 02:00 | C             | X         | 10          | EA  | 50.00      | USD      | open        | hold          | 2026-03-31 03:00 | -                 | -
CREDIT     | FRESH    | 1          | standard   | 2026-03-31 02:00 | C             | X         | 10          | EA  | 50.00      | USD      | open        | hold          | 2026-03-31 04:00 | -                 | -
CREDIT     | OWES     | 1          | standard   | 2026-03-02 12:00 | OWING         | X         | 10          | EA  | 50.00      | USD      | shipped     | ok            | -                | -                 | -
CREDIT     | TRUSTED  | 1          | standard   | 2026-03-02 12:00 | OWING         | X         | 10          | EA  | 50.00      | USD      | shipped     | released      | -                | 2026-03-03 12:00  | k.brandt
PROOF      | O1       | 1          | standard   | 2026-03-02 12:00 | NEEDSPOD      | X         | 5           | EA  | 25.00      | USD      | shipped     | -             | -                | -                 | -
PROOF      | O2       | 1          | standard   | 2026-03-02 12:00 | NEEDSPOD      | X         | 5           | EA  | 25.00      | USD      | shipped     | -             | -                | -                 | -
LATER      | O1       | 1          | standard   | 2026-03-02 12:00 | C             | X         | 10          | EA  | 50.00      | USD      | billed      | -             | -                | -                 | -
SLOW       | O1       | 1          | standard   | 2026-03-02 12:00 | C             | X         | 10          | EA  | 50.00      | USD      | billed      | -             | -                | -                 | -
SLOW       | O2       | 1          | standard   | 2026-03-02 12:00 | C             | X         | 10          | EA  | 50.00      | USD      | billed      | -             | -                | -                 | -
SLOW       | O3       | 1          | standard   | 2026-03-02 12:00 | C             | X         | 10          | EA  | 50.00      | USD      | shipped     | -             | -                | -                 | -
""")

SHIPMENTS = rows("""
company_id | shipment_id | shipment_type | ship_from_location | customer_code | ship_confirm_at  | status    | freight_terms
CREDIT     | S1          | sale          | A                  | C             | 2026-03-27 12:00 | shipped   | -
CREDIT     | S2          | sale          | A                  | OWING         | 2026-03-06 12:00 | shipped   | -
CREDIT     | S3          | sale          | A                  | OWING         | 2026-03-06 12:00 | shipped   | -
PROOF      | NONE        | sale          | A                  | NEEDSPOD      | 2026-03-25 12:00 | shipped   | -
PROOF      | CAME        | sale          | A                  | NEEDSPOD      | 2026-03-25 12:00 | delivered | -
LATER      | S1          | sale          | A                  | C             | 2026-03-25 12:00 | shipped   | prepaid_add
SLOW       | S1          | sale          | W1                 | C             | 2026-03-06 12:00 | shipped   | -
SLOW       | S2          | sale          | W2                 | C             | 2026-03-06 12:00 | shipped   | -
SLOW       | S3          | sale          | W2                 | C             | 2026-03-06 12:00 | shipped   | -
""")

SHIPMENT_LINES = rows("""
company_id | shipment_id | shipment_line | order_id | order_line | item_code | qty_shipped | uom
CREDIT     | S1          | 1             | LET      | 1          | X         | 10          | EA
CREDIT     | S2          | 1             | OWES     | 1          | X         | 10          | EA
CREDIT     | S3          | 1             | TRUSTED  | 1          | X         | 10          | EA
PROOF      | NONE        | 1             | O1       | 1          | X         | 5           | EA
PROOF      | CAME        | 1             | O2       | 1          | X         | 5           | EA
LATER      | S1          | 1             | O1       | 1          | X         | 10          | EA
SLOW       | S1          | 1             | O1       | 1          | X         | 10          | EA
SLOW       | S2          | 1             | O2       | 1          | X         | 10          | EA
SLOW       | S3          | 1             | O3       | 1          | X         | 10          | EA
""")

DELIVERY_EVENTS = rows("""
company_id | shipment_id | event_seq | event_type | event_at         | shipment_line | qty_delivered
PROOF      | CAME        | 1         | pod_signed | 2026-03-31 09:00 | 1             | 5
""")

# Freight that is known three days after the goods were billed, and freight that is billed twice.
EVENTS = rows("""
company_id | billable_event_id | event_type     | event_at         | customer_code | qty | currency | charge_amount | rated_flag | shipment_id
LATER      | F1                | freight_charge | 2026-03-29 12:00 | C             | 1   | USD      | 30.00         | true       | S1
SLOW       | F1                | freight_charge | 2026-03-06 12:00 | C             | 1   | USD      | 30.00         | true       | S1
""")

INVOICES = rows("""
company_id | invoice_id | invoice_number | invoice_type | invoice_date | created_at       | customer_code | currency | net_amount | status
CREDIT     | OLD        | OLD            | invoice      | 2026-01-05   | 2026-01-05 12:00 | OWING         | USD      | 500.01     | posted
CREDIT     | SETTLED    | SETTLED        | invoice      | 2026-01-05   | 2026-01-05 12:00 | C             | USD      | 20.00      | posted
LATER      | I1         | I1             | invoice      | 2026-03-26   | 2026-03-26 12:00 | C             | USD      | 50.00      | posted
SLOW       | I1         | I1             | invoice      | 2026-03-07   | 2026-03-07 12:00 | C             | USD      | 80.00      | posted
SLOW       | I2         | I2             | invoice      | 2026-03-11   | 2026-03-11 12:00 | C             | USD      | 80.00      | posted
""")

INVOICE_LINES = rows("""
company_id | invoice_id | invoice_line | line_type | item_code | qty_billed | uom | net_amount | order_id | order_line | shipment_id | shipment_line | billable_event_id
LATER      | I1         | 1            | item      | X         | 10         | EA  | 50.00      | O1       | 1          | S1          | 1             | -
SLOW       | I1         | 1            | item      | X         | 10         | EA  | 50.00      | O1       | 1          | S1          | 1             | -
SLOW       | I2         | 1            | item      | X         | 10         | EA  | 50.00      | O2       | 1          | S2          | 1             | -
SLOW       | I1         | 2            | freight   | -         | 1          | EA  | 30.00      | -        | -          | S1          | -             | F1
SLOW       | I2         | 2            | freight   | -         | 1          | EA  | 30.00      | -        | -          | S1          | -             | F1
""")

# One payment says that the company tells of payments; what is not paid is owed.
CASH_RECEIPTS = rows("""
company_id | cash_receipt_id | receipt_date | customer_code | amount | currency | status
CREDIT     | R1              | 2026-02-05   | C             | 20.00  | USD      | cleared
""")

CASH_APPLICATIONS = rows("""
company_id | cash_receipt_id | application_line | source_kind | invoice_id | amount_applied | applied_at
CREDIT     | R1              | 1                | applied     | SETTLED    | 20.00          | 2026-02-05 10:00
""")

PRICES = rows("""
company_id | price_id | price_kind | item_code | source_of_truth | uom | currency | unit_price | valid_from
CREDIT     | LIST     | list       | X         | ERP             | EA  | USD      | 5          | 2026-01-01
PROOF      | LIST     | list       | X         | ERP             | EA  | USD      | 5          | 2026-01-01
LATER      | LIST     | list       | X         | ERP             | EA  | USD      | 5          | 2026-01-01
SLOW       | LIST     | list       | X         | ERP             | EA  | USD      | 5          | 2026-01-01
""")

PARTIES = rows("""
company_id | party_code | party_role | party_name | credit_limit | currency
*          | OWING      | customer   | Owing      | 500          | USD
""")

STORIES = sorted({str(row["company_id"]) for row in ORDER_LINES})

TABLES = {
    "billing_order_line": ORDER_LINES,
    "wms_shipment": SHIPMENTS,
    "wms_shipment_line": SHIPMENT_LINES,
    "wms_delivery_event": DELIVERY_EVENTS,
    "billing_billable_event": EVENTS,
    "billing_invoice": INVOICES,
    "billing_invoice_line": INVOICE_LINES,
    "billing_cash_receipt": CASH_RECEIPTS,
    "billing_cash_application": CASH_APPLICATIONS,
    "master_price": PRICES,
    "master_party": PARTIES,
    "master_company": companies(STORIES),
}

WATERMARKS = sent_and_billed(STORIES)
