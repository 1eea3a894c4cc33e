-- What went back to suppliers, under the order and receipt it came with, in the unit of the receipt.
-- A return that is taken back again never was.

with

moves as (

    select * from {{ ref('int_stock__move') }}

),

reversed as (

    select company_id, reversal_of_move_id
    from moves
    where reversal_of_move_id is not null
    group by company_id, reversal_of_move_id

),

returned as (

    select
        moves.company_id,
        moves.move_id,
        moves.order_id,
        moves.order_line,
        moves.receipt_id,
        moves.receipt_line,
        moves.item_id,
        moves.qty_base,
        coalesce(moves.posting_date, moves.event_date) as posting_date
    from moves
    left join reversed
        on
            moves.company_id = reversed.company_id
            and moves.move_id = reversed.reversal_of_move_id
    where moves.event_code = 'E09' and reversed.reversal_of_move_id is null

),

receipt_lines as (

    select * from {{ ref('int_purchasing__receipt_line') }}

),

units as (

    select * from {{ ref('int_master__unit_factor') }}

)

select
    returned.company_id,
    returned.move_id,
    coalesce(receipt_lines.po_id, returned.order_id) as po_id,
    coalesce(receipt_lines.po_line, returned.order_line) as po_line,
    returned.receipt_id,
    returned.receipt_line,
    receipt_lines.party_id,
    returned.item_id,
    receipt_lines.uom,
    returned.posting_date,
    case
        when units.numerator is null or units.numerator = units.denominator then returned.qty_base
        else {{ divide_exact(
            'returned.qty_base * units.denominator', 'units.numerator', 6, by_scale=0
        ) }}
    end as returned_qty,
    -- worth what it came in at, where nobody knows the price of the order
    {{ divide_exact('receipt_lines.received_amount', 'receipt_lines.qty_received', 8, 4, 6) }}
        as receipt_unit_amount,
    coalesce(receipt_lines.is_valued_later, true) as is_valued_later
from returned
left join receipt_lines
    on
        returned.company_id = receipt_lines.company_id
        and returned.receipt_id = receipt_lines.receipt_id
        and returned.receipt_line = receipt_lines.receipt_line
left join units
    on
        returned.company_id = units.company_id
        and returned.item_id = units.item_id
        and receipt_lines.uom = units.uom
        and returned.posting_date between units.valid_from and units.valid_to
