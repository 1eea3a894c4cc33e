-- What may not be in the ledger yet at the end of a day: expected lines no older than the business days
-- that the posting profile allows (ruling E12). Debits and credits apart, because any of them may
-- still be on its way.

with

expected as (

    select
        company_id, tie_group, posting_date,
        sum(case when amount > 0 then amount else 0 end) as debit_amount,
        sum(case when amount < 0 then amount else 0 end) as credit_amount
    from {{ ref('int_ledger__posting') }}
    where side = 'expected'
    group by company_id, tie_group, posting_date

),

numbered as (

    select * from {{ ref('int_billing__business_day') }}

),

young as (      -- the days on which a line of a day is still young

    select
        expected.*,
        days.date
    from expected
    inner join numbered as posted
        on
            expected.company_id = posted.company_id
            and expected.posting_date = posted.date
    inner join {{ ref('int_policy__posting_profile') }} as profiles
        on
            expected.company_id = profiles.company_id
            and expected.posting_date between profiles.valid_from and profiles.valid_to
    inner join numbered as days
        on
            expected.company_id = days.company_id
            and expected.posting_date <= days.date
            and days.day_number - posted.day_number <= profiles.posting_sla_days

)

select
    company_id,
    tie_group,
    date,
    cast(sum(debit_amount) as decimal(18, 4)) as debit_amount,
    cast(sum(credit_amount) as decimal(18, 4)) as credit_amount
from young
group by company_id, tie_group, date
