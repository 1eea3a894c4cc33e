-- Moves of goods that post, with the account roles of both states and what the goods are worth: what
-- the costing engine posted, else the value with which they left (rulings C5, C7), else what a piece
-- is worth that day. A reversal carries the roles of what it reverses.

with

documents as (

    select
        *,
        case when turn = 1 then from_state else to_state end as source_state,
        case when turn = 1 then to_state else from_state end as target_state,
        case when turn = 1 then from_location_id else to_location_id end as source_location_id,
        case when turn = 1 then to_location_id else from_location_id end as target_location_id
    from {{ ref('int_ledger__move_document') }}

),

profiles as (

    select * from {{ ref('int_ledger__booking') }}

),

states as (

    select * from {{ ref('stock_state') }}

),

placed as (

    select
        documents.*,
        profiles.has_reserve,
        case
            when profiles.waits_for_put_away and source.interim_account_role is not null
                then source.interim_account_role
            -- ruling E13: without a reserve goods that came back are stock at the dock
            when
                source.is_physical and source.account_role = 'RETURN_ASSET'
                and not profiles.has_reserve then 'INV'
            else source.account_role
        end as from_role,
        case
            when profiles.waits_for_put_away and target.interim_account_role is not null
                then target.interim_account_role
            when
                target.is_physical and target.account_role = 'RETURN_ASSET'
                and not profiles.has_reserve then 'INV'
            else target.account_role
        end as to_role
    from documents
    inner join states as source
        on documents.source_state = source.stock_state
    inner join states as target
        on documents.target_state = target.stock_state
    left join profiles
        on
            documents.company_id = profiles.company_id
            and documents.ledger_date between profiles.valid_from and profiles.valid_to
    where
        source.valued_when <> 'never'
        and coalesce(documents.from_owner, documents.company_id) = documents.company_id
        or target.valued_when <> 'never'
        and coalesce(documents.to_owner, documents.company_id) = documents.company_id
        -- what a supplier sends to our customer passes through our books and no place of ours
        or target.stock_state = 'DROPSHIP_TRANSIT'

)

select
    placed.*,
    posted.cost_amount as posted_amount,
    coalesce(posted.cogs_amount, 0) as expense_amount,
    frozen.frozen_amount,
    coalesce(
        case when placed.rule_code = 'E04' then brought.cost_amount end,
        case when placed.rule_code = 'E47' then dropped.cost_amount end,
        abs(posted.cost_amount),
        frozen.frozen_amount,
        move_values.cost_amount
    ) as value_amount
from placed
left join {{ ref('int_valuation__posted_value') }} as posted
    on
        placed.company_id = posted.company_id
        and placed.move_id = posted.event_id
left join {{ ref('int_ledger__frozen_value') }} as frozen
    on
        placed.company_id = frozen.company_id
        and placed.move_id = frozen.move_id
left join {{ ref('int_valuation__arrival_cost') }} as brought
    on
        placed.company_id = brought.company_id
        and placed.move_id = brought.event_id
left join {{ ref('int_ledger__dropped_value') }} as dropped
    on
        placed.company_id = dropped.company_id
        and case when placed.rule_code = 'E47' then coalesce(placed.billable_event_id, placed.source_doc_id) end
        = dropped.document_id
        and case when placed.billable_event_id is null then placed.source_doc_line else '' end = dropped.document_line
left join {{ ref('int_valuation__move_value') }} as move_values
    on
        placed.company_id = move_values.company_id
        and placed.move_id = move_values.move_id
