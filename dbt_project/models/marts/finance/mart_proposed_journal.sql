with

run as (

    select * from {{ ref('int_control__run') }}

),

proposals as (

    select * from {{ ref('int_ledger__proposal') }}

),

problems as (      -- a receipt that is not in the books is one exception on either side of its entry

    select
        company_id, proposal_key,
        min(md5(concat_ws('|', code, company_id, problem_key))) as first_exception_id,
        max(md5(concat_ws('|', code, company_id, problem_key))) as last_exception_id
    from {{ ref('int_ledger__problem') }}
    where not is_settled
    group by company_id, proposal_key

),

accounts as (

    select * from {{ ref('dim_account') }}

)

select
    proposals.company_id,
    proposals.proposal_key,
    cast(proposals.line as bigint) as line,
    proposals.posting_date,
    cast(proposals.fiscal_year as bigint) as fiscal_year,
    cast(proposals.fiscal_period as bigint) as fiscal_period,
    proposals.account_code,
    accounts.account_role,
    proposals.location_id,

    cast(greatest(proposals.amount, 0) as decimal(18, 4)) as debit_amount,
    cast(greatest(-proposals.amount, 0) as decimal(18, 4)) as credit_amount,
    proposals.currency,

    proposals.item_class,
    proposals.doc_kind as source_doc_type,
    proposals.doc_id as source_doc_id,
    proposals.problem_key as business_key,
    case
        when problems.first_exception_id <> problems.last_exception_id
            then concat(problems.first_exception_id, ',', problems.last_exception_id)
        else problems.first_exception_id
    end as exception_ids,
    proposals.reverse_on is not null as is_reversing,
    proposals.reverse_on,
    proposals.is_in_closed_period,

    run.as_of_at,
    run.watermark_at
from proposals
cross join run
left join problems
    on
        proposals.company_id = problems.company_id
        and proposals.proposal_key = problems.proposal_key
left join accounts
    on
        proposals.company_id = accounts.company_id
        and proposals.account_code = accounts.account_code
-- an entry in no currency cannot be posted; that the company has none is a finding of its own
where proposals.currency is not null
