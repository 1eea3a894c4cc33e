"""What was ordered, shipped and billed in each story. One company per story, as of 31 March 2026.

1 March 2026 is a Sunday; the shipped default rule bills the next business day and gives one more.
"""

from __future__ import annotations

from tests.warehouse.small_warehouse import companies, rows, sent_and_billed

ORDER_LINES = rows("""
company_id | order_id  | order_line | order_type | order_at         | confirmed_at     | customer_code | item_code | qty_ordered | uom | unit_price | net_amount | currency | line_status
CLOCK      | O1        | 1          | standard   | 2026-03-02 12:00 | -                | C             | X         | 10          | EA  | -          | 50.00      | USD      | shipped
CLOCK      | O2        | 1          | standard   | 2026-03-02 12:00 | -                | C             | X         | 10          | EA  | -          | 50.00      | USD      | shipped
CLOCK      | O3        | 1          | standard   | 2026-03-02 12:00 | -                | C             | X         | 10          | EA  | -          | 50.00      | USD      | shipped
UNITS      | O1        | 1          | standard   | 2026-03-02 12:00 | -                | C             | X         | 24          | EA  | -          | 120.00     | USD      | shipped
KIT        | O1        | 1          | standard   | 2026-03-02 12:00 | -                | C             | BOX       | 3           | EA  | -          | 90.00      | USD      | shipped
POD        | O1        | 1          | standard   | 2026-03-02 12:00 | -                | NEEDSPOD      | X         | 5           | EA  | -          | 25.00      | USD      | shipped
POD        | O2        | 1          | standard   | 2026-03-02 12:00 | -                | NEEDSPOD      | X         | 5           | EA  | -          | 25.00      | USD      | shipped
WEEKLY     | O1        | 1          | standard   | 2026-03-02 12:00 | -                | FRIDAYS       | X         | 5           | EA  | -          | 25.00      | USD      | shipped
WEEKLY     | O2        | 1          | standard   | 2026-03-02 12:00 | -                | FRIDAYS       | X         | 5           | EA  | -          | 25.00      | USD      | shipped
AGAIN      | O1        | 1          | standard   | 2026-03-02 12:00 | -                | C             | X         | 5           | EA  | -          | 25.00      | USD      | shipped
REBILL     | O1        | 1          | standard   | 2026-03-02 12:00 | -                | C             | X         | 5           | EA  | -          | 25.00      | USD      | shipped
EURO       | O1        | 1          | standard   | 2026-03-02 12:00 | -                | C             | X         | 10          | EA  | -          | 50.00      | EUR      | shipped
AHEAD      | NEW       | 1          | standard   | 2026-03-28 12:00 | -                | C             | X         | 5           | EA  | -          | 25.00      | USD      | open
AHEAD      | OLD       | 1          | standard   | 2026-03-02 12:00 | -                | C             | X         | 5           | EA  | -          | 25.00      | USD      | open
AHEAD      | GONE      | 1          | standard   | 2026-03-28 12:00 | -                | C             | X         | 5           | EA  | -          | 25.00      | USD      | cancelled
TWICE      | O1        | 1          | standard   | 2026-03-02 12:00 | -                | C             | X         | 5           | EA  | -          | 25.00      | USD      | shipped
LARGE      | O1        | 1          | standard   | 2026-03-02 12:00 | -                | C             | X         | 5           | EA  | -          | 25.00      | USD      | shipped
LARGE      | O2        | 1          | standard   | 2026-03-02 12:00 | -                | C             | X         | 5           | EA  | -          | 25.00      | USD      | shipped
GIFTS      | O1        | 1          | sample     | 2026-03-02 12:00 | -                | C             | X         | 5           | EA  | -          | 25.00      | USD      | shipped
BACK       | O1        | 1          | standard   | 2026-03-02 12:00 | -                | C             | X         | 5           | EA  | -          | 25.00      | USD      | shipped
SILENT     | O1        | 1          | standard   | 2026-03-02 12:00 | -                | C             | X         | 5           | EA  | -          | 25.00      | USD      | shipped
PRICES     | LIST      | 1          | standard   | 2026-03-02 12:00 | -                | OTHER         | X         | 2           | EA  | 7          | -          | USD      | shipped
PRICES     | CONTRACT  | 1          | standard   | 2026-03-02 12:00 | 2026-03-03 12:00 | C             | X         | 2           | EA  | 7          | -          | USD      | shipped
PRICES     | CHANGED   | 1          | standard   | 2026-03-05 12:00 | 2026-03-06 12:00 | C             | X         | 2           | EA  | 7          | -          | USD      | shipped
PRICES     | UNLISTED  | 1          | standard   | 2026-03-02 12:00 | -                | C             | Y         | 2           | EA  | 7          | -          | USD      | shipped
""")

