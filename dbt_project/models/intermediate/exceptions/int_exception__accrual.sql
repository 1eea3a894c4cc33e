with

companies as (

    select * from {{ ref('int_master__company') }}

),

settings as (

    select value as aged_days
    from {{ ref('accrual_setting') }}
    where setting = 'aged_days'

),

aged as (      -- a difference of price or rate alone leaves nothing to wait for

    select accruals.*, settings.aged_days
    from {{ ref('int_purchasing__accrual_judged') }} as accruals
    cross join settings
    where accruals.is_quantity_open and accruals.age_days > settings.aged_days

)

select
    'GRIR_AGED' as code,
    aged.company_id,
    concat_ws(
        '|', 'accrual', aged.purchase_order_id, aged.purchase_order_line, aged.receipt_id,
        aged.receipt_line
    ) as business_key,
    cast(null as varchar) as root_exception_id,
    aged.party_id,
    aged.item_id,
    cast(null as varchar) as location_id,
    cast(null as varchar) as order_id,
    cast(null as varchar) as order_line,
    cast(null as varchar) as shipment_id,
    cast(null as varchar) as shipment_line,
    cast(null as varchar) as invoice_id,
    cast(null as varchar) as invoice_line,
    cast(null as varchar) as journal_id,
    cast(null as varchar) as journal_line,
    cast(null as varchar) as movement_id,
    nullif(aged.receipt_id, '') as receipt_id,
    nullif(aged.purchase_order_id, '') as purchase_order_id,
    {{ midnight_utc('aged.last_movement_date', 'companies.timezone') }} as first_event_at,
    {{ midnight_utc('aged.last_movement_date + aged.aged_days + 1', 'companies.timezone') }}
        as detected_at,
    abs(aged.quantity_difference_amount) as exposure_amount,
    'open quantity at the value received or invoiced' as exposure_basis,
    'received and invoiced agree in time' as rule_id,
    {{ json_text([
        ('purchase_order_line', 'aged.purchase_order_line'),
        ('cause', 'aged.cause'),
        ('received_qty', 'aged.received_qty'),
        ('returned_qty', 'aged.returned_qty'),
        ('invoiced_qty', 'aged.invoiced_qty'),
        ('last_movement', 'aged.last_movement_date'),
        ('age_days', 'aged.age_days'),
        ('action', 'aged.proposed_action'),
    ]) }} as evidence
from aged
inner join companies
    on aged.company_id = companies.company_id
