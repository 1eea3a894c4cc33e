with

run as (

    select * from {{ ref('int_control__run') }}

),

sides as (

    select
        'receivables' as subledger, company_id, list_date, side, invoice_id as document_id,
        party_id, currency_doc, amount_doc
    from {{ ref('int_receivable__open_item_side') }}
    union all
    select
        'payables', company_id, list_date, side, document_id, party_id, currency_doc, amount_doc
    from {{ ref('int_payable__open_item_side') }}

),

summed as (

    select
        subledger,
        company_id,
        list_date,
        document_id,
        currency_doc,
        max(party_id) as party_id,
        sum(case when side = 'expected' then amount_doc else 0 end) as expected_amount_doc,
        sum(case when side = 'actual' then amount_doc else 0 end) as actual_amount_doc,
        max(case when side = 'actual' then 1 else 0 end) as is_listed
    from sides
    group by subledger, company_id, list_date, document_id, currency_doc

)

select
    summed.company_id,
    summed.subledger,
    summed.list_date,
    summed.document_id,
    summed.currency_doc,
    summed.party_id,
    cast(summed.expected_amount_doc as decimal(18, 4)) as expected_amount_doc,
    cast(summed.actual_amount_doc as decimal(18, 4)) as actual_amount_doc,
    cast(summed.actual_amount_doc - summed.expected_amount_doc as decimal(18, 4))
        as difference_amount_doc,
    case
        when abs(summed.actual_amount_doc - summed.expected_amount_doc) <= policies.amount_tolerance
            then 'agrees'
        when summed.is_listed = 0 then 'missing in the list'
        when summed.expected_amount_doc = 0 then 'missing in ours'
        else 'differs'
    end as status,
    run.as_of_at,
    run.watermark_at
from summed
cross join run
inner join {{ ref('int_cash__policy') }} as policies
    on summed.company_id = policies.company_id
where summed.expected_amount_doc <> 0 or summed.actual_amount_doc <> 0
