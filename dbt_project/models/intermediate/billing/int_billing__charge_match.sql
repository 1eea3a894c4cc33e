-- A charge is billed by the invoice line that names its event; else by one of its kind that names the
-- shipment; else by one of its kind without a shipment on the invoice of the goods.

with

charges as (

    select * from {{ ref('int_billing__charge_line') }}

),

shipments as (

    select * from {{ ref('int_billing__charged_shipment') }}

),

invoiced as (

    select
        invoice_lines.*,
        case when line_kind = 'fee' then 'surcharge' else line_kind end as charge_kind
    from {{ ref('int_billing__invoice_line') }} as invoice_lines
    where
        line_kind in ('freight', 'hazmat', 'handling', 'surcharge', 'fee')
        and invoice_type in ('invoice', 'debit_memo')
        and not is_cancelled

),

by_event as (

    select
        charges.expected_billing_id,
        invoiced.company_id,
        invoiced.source_system,
        invoiced.invoice_id,
        invoiced.invoice_line,
        invoiced.actual_amount
    from charges
    inner join invoiced
        on
            charges.company_id = invoiced.company_id
            and charges.billable_event_id = invoiced.billable_event_id

),

open_charges as (

    select
        charges.*,
        row_number() over (
            partition by charges.company_id, charges.shipment_id, charges.line_kind
            order by charges.event_at, charges.expected_billing_id
        ) as place
    from charges
    left join by_event
        on charges.expected_billing_id = by_event.expected_billing_id
    where by_event.expected_billing_id is null and charges.shipment_id is not null

),

unnamed as (

    select
        invoiced.*,
        row_number() over (
            partition by company_id, shipment_id, charge_kind
            order by invoice_date, invoice_id, invoice_line, source_system
        ) as place
    from invoiced
    where billable_event_id is null

),

by_shipment as (

    select
        open_charges.expected_billing_id,
        unnamed.company_id,
        unnamed.source_system,
        unnamed.invoice_id,
        unnamed.invoice_line,
        unnamed.actual_amount
    from open_charges
    inner join unnamed
        on
            open_charges.company_id = unnamed.company_id
            and open_charges.shipment_id = unnamed.shipment_id
            and open_charges.line_kind = unnamed.charge_kind
            and open_charges.place = unnamed.place

),

by_invoice as (      -- one freight line may stand for all shipments of a collective invoice

    select
        open_charges.expected_billing_id,
        unnamed.company_id,
        unnamed.source_system,
        unnamed.invoice_id,
        unnamed.invoice_line,
        case
            when
                row_number() over (
                    partition by
                        unnamed.company_id, unnamed.source_system, unnamed.invoice_id,
                        unnamed.invoice_line
                    order by open_charges.expected_billing_id
                ) = 1
                then unnamed.actual_amount
            else 0
        end as actual_amount
    from open_charges
    inner join shipments
        on
            open_charges.company_id = shipments.company_id
            and open_charges.shipment_id = shipments.shipment_id
    inner join unnamed
        on
            shipments.company_id = unnamed.company_id
            and shipments.invoice_id = unnamed.invoice_id
            and open_charges.line_kind = unnamed.charge_kind
            and unnamed.shipment_id is null
            and open_charges.place <= 1
    left join by_shipment
        on open_charges.expected_billing_id = by_shipment.expected_billing_id
    where by_shipment.expected_billing_id is null

)

select 'M1' as match_level, by_event.* from by_event
union all
select 'M1', by_shipment.* from by_shipment
union all
select 'M2', by_invoice.* from by_invoice
