with

run as (

    select * from {{ ref('int_control__run') }}

),

roles as (

    select * from {{ ref('clearing_role') }}

),

stacked as (

    select
        postings.company_id, postings.account_code, postings.side, postings.posting_date,
        sum(postings.amount) as amount
    from {{ ref('int_ledger__posting') }} as postings
    inner join {{ ref('int_ledger__account') }} as accounts
        on
            postings.company_id = accounts.company_id
            and postings.account_code = accounts.account_code
    inner join roles
        on accounts.account_role = roles.account_role
    group by postings.company_id, postings.account_code, postings.side, postings.posting_date

),

totalled as (

    select
        stacked.*,
        sum(amount) over (partition by company_id, account_code, side) as balance_amount
    from stacked

),

covered as (      -- what is open is what came last in its direction, as far as the balance goes

    select
        totalled.*,
        sum(case when sign(amount) = sign(balance_amount) then abs(amount) else 0 end) over (
            partition by company_id, account_code, side
            order by posting_date desc
            rows between unbounded preceding and current row
        ) as later_amount
    from totalled

),

opened as (

    select
        company_id, account_code,
        max(case when side = 'actual' then balance_amount end) as actual_amount,
        max(case when side = 'expected' then balance_amount end) as expected_amount,
        max(case when side = 'actual' then posting_date end) as last_posting_date,
        max(
            case
                when side = 'actual' and balance_amount <> 0 and later_amount >= abs(balance_amount)
                    then posting_date
            end
        ) as open_since
    from covered
    group by company_id, account_code

)

select
    opened.company_id,
    opened.account_code,
    accounts.account_name,
    accounts.account_role,
    roles.meaning,
    companies.currency,

    cast(opened.actual_amount as decimal(18, 4)) as actual_amount,
    cast(opened.expected_amount as decimal(18, 4)) as expected_amount,
    cast(opened.actual_amount - opened.expected_amount as decimal(18, 4)) as difference_amount,
    coalesce(opened.actual_amount, 0) <> 0 as is_open,
    opened.open_since,
    cast({{ days_between('opened.open_since', 'companies.as_of_date') }} as bigint) as age_days,
    opened.last_posting_date,

    run.as_of_at,
    run.watermark_at
from opened
cross join run
inner join {{ ref('int_master__company') }} as companies
    on opened.company_id = companies.company_id
inner join {{ ref('int_ledger__account') }} as accounts
    on
        opened.company_id = accounts.company_id
        and opened.account_code = accounts.account_code
inner join roles
    on accounts.account_role = roles.account_role
