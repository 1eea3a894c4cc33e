-- What a profile that waits for the invoice lacks at the end of a period (A.4): the difference between
-- what control_transfer would hold by then and what is booked, sale by sale, on the last day of the
-- period and turned round on the next. It is a proposal; the profile's own ledger never counts it.

with

companies as (

    select * from {{ ref('int_master__company') }}

),

periods as (

    select * from {{ ref('int_ledger__period') }}

),

late_legs as (      -- a profile that counts at period end has its cost right by then

    select
        *,
        case when telling = 'control' then amount else -amount end as lacking_amount
    from {{ ref('int_ledger__posting_leg') }}
    where
        books_as <> 'control_transfer'
        and telling in ('control', case when books_as = 'periodic' then 'perpetual' else 'booked' end)
        and rule_code in ('E19', 'E20', 'E21', 'E23', 'E24', 'E25', 'E27', 'E29', 'E44', 'E47')

),

keyed as (

    select
        late_legs.*,
        periods.period_number,
        coalesce(
            late_legs.sale_key, sent.sale_key, brought_back.sale_key,
            concat_ws('|', late_legs.source_doc_type, late_legs.source_doc_id, late_legs.source_doc_line)
        ) as key_of_sale
    from late_legs
    inner join periods
        on
            late_legs.company_id = periods.company_id
            and late_legs.posting_date between periods.start_date and periods.end_date
    left join {{ ref('int_ledger__sale_document') }} as sent
        on
            late_legs.company_id = sent.company_id
            and late_legs.source_doc_type = sent.source_doc_type
            and late_legs.source_doc_id = sent.source_doc_id
            and late_legs.source_doc_line = sent.source_doc_line
    left join {{ ref('int_billing__return') }} as returns
        on
            late_legs.company_id = returns.company_id
            and late_legs.receipt_id = returns.receipt_id
            and late_legs.receipt_line = returns.receipt_line
    left join {{ ref('int_ledger__sale_document') }} as brought_back
        on
            returns.company_id = brought_back.company_id
            and brought_back.source_doc_type = 'shipment'
            and returns.shipment_id = brought_back.source_doc_id
            and returns.shipment_line = brought_back.source_doc_line

),

moved as (

    select
        company_id, profile, key_of_sale, account_role, period_number,
        min(item_id) as item_id,
        max(location_id) as location_id,
        max(channel) as channel,
        min(party_id) as party_id,
        sum(lacking_amount) as amount
    from keyed
    group by company_id, profile, key_of_sale, account_role, period_number
    having sum(lacking_amount) <> 0

),

standing as (      -- what a sale lacks from a period in which that changed up to the next such period

    select
        company_id,
        profile,
        key_of_sale,
        account_role,
        period_number,
        lead(period_number) over changes as next_number,
        min(item_id) over changes as item_id,
        max(location_id) over changes as location_id,
        max(channel) over changes as channel,
        min(party_id) over changes as party_id,
        sum(amount) over changes as amount
    from moved
    window changes as (
        partition by company_id, profile, key_of_sale, account_role order by period_number
    )

),

lacking as (

    select
        standing.company_id,
        standing.profile,
        standing.key_of_sale as sale_key,
        standing.account_role,
        periods.fiscal_year,
        periods.fiscal_period,
        periods.end_date,
        standing.item_id,
        standing.location_id,
        standing.channel,
        standing.party_id,
        standing.amount
    from standing
    inner join companies
        on standing.company_id = companies.company_id
    inner join periods
        on
            standing.company_id = periods.company_id
            and standing.period_number <= periods.period_number
            and (standing.next_number is null or standing.next_number > periods.period_number)
            and companies.as_of_date >= periods.end_date
    where standing.amount <> 0

),

turned as (

    select *, '' as suffix, end_date as posting_date, amount as turned_amount from lacking
    union all
    select *, '-BACK', cast(end_date + interval 1 day as date), -amount from lacking

)

select
    company_id,
    profile,
    sale_key,
    concat('CUTOFF-', fiscal_year, '-', lpad(cast(fiscal_period as varchar), 2, '0'), suffix)
        as source_doc_id,
    posting_date,
    account_role,
    case when turned_amount > 0 then 'debit' else 'credit' end as side,
    item_id,
    location_id, channel, party_id,
    cast(turned_amount as decimal(18, 4)) as amount
from turned
