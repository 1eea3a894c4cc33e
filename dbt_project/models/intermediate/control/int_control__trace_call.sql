-- Which links an order line calls for by how far it has come, and whether anybody of its company
-- (or of its place) tells of such links at all.
with

companies as (

    select * from {{ ref('int_master__company') }}

),

told as (

    select * from {{ ref('int_control__trace_link') }}

),

reached as (

    select
        company_id,
        order_id,
        order_line,
        max(case when link_number = 1 and qty > 0 then 1 else 0 end) as is_ordered,
        max(case when link_number = 2 then link_date end) as promised_date,
        max(case when link_number = 6 and document_count > 0 then 1 else 0 end) as is_shipped,
        max(case when link_number = 6 then location_id end) as location_id,
        max(has_left_shelf) as has_left_shelf,
        max(is_sold) as is_sold,
        max(is_sent_by_supplier) as is_sent_by_supplier,
        max(case when link_number = 8 and document_count > 0 then 1 else 0 end) as is_costed,
        max(case when link_number = 10 and document_count > 0 then 1 else 0 end) as is_invoiced,
        max(case when link_number = 14 and detail <> 'settled' then link_date end) as due_date,
        coalesce(
            max(case when link_number = 10 then link_date end),
            max(case when link_number in (6, 8) then link_date end)
        ) as booked_date
    from told
    group by company_id, order_id, order_line
    having max(case when link_number = 1 then 1 else 0 end) = 1

),

tells as (      -- entries of one kind are missed as soon as the ledger has any of the three

    select
        company_id,
        case when link_number between 3 and 5 then location_id else '' end as place_id,
        case when link_number in (12, 13) then 11 else link_number end as link_number,
        max(link_date) as until_date
    from told
    where document_count > 0
    group by
        company_id,
        case when link_number between 3 and 5 then location_id else '' end,
        case when link_number in (12, 13) then 11 else link_number end

),

with_links as (

    select
        reached.*,
        orders.item_id,
        periods.fiscal_year,
        periods.fiscal_period,
        links.link_number,
        links.link_name,
        links.needs,
        case when links.is_per_place then reached.location_id else '' end as place_id,
        links.waits_for_ledger,
        case when links.link_number in (12, 13) then 11 else links.link_number end as told_number,
        case
            when links.reach = 'always' then true
            when links.reach = 'shipped' then reached.is_shipped = 1
            when links.reach = 'left shelf' then reached.has_left_shelf = 1
            when links.reach = 'sold' then reached.is_sold = 1
            when links.reach = 'sold from stock'
                then reached.is_sold = 1 and reached.is_sent_by_supplier = 0
            when links.reach = 'costed' then reached.is_costed = 1
            when links.reach = 'invoiced' then reached.is_invoiced = 1
            when links.reach = 'overdue' then reached.due_date < companies.as_of_date
            when links.reach = 'period over'
                then reached.is_invoiced = 1 and periods.period_end_date < companies.as_of_date
            when reached.is_ordered = 0 or items.item_type = 'service' then false
            when links.reach = 'ordered' then true
            when links.reach = 'due' then reached.promised_date < companies.as_of_date
        end as is_called_for
    from reached
    inner join companies
        on reached.company_id = companies.company_id
    left join {{ ref('int_billing__order_line') }} as orders
        on
            reached.company_id = orders.company_id
            and reached.order_id = orders.order_id
            and reached.order_line = orders.order_line
    left join {{ ref('int_master__item') }} as items
        on
            orders.company_id = items.company_id
            and orders.item_id = items.item_id
    left join {{ ref('int_master__calendar_day') }} as periods
        on
            reached.company_id = periods.company_id
            and reached.booked_date = periods.date
    cross join {{ ref('trace_link') }} as links

)

select
    with_links.company_id,
    with_links.order_id,
    with_links.order_line,
    with_links.link_number,
    with_links.link_name,
    with_links.needs,
    with_links.item_id,
    with_links.fiscal_year,
    with_links.fiscal_period,
    coalesce(with_links.is_called_for, false) as is_called_for,
    tells.link_number is not null as is_told_of,
    with_links.waits_for_ledger and coalesce(tells.until_date < with_links.booked_date, true)
        as is_ledger_behind
from with_links
left join tells
    on
        with_links.company_id = tells.company_id
        and with_links.told_number = tells.link_number
        and with_links.place_id = tells.place_id
