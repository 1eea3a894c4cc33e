-- What the ledger is known to lack or to have too much of, piece by piece: the part of the Finance
-- number that a finding already explains. + where the ledger should hold more than it is told to.
with

receipts as (

    select
        uncapitalised.company_id,
        uncapitalised.item_id,
        uncapitalised.location_id,
        uncapitalised.posting_date,
        uncapitalised.qty,
        receipt_lines.uom
    from {{ ref('int_purchasing__uncapitalised_receipt') }} as uncapitalised
    inner join {{ ref('int_purchasing__receipt_line') }} as receipt_lines
        on
            uncapitalised.company_id = receipt_lines.company_id
            and uncapitalised.source_system = receipt_lines.source_system
            and uncapitalised.receipt_id = receipt_lines.receipt_id
            and uncapitalised.receipt_line = receipt_lines.receipt_line

),

findings as (

    select code, company_id, business_key from {{ ref('int_exception__adjustment') }}

),

adjustments as (

    select
        *,
        concat_ws('|', source_system, source_movement_id, source_movement_line) as business_key
    from {{ ref('int_stock__adjustment') }}

)

select
    receipts.company_id,
    receipts.item_id,
    receipts.location_id,
    'receipt_not_capitalised' as step,
    receipts.posting_date,
    case
        when unit_factors.uom is null or receipts.uom = items.base_uom then -receipts.qty
        else {{ divide_exact(
            '-receipts.qty * unit_factors.numerator', 'unit_factors.denominator', 6, by_scale=0
        ) }}
    end as qty
from receipts
inner join {{ ref('int_master__item') }} as items
    on
        receipts.company_id = items.company_id
        and receipts.item_id = items.item_id
left join {{ ref('int_master__unit_factor') }} as unit_factors
    on
        receipts.company_id = unit_factors.company_id
        and receipts.item_id = unit_factors.item_id
        and receipts.uom = unit_factors.uom
        and receipts.posting_date between unit_factors.valid_from and unit_factors.valid_to

union all

select
    adjustments.company_id,
    adjustments.item_id,
    adjustments.location_id,
    case findings.code
        when 'SHADOW_UPDATE' then 'shadow_update' else 'adjustment_not_propagated'
    end,
    adjustments.posting_date,
    case adjustments.direction
        when 'in' then -adjustments.qty_base else adjustments.qty_base
    end
from adjustments
inner join findings
    on
        adjustments.company_id = findings.company_id
        and adjustments.business_key = findings.business_key

union all

select
    returned.company_id,
    returned.item_id,
    returned.location_id,
    'return_not_credited',
    returned.posting_date,
    -returned.qty_base
from {{ ref('int_bridge__uncredited_return') }} as returned
