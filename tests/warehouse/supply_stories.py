"""Stories of goods that documents move: on order, on their way, lost, used, sent directly, decided."""

from __future__ import annotations

from tests.warehouse.small_warehouse import rows

MOVEMENTS = rows("""
company_id | movement_id | movement_type   | event_at         | item_code | qty | location_code | stock_status | from_stock_status | counter_location_code | owner_party_code | reversal_of_movement_id | ref_doc_type | ref_doc_id | ref_doc_line | shipment_id | shipment_line | receipt_id | receipt_line | reason_code  | unit_cost
SUPPLY     | short       | receipt         | 2026-03-10 12:00 | X         | 50  | A             | received     | -                 | -                     | -                | -                       | -            | -          | -            | -           | -             | R1         | 1            | -            | 2
SUPPLY     | unannounced | receipt         | 2026-03-11 12:00 | X         | 5   | A             | -            | -                 | -                     | -                | -                       | PO           | P3         | 1            | -           | -             | -          | -            | -            | 2
SUPPLY     | too many    | receipt         | 2026-03-12 12:00 | X         | 6   | A             | -            | -                 | -                     | -                | -                       | -            | -          | -            | -           | -             | R4         | 1            | -            | 2
SUPPLY     | taken back  | receipt         | 2026-03-13 12:00 | X         | -1  | A             | -            | -                 | -                     | -                | unannounced             | -            | -          | -            | -           | -             | -          | -            | -            | -
TITLE      | by origin   | receipt         | 2026-03-04 12:00 | X         | 10  | A             | -            | -                 | -                     | -                | -                       | -            | -          | -            | -           | -             | RO         | 1            | -            | 3
TITLE      | by arrival  | receipt         | 2026-03-04 12:00 | Y         | 10  | A             | -            | -                 | -                     | -                | -                       | -            | -          | -            | -           | -             | RD         | 1            | -            | 3
LOST       | opening     | opening         | 2026-03-01 12:00 | X         | 60  | A             | -            | -                 | -                     | -                | -                       | -            | -          | -            | -           | -             | -          | -            | -            | 1
LOST       | out 1       | transfer_out    | 2026-03-02 12:00 | X         | -10 | A             | -            | -                 | B                     | -                | -                       | TO           | T1         | 1            | -           | -             | -          | -            | -            | -
LOST       | in 1        | transfer_in     | 2026-03-03 12:00 | X         | 7   | B             | -            | -                 | A                     | -                | -                       | TO           | T1         | 1            | -           | -             | -          | -            | -            | -
LOST       | out 2       | transfer_out    | 2026-03-02 12:00 | X         | -20 | A             | -            | -                 | B                     | -                | -                       | TO           | T2         | 1            | -           | -             | -          | -            | -            | -
LOST       | in 2        | transfer_in     | 2026-03-03 12:00 | X         | 16  | B             | -            | -                 | A                     | -                | -                       | TO           | T2         | 1            | -           | -             | -          | -            | -            | -
SITE       | opening     | opening         | 2026-03-01 12:00 | X         | 30  | A             | -            | -                 | -                     | -                | -                       | -            | -          | -            | -           | -             | -          | -            | -            | 1
SITE       | filled B    | consign_out     | 2026-03-02 12:00 | X         | -12 | A             | -            | -                 | B                     | -                | -                       | -            | -          | -            | -           | -             | -          | -            | -            | -
SITE       | filled CHI  | consign_out     | 2026-03-02 12:00 | X         | -8  | A             | -            | -                 | CHI                   | -                | -                       | -            | -          | -            | -           | -             | -          | -            | -            | -
SITE       | used        | consign_consume | 2026-03-05 12:00 | X         | -2  | CHI           | consigned    | -                 | -                     | -                | -                       | -            | -          | -            | -           | -             | -          | -            | -            | -
SITE       | fetched     | consign_in      | 2026-03-06 12:00 | X         | -3  | CHI           | consigned    | -                 | A                     | -                | -                       | -            | -          | -            | -           | -             | -          | -            | -            | -
HELD       | opening     | opening         | 2026-03-01 12:00 | X         | 30  | A             | -            | -                 | -                     | -                | -                       | -            | -          | -            | -           | -             | -          | -            | -            | 1
HELD       | opening B   | opening         | 2026-03-01 12:00 | X         | 30  | B             | -            | -                 | -                     | -                | -                       | -            | -          | -            | -           | -             | -          | -            | -            | 1
HELD       | set aside   | owner_change    | 2026-03-02 12:00 | X         | 4   | A             | bill_hold    | available         | -                     | C1               | -                       | -            | -          | -            | -           | -             | -          | -            | -            | -
HELD       | fetched     | ship            | 2026-03-09 12:00 | X         | -1  | A             | bill_hold    | -                 | -                     | C1               | -                       | -            | -          | -            | S1          | 1             | -          | -            | -            | -
DECIDED    | dock 1      | return_receipt  | 2026-03-02 12:00 | X         | 2   | A             | return_hold  | -                 | -                     | -                | -                       | -            | -          | -            | -           | -             | R1         | 1            | -            | 1
DECIDED    | dock 2      | return_receipt  | 2026-03-02 12:00 | X         | 3   | A             | return_hold  | -                 | -                     | -                | -                       | -            | -          | -            | -           | -             | R2         | 1            | -            | 1
DECIDED    | shelf 2     | return_receipt  | 2026-03-04 12:00 | X         | -3  | A             | return_hold  | -                 | -                     | -                | -                       | -            | -          | -            | -           | -             | R2         | 1            | -            | -
DECIDED    | dock 3      | return_receipt  | 2026-03-02 12:00 | X         | 5   | A             | return_hold  | -                 | -                     | -                | -                       | -            | -          | -            | -           | -             | R3         | 1            | -            | 1
DECIDED    | dock 4      | return_receipt  | 2026-03-02 12:00 | X         | 7   | A             | return_hold  | -                 | -                     | -                | -                       | -            | -          | -            | -           | -             | R4         | 1            | -            | 1
DECIDED    | dock 5      | return_receipt  | 2026-03-02 12:00 | X         | 1   | A             | return_hold  | -                 | -                     | -                | -                       | -            | -          | -            | -           | -             | R5         | 1            | -            | 1
REFUSED    | opening     | opening         | 2026-03-01 12:00 | X         | 9   | A             | -            | -                 | -                     | -                | -                       | -            | -          | -            | -           | -             | -          | -            | -            | 1
REFUSED    | sent 1      | ship            | 2026-03-02 12:00 | X         | -4  | A             | -            | -                 | -                     | -                | -                       | -            | -          | -            | S1          | 1             | -          | -            | -            | -
REFUSED    | sent 2      | ship            | 2026-03-02 12:00 | X         | -2  | A             | -            | -                 | -                     | -                | -                       | -            | -          | -            | S2          | 1             | -          | -            | -            | -
REFUSED    | came back   | return_receipt  | 2026-03-09 12:00 | X         | 4   | B             | return_hold  | -                 | -                     | -                | -                       | -            | -          | -            | -           | -             | R1         | 1            | -            | -
GROUPA     | opening     | opening         | 2026-03-01 12:00 | X         | 30  | A             | -            | -                 | -                     | -                | -                       | -            | -          | -            | -           | -             | -          | -            | -            | 100
GROUPA     | sold on     | transfer_out    | 2026-03-02 12:00 | X         | -10 | A             | packed       | -                 | -                     | -                | -                       | TO           | I1         | 1            | S1          | 1             | -          | -            | -            | -
GROUPB     | came        | transfer_in     | 2026-03-05 12:00 | X         | 10  | B             | received     | -                 | -                     | -                | -                       | TO           | I1         | 1            | -           | -             | -          | -            | -            | -
KINDS      | opening     | opening         | 2026-03-01 12:00 | X         | 40  | A             | -            | -                 | -                     | -                | -                       | -            | -          | -            | -           | -             | -          | -            | -            | 1
KINDS      | own use     | adjust          | 2026-03-02 12:00 | X         | -1  | A             | -            | -                 | -                     | -                | -                       | -            | -          | -            | -           | -             | -          | -            | internal_use | -
KINDS      | shrink      | adjust          | 2026-03-02 12:00 | X         | -1  | A             | -            | -                 | -                     | -                | -                       | -            | -          | -            | -           | -             | -          | -            | shrink       | -
KINDS      | to the line | wip_issue       | 2026-03-02 12:00 | X         | -6  | A             | -            | -                 | -                     | -                | -                       | WO           | W1         | -            | -           | -             | -          | -            | -            | -
KINDS      | spoilt      | scrap           | 2026-03-03 12:00 | X         | -1  | A             | -            | -                 | -                     | -                | -                       | WO           | W1         | -            | -           | -             | -          | -            | -            | -
KINDS      | made        | wip_complete    | 2026-03-04 12:00 | X         | 5   | A             | -            | -                 | -                     | -                | -                       | WO           | W1         | -            | -           | -             | -          | -            | -            | -
KINDS      | into a kit  | kit_in          | 2026-03-05 12:00 | X         | -4  | A             | -            | -                 | -                     | -                | -                       | WO           | W2         | -            | -           | -             | -          | -            | -            | -
KINDS      | the kit     | kit_in          | 2026-03-05 12:00 | Y         | 2   | A             | -            | -                 | -                     | -                | -                       | WO           | W2         | -            | -           | -             | -          | -            | -            | -
KINDS      | apart again | kit_out         | 2026-03-06 12:00 | Y         | -1  | A             | -            | -                 | -                     | -                | -                       | WO           | W3         | -            | -           | -             | -          | -            | -            | -
KINDS      | its parts   | kit_out         | 2026-03-06 12:00 | X         | 2   | A             | -            | -                 | -                     | -                | -                       | WO           | W3         | -            | -           | -             | -          | -            | -            | -
KINDS      | dropped     | damage          | 2026-03-07 12:00 | X         | 2   | A             | damaged      | available         | -                     | -                | -                       | -            | -          | -            | -           | -             | -          | -            | -            | -
KINDS      | not dropped | damage          | 2026-03-07 13:00 | X         | -2  | A             | damaged      | available         | -                     | -                | dropped                 | -            | -          | -            | -           | -             | -          | -            | -            | -
PICKS      | opening     | opening         | 2026-03-01 12:00 | X         | 20  | A             | -            | -                 | -                     | -                | -                       | -            | -          | -            | -           | -             | -          | -            | -            | 1
PICKS      | reserved 1  | reserve         | 2026-03-02 12:00 | X         | 6   | A             | reserved     | -                 | -                     | -                | -                       | SO           | O1         | 1            | -           | -             | -          | -            | -            | -
PICKS      | picked 1    | pick            | 2026-03-03 12:00 | X         | 4   | A             | picked       | -                 | -                     | -                | -                       | SO           | O1         | 1            | -           | -             | -          | -            | -            | -
PICKS      | reserved 2  | reserve         | 2026-03-02 12:00 | X         | 6   | A             | reserved     | -                 | -                     | -                | -                       | SO           | O2         | 1            | -           | -             | -          | -            | -            | -
PICKS      | blocked 2   | hold            | 2026-03-03 12:00 | X         | 1   | A             | quarantine   | reserved          | -                     | -                | -                       | SO           | O2         | 1            | -           | -             | -          | -            | -            | -
PICKS      | picked 2    | pick            | 2026-03-03 12:00 | X         | 5   | A             | picked       | -                 | -                     | -                | -                       | SO           | O2         | 1            | -           | -             | -          | -            | -            | -
THEIRS     | received    | receipt         | 2026-03-02 12:00 | X         | 9   | A             | consigned    | -                 | -                     | SUP              | -                       | -            | -          | -            | -           | -             | R1         | 1            | -            | -
THEIRS     | taken       | owner_change    | 2026-03-03 12:00 | X         | 4   | A             | reserved     | -                 | -                     | -                | -                       | -            | -          | -            | -           | -             | -          | -            | -            | 2
PLACES     | dc 1        | opening         | 2026-03-01 12:00 | X         | 100 | A             | -            | -                 | -                     | -                | -                       | -            | -          | -            | -           | -             | -          | -            | -            | 1
PLACES     | dc 2        | opening         | 2026-03-01 12:00 | X         | 50  | B             | -            | -                 | -                     | -                | -                       | -            | -          | -            | -           | -             | -          | -            | -            | 1
PLACES     | store       | opening         | 2026-03-01 12:00 | X         | 7   | CHI           | -            | -                 | -                     | -                | -                       | -            | -          | -            | -           | -             | -          | -            | -            | 1
""")

