-- Items that have reached a level, with what keeps them from being dunned. The first reason counts.

with

items as (

    select * from {{ ref('int_receivable__aged_item') }}
    where dunning_level is not null

),

minima as (

    select value as minimum_amount
    from {{ ref('receivable_setting') }}
    where setting = 'dunning_minimum'

),

promised as (

    select
        items.company_id,
        items.source_system,
        items.invoice_id,
        max(promises.promised_until_at) as promised_until_at
    from items
    inner join {{ ref('int_receivable__promise') }} as promises
        on
            items.company_id = promises.company_id
            and promises.invoice_ref in (items.invoice_id, items.invoice_number)
    group by items.company_id, items.source_system, items.invoice_id

),

due as (      -- the disputed part waits for its answer, the rest does not

    select
        items.*,
        greatest(items.open_amount_doc - greatest(items.disputed_amount_doc, 0), 0)
            as dunned_amount_doc,
        case
            when items.rate is null then items.open_amount
            else cast(
                greatest(items.open_amount_doc - greatest(items.disputed_amount_doc, 0), 0)
                * items.rate as decimal(18, 4)
            )
        end as dunned_amount
    from items

)

select
    due.*,
    held.order_id as held_order_id,
    promised.promised_until_at,
    case
        when due.dunned_amount_doc = 0 then 'disputed'
        when due.is_marked_disputed and due.dispute_id is null then 'disputed'
        when held.party_id is not null then 'credit hold'
        when promised.invoice_id is not null then 'promise to pay'
        when coalesce(due.dunned_amount, due.dunned_amount_doc) < minima.minimum_amount
            then 'below the minimum'
    end as skip_reason
from due
cross join minima
left join {{ ref('int_receivable__held_customer') }} as held
    on
        due.company_id = held.company_id
        and due.payer_party_id = held.party_id
left join promised
    on
        due.company_id = promised.company_id
        and due.source_system = promised.source_system
        and due.invoice_id = promised.invoice_id
