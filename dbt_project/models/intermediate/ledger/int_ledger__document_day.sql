-- The day on which a shipment or a receipt should be in the ledger, for each kind of account: goods
-- leave stock when they ship, what they cost and bring is there when control passes - or when they
-- ship, in a ledger that takes cost at goods issue -, goods come in when they arrive, and are owed
-- from the day they are ours.

with

moves as (

    select * from {{ ref('int_stock__move') }}

),

shipped as (

    select
        company_id, shipment_id as document_id, 'shipment' as document_kind, 'stock' as role_kind,
        min(event_date) as first_date, max(event_date) as last_date
    from moves
    where
        shipment_id is not null
        and event_code in ('E09', 'E19', 'E20', 'E43', 'E54')
    group by company_id, shipment_id

),

passed as (

    select
        moves.company_id, moves.shipment_id, 'shipment', 'result',
        min(moves.event_date), max(moves.event_date)
    from moves
    left join {{ ref('int_ledger__issue_role') }} as issue_roles
        on
            moves.company_id = issue_roles.company_id
            and moves.event_date between issue_roles.valid_from and issue_roles.valid_to
    where
        moves.shipment_id is not null
        and (
            moves.event_code in ('E19', 'E54')
            or moves.event_code
            = case when coalesce(issue_roles.issue_role, 'INV_TRANSIT') = 'INV_TRANSIT' then 'E21' else 'E20' end
        )
    group by moves.company_id, moves.shipment_id

),

arrived as (

    select
        company_id, receipt_id, 'receipt', 'stock',
        min(event_date), max(event_date)
    from moves
    where receipt_id is not null and event_code in ('E04', 'E05')
    group by company_id, receipt_id

),

owed as (      -- goods that were ours before they came are owed from an earlier document

    select
        company_id, receipt_id, 'receipt', 'result',
        min(event_date), max(event_date)
    from moves
    where receipt_id is not null and event_code = 'E05'
    group by company_id, receipt_id

)

select * from shipped
union all
select * from passed
union all
select * from arrived
union all
select * from owed
