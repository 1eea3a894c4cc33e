-- How long a sale is known to the channel before the shelf knows it: from the order to the first
-- reservation or shipment of its line; of a line that has neither, to this run.
with

run as (

    select * from {{ ref('int_control__run') }}

),

ordered as (

    select * from {{ ref('int_demand__ordered') }}
    where qty_base is not null

),

channels as (

    select
        company_id,
        order_id,
        order_line,
        max(channel) as channel
    from {{ ref('stg_billing__order_line') }}
    group by company_id, order_id, order_line

),

first_answers as (

    select
        company_id,
        order_id,
        order_line,
        min(known_at) as answered_at
    from (
        select company_id, order_id, order_line, event_at as known_at
        from {{ ref('int_stock__ledger_row') }}
        where from_state = 'ON_HAND' and order_id is not null
        union all
        select company_id, order_id, order_line, known_at
        from {{ ref('int_demand__shipped') }}
        where order_id is not null
    ) as answers
    group by company_id, order_id, order_line

),

short as (

    select
        company_id,
        order_id,
        order_line,
        max(short_qty) as short_qty
    from {{ ref('int_availability__overcommitment') }}
    group by company_id, order_id, order_line

),

windows as (

    select
        ordered.company_id,
        ordered.item_id,
        ordered.location_id,
        coalesce(channels.channel, '') as channel,
        ordered.qty_base,
        first_answers.answered_at is null and ordered.line_status in ('open', 'partial') as is_open,
        coalesce(short.short_qty, 0) as short_qty,
        {{ days_between(
            'cast(ordered.known_at as date)',
            'cast(coalesce(first_answers.answered_at, run.as_of_at) as date)'
        ) }} * 86400
        + {{ local_second('coalesce(first_answers.answered_at, run.as_of_at)', "'UTC'") }}
        - {{ local_second('ordered.known_at', "'UTC'") }} as seconds
    from ordered
    cross join run
    inner join channels
        on
            ordered.company_id = channels.company_id
            and ordered.order_id = channels.order_id
            and ordered.order_line = channels.order_line
    left join first_answers
        on
            ordered.company_id = first_answers.company_id
            and ordered.order_id = first_answers.order_id
            and ordered.order_line = first_answers.order_line
    left join short
        on
            ordered.company_id = short.company_id
            and ordered.order_id = short.order_id
            and ordered.order_line = short.order_line
    where
        (first_answers.answered_at is not null or ordered.line_status in ('open', 'partial'))
        and ordered.company_id in (select company_id from {{ ref('int_availability__stock') }})

)

select
    company_id,
    item_id,
    location_id,
    channel,
    cast(count(*) as bigint) as order_lines,
    cast(sum(case when is_open then 1 else 0 end) as bigint) as open_lines,
    cast(sum(case when is_open then qty_base else 0 end) as decimal(18, 6)) as open_qty,
    cast(sum(short_qty) as decimal(18, 6)) as overcommitted_qty,
    {{ divide_exact('sum(greatest(seconds, 0))', 'count(*) * 3600', 2, from_scale=0, by_scale=0) }}
        as mean_hours,
    {{ divide_exact('max(greatest(seconds, 0))', '3600', 2, from_scale=0, by_scale=0) }} as longest_hours
from windows
group by company_id, item_id, location_id, channel