PURCHASES = rows("""
company_id | po_id | po_line | po_type      | supplier_code | order_date | confirmed_at     | to_location_code | item_code | qty_ordered | qty_cancelled | unit_price | fob_point   | status    | source_updated_at
SUPPLY     | P1    | 1       | standard     | SUP           | 2026-03-01 | 2026-03-02 09:00 | A                | X         | 100         | 10            | 2          | destination | partial   | 2026-03-14 12:00
SUPPLY     | P2    | 1       | standard     | SUP           | 2026-03-01 | -                | A                | X         | 20          | -             | 2          | origin      | open      | -
SUPPLY     | P3    | 1       | standard     | SUP           | 2026-03-01 | -                | A                | X         | 8           | -             | 2          | -           | partial   | -
SUPPLY     | P4    | 1       | standard     | SUP           | 2026-03-01 | -                | A                | X         | 4           | -             | 2          | -           | received  | 2026-03-12 12:00
SUPPLY     | P5    | 1       | standard     | SUP           | 2026-03-01 | -                | A                | X         | 30          | -             | 2          | -           | cancelled | 2026-03-05 12:00
SUPPLY     | P6    | 1       | standard     | SUP           | 2026-03-01 | -                | A                | X         | 30          | -             | 2          | -           | draft     | -
SUPPLY     | P7    | 1       | standard     | SUP           | 2026-03-01 | -                | A                | X         | 9           | -             | 2          | -           | open      | -
SUPPLY     | P8    | 1       | dropship     | SUP           | 2026-03-01 | -                | A                | X         | 9           | -             | 2          | -           | open      | -
TITLE      | PO    | 1       | standard     | SUP           | 2026-02-01 | -                | A                | X         | 10          | -             | 3          | origin      | received  | 2026-03-04 12:00
TITLE      | PD    | 1       | standard     | SUP           | 2026-02-01 | -                | A                | Y         | 10          | -             | 3          | destination | received  | 2026-03-04 12:00
GROUPB     | I1    | 1       | intercompany | GROUPA        | 2026-03-01 | -                | B                | X         | 10          | -             | 120        | origin      | received  | -
PLACES     | P1    | 1       | standard     | SUP           | 2026-03-01 | -                | A                | X         | 40          | -             | 1          | origin      | open      | -
""")