SHIPMENTS = rows("""
company_id | shipment_id | shipment_type | ship_from_location | customer_code | ship_confirm_at     | status
CLOCK      | FRIDAY      | sale          | A                  | C             | 2026-03-06 12:00    | shipped
CLOCK      | JUSTDUE     | sale          | A                  | C             | 2026-03-27 11:59:59 | shipped
CLOCK      | INGRACE     | sale          | A                  | C             | 2026-03-27 12:00    | shipped
CLOCK      | PLANNED     | sale          | A                  | C             | -                   | planned
UNITS      | S1          | sale          | A                  | C             | 2026-03-06 12:00    | shipped
KIT        | S1          | sale          | A                  | C             | 2026-03-06 12:00    | shipped
POD        | ROAD        | sale          | A                  | NEEDSPOD      | 2026-03-06 12:00    | shipped
POD        | THERE       | sale          | A                  | NEEDSPOD      | 2026-03-06 12:00    | delivered
WEEKLY     | MONDAY      | sale          | A                  | FRIDAYS       | 2026-03-23 12:00    | shipped
WEEKLY     | ONFRIDAY    | sale          | A                  | FRIDAYS       | 2026-03-27 12:00    | shipped
AGAIN      | S1          | sale          | A                  | C             | 2026-03-06 12:00    | shipped
REBILL     | S1          | sale          | A                  | C             | 2026-03-06 12:00    | shipped
EURO       | S1          | sale          | A                  | C             | 2026-03-06 12:00    | shipped
TWICE      | S1          | sale          | A                  | C             | 2026-03-06 12:00    | shipped
LARGE      | S1          | sale          | A                  | C             | 2026-03-06 12:00    | shipped
LARGE      | S2          | sale          | A                  | C             | 2026-03-06 12:00    | shipped
GIFTS      | BYORDER     | sale          | A                  | C             | 2026-03-06 12:00    | shipped
GIFTS      | BYSHIPMENT  | sample        | A                  | C             | 2026-03-06 12:00    | shipped
GIFTS      | BYLINE      | sale          | A                  | C             | 2026-03-06 12:00    | shipped
GIFTS      | MOVED       | transfer      | A                  | -             | 2026-03-06 12:00    | shipped
BACK       | S1          | sale          | A                  | C             | 2026-03-05 12:00    | shipped
BACK       | S2          | sale          | A                  | C             | 2026-03-06 12:00    | shipped
BACK       | S3          | sale          | A                  | C             | 2026-03-07 12:00    | shipped
SILENT     | S1          | sale          | A                  | C             | 2026-03-06 12:00    | shipped
PRICES     | S1          | sale          | A                  | C             | 2026-03-10 12:00    | shipped
""")

