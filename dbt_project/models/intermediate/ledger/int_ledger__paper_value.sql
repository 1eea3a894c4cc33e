-- Value without goods: landed costs as estimate (E11) and as what the final bill adds (E12, ruling
-- A14), write-downs (E35), freight of transfers (E41), changes of standard (E56), and what the
-- costing engine made good later.

with

reserves as (      -- IFRS: a company that keeps a reserve against stock writes down there, and back

    select company_id from {{ ref('int_ledger__journal_line') }}
    where account_role = 'NRV_RESERVE' and is_posted and ledger = ''
    group by company_id

),

told as (

    select
        entries.*,
        coalesce(landed.is_owed, false) as is_owed,
        reserves.company_id is not null as has_reserve,
        landed.receipt_id,
        landed.receipt_line,
        case
            when landed.event_id is null then entries.event_code
            when landed.is_estimate then 'E11'
            else 'E12'
        end as ledger_event
    from {{ ref('stg_computed__cost_entry') }} as entries
    left join {{ ref('int_ledger__landed_cost') }} as landed
        on
            entries.company_id = landed.company_id
            and entries.event_id = landed.event_id
    left join reserves
        on entries.company_id = reserves.company_id
    where
        entries.is_policy_method
        and entries.entry_kind in ('landed_cost', 'revaluation', 'true_up', 'rounding')

),

parts as (

    select *, 'to_stock' as part, cost_amount as amount
    from told
    where entry_kind = 'landed_cost'
    union all
    select *, case when costing_method = 'standard' then 'to_variance' else 'to_cogs' end, cogs_amount
    from told
    where entry_kind = 'landed_cost'
    union all
    select
        *,
        case
            when event_code = 'E35' then case when has_reserve then 'nrv_reserve' else 'nrv' end
            when event_code = 'E41' then 'capitalise'
            else 'revaluation'
        end,
        cost_amount
    from told
    where entry_kind = 'revaluation'
    union all
    select *, 'true_up', -cogs_amount
    from told
    where entry_kind in ('true_up', 'rounding')
    union all
    select *, 'swept', cost_amount + cogs_amount
    from told
    where entry_kind in ('true_up', 'rounding')

)

select
    company_id,
    costing_method,
    cost_pool_id,
    event_id,
    entry_number,
    ledger_event as event_code,
    case when part in ('true_up', 'swept') then '*' else ledger_event end as rule_code,
    case when is_owed then concat(part, '_owed') else part end as part,
    case
        when receipt_id is not null then 'receipt'
        when event_code = 'E41' then 'transfer'
        else 'movement'
    end as source_doc_type,
    coalesce(receipt_id, movement_id) as source_doc_id,
    coalesce(case when receipt_id is not null then receipt_line else movement_line end, '')
        as source_doc_line,
    posting_date,
    item_id,
    coalesce(location_id, '') as location_id,
    cast(amount as decimal(18, 4)) as amount,
    movement_id,
    coalesce(movement_line, '') as movement_line,
    receipt_id,
    receipt_line
from parts
where amount <> 0