NOTICES = rows("""
company_id | inbound_id | inbound_line | inbound_type | ref_order_id | ref_order_line | supplier_code | from_location_code | to_location_code | item_code | qty_expected | fob_point   | title_transfer_at | shipped_at       | lot_number | status     | source_updated_at
SUPPLY     | N1         | 1            | po           | P1           | 1              | SUP           | -                  | A                | X         | 60           | -           | -                 | 2026-03-05 12:00 | L1         | closed     | 2026-03-10 13:00
SUPPLY     | N2         | 1            | po           | P2           | 1              | SUP           | -                  | A                | X         | 20           | -           | -                 | 2026-03-28 12:00 | -          | in_transit | -
SUPPLY     | N3         | 1            | po           | P3           | 1              | SUP           | -                  | A                | X         | 20           | -           | -                 | -                | -          | open       | -
SUPPLY     | N7         | 1            | po           | P7           | 1              | SUP           | -                  | A                | X         | 9            | CIF         | 2026-03-08 12:00  | 2026-03-05 12:00 | -          | in_transit | -
TITLE      | NO         | 1            | po           | PO           | 1              | SUP           | -                  | A                | X         | 10           | origin      | -                 | 2026-02-26 12:00 | -          | closed     | 2026-03-04 13:00
TITLE      | ND         | 1            | po           | PD           | 1              | SUP           | -                  | A                | Y         | 10           | destination | -                 | 2026-02-26 12:00 | -          | closed     | 2026-03-04 13:00
LOST       | N1         | 1            | transfer     | T1           | 1              | -             | A                  | B                | X         | 10           | -           | -                 | 2026-03-02 12:00 | -          | closed     | 2026-03-05 12:00
LOST       | N2         | 1            | transfer     | T2           | 1              | -             | A                  | B                | X         | 20           | -           | -                 | 2026-03-02 12:00 | -          | arrived    | 2026-03-05 12:00
GROUPB     | N1         | 1            | transfer     | I1           | 1              | GROUPA        | A                  | B                | X         | 10           | origin      | 2026-03-02 12:00  | 2026-03-02 12:00 | -          | closed     | 2026-03-05 13:00
PLACES     | N1         | 1            | po           | P1           | 1              | SUP           | -                  | A                | X         | 40           | origin      | -                 | 2026-03-02 12:00 | -          | in_transit | -
""")

