with

run as (

    select * from {{ ref('int_control__run') }}

),

windows as (

    select * from {{ ref('int_availability__blind_window') }}

)

select
    windows.company_id,
    windows.item_id,
    windows.location_id,
    windows.channel,
    windows.order_lines,
    windows.mean_hours,
    windows.longest_hours,
    windows.open_lines,
    windows.open_qty,
    windows.overcommitted_qty,
    run.as_of_at,
    run.watermark_at
from windows
cross join run
