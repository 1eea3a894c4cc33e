with

run as (

    select * from {{ ref('int_control__run') }}

),

companies as (

    select * from {{ ref('stg_master__company') }}

),

fiscal_periods as (

    select * from {{ ref('stg_master__fiscal_period') }}

),

deliveries as (

    select * from {{ ref('stg_ingest__feed_delivery') }}

),

watermarks as (

    select * from {{ ref('stg_ingest__feed_watermark') }}

),

seen as (      -- a company is real once a feed speaks for it, whether or not its master has come

    select company_id from deliveries
    union
    -- a file for all may hold rows of each
    select company_id from watermarks
    union
    select company_id from companies
    union
    select company_id from fiscal_periods

),

told_until as (      -- movements make the stock ledger, documents only where no movements come

    select
        company_id,
        coalesce(
            min(case when feed = 'wms_stock_movement' then watermark_at end), min(watermark_at)
        ) as stock_watermark_at
    from watermarks
    -- the last event says how far a feed reaches only where something happens every day
    where
        feed in ('wms_stock_movement', 'wms_shipment', 'wms_receipt_line')
        and basis <> 'latest_event'
    group by company_id

),

ranked as (

    select
        company_id,
        company_name,
        currency,
        country,
        timezone,
        accounting_framework,
        intercompany_party_code,
        row_number() over (
            partition by company_id
            order by source_system
        ) as preference
    from companies

)

select
    seen.company_id,
    coalesce(ranked.company_name, seen.company_id) as company_name,
    ranked.currency,
    -- of the smallest unit in which its ledger posts
    coalesce(minor_units.decimals, 2) as currency_decimals,
    ranked.country,
    coalesce(ranked.timezone, 'UTC') as timezone,
    ranked.accounting_framework,
    ranked.intercompany_party_code,
    ranked.company_id is not null as is_in_master,
    {{ local_date('run.as_of_at', "coalesce(ranked.timezone, 'UTC')") }} as as_of_date,
    {{ local_date('run.watermark_at', "coalesce(ranked.timezone, 'UTC')") }} as watermark_date,
    -- a stock feed that stands still holds back the figures that are made of it
    least(coalesce(told_until.stock_watermark_at, run.watermark_at), run.watermark_at)
        as stock_watermark_at
from seen
left join ranked
    on
        seen.company_id = ranked.company_id
        and ranked.preference = 1
left join {{ ref('currency') }} as minor_units
    on ranked.currency = minor_units.currency
left join told_until
    on seen.company_id = told_until.company_id
cross join run
where seen.company_id <> '*'