RECEIPT_LINES = rows("""
company_id | receipt_id | receipt_line | receipt_type   | ref_order_id | ref_order_line | inbound_id | inbound_line | received_at      | item_code | qty_received | location_code | inspection_at    | disposition | original_shipment_id | original_shipment_line
SUPPLY     | R1         | 1            | po             | P1           | 1              | N1         | 1            | 2026-03-10 12:00 | X         | 50           | A             | -                | -           | -                    | -
SUPPLY     | R4         | 1            | po             | P4           | 1              | -          | -            | 2026-03-12 12:00 | X         | 6            | A             | -                | -           | -                    | -
TITLE      | RO         | 1            | po             | PO           | 1              | NO         | 1            | 2026-03-04 12:00 | X         | 10           | A             | -                | -           | -                    | -
TITLE      | RD         | 1            | po             | PD           | 1              | -          | -            | 2026-03-04 12:00 | Y         | 10           | A             | -                | -           | -                    | -
DECIDED    | R1         | 1            | return         | RMA1         | 1              | -          | -            | 2026-03-02 12:00 | X         | 2            | A             | 2026-03-03 12:00 | restock     | -                    | -
DECIDED    | R2         | 1            | return         | RMA2         | 1              | -          | -            | 2026-03-02 12:00 | X         | 3            | A             | 2026-03-03 12:00 | scrap       | -                    | -
DECIDED    | R3         | 1            | return         | RMA3         | 1              | -          | -            | 2026-03-02 12:00 | X         | 5            | A             | 2026-03-03 12:00 | scrap       | -                    | -
DECIDED    | R4         | 1            | return         | RMA4         | 1              | -          | -            | 2026-03-02 12:00 | X         | 7            | A             | -                | -           | -                    | -
DECIDED    | R5         | 1            | return         | RMA5         | 1              | -          | -            | 2026-03-02 12:00 | X         | 1            | A             | 2026-03-03 12:00 | quarantine  | -                    | -
REFUSED    | R1         | 1            | return         | RMA1         | 1              | -          | -            | 2026-03-09 12:00 | X         | 4            | B             | -                | -           | S1                   | 1
THEIRS     | R1         | 1            | consignment_in | -            | -              | -          | -            | 2026-03-02 12:00 | X         | 9            | A             | -                | -           | -                    | -
PLACES     | 3PL        | 1            | po             | -            | -              | -          | -            | 2026-03-02 12:00 | X         | 25           | 3PL           | -                | -           | -                    | -
""")

