-- From what we own to the Finance number, and the Finance number itself. One figure for several
-- places is compared with all of them together, at no place.
with

cells as (

    select * from {{ ref('int_bridge__cell') }}

),

explained as (

    select * from {{ ref('int_bridge__explanation') }}

),

explained_cells as (

    select
        company_id,
        item_id,
        location_id,
        sum(qty) as qty
    from explained
    group by company_id, item_id, location_id

),

answered as (

    select
        cells.*,
        coalesce(explained_cells.qty, 0) as explained_qty,
        case
            when cells.finance_basis = 'subledger' then cells.subledger_qty
            else cells.owned_qty + coalesce(explained_cells.qty, 0)
        end as finance_qty
    from cells
    left join explained_cells
        on
            cells.company_id = explained_cells.company_id
            and cells.item_id = explained_cells.item_id
            and cells.location_id = explained_cells.location_id

),

totals as (

    select
        company_id,
        item_id,
        sum(qty) as qty
    from (
        select company_id, item_id, qty_base as qty
        from {{ ref('int_bridge__subledger_line') }}
        where is_latest and location_id = ''
        union all
        select company_id, item_id, -(owned_at_extract_qty + explained_qty)
        from answered
        where finance_basis = 'subledger total'
    ) as sides
    group by company_id, item_id
    having sum(qty) <> 0

)

select company_id, item_id, location_id, step, qty from explained
where qty <> 0
union all
select company_id, item_id, location_id, 'after_extract', owned_at_extract_qty - owned_qty
from answered
where finance_basis = 'subledger'
union all
select
    company_id, item_id, location_id, 'unexplained',
    case
        when finance_basis = 'subledger'
            then subledger_qty - owned_at_extract_qty - explained_qty
        else 0
    end
from answered
union all
select company_id, item_id, location_id, 'finance_number', finance_qty from answered
union all
select company_id, item_id, '', 'unexplained', qty from totals
union all
select company_id, item_id, '', 'finance_number', qty from totals
