-- A role without an account, or with two of equal right, stops the tie-out of its company: one problem
-- per role, mended by one row of policy_account_role.

with

run as (

    select * from {{ ref('int_control__run') }}

),

companies as (

    select * from {{ ref('int_master__company') }}

),

faults as (

    select * from {{ ref('int_ledger__role_fault') }}

)

select
    'MASTER_MISSING' as code,
    faults.company_id,
    concat_ws('|', 'account role', faults.account_role) as business_key,
    cast(null as varchar) as root_exception_id,
    cast(null as varchar) as party_id,
    cast(null as varchar) as item_id,
    nullif(faults.location_id, '') as location_id,
    cast(null as varchar) as order_id,
    cast(null as varchar) as order_line,
    cast(null as varchar) as shipment_id,
    cast(null as varchar) as shipment_line,
    cast(null as varchar) as invoice_id,
    cast(null as varchar) as invoice_line,
    cast(null as varchar) as journal_id,
    cast(null as varchar) as journal_line,
    cast(null as varchar) as movement_id,
    cast(null as varchar) as receipt_id,
    cast(null as varchar) as purchase_order_id,
    cast(null as varchar) as transfer_id,
    cast(null as varchar) as count_id,
    least({{ midnight_utc('faults.first_date', 'companies.timezone') }}, run.as_of_at)
        as first_event_at,
    least({{ midnight_utc('faults.first_date', 'companies.timezone') }}, run.as_of_at)
        as detected_at,
    faults.entry_amount as exposure_amount,
    'debits that wait for an account' as exposure_basis,
    case
        when faults.fault = 'no account' then 'every role that an entry needs has an account'
        else 'every role has one account for one subject'
    end as rule_id,
    {{ json_text([
        ('account_role', 'faults.account_role'),
        ('fault', 'faults.fault'),
        ('accounts', "concat_ws(', ', nullif(faults.first_account_code, ''), nullif(faults.last_account_code, ''))"),
        ('valuation_class', 'faults.valuation_class'),
        ('channel', 'faults.channel'),
        ('entries', 'faults.entry_count'),
        ('next_step', "'add a row to policy_account_role'"),
    ]) }} as evidence
from faults
cross join run
inner join companies
    on faults.company_id = companies.company_id
