"""What keeps a line from being billed, what triggers one, what comes on top; as of 31 March 2026.

One company per story; they are built together with the billing stories.
"""

from __future__ import annotations

from tests.warehouse.small_warehouse import companies, rows, sent_and_billed

ORDER_LINES = rows("""
company_id | order_id | order_line | order_type  | order_at         | customer_code | customer_po | item_code | qty_ordered | uom | unit_price | net_amount | currency | line_status | credit_status | credit_hold_at   | changed_at       | freight_terms
PARTS      | O1       | 1          | standard    | 2026-03-02 12:00 | C             | -           | X         | 100         | EA  | 5          | 500.00     | USD      | shipped     | -             | -                | -                | -
WHOLE      | O1       | 1          | standard    | 2026-03-02 12:00 | ALLORNONE     | -           | X         | 10          | EA  | 5          | 50.00      | USD      | shipped     | -             | -                | -                | -
WHOLE      | O1       | 2          | standard    | 2026-03-02 12:00 | ALLORNONE     | -           | Y         | 10          | EA  | 5          | 50.00      | USD      | open        | -             | -                | -                | -
USED       | O1       | 1          | consignment | 2026-03-02 12:00 | C             | -           | X         | 100         | EA  | 5          | 500.00     | USD      | shipped     | -             | -                | -                | -
EXTRA      | O1       | 1          | standard    | 2026-03-02 12:00 | C             | -           | X         | 10          | EA  | 5          | 50.00      | USD      | billed      | -             | -                | -                | prepaid_add
EXTRA      | O2       | 1          | standard    | 2026-03-02 12:00 | C             | -           | X         | 10          | EA  | 5          | 50.00      | USD      | shipped     | -             | -                | -                | prepaid_add
EXTRA      | O3       | 1          | standard    | 2026-03-02 12:00 | C             | -           | X         | 10          | EA  | 5          | 50.00      | USD      | billed      | -             | -                | -                | collect
EDITED     | O1       | 1          | standard    | 2026-03-02 12:00 | C             | -           | X         | 12          | EA  | 5          | 60.00      | USD      | shipped     | -             | -                | 2026-03-09 12:00 | -
CHECKS     | TAX      | 1          | standard    | 2026-03-02 12:00 | LAPSED        | -           | X         | 10          | EA  | 5          | 50.00      | USD      | shipped     | ok            | -                | -                | -
CHECKS     | NUMBER   | 1          | standard    | 2026-03-02 12:00 | FORMAL        | -           | X         | 10          | EA  | 5          | 50.00      | USD      | shipped     | ok            | -                | -                | -
CHECKS     | PRICE    | 1          | standard    | 2026-03-02 12:00 | C             | -           | Y         | 10          | EA  | 10.5       | 105.00     | USD      | shipped     | ok            | -                | -                | -
CHECKS     | LET      | 1          | standard    | 2026-03-02 12:00 | LAPSED        | -           | X         | 10          | EA  | 5          | 50.00      | USD      | shipped     | ok            | -                | -                | -
CHECKS     | HELD     | 1          | standard    | 2026-03-02 12:00 | C             | -           | X         | 10          | EA  | 5          | 50.00      | USD      | open        | hold          | 2026-03-02 13:00 | -                | -
CHECKS     | CLEAN    | 1          | standard    | 2026-03-02 12:00 | C             | -           | X         | 10          | EA  | 5          | 50.00      | USD      | shipped     | ok            | -                | -                | -
SILENTLY    | O1       | 1          | standard    | 2026-03-02 12:00 | C             | -           | X         | 5           | EA  | 5          | 25.00      | USD      | billed      | -             | -                | -                | -
SILENTLY    | O2       | 1          | standard    | 2026-03-02 12:00 | C             | -           | X         | 5           | EA  | 5          | 25.00      | USD      | shipped     | -             | -                | -                | -
""")

SHIPMENTS = rows("""
company_id | shipment_id | shipment_type | ship_from_location | customer_code | ship_confirm_at  | status  | freight_terms | hazmat_flag
PARTS      | S1          | sale          | A                  | C             | 2026-03-04 12:00 | shipped | -             | -
PARTS      | S2          | sale          | A                  | C             | 2026-03-06 12:00 | shipped | -             | -
WHOLE      | S1          | sale          | A                  | ALLORNONE     | 2026-03-04 12:00 | shipped | -             | -
USED       | S1          | consignment   | A                  | C             | 2026-03-04 12:00 | shipped | -             | -
EXTRA      | S1          | sale          | A                  | C             | 2026-03-04 12:00 | shipped | prepaid_add   | true
EXTRA      | S2          | sale          | A                  | C             | 2026-03-04 12:00 | shipped | prepaid_add   | -
EXTRA      | S3          | sale          | A                  | C             | 2026-03-04 12:00 | shipped | collect       | -
EDITED     | S1          | sale          | A                  | C             | 2026-03-06 12:00 | shipped | -             | -
CHECKS     | S1          | sale          | A                  | LAPSED        | 2026-03-06 12:00 | shipped | -             | -
CHECKS     | S2          | sale          | A                  | FORMAL        | 2026-03-06 12:00 | shipped | -             | -
CHECKS     | S3          | sale          | A                  | C             | 2026-03-06 12:00 | shipped | -             | -
CHECKS     | S4          | sale          | A                  | LAPSED        | 2026-03-06 12:00 | shipped | -             | -
CHECKS     | S5          | sale          | A                  | C             | 2026-03-06 12:00 | shipped | -             | -
SILENTLY    | S1          | sale          | A                  | C             | 2026-03-06 12:00 | shipped | -             | -
SILENTLY    | S2          | sale          | A                  | C             | -                | packed  | -             | -
""")