SHIPMENTS = rows("""
company_id | shipment_id | shipment_type    | ship_from_location | customer_code | ship_confirm_at  | fob_point   | status
HELD       | S1          | billhold_release | A                  | C1            | 2026-03-09 12:00 | -           | shipped
REFUSED    | S1          | sale             | A                  | C1            | 2026-03-02 12:00 | destination | shipped
REFUSED    | S2          | sale             | A                  | C1            | 2026-03-02 12:00 | destination | shipped
GROUPA     | S1          | transfer         | A                  | GROUPB        | 2026-03-02 12:00 | -           | shipped
PLACES     | S1          | sale             | 3PL                | C1            | 2026-03-04 12:00 | -           | shipped
""")

SHIPMENT_LINES = rows("""
company_id | shipment_id | shipment_line | order_id | order_line | item_code | qty_shipped
HELD       | S1          | 1             | O1       | 1          | X         | 1
REFUSED    | S1          | 1             | -        | -          | X         | 4
REFUSED    | S2          | 1             | -        | -          | X         | 2
GROUPA     | S1          | 1             | O1       | 1          | X         | 10
PLACES     | S1          | 1             | -        | -          | X         | 5
""")

DELIVERY_EVENTS = rows("""
company_id | shipment_id | event_seq | event_type | event_at
REFUSED    | S1          | 1         | refused    | 2026-03-04 12:00
REFUSED    | S2          | 1         | lost       | 2026-03-04 12:00
""")

