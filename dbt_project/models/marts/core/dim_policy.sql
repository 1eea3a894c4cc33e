with

run as (

    select * from {{ ref('int_control__run') }}

),

companies as (

    select * from {{ ref('int_master__company') }}

),

spans as (

    select * from {{ ref('int_policy__span') }}

)

select
    spans.company_id,
    spans.policy_table,
    spans.policy_key,
    spans.policy_id,
    spans.decision,
    spans.origin,
    spans.source_system,
    spans.owner_company_id,
    spans.begins_on as valid_from,
    spans.ends_on as valid_to,
    companies.as_of_date between spans.begins_on and spans.ends_on as is_in_force,
    spans.valid_from as decided_valid_from,
    spans.approved_by,
    spans.approved_at,
    spans.note,
    run.policy_version,
    run.as_of_at,
    run.watermark_at
from spans
inner join companies
    on spans.company_id = companies.company_id
cross join run
