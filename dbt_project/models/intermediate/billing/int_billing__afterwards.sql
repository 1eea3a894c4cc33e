-- What became of an expected line after it was ready: handed over, disputed, paid.

with

run as (

    select * from {{ ref('int_control__run') }}

),

handed as (

    select
        handed.*,
        row_number() over (partition by handed.expected_billing_id order by handed.seq desc) as place
    from {{ ref('stg_worklog__handed_line') }} as handed
    cross join run
    where handed.as_of_at <= run.as_of_at

),

latest as (      -- the last of its keys is the one that counts

    select * from handed
    where place = 1

),

invoices as (      -- an invoice is paid when nothing of it is open

    select
        company_id,
        source_system,
        invoice_id,
        max(case when open_amount_doc <> 0 then 1 else 0 end) as is_open
    from {{ ref('int_receivable__item') }}
    where document_type in ('invoice', 'debit_memo')
    group by company_id, source_system, invoice_id

),

matches as (

    select company_id, expected_billing_id, source_system, invoice_id
    from {{ ref('int_billing__match') }}
    union all
    select company_id, expected_billing_id, source_system, invoice_id
    from {{ ref('int_billing__charge_match') }}

),

settled as (      -- a line on a document that is no receivable of ours is not known to be paid

    select
        matches.expected_billing_id,
        max(case when disputes.dispute_id is not null then 1 else 0 end) as is_disputed,
        max(case when invoices.is_open = 0 then 0 else 1 end) as is_owed
    from matches
    left join invoices
        on
            matches.company_id = invoices.company_id
            and matches.source_system = invoices.source_system
            and matches.invoice_id = invoices.invoice_id
    left join {{ ref('int_receivable__disputed_invoice') }} as disputes
        on
            matches.company_id = disputes.company_id
            and matches.invoice_id = disputes.invoice_id
    group by matches.expected_billing_id

)

select
    coalesce(settled.expected_billing_id, latest.expected_billing_id) as expected_billing_id,
    coalesce(settled.is_disputed = 1, false) as is_disputed,
    coalesce(settled.is_owed = 0, false) as is_paid,
    latest.rtb_key as handed_key,
    latest.content_key as handed_content_key,
    latest.qty as handed_qty
from settled
full join latest
    on settled.expected_billing_id = latest.expected_billing_id
