-- Which credit line answers which return: first those of one order line and quantity, then those of
-- one order line, then those of one customer, item and quantity.

with

returned as (

    select
        company_id,
        source_system || '|' || receipt_id || '|' || receipt_line as return_key,
        order_id,
        order_line,
        party_id,
        item_id,
        coalesce(accepted_qty, qty) as qty,
        coalesce(accepted_at, received_at) as happened_at
    from {{ ref('int_billing__return') }}

),

credits as (

    select
        company_id,
        source_system || '|' || invoice_id || '|' || invoice_line as credit_key,
        order_id,
        order_line,
        party_id,
        item_id,
        -match_qty as qty,
        created_at as happened_at
    from {{ ref('int_billing__invoice_line') }}
    where
        invoice_type = 'credit_memo' and line_kind = 'goods' and not is_cancelled
        and match_qty < 0

),

returned_alike as (

    select
        returned.*,
        row_number() over (
            partition by company_id, order_id, order_line, qty order by happened_at, return_key
        ) as place
    from returned
    where order_id is not null

),

credited_alike as (

    select
        credits.*,
        row_number() over (
            partition by company_id, order_id, order_line, qty order by happened_at, credit_key
        ) as place
    from credits
    where order_id is not null

),

alike as (

    select returned_alike.return_key, credited_alike.credit_key
    from returned_alike
    inner join credited_alike
        on
            returned_alike.company_id = credited_alike.company_id
            and returned_alike.order_id = credited_alike.order_id
            and returned_alike.order_line = credited_alike.order_line
            and returned_alike.qty = credited_alike.qty
            and returned_alike.place = credited_alike.place

),

returned_left as (

    select
        returned.*,
        row_number() over (
            partition by returned.company_id, party_id, item_id, qty order by happened_at, returned.return_key
        ) as party_place,
        row_number() over (
            partition by returned.company_id, order_id, order_line order by happened_at, returned.return_key
        ) as order_place
    from returned
    left join alike
        on returned.return_key = alike.return_key
    where alike.return_key is null

),

credited_left as (

    select
        credits.*,
        row_number() over (
            partition by credits.company_id, party_id, item_id, qty order by happened_at, credits.credit_key
        ) as party_place,
        row_number() over (
            partition by credits.company_id, order_id, order_line order by happened_at, credits.credit_key
        ) as order_place
    from credits
    left join alike
        on credits.credit_key = alike.credit_key
    where alike.credit_key is null

),

by_order as (

    select returned_left.return_key, credited_left.credit_key
    from returned_left
    inner join credited_left
        on
            returned_left.company_id = credited_left.company_id
            and returned_left.order_id = credited_left.order_id
            and returned_left.order_line = credited_left.order_line
            and returned_left.order_place = credited_left.order_place

),

by_party as (      -- an unlinked return, or a credit without a reference

    select returned_left.return_key, credited_left.credit_key
    from returned_left
    inner join credited_left
        on
            returned_left.company_id = credited_left.company_id
            and returned_left.item_id = credited_left.item_id
            and coalesce(returned_left.party_id, credited_left.party_id) = credited_left.party_id
            and returned_left.qty = credited_left.qty
            and returned_left.party_place = credited_left.party_place
            and (returned_left.order_id is null or credited_left.order_id is null)

)

select return_key, credit_key from alike
union all
select return_key, credit_key from by_order
union all
select by_party.return_key, by_party.credit_key
from by_party
left join by_order as used_return
    on by_party.return_key = used_return.return_key
left join by_order as used_credit
    on by_party.credit_key = used_credit.credit_key
where used_return.return_key is null and used_credit.credit_key is null
