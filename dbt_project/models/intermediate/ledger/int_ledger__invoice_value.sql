-- What customer invoices and credit memos say, right or wrong (ruling E4), in the parts to which the
-- seed posting_rule gives accounts, at the rate of the document.

with

invoices as (

    select
        invoices.*,
        case when invoices.invoice_type = 'credit_memo' then 'E30' else 'E23' end as event_code,
        case when invoices.invoice_type = 'credit_memo' then 'credit_memo' else 'invoice' end
            as source_doc_type
    from {{ ref('int_billing__invoice') }} as invoices
    where rate is not null

),

profiles as (

    select * from {{ ref('int_ledger__booking') }}

),

early_profiles as (      -- profiles in which revenue does not come with the invoice (E24)

    select posting_profile from {{ ref('posting_rule') }}
    where event_code = 'E24' and part = 'goods' and posting_profile <> '*'
    group by posting_profile

),

lines as (

    select
        lines.*,
        invoices.event_code,
        invoices.source_doc_type,
        turns.sale_key,
        coalesce(turns.is_early, false) as is_early,
        early_profiles.posting_profile is not null as is_told_apart,
        coalesce(
            turns.settled_amount,
            -- rounded once, from the amount of the document: four decimals between would round twice
            {{ minor_unit('lines.actual_amount_doc * lines.currency_rate', 'invoices.currency_decimals') }}
        ) as settled_amount,
        coalesce(turns.amount - turns.settled_amount, 0) as rate_amount,
        case
            when
                invoices.event_code = 'E30' and lines.line_kind in ('goods', 'service')
                and profiles.has_reserve
                then 'goods_reserved'
            else lines.line_kind
        end as part
    from {{ ref('int_billing__invoice_line') }} as lines
    inner join invoices
        on
            lines.company_id = invoices.company_id
            and lines.source_system = invoices.source_system
            and lines.invoice_id = invoices.invoice_id
    left join {{ ref('int_ledger__sale_turn') }} as turns
        on
            turns.side = 'invoice'
            and lines.company_id = turns.company_id
            and turns.subject_id
            = concat_ws('|', lines.source_system, lines.invoice_id, lines.invoice_line)
    left join profiles
        on
            lines.company_id = profiles.company_id
            and lines.posting_date between profiles.valid_from and profiles.valid_to
    left join early_profiles
        on profiles.books_as = early_profiles.posting_profile

),

parts as (

    select
        company_id, source_system, event_code, rule_code, part, source_doc_type, invoice_id,
        invoice_line, posting_date, item_id, party_id, amount, amount_doc, currency_doc, qty, sale_key
    from {{ ref('int_ledger__invoice_header') }}
    union all
    select
        company_id, source_system,
        case when is_early and is_told_apart then 'E24' else event_code end,
        case when is_early then 'E24' else event_code end, part,
        source_doc_type, invoice_id, invoice_line, posting_date, item_id, party_id,
        settled_amount, actual_amount_doc, currency_doc,
        case when part = 'goods' then match_qty else 0 end, sale_key
    from lines
    union all
    select
        company_id, source_system, event_code, event_code, 'goods_rate',
        source_doc_type, invoice_id, invoice_line, posting_date, item_id, party_id,
        rate_amount, 0, currency_doc, 0, sale_key
    from lines
    union all
    select
        lines.company_id, lines.source_system, lines.event_code, lines.event_code, 'cost',
        lines.source_doc_type, lines.invoice_id, lines.invoice_line, lines.posting_date,
        lines.item_id, lines.party_id,
        costs.cost_amount, null, null, lines.match_qty, lines.sale_key
    from lines
    inner join {{ ref('int_ledger__billed_cost') }} as costs
        on
            lines.company_id = costs.company_id
            and costs.subject_id
            = concat_ws('|', lines.source_system, lines.invoice_id, lines.invoice_line)

)

select
    company_id,
    source_system,
    event_code,
    rule_code,
    part,
    source_doc_type,
    invoice_id as source_doc_id,
    invoice_line as source_doc_line,
    posting_date,
    item_id,
    party_id,
    cast(amount as decimal(18, 4)) as amount,
    amount_doc,
    currency_doc,
    qty,
    sale_key
from parts
where amount <> 0
