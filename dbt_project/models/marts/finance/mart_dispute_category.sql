with

run as (

    select * from {{ ref('int_control__run') }}

),

answers as (

    select * from {{ ref('int_score__dispute_category') }}

),

disputes as (

    select * from {{ ref('int_receivable__dispute') }}

)

select
    answers.company_id,
    answers.source_system,
    answers.dispute_id,
    disputes.opened_at,
    disputes.invoice_id,
    disputes.party_id,
    disputes.free_text,

    answers.category,
    answers.likeliest,
    answers.confidence,
    answers.reasons,
    answers.model_version,

    run.as_of_at,
    run.watermark_at
from answers
inner join disputes
    on
        answers.company_id = disputes.company_id
        and answers.source_system = disputes.source_system
        and answers.dispute_id = disputes.dispute_id
cross join run