BILLABLE_EVENTS = rows("""
company_id | billable_event_id | event_type    | event_at         | customer_code | order_id | order_line | item_code | location_code | qty
SITE       | B1                | consumption   | 2026-03-05 12:00 | C1            | -        | -          | X         | B             | 5
SITE       | B2                | consumption   | 2026-03-05 12:00 | C1            | -        | -          | X         | CHI           | 2
HELD       | B1                | bill_hold     | 2026-03-02 12:00 | C1            | O1       | 1          | X         | A             | 4
HELD       | B2                | bill_hold     | 2026-03-02 12:00 | C1            | O2       | 1          | X         | B             | 6
DIRECT     | B1                | dropship_ship | 2026-03-02 12:00 | C1            | O1       | 1          | X         | -             | 9
DIRECT     | B2                | dropship_ship | 2026-03-30 12:00 | C1            | O2       | 1          | X         | -             | 11
""")

ORDER_LINES = rows("""
company_id | order_id | order_line | order_type | order_at         | customer_code | item_code | qty_ordered | ship_from_location | line_status | source_updated_at
DIRECT     | O1       | 1          | dropship   | 2026-03-01 12:00 | C1            | X         | 9           | A                  | closed      | 2026-03-04 12:00
DIRECT     | O2       | 1          | dropship   | 2026-03-01 12:00 | C1            | X         | 11          | A                  | shipped     | 2026-03-30 12:00
""")

ALLOCATIONS = rows("""
company_id | allocation_id | order_id | order_line | item_code | location_code | qty_reserved | qty_picked | qty_short | reserved_at      | picked_at        | status
PICKS      | A1            | O1       | 1          | X         | A             | 6            | 4          | 2         | 2026-03-02 12:00 | 2026-03-03 12:00 | picked
PICKS      | A2            | O2       | 1          | X         | A             | 6            | 5          | 1         | 2026-03-02 12:00 | 2026-03-03 12:00 | picked
""")

PIECE = {"uom": "EA"}
DOLLARS = {"currency": "USD", **PIECE}

COMPANIES = sorted({str(row["company_id"]) for row in (*MOVEMENTS, *BILLABLE_EVENTS)})

TABLES: dict[str, list[dict[str, str | None]]] = {
    "master_company": [
        {"company_id": company, "company_name": company, "currency": "USD", "timezone": "UTC"}
        for company in COMPANIES
    ],
    "master_location": [
        {
            "company_id": "PLACES",
            "location_code": "3PL",
            "location_id": "3PL",
            "location_name": "a 3PL that sends documents",
            "location_type": "third_party",
            "timezone": "UTC",
        }
    ],
    "wms_stock_movement": [{**row, "movement_line": "1", **PIECE} for row in MOVEMENTS],
    "purchasing_order_line": [{**row, **DOLLARS} for row in PURCHASES],
    "wms_inbound_line": [{**row, **PIECE} for row in NOTICES],
    "wms_receipt_line": [{**row, **PIECE} for row in RECEIPT_LINES],
    "wms_shipment": SHIPMENTS,
    "wms_shipment_line": [{**row, **PIECE} for row in SHIPMENT_LINES],
    "wms_delivery_event": DELIVERY_EVENTS,
    "wms_allocation": [{**row, **PIECE} for row in ALLOCATIONS],
    "billing_billable_event": [{**row, **DOLLARS} for row in BILLABLE_EVENTS],
    "billing_order_line": [{**row, **DOLLARS} for row in ORDER_LINES],
}
