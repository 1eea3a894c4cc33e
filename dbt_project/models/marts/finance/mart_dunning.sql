with

run as (

    select * from {{ ref('int_control__run') }}

),

items as (

    select * from {{ ref('int_receivable__dunned_item') }}

)

select
    items.company_id,
    items.source_system,
    items.invoice_id,
    cast(items.instalment as bigint) as instalment,
    items.dunning_level,
    items.level_name,
    items.invoice_number,
    items.party_id,
    items.payer_party_id,
    parties.party_name,

    items.invoice_date,
    items.due_date,
    items.terms_code,
    items.discount_date,
    cast(items.days_late as bigint) as days_late,
    items.age_bucket,
    items.due_date + items.dunning_from_days as level_reached_on,

    items.currency_doc,
    items.open_amount_doc,
    cast(items.disputed_amount_doc as decimal(18, 4)) as disputed_amount_doc,
    cast(items.dunned_amount_doc as decimal(18, 4)) as dunned_amount_doc,
    items.currency,
    items.open_amount,
    cast(items.dunned_amount as decimal(18, 4)) as dunned_amount,

    items.source_dunning_level,
    items.skip_reason,
    items.skip_reason is null as is_to_be_dunned,
    -- a level that the system has sent already is not sent again
    items.skip_reason is null and items.dunning_level > coalesce(items.source_dunning_level, -1)
        as is_new_level,
    items.dispute_id,
    items.held_order_id,
    items.promised_until_at,

    run.as_of_at,
    run.watermark_at
from items
cross join run
left join {{ ref('int_master__party') }} as parties
    on
        items.company_id = parties.company_id
        and items.payer_party_id = parties.party_id
        and parties.party_role = 'customer'
