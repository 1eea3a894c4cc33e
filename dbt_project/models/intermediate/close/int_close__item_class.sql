select
    company_id,
    fiscal_year,
    fiscal_period,
    account_code,
    account_role,
    currency,
    location_id,
    count(*) as item_count,
    sum(case when item_class = 'TIMING_UNPOSTED' then amount else 0 end) as timing_amount,
    sum(
        case when item_class in ('MISSING_IN_GL', 'RECEIPT_NOT_CAPITALISED') then amount else 0 end
    ) as missing_in_gl_amount,
    sum(case when item_class = 'MISSING_IN_SUBLEDGER' then amount else 0 end)
        as missing_in_subledger_amount,
    sum(case when item_class = 'WRONG_ACCOUNT' then amount else 0 end) as wrong_account_amount,
    sum(case when item_class = 'WRONG_PERIOD' then amount else 0 end) as wrong_period_amount,
    sum(case when item_class = 'DUPLICATE_POSTING' then amount else 0 end) as duplicate_amount,
    sum(case when item_class like 'AMOUNT%' then amount else 0 end) as amount_amount,
    sum(case when item_class = 'MANUAL_JOURNAL' then amount else 0 end) as manual_amount,
    sum(case when item_class = 'OPENING_DIFF' then amount else 0 end) as carried_forward_amount
from {{ ref('int_ledger__reconciling_item') }}
group by
    company_id, fiscal_year, fiscal_period, account_code, account_role, currency, location_id
