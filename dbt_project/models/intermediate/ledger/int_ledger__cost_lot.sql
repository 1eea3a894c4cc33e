-- Goods that left for a sale and wait, with their cost, for the invoice - or are lost on their way -,
-- under the profiles that book cost with the invoice: one lot per shipment line, a kit's parts in one.

with

waiting_profiles as (

    select posting_profile from {{ ref('posting_rule') }}
    where event_code = 'E23' and part = 'cost'
    group by posting_profile

),

waiting_companies as (

    select profiles.company_id
    from {{ ref('int_ledger__booking') }} as profiles
    inner join waiting_profiles
        on profiles.books_as = waiting_profiles.posting_profile
    group by profiles.company_id

),

moves as (

    select
        moves.*,
        sales.sale_key,
        sales.billable_qty,
        -- what carries no pieces to bill goes with the line before it: another part of a kit
        sum(case when sales.billable_qty > 0 then 1 else 0 end) over (
            partition by moves.company_id, sales.sale_key, moves.source_doc_id, moves.rule_code
            order by length(moves.source_doc_line), moves.source_doc_line, moves.move_id
            rows between unbounded preceding and current row
        ) as lot_number_of_shipment
    from {{ ref('int_ledger__posting_move') }} as moves
    inner join waiting_companies
        on moves.company_id = waiting_companies.company_id
    inner join {{ ref('int_ledger__sale_document') }} as sales
        on
            moves.company_id = sales.company_id
            and moves.source_doc_type = sales.source_doc_type
            and moves.source_doc_id = sales.source_doc_id
            and moves.source_doc_line = sales.source_doc_line
    where moves.rule_code in ('E19', 'E20', 'E27') and moves.turn = 1

)

select
    company_id,
    sale_key,
    case when rule_code = 'E27' then move_id else concat_ws(
        '|', source_doc_id, lpad(cast(lot_number_of_shipment as varchar), 6, '0')
    ) end as subject_id,
    rule_code = 'E27' as is_lost,
    min(ledger_date) as happened_on,
    cast(case when rule_code = 'E27' then sum(qty_base) else sum(billable_qty) end as decimal(18, 6))
        as qty,
    cast(sum(value_amount) as decimal(18, 4)) as cost_amount
from moves
group by
    company_id, sale_key, rule_code,
    case when rule_code = 'E27' then move_id else concat_ws(
        '|', source_doc_id, lpad(cast(lot_number_of_shipment as varchar), 6, '0')
    ) end
