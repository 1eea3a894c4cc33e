-- Notices of goods that left their sender, and when they became ours: at the time that is given,
-- else with the dispatch where the terms say origin (of the notice, the order, the supplier).
with

run as (

    select * from {{ ref('int_control__run') }}

),

told as (      -- a notice may be told by two systems; it is still one

    select
        *,
        row_number() over (
            partition by company_id, document_id, document_line
            order by source_system
        ) as preference
    from {{ ref('int_stock__document_line') }}
    where kind = 'notice' and qty_base > 0

),

purchases as (      -- orders of any kind, also of the group

    select
        company_id,
        document_id,
        document_line,
        min(document_type) as document_type,
        min(fob_point) as fob_point,
        min(party_id) as supplier_id
    from {{ ref('int_stock__document_line') }}
    where kind = 'order'
    group by company_id, document_id, document_line

),

supplier_terms as (

    select
        company_id,
        party_code,
        min(fob_default) as fob_default
    from {{ ref('stg_master__party') }}
    where party_role = 'supplier'
    group by company_id, party_code

),

with_terms as (

    select
        told.*,
        purchases.document_type as order_type,
        coalesce(told.party_id, purchases.supplier_id) as supplier_id,
        coalesce(
            told.fob_point, purchases.fob_point, own_terms.fob_default, shared_terms.fob_default,
            'destination'
        ) as terms
    from told
    left join purchases
        on
            told.company_id = purchases.company_id
            and told.order_id = purchases.document_id
            and told.order_line = purchases.document_line
    left join supplier_terms as own_terms
        on
            told.company_id = own_terms.company_id
            and told.party_code = own_terms.party_code
    left join supplier_terms as shared_terms
        on
            shared_terms.company_id = '*'
            and told.party_code = shared_terms.party_code
    where told.preference = 1

)

select
    with_terms.company_id,
    with_terms.document_id as inbound_id,
    with_terms.document_line as inbound_line,
    case
        when with_terms.document_type = 'transfer' and with_terms.order_type = 'intercompany'
            then 'intercompany'
        else with_terms.document_type
    end as inbound_type,
    with_terms.source_system,
    with_terms.order_id as ref_order_id,
    with_terms.order_line as ref_order_line,
    with_terms.item_code,
    with_terms.item_id,
    with_terms.lot_number,
    with_terms.qty,
    with_terms.uom,
    with_terms.qty_base,
    with_terms.location_id,
    with_terms.timezone,
    with_terms.supplier_id,
    case
        when with_terms.title_at is not null then greatest(with_terms.title_at, with_terms.event_at)
        when with_terms.terms not in ('destination', 'DAP', 'DPU', 'DDP') then with_terms.event_at
    end as title_at,
    with_terms.status = 'closed' and with_terms.changed_at <= run.as_of_at as is_closed,
    with_terms.event_at,
    with_terms.event_date,
    with_terms.changed_at
from with_terms
cross join run
