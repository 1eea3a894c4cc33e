-- Entries that would make the ledger right, line by line: what differs, the other way round. An entry
-- in the wrong period is accrued in the right one and turned round when it came; everything else that
-- lies in a closed period is put right on the first day that is open. Nothing is proposed that would
-- not balance, that has no account, or that somebody has answered.

with

differences as (

    select * from {{ ref('int_ledger__difference_line') }}
    where
        item_class in (
            'MISSING_IN_GL', 'RECEIPT_NOT_CAPITALISED', 'DUPLICATE_POSTING', 'WRONG_ACCOUNT',
            'WRONG_PERIOD', 'AMOUNT_COST', 'AMOUNT_QTY', 'AMOUNT_FX', 'AMOUNT_ROUND'
        )

),

states as (

    select
        company_id, proposal_key,
        max(case when is_answer then 1 else 0 end) as is_answered,
        min(fiscal_year * 100 + fiscal_period) as first_period_key,
        max(fiscal_year * 100 + fiscal_period) as last_period_key,
        min(case
            when item_class = 'WRONG_PERIOD' and side = 'expected'
                then fiscal_year * 100 + fiscal_period
        end) as right_period_key,
        min(case
            when item_class = 'WRONG_PERIOD' and side = 'actual'
                then fiscal_year * 100 + fiscal_period
        end) as wrong_period_key
    from differences
    group by company_id, proposal_key

),

periods as (

    select
        periods.*,
        periods.fiscal_year * 100 + periods.fiscal_period as period_key,
        coalesce(closes.is_closed, 0) as is_closed
    from {{ ref('int_ledger__period') }} as periods
    left join {{ ref('int_close__period') }} as closes
        on
            periods.company_id = closes.company_id
            and periods.fiscal_year = closes.fiscal_year
            and periods.fiscal_period = closes.fiscal_period

),

open_periods as (

    select company_id, min(period_key) as period_key
    from periods
    where is_closed = 0
    group by company_id

),

summed as (

    select
        differences.company_id,
        differences.proposal_key,
        states.wrong_period_key,
        coalesce(
            states.right_period_key,
            greatest(states.first_period_key, coalesce(open_periods.period_key, states.first_period_key))
        ) as period_key,
        differences.account_code,
        differences.location_id,
        min(differences.item_class) as item_class,
        min(differences.problem_key) as problem_key,
        min(differences.doc_kind) as doc_kind,
        min(differences.doc_id) as doc_id,
        -- an entry that came too early is accrued away: what it did in its period is turned round there
        cast(-sum(differences.amount) as decimal(18, 4)) as amount
    from differences
    inner join states
        on
            differences.company_id = states.company_id
            and differences.proposal_key = states.proposal_key
    left join open_periods
        on differences.company_id = open_periods.company_id
    where
        states.is_answered = 0
        and (states.right_period_key is null or differences.side = 'expected')
    group by
        differences.company_id, differences.proposal_key, states.wrong_period_key,
        coalesce(
            states.right_period_key,
            greatest(states.first_period_key, coalesce(open_periods.period_key, states.first_period_key))
        ),
        differences.account_code, differences.location_id
    having sum(differences.amount) <> 0

),

judged as (

    select
        summed.*,
        sum(amount) over (partition by company_id, proposal_key) as rest_amount,
        min(case when account_code = '' then 0 else 1 end) over (partition by company_id, proposal_key)
            as is_accounted,
        row_number() over (
            partition by company_id, proposal_key
            order by amount desc, account_code asc, location_id asc
        ) as line
    from summed

)

select
    judged.company_id,
    judged.proposal_key,
    judged.line,
    periods.fiscal_year,
    periods.fiscal_period,
    least(periods.end_date, companies.as_of_date) as posting_date,
    case when judged.wrong_period_key is not null then wrong_periods.start_date end as reverse_on,
    periods.is_closed = 1 as is_in_closed_period,
    judged.account_code,
    judged.location_id,
    judged.amount,
    companies.currency,
    case when judged.item_class = 'RECEIPT_NOT_CAPITALISED' then 'MISSING_IN_GL' else judged.item_class end
        as item_class,
    judged.problem_key,
    judged.doc_kind,
    judged.doc_id
from judged
inner join {{ ref('int_master__company') }} as companies
    on judged.company_id = companies.company_id
inner join periods
    on
        judged.company_id = periods.company_id
        and judged.period_key = periods.period_key
left join periods as wrong_periods
    on
        judged.company_id = wrong_periods.company_id
        and judged.wrong_period_key = wrong_periods.period_key
where judged.rest_amount = 0 and judged.is_accounted = 1
