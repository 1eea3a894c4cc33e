with

companies as (

    select * from {{ ref('int_master__company') }}

),

errors as (

    select * from {{ ref('int_ledger__cutoff') }}

)

select
    'CUTOFF_ERROR' as code,
    errors.company_id,
    concat_ws('|', 'cutoff', errors.document_kind, errors.document_id, errors.journal_id)
        as business_key,
    cast(null as varchar) as root_exception_id,
    cast(null as varchar) as party_id,
    cast(null as varchar) as item_id,
    cast(null as varchar) as location_id,
    cast(null as varchar) as order_id,
    cast(null as varchar) as order_line,
    case when errors.document_kind = 'shipment' then errors.document_id end as shipment_id,
    cast(null as varchar) as shipment_line,
    cast(null as varchar) as invoice_id,
    cast(null as varchar) as invoice_line,
    errors.journal_id,
    cast(null as varchar) as journal_line,
    cast(null as varchar) as movement_id,
    case when errors.document_kind = 'receipt' then errors.document_id end as receipt_id,
    cast(null as varchar) as purchase_order_id,
    {{ midnight_utc('errors.goods_date', 'companies.timezone') }} as first_event_at,
    {{ midnight_utc('errors.posting_date', 'companies.timezone') }} as detected_at,
    errors.amount as exposure_amount,
    'entry in another period than the goods' as exposure_basis,
    'goods and entry stand in one period' as rule_id,
    {{ json_text([
        ('goods_date', 'errors.goods_date'),
        ('posting_date', 'errors.posting_date'),
        ('period_end', 'errors.goods_period_end_date'),
        ('result_shifted', 'errors.result_amount'),
    ]) }} as evidence
from errors
inner join companies
    on errors.company_id = companies.company_id
