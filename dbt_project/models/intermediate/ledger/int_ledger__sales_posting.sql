-- Revenue and what stands against it. Under `control_transfer` revenue and the unbilled receivable
-- arise when control passes, and the invoice clears the latter; under the other profiles the
-- invoice makes the revenue.

with

billing_states as (

    select * from {{ ref('int_billing__billing_state') }}

),

invoice_lines as (

    select * from {{ ref('int_billing__invoice_line') }}

),

profiles as (

    select * from {{ ref('int_policy__posting_profile') }}

),

roles as (

    select * from {{ ref('ledger_line_kind_role') }}

),

transferred as (

    select
        company_id,
        source_system,
        {{ local_date('transferred_at', 'timezone') }} as posting_date,
        valuation_class,
        coalesce(location_id, '') as location_id,
        channel,
        case when billable_event_id is null then 'shipment' else 'billable_event' end
            as document_kind,
        coalesce(billable_event_id, shipment_id) as document_id,
        case when billable_event_id is null then shipment_line else '' end as document_line,
        expected_amount
    from billing_states
    where transferred_at is not null and expected_amount <> 0 and line_kind = 'goods'

),

earned as (

    select transferred.*
    from transferred
    inner join profiles
        on
            transferred.company_id = profiles.company_id
            and transferred.posting_date between profiles.valid_from and profiles.valid_to
            and profiles.profile = 'control_transfer'

),

billed as (

    select
        invoice_lines.*,
        case
            when
                invoice_lines.line_kind = 'goods' and invoice_lines.invoice_type <> 'credit_memo'
                and profiles.profile = 'control_transfer'
                then 'UNBILLED_AR'
            when invoice_lines.invoice_type = 'credit_memo' then roles.credit_role
            else roles.account_role
        end as account_role
    from invoice_lines
    inner join profiles
        on
            invoice_lines.company_id = profiles.company_id
            and invoice_lines.posting_date between profiles.valid_from and profiles.valid_to
    inner join roles
        on invoice_lines.line_kind = roles.line_kind
    where invoice_lines.actual_amount <> 0

)

select
    company_id, posting_date, 'REVENUE' as account_role, valuation_class, location_id, channel,
    -expected_amount as amount, document_kind, document_id,
    document_line, source_system
from earned
union all
select
    company_id, posting_date, 'UNBILLED_AR', valuation_class, location_id, channel,
    expected_amount, document_kind, document_id, document_line, source_system
from earned
union all
select
    company_id, posting_date, account_role, '', '', '',
    -actual_amount, 'invoice', invoice_id, invoice_line, source_system
from billed
