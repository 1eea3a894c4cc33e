-- Documents of which the ledger says nothing but its own currency, and holds just what the amount of
-- the document comes to at the rate of another day: of the entry, or of the day on which it was
-- expected. A few cents are rounding, whatever the rates.

with

settings as (

    select value as rounding_amount from {{ ref('ledger_setting') }}
    where setting = 'rounding_amount'

),

postings as (

    select
        *,
        case when side = 'expected' then entry_id end as expected_journal_id,
        case when side = 'expected' then 1 else 0 end as is_expected
    from {{ ref('int_ledger__paired_posting') }}
    where pairing = 'open'

),

foreign_lines as (

    select expected_journal_id, cast(line as varchar) as line, currency_doc
    from {{ ref('int_ledger__expected_line') }}
    where currency_doc <> currency and amount_doc is not null

),

cells as (

    select
        postings.company_id,
        postings.match_kind,
        postings.match_id,
        postings.tie_group,
        postings.location_id,
        min(foreign_lines.currency_doc) as currency_doc,
        max(case when postings.is_expected = 0 then postings.posting_date end) as actual_date,
        max(case when postings.is_expected = 1 then postings.posting_date end) as expected_date,
        sum(case when postings.is_expected = 0 then postings.amount else 0 end) as actual_amount,
        sum(case when postings.is_expected = 1 then postings.amount else 0 end) as expected_amount,
        sum(case when postings.is_expected = 1 then postings.amount_doc else 0 end) as amount_doc
    from postings
    left join foreign_lines
        on
            postings.expected_journal_id = foreign_lines.expected_journal_id
            and postings.entry_line = foreign_lines.line
    group by
        postings.company_id, postings.match_kind, postings.match_id, postings.tie_group,
        postings.location_id
    having
        sum(postings.is_expected) between 1 and count(*) - 1
        and sum(postings.is_expected) = count(foreign_lines.currency_doc)
        and min(foreign_lines.currency_doc) = max(foreign_lines.currency_doc)
        and max(case when postings.is_foreign then 1 else 0 end) = 0

)

select
    cells.company_id,
    cells.match_kind,
    cells.match_id,
    true as is_of_rates
from cells
inner join {{ ref('int_ledger__currency_day') }} as rates
    on
        cells.company_id = rates.company_id
        and cells.currency_doc = rates.from_currency
cross join settings
where
    rates.date in (cells.actual_date, cells.expected_date)
    and abs(cells.actual_amount - cells.expected_amount) > settings.rounding_amount
    and abs(cells.actual_amount - cells.amount_doc * rates.rate) <= settings.rounding_amount
group by cells.company_id, cells.match_kind, cells.match_id