SHIPMENT_LINES = rows("""
company_id | shipment_id | shipment_line | order_id | order_line | item_code | parent_item_code | qty_shipped | uom | no_charge_flag
CLOCK      | FRIDAY      | 1             | O1       | 1          | X         | -                | 10          | EA  | -
CLOCK      | JUSTDUE     | 1             | O2       | 1          | X         | -                | 10          | EA  | -
CLOCK      | INGRACE     | 1             | O3       | 1          | X         | -                | 10          | EA  | -
CLOCK      | PLANNED     | 1             | O3       | 1          | X         | -                | 99          | EA  | -
UNITS      | S1          | 1             | O1       | 1          | X         | -                | 2           | CS  | -
KIT        | S1          | 1             | O1       | 1          | PART1     | BOX              | 6           | EA  | -
KIT        | S1          | 2             | O1       | 1          | PART2     | BOX              | 3           | EA  | -
POD        | ROAD        | 1             | O1       | 1          | X         | -                | 5           | EA  | -
POD        | THERE       | 1             | O2       | 1          | X         | -                | 5           | EA  | -
WEEKLY     | MONDAY      | 1             | O1       | 1          | X         | -                | 5           | EA  | -
WEEKLY     | ONFRIDAY    | 1             | O2       | 1          | X         | -                | 5           | EA  | -
AGAIN      | S1          | 1             | O1       | 1          | X         | -                | 5           | EA  | -
REBILL     | S1          | 1             | O1       | 1          | X         | -                | 5           | EA  | -
EURO       | S1          | 1             | O1       | 1          | X         | -                | 10          | EA  | -
TWICE      | S1          | 1             | O1       | 1          | X         | -                | 5           | EA  | -
LARGE      | S1          | 1             | O1       | 1          | X         | -                | 5           | EA  | -
LARGE      | S2          | 1             | O2       | 1          | X         | -                | 5           | EA  | -
GIFTS      | BYORDER     | 1             | O1       | 1          | X         | -                | 5           | EA  | -
GIFTS      | BYSHIPMENT  | 1             | -        | -          | X         | -                | 5           | EA  | -
GIFTS      | BYLINE      | 1             | -        | -          | X         | -                | 5           | EA  | true
GIFTS      | MOVED       | 1             | -        | -          | X         | -                | 5           | EA  | -
BACK       | S1          | 1             | O1       | 1          | X         | -                | 5           | EA  | -
BACK       | S2          | 1             | O1       | 1          | X         | -                | -5          | EA  | -
BACK       | S3          | 1             | O1       | 1          | X         | -                | 5           | EA  | -
SILENT     | S1          | 1             | O1       | 1          | X         | -                | 5           | EA  | -
PRICES     | S1          | 1             | LIST     | 1          | X         | -                | 2           | EA  | -
PRICES     | S1          | 2             | CONTRACT | 1          | X         | -                | 2           | EA  | -
PRICES     | S1          | 3             | CHANGED  | 1          | X         | -                | 2           | EA  | -
PRICES     | S1          | 4             | UNLISTED | 1          | Y         | -                | 2           | EA  | -
""")

DELIVERY_EVENTS = rows("""
company_id | shipment_id | event_seq | event_type | event_at         | shipment_line | qty_delivered
POD        | ROAD        | 1         | in_transit | 2026-03-07 12:00 | -             | -
POD        | THERE       | 1         | pod_signed | 2026-03-09 12:00 | 1             | 4
""")

