-- What moves of goods are worth to the ledger, in the parts to which the seed posting_rule gives
-- accounts. Each part debits one role and credits another with the same amount.

with

moves as (

    select
        moves.*,
        shipments.document_type as shipment_type,
        interims.subject_id is not null as is_interim
    from {{ ref('int_ledger__posting_move') }} as moves
    left join {{ ref('int_stock__shipment_kind') }} as shipments
        on
            moves.company_id = shipments.company_id
            and moves.shipment_id = shipments.shipment_id
    left join {{ ref('int_ledger__interim_value') }} as interims
        on
            interims.taken_by = 'returned'
            and moves.company_id = interims.company_id
            and moves.move_id = interims.subject_id

),

parts as (

    select
        moves.*,
        case
            -- only what a supplier sent waits at the dock in an account of its own
            when rule_code in ('E07', 'E08') and (frozen_amount is null or from_role = to_role) then 'none'
            when rule_code in ('E07', 'E08') then 'interim'
            when rule_code = 'E27' and target_state = 'EXT_ADJUST' then 'lost'
            when rule_code = 'E27' then 'refused'
            when rule_code in ('E29', 'E31') and has_reserve <> (rule_code = 'E31') then 'none'
            when rule_code = 'E29' and source_state = 'EXT_CUSTOMER' then 'returned'
            when rule_code = 'E29' then 'refused'
            when rule_code in ('E31', 'E32') and has_reserve then 'reserved'
            when rule_code = 'E42' and target_state = 'XFER_TRANSIT' then 'bought'
            when rule_code = 'E42' then 'sold'
            when rule_code = 'E09' and is_interim then 'goods_interim'
            when rule_code = 'E54' and shipment_type = 'sample' then 'sample'
            else 'goods'
        end as part,
        case
            -- of a count, a kit or a relabel each move adds to stock or takes from it
            when rule_code in ('E37', 'E48', 'E49', 'E57') then posted_amount
            when rule_code = 'E09' then -posted_amount - expense_amount
            when
                rule_code in ('E07', 'E08', 'E39', 'E40', 'E44', 'E45')
                or rule_code = 'E32' and has_reserve
                then turn * coalesce(frozen_amount, value_amount)
            else turn * value_amount
        end as amount
    from moves
    union all
    select      -- the pool gave another cost than the goods left it with
        moves.*,
        'difference',
        turn * (value_amount - frozen_amount)
    from moves
    where
        posted_amount is not null
        and (rule_code in ('E40', 'E44') or rule_code = 'E32' and has_reserve)
    union all
    select      -- ruling C8, and standard cost: what goods were bought for is not what stock gained
        moves.*,
        'variance',
        expense_amount
    from moves
    where rule_code in ('E02', 'E05', 'E09', 'E46')
    union all
    select      -- E28: the share of what was sold that is expected back
        moves.*,
        'reserved_cost',
        turn * {{ minor_unit('value_amount * settings.value * 0.01', 'companies.currency_decimals') }}
    from moves
    inner join {{ ref('int_master__company') }} as companies
        on moves.company_id = companies.company_id
    inner join {{ ref('accrual_setting') }} as settings
        on settings.setting = 'expected_return_percent'
    where has_reserve and rule_code in ('E19', 'E21')

)

select
    company_id,
    source_system,
    case when part = 'reserved_cost' then 'E28' else event_code end as event_code,
    case when part = 'reserved_cost' then 'E28' else rule_code end as rule_code,
    part,
    source_doc_type,
    source_doc_id,
    source_doc_line,
    ledger_date as posting_date,
    item_id,
    coalesce(target_location_id, source_location_id, '') as to_location_id,
    coalesce(source_location_id, target_location_id, '') as from_location_id,
    from_role,
    to_role,
    cast(amount as decimal(18, 4)) as amount,
    case when part in ('variance', 'difference', 'reserved_cost') then 0 else turn * qty_base end as qty,
    move_id,
    source_movement_id as movement_id,
    source_movement_line as movement_line,
    shipment_id,
    shipment_line,
    receipt_id,
    receipt_line
from parts
where part <> 'none' and amount <> 0
