-- What the customer, the order and the master data say of a line (RC3 to RC6, RC9, RC10): true
-- passes, false fails, null does not apply.
with

lines as (

    select * from {{ ref('int_billing__expected_line') }}
    where suppressed_reason is null

),

customers as (

    select
        customers.*,
        -- a rule speaks only where the company keeps the field at all
        max(country) over (partition by company_id) is not null as keeps_countries,
        max(payment_terms_code) over (partition by company_id) is not null as keeps_terms
    from {{ ref('int_billing__customer') }} as customers

),

customer_companies as (

    select company_id from customers
    group by company_id

),

items as (

    select * from {{ ref('int_master__item') }}

),

order_lines as (

    select * from {{ ref('int_billing__order_line') }}

)

select
    lines.expected_billing_id,
    lines.company_id,
    lines.price_problem,
    lines.price_source,
    lines.lowest_price,
    lines.highest_price,
    case
        when lines.price_problem = 'not_checked' or lines.price_source = 'event' then null
        else coalesce(lines.price_problem, '') not in ('missing', 'overlap')
    end as is_price_found,
    case
        when lines.price_problem = 'not_checked' or lines.price_source = 'event' then null
        when lines.price_problem = 'missing' then null
        else coalesce(lines.price_problem, '') <> 'variance'
    end as is_price_agreed,
    case
        when customers.party_id is null then null
        else
            coalesce(
                {{ local_date('coalesce(lines.trigger_at, lines.left_at)', 'lines.timezone') }}
                <= customers.tax_exempt_until, true
            )
            and (
                coalesce(lines.ship_to_country, customers.country) is not null
                or not customers.keeps_countries
            )
    end as is_tax_known,
    customers.tax_exempt_until,
    case
        when order_lines.credit_status = 'hold' then false
        when coalesce(order_lines.credit_status, '') <> 'released' and over_limits.party_id is not null
            then false
        when order_lines.credit_status is not null then true
    end as has_credit,
    case
        when coalesce(order_lines.credit_status, '') not in ('hold', 'released')
            then over_limits.open_amount
    end as over_limit_amount,
    over_limits.credit_limit,
    order_lines.released_by,
    {{ days_between('cast(order_lines.credit_hold_at as date)', 'cast(order_lines.credit_release_at as date)') }}
    * 24 + extract(hour from order_lines.credit_release_at)
    - extract(hour from order_lines.credit_hold_at) as hold_hours,
    case
        when coalesce(customers.po_required, false) and order_lines.order_id is not null
            then lines.customer_po is not null
    end as has_customer_reference,
    case
        when customer_companies.company_id is null then null
        else
            customers.party_id is not null
            and customers.is_active
            and (
                coalesce(lines.payment_terms_code, customers.payment_terms_code) is not null
                or not customers.keeps_terms
            )
            and (lines.item_id is null or coalesce(items.status, 'active') <> 'inactive')
            and (items.item_id is not null or lines.line_kind = 'service')
    end as is_master_complete
from lines
left join customers
    on
        lines.company_id = customers.company_id
        and lines.party_id = customers.party_id
left join customer_companies
    on lines.company_id = customer_companies.company_id
left join items
    on
        lines.company_id = items.company_id
        and lines.item_id = items.item_id
left join order_lines
    on
        lines.company_id = order_lines.company_id
        and lines.order_id = order_lines.order_id
        and lines.order_line = order_lines.order_line
left join {{ ref('int_receivable__over_limit') }} as over_limits
    on
        lines.company_id = over_limits.company_id
        and lines.party_id = over_limits.party_id