INVOICES = rows("""
company_id | invoice_id | invoice_number | invoice_type | invoice_date | created_at       | customer_code | currency | fx_rate | net_amount | reference_invoice_id | status
UNITS      | I1         | I1             | invoice      | 2026-03-09   | 2026-03-09 12:00 | C             | USD      | -       | 120.00     | -                    | posted
KIT        | I1         | I1             | invoice      | 2026-03-09   | 2026-03-09 12:00 | C             | USD      | -       | 90.00      | -                    | posted
POD        | I1         | I1             | invoice      | 2026-03-10   | 2026-03-10 12:00 | NEEDSPOD      | USD      | -       | 20.00      | -                    | posted
AGAIN      | I1         | I1             | invoice      | 2026-03-09   | 2026-03-09 12:00 | C             | USD      | -       | 25.00      | -                    | cancelled
AGAIN      | I2         | I2             | cancellation | 2026-03-10   | 2026-03-10 12:00 | C             | USD      | -       | -25.00     | I1                   | posted
AGAIN      | I3         | I3             | invoice      | 2026-03-10   | 2026-03-10 12:00 | C             | USD      | -       | 25.00      | -                    | posted
REBILL     | I1         | I1             | invoice      | 2026-03-09   | 2026-03-09 12:00 | C             | USD      | -       | 30.00      | -                    | posted
REBILL     | I2         | I2             | credit_memo  | 2026-03-10   | 2026-03-10 12:00 | C             | USD      | -       | -30.00     | I1                   | posted
REBILL     | I3         | I3             | invoice      | 2026-03-10   | 2026-03-10 12:00 | C             | USD      | -       | 25.00      | -                    | posted
EURO       | I1         | I1             | invoice      | 2026-03-09   | 2026-03-09 12:00 | C             | EUR      | 1.2     | 50.00      | -                    | posted
AHEAD      | I1         | I1             | invoice      | 2026-03-28   | 2026-03-28 12:00 | C             | USD      | -       | 25.00      | -                    | posted
AHEAD      | I2         | I2             | invoice      | 2026-03-02   | 2026-03-02 12:00 | C             | USD      | -       | 25.00      | -                    | posted
AHEAD      | I3         | I3             | invoice      | 2026-03-28   | 2026-03-28 12:00 | C             | USD      | -       | 25.00      | -                    | posted
TWICE      | I1         | I1             | invoice      | 2026-03-09   | 2026-03-09 12:00 | C             | USD      | -       | 25.00      | -                    | posted
TWICE      | I2         | I2             | invoice      | 2026-03-11   | 2026-03-11 12:00 | C             | USD      | -       | 25.00      | -                    | posted
LARGE      | I1         | I1             | invoice      | 2026-03-09   | 2026-03-09 12:00 | C             | USD      | -       | 55.00      | -                    | posted
LARGE      | DRAFT      | DRAFT          | invoice      | 2026-03-09   | 2026-03-09 12:00 | C             | USD      | -       | 99.00      | -                    | draft
BACK       | I1         | I1             | invoice      | 2026-03-09   | 2026-03-09 12:00 | C             | USD      | -       | 25.00      | -                    | posted
PRICES     | I1         | I1             | invoice      | 2026-03-11   | 2026-03-11 12:00 | C             | USD      | -       | 46.00      | -                    | posted
""")

INVOICE_LINES = rows("""
company_id | invoice_id | invoice_line | line_type | item_code | qty_billed | uom | net_amount | order_id | order_line | shipment_id | shipment_line
UNITS      | I1         | 1            | item      | X         | 24         | EA  | 120.00     | O1       | 1          | -           | -
KIT        | I1         | 1            | item      | BOX       | 3          | EA  | 90.00      | O1       | 1          | -           | -
POD        | I1         | 1            | item      | X         | 4          | EA  | 20.00      | O2       | 1          | -           | -
AGAIN      | I1         | 1            | item      | X         | 5          | EA  | 25.00      | -        | -          | S1          | 1
AGAIN      | I2         | 1            | item      | X         | -5         | EA  | -25.00     | -        | -          | S1          | 1
AGAIN      | I3         | 1            | item      | X         | 5          | EA  | 25.00      | -        | -          | S1          | 1
REBILL     | I1         | 1            | item      | X         | 5          | EA  | 30.00      | -        | -          | S1          | 1
REBILL     | I2         | 1            | item      | X         | -5         | EA  | -30.00     | -        | -          | S1          | 1
REBILL     | I3         | 1            | item      | X         | 5          | EA  | 25.00      | -        | -          | S1          | 1
EURO       | I1         | 1            | item      | X         | 10         | EA  | 50.00      | O1       | 1          | -           | -
AHEAD      | I1         | 1            | item      | X         | 5          | EA  | 25.00      | NEW      | 1          | -           | -
AHEAD      | I2         | 1            | item      | X         | 5          | EA  | 25.00      | OLD      | 1          | -           | -
AHEAD      | I3         | 1            | item      | X         | 5          | EA  | 25.00      | GONE     | 1          | -           | -
TWICE      | I1         | 1            | item      | X         | 5          | EA  | 25.00      | -        | -          | S1          | 1
TWICE      | I2         | 1            | item      | X         | 5          | EA  | 25.00      | -        | -          | S1          | 1
LARGE      | I1         | 1            | item      | X         | 8          | EA  | 40.00      | -        | -          | S1          | 1
LARGE      | I1         | 2            | item      | X         | 3          | EA  | 15.00      | -        | -          | S2          | 1
LARGE      | DRAFT      | 1            | item      | X         | 99         | EA  | 99.00      | -        | -          | S2          | 1
BACK       | I1         | 1            | item      | X         | 5          | EA  | 25.00      | O1       | 1          | -           | -
PRICES     | I1         | 1            | item      | X         | 2          | EA  | 20.00      | LIST     | 1          | -           | -
PRICES     | I1         | 2            | item      | X         | 2          | EA  | 8.00       | CONTRACT | 1          | -           | -
PRICES     | I1         | 3            | item      | X         | 2          | EA  | 8.00       | CHANGED  | 1          | -           | -
PRICES     | I1         | 4            | item      | Y         | 2          | EA  | 14.02      | UNLISTED | 1          | -           | -
""")

