with

rooted as (

    select * from {{ ref('int_exception__ledger_root') }}

),

texts as (

    select company_id, journal_id, min(line_text) as line_text, min(entered_by) as entered_by
    from {{ ref('int_ledger__journal_line') }}
    group by company_id, journal_id

)

select
    rooted.code,
    rooted.company_id,
    rooted.problem_key as business_key,
    rooted.root_exception_id,
    cast(null as varchar) as party_id,
    rooted.item_id,
    cast(null as varchar) as location_id,
    cast(null as varchar) as order_id,
    cast(null as varchar) as order_line,
    case when rooted.doc_kind = 'shipment' then rooted.doc_id end as shipment_id,
    cast(null as varchar) as shipment_line,
    case when rooted.doc_kind in ('invoice', 'credit_memo') then rooted.doc_id end as invoice_id,
    cast(null as varchar) as invoice_line,
    rooted.journal_id,
    rooted.journal_line,
    rooted.named_movement_id as movement_id,
    case when rooted.doc_kind = 'receipt' then rooted.doc_id end as receipt_id,
    cast(null as varchar) as purchase_order_id,
    {{ midnight_utc('rooted.posting_date', 'companies.timezone') }} as first_event_at,
    {{ midnight_utc('rooted.posting_date', 'companies.timezone') }} as detected_at,
    case when rooted.root_exception_id is not null then 0 else rooted.exposure_amount end
        as exposure_amount,
    case
        when rooted.root_exception_id is not null then 'counted in the root exception'
        else 'difference on the account'
    end as exposure_basis,
    'ledger against subledger' as rule_id,
    {{ json_text([
        ('account', 'rooted.account_code'),
        ('period', 'rooted.first_period_key'),
        ('posting_date', 'rooted.posting_date'),
        ('document', "concat_ws(' ', rooted.doc_kind, rooted.doc_id)"),
        ('document_line', 'rooted.doc_line'),
        ('receipt_line', "case when rooted.doc_kind = 'receipt' then rooted.doc_line end"),
        ('cash_receipt_id', "case when rooted.doc_kind = 'cash_receipt' then rooted.doc_id end"),
        ('text', 'texts.line_text'),
        ('entered_by', 'texts.entered_by'),
        ('supplier_invoice_id', 'rooted.supplier_invoice_id'),
        ('amount', 'rooted.exposure_amount'),
        ('entries', 'rooted.entry_count'),
    ]) }} as evidence
from rooted
inner join {{ ref('int_master__company') }} as companies
    on rooted.company_id = companies.company_id
left join texts
    on
        rooted.company_id = texts.company_id
        and rooted.journal_id = texts.journal_id
