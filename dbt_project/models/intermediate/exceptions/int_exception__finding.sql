with

stacked as (

    select * from {{ ref('int_exception__unbilled') }}
    union all
    select * from {{ ref('int_exception__blocked') }}
    union all
    select * from {{ ref('int_exception__charge') }}
    union all
    select * from {{ ref('int_exception__shipping') }}
    union all
    select * from {{ ref('int_exception__delivery_proof') }}
    union all
    select * from {{ ref('int_exception__order') }}
    union all
    select * from {{ ref('int_exception__wrong_period') }}
    union all
    select * from {{ ref('int_exception__return_credit') }}
    union all
    select * from {{ ref('int_exception__unclaimed') }}
    union all
    select * from {{ ref('int_exception__unclaimed_supply') }}
    union all
    select * from {{ ref('int_exception__price') }}
    union all
    select * from {{ ref('int_exception__stale_cost') }}
    union all
    select * from {{ ref('int_exception__surplus') }}
    union all
    select * from {{ ref('int_exception__event_twice') }}
    union all
    select * from {{ ref('int_exception__feed_reject') }}
    union all
    select * from {{ ref('int_exception__uncapitalised') }}
    union all
    select * from {{ ref('int_exception__journal') }}
    union all
    select * from {{ ref('int_exception__ledger_item') }}
    union all
    select * from {{ ref('int_exception__unexplained') }}
    union all
    select * from {{ ref('int_exception__cleared_on_revenue') }}
    union all
    select * from {{ ref('int_exception__promise') }}
    union all
    select * from {{ ref('int_exception__channel_feed') }}
    union all
    select * from {{ ref('int_exception__imbalance') }}
    union all
    select * from {{ ref('int_exception__terms') }}
    union all
    select * from {{ ref('int_exception__sign') }}
    union all
    select * from {{ ref('int_exception__accrual') }}
    union all
    select * from {{ ref('int_exception__cutoff') }}

),

of_stock as (      -- problems of goods name no order, invoice or journal

    select * from {{ ref('int_exception__negative_stock') }}
    union all
    select * from {{ ref('int_exception__snapshot_gap') }}
    union all
    select * from {{ ref('int_exception__unmapped_movement') }}
    union all
    select * from {{ ref('int_exception__unapproved') }}
    union all
    select * from {{ ref('int_exception__repeated_movement') }}
    union all
    select * from {{ ref('int_exception__serial_qty') }}
    union all
    select * from {{ ref('int_exception__count') }}
    union all
    select * from {{ ref('int_exception__adjustment') }}
    union all
    select * from {{ ref('int_exception__transfer') }}
    union all
    select * from {{ ref('int_exception__exception_stock') }}
    union all
    select * from {{ ref('int_exception__return_unlinked') }}
    union all
    select * from {{ ref('int_exception__valuation') }}
    union all
    select * from {{ ref('int_exception__view_bridge') }}
    union all
    select * from {{ ref('int_exception__attribute') }}
    union all
    select * from {{ ref('int_exception__feed_dup') }}
    union all
    select * from {{ ref('int_exception__feed_gap') }}
    union all
    select * from {{ ref('int_exception__feed_late') }}
    union all
    select * from {{ ref('int_exception__feed_schema') }}

),

of_codes as (      -- a code or unit may be named by any document, a role by none

    select * from {{ ref('int_exception__unknown_code') }}
    union all
    select * from {{ ref('int_exception__unit') }}
    union all
    select * from {{ ref('int_exception__account_role') }}

),

findings as (

    select
        *,
        cast(null as varchar) as transfer_id,
        cast(null as varchar) as count_id
    from stacked
    union all
    select
        code, company_id, business_key, root_exception_id, party_id, item_id, location_id,
        null, null, null, null, null, null, null, null,
        movement_id, receipt_id, null, first_event_at, detected_at,
        exposure_amount, exposure_basis, rule_id, evidence, transfer_id, count_id
    from of_stock
    union all
    select
        code, company_id, business_key, root_exception_id, party_id, item_id, location_id,
        order_id, order_line, shipment_id, shipment_line, invoice_id, invoice_line,
        journal_id, journal_line, movement_id, receipt_id, purchase_order_id,
        first_event_at, detected_at, exposure_amount, exposure_basis, rule_id, evidence,
        transfer_id, count_id
    from of_codes

)

select
    md5(concat_ws('|', code, company_id, business_key)) as exception_id,
    findings.*
from findings
