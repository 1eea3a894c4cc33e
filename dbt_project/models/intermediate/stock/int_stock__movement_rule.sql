with

steps as (

    select * from {{ ref('int_stock__movement_step') }}

),

ends as (

    select
        *,
        max(step) over (
            partition by movement_type, document_type, direction, own_state
        ) as last_step
    from steps

),

whole as (      -- what a row of one side does: where its quantity comes from, where it ends

    select
        movement_type,
        document_type,
        direction,
        own_state,
        max(case when is_main then event_code end) as event_code,
        max(case when step = 1 then from_state end) as from_state,
        max(case when step = last_step then to_state end) as to_state
    from ends
    group by movement_type, document_type, direction, own_state

),

document_types as (

    select distinct coalesce(document_type, '') as document_type
    from {{ ref('movement_event') }}

),

spoken_for as (

    select distinct
        movement_type,
        document_type
    from whole
    where document_type <> ''

)

-- A rule for any document holds only where no rule speaks of that document: goods that leave on a
-- return to vendor never become a sale because the shelf they left was not foreseen.
select
    whole.movement_type,
    document_types.document_type,
    whole.direction,
    whole.own_state,
    whole.document_type as rule_document_type,
    whole.event_code,
    whole.from_state,
    whole.to_state
from whole
cross join document_types
left join spoken_for
    on
        whole.movement_type = spoken_for.movement_type
        and document_types.document_type = spoken_for.document_type
where
    whole.document_type = document_types.document_type
    or (whole.document_type = '' and spoken_for.document_type is null)
