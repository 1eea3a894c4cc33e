-- Expected debits and credits as lines of journals, with their accounts. What opens a site (E00) has
-- no entry: it is in the balance with which the ledger begins, and told apart by its purpose.

with

legs as (

    select
        legs.*,
        coalesce(items.valuation_class, '') as valuation_class,
        md5(concat_ws(
            '|', legs.company_id, legs.source_doc_type, legs.source_doc_id, legs.posting_date
        )) as expected_journal_id
    from {{ ref('int_ledger__expected_leg') }} as legs
    left join {{ ref('int_master__item') }} as items
        on
            legs.company_id = items.company_id
            and legs.item_id = items.item_id

)

select
    legs.company_id,
    legs.expected_journal_id,
    cast(row_number() over (
        partition by legs.expected_journal_id
        order by
            length(legs.source_doc_line), legs.source_doc_line asc, legs.event_code asc, legs.part asc,
            legs.movement_id asc, legs.movement_line asc, legs.side desc, legs.account_role asc,
            legs.item_id asc, legs.location_id asc, legs.amount asc
    ) as bigint) as line,
    case when legs.event_code = 'E00' then 'opening' else legs.line_purpose end as line_purpose,
    legs.posting_date,
    cast(coalesce(days.fiscal_year, extract(year from legs.posting_date)) as bigint) as fiscal_year,
    cast(coalesce(days.fiscal_period, extract(month from legs.posting_date)) as bigint)
        as fiscal_period,
    legs.account_role,
    coalesce(accounts.account_code, '') as account_code,
    legs.event_code,
    legs.part,
    legs.source_doc_type,
    legs.source_doc_id,
    legs.source_doc_line,
    legs.movement_id,
    legs.movement_line,
    legs.invoice_id,
    legs.invoice_line,
    legs.receipt_id,
    legs.receipt_line,
    legs.item_id,
    legs.location_id,
    legs.party_id,
    legs.valuation_class,
    legs.channel,

    cast(legs.amount as decimal(18, 4)) as expected_amount,
    companies.currency,
    cast(legs.amount_doc as decimal(18, 4)) as amount_doc,
    legs.currency_doc,
    cast(legs.qty as decimal(18, 6)) as qty,
    legs.profile as posting_profile
from legs
inner join {{ ref('int_master__company') }} as companies
    on legs.company_id = companies.company_id
left join {{ ref('int_master__calendar_day') }} as days
    on
        legs.company_id = days.company_id
        and legs.posting_date = days.date
left join {{ ref('int_ledger__role_account') }} as accounts
    on
        legs.company_id = accounts.company_id
        and legs.posting_date = accounts.posting_date
        and legs.account_role = accounts.account_role
        and legs.valuation_class = accounts.valuation_class
        and legs.location_id = accounts.location_id
        and legs.channel = accounts.channel