SHIPMENT_LINES = rows("""
company_id | shipment_id | shipment_line | order_id | order_line | item_code | qty_ordered | qty_shipped | uom
PARTS      | S1          | 1             | O1       | 1          | X         | 100         | 60          | EA
PARTS      | S2          | 1             | O1       | 1          | X         | 40          | 40          | EA
WHOLE      | S1          | 1             | O1       | 1          | X         | 10          | 10          | EA
USED       | S1          | 1             | O1       | 1          | X         | 100         | 100         | EA
EXTRA      | S1          | 1             | O1       | 1          | X         | 10          | 10          | EA
EXTRA      | S2          | 1             | O2       | 1          | X         | 10          | 10          | EA
EXTRA      | S3          | 1             | O3       | 1          | X         | 10          | 10          | EA
EDITED     | S1          | 1             | O1       | 1          | X         | 10          | 10          | EA
CHECKS     | S1          | 1             | TAX      | 1          | X         | 10          | 10          | EA
CHECKS     | S2          | 1             | NUMBER   | 1          | X         | 10          | 10          | EA
CHECKS     | S3          | 1             | PRICE    | 1          | Y         | 10          | 10          | EA
CHECKS     | S4          | 1             | LET      | 1          | X         | 10          | 10          | EA
CHECKS     | S5          | 1             | CLEAN    | 1          | X         | 10          | 10          | EA
SILENTLY    | S1          | 1             | O1       | 1          | X         | 5           | 5           | EA
SILENTLY    | S2          | 1             | O2       | 1          | X         | 5           | 5           | EA
""")

DELIVERY_EVENTS = rows("""
company_id | shipment_id | event_seq | event_type | event_at
SILENTLY    | S2          | 1         | pickup     | 2026-03-09 12:00
""")

EVENTS = rows("""
company_id | billable_event_id | event_type  | event_at         | customer_code | item_code | qty | uom | currency | charge_amount | rated_flag | shipment_id
USED       | E1                | consumption | 2026-03-20 12:00 | C             | X         | 15  | EA  | USD      | -             | -          | -
""")

INVOICES = rows("""
company_id | invoice_id | invoice_number | invoice_type | invoice_date | created_at       | customer_code | currency | net_amount | status
EXTRA      | I1         | I1             | invoice      | 2026-03-05   | 2026-03-05 12:00 | C             | USD      | 50.00      | posted
EXTRA      | I3         | I3             | invoice      | 2026-03-05   | 2026-03-05 12:00 | C             | USD      | 50.00      | posted
EDITED     | I1         | I1             | invoice      | 2026-03-09   | 2026-03-09 13:00 | C             | USD      | 50.00      | posted
SILENTLY    | I1         | I1             | invoice      | 2026-03-09   | 2026-03-09 12:00 | C             | USD      | 25.00      | posted
""")

INVOICE_LINES = rows("""
company_id | invoice_id | invoice_line | line_type | item_code | qty_billed | uom | net_amount | order_id | order_line | shipment_id | shipment_line
EXTRA      | I1         | 1            | item      | X         | 10         | EA  | 50.00      | O1       | 1          | S1          | 1
EXTRA      | I3         | 1            | item      | X         | 10         | EA  | 50.00      | O3       | 1          | S3          | 1
EDITED     | I1         | 1            | item      | X         | 10         | EA  | 50.00      | O1       | 1          | S1          | 1
SILENTLY    | I1         | 1            | item      | X         | 5          | EA  | 25.00      | O1       | 1          | S1          | 1
""")

PRICES = rows("""
company_id | price_id | price_kind | item_code | source_of_truth | uom | currency | unit_price | valid_from
CHECKS     | LIST     | list       | X         | ERP             | EA  | USD      | 5          | 2026-01-01
CHECKS     | ERP      | list       | Y         | ERP             | EA  | USD      | 10.5       | 2026-01-01
CHECKS     | CRM      | list       | Y         | CRM             | EA  | USD      | 10         | 2026-01-01
""")

PARTIES = rows("""
company_id | party_code | party_role | party_name | po_required | partial_billing     | tax_exempt_until
*          | ALLORNONE  | customer   | Strict     | -           | hold_until_complete | -
*          | LAPSED     | customer   | Abroad     | -           | -                   | 2026-02-28
*          | FORMAL     | customer   | Formal     | true        | -                   | -
""")

CHARGES = rows("""
company_id | charge_rule_id | charge_type | freight_terms | hazmat_only | basis        | amount | currency | valid_from
EXTRA      | CH-F           | freight     | prepaid_add   | -           | per_shipment | 45     | USD      | 2020-01-01
EXTRA      | CH-H           | hazmat      | prepaid_add   | true        | fixed        | 18.50  | USD      | 2020-01-01
""")

OVERRIDES = rows("""
company_id | override_id | subject   | business_key | condition_code | reason                 | user_id | expires_at       | valid_from | approved_by
CHECKS     | OV1         | readiness | LET          | RC5            | certificate in the mail | k.brandt | 2026-04-30 00:00 | 2026-03-07 | controller
CHECKS     | OV2         | readiness | TAX          | RC5            | too late               | k.brandt | 2026-03-10 00:00 | 2026-03-07 | controller
CHECKS     | OV3         | readiness | NUMBER       | RC9            | nobody approved it     | k.brandt | 2026-04-30 00:00 | 2026-03-07 | -
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
    "master_price": PRICES,
    "master_party": PARTIES,
    "policy_charge": CHARGES,
    "policy_override": OVERRIDES,
    "master_company": companies(STORIES),
}

WATERMARKS = sent_and_billed(STORIES)