PRICES = rows("""
company_id | price_id | price_kind | customer_code | item_code | uom | currency | unit_price | valid_from | valid_to
PRICES     | LIST     | list       | -             | X         | EA  | USD      | 10         | 2026-01-01 | -
PRICES     | OLD      | contract   | C             | X         | EA  | USD      | 4          | 2026-01-01 | 2026-03-05
PRICES     | NEW      | contract   | C             | X         | EA  | USD      | 5          | 2026-03-06 | -
""")

PARTIES = rows("""
company_id | party_code | party_role | party_name | pod_required | invoice_policy | invoice_days
*          | C          | customer   | Customer   | -            | -              | -
*          | OTHER      | customer   | Another    | -            | -              | -
*          | NEEDSPOD   | customer   | Careful    | true         | -              | -
*          | FRIDAYS    | customer   | Regular    | -            | weekly         | Friday
""")

ITEMS = rows("""
company_id | item_id | description | item_type | base_uom
*          | X       | thing       | stock     | EA
*          | Y       | other       | stock     | EA
*          | BOX     | kit         | kit       | EA
*          | PART1   | part        | stock     | EA
*          | PART2   | part        | stock     | EA
""")

UNITS = rows("""
company_id | item_id | from_uom | to_uom | numerator | denominator | valid_from
*          | X       | CS       | EA     | 12        | 1           | 2020-01-01
""")

BOM = rows("""
company_id | parent_item_code | component_item_code | qty_per | uom | bom_type | valid_from
*          | BOX              | PART1               | 2       | EA  | kit      | 2020-01-01
*          | BOX              | PART2               | 1       | EA  | kit      | 2020-01-01
""")

RATES = rows("""
company_id | rate_type | from_currency | to_currency | rate_date  | rate
*          | spot      | EUR           | USD         | 2026-03-01 | 1.1
""")

RULES = rows("""
company_id | billing_rule_id | priority | order_type | trigger  | due_hours | clock    | grace_hours | valid_from | note
AHEAD      | BR-AHEAD        | 900      | standard   | calendar | 240       | calendar | 0           | 2020-01-01 | goods may be billed up to ten days before they leave
""")

STORIES = sorted({str(row["company_id"]) for row in ORDER_LINES})

TABLES = {
    "billing_order_line": ORDER_LINES,
    "wms_shipment": SHIPMENTS,
    "wms_shipment_line": SHIPMENT_LINES,
    "wms_delivery_event": DELIVERY_EVENTS,
    "billing_invoice": INVOICES,
    "billing_invoice_line": INVOICE_LINES,
    "master_price": PRICES,
    "master_party": PARTIES,
    "master_item": ITEMS,
    "master_uom": UNITS,
    "master_bom": BOM,
    "master_fx_rate": RATES,
    "master_company": companies(STORIES),
    "policy_billing_rule": RULES,
}

# SILENT sends no invoices at all: nothing of it can be called unbilled.
WATERMARKS = [
    mark
    for mark in sent_and_billed(STORIES)
    if not (mark[1] == "SILENT" and mark[0].startswith("billing"))
]
