-- Lines that no document of the other side answers. A ledger that names documents leaves few of them:
-- there each is a finding of its own (`is_by_document`). Of a ledger that does not, days are compared.

with

lone as (

    select
        company_id, side, source_system, entry_id, entry_line, doc_kind, doc_id, doc_line,
        account_code, account_role, tie_group, location_id, posting_date, period_key, amount,
        item_id, movement_id, invoice_id, reference, is_manual
    from {{ ref('int_ledger__classed_posting') }}
    where pairing = 'open'
    union all
    select
        company_id, side, source_system, entry_id, entry_line, doc_kind, doc_id, doc_line,
        account_code, account_role, tie_group, location_id, posting_date, period_key, amount,
        item_id, movement_id, invoice_id, reference, is_manual
    from {{ ref('int_ledger__open_posting') }}
    where match_id = ''

),

posted as (

    select
        actual.company_id,
        accounts.tie_group,
        sum(actual.entry_count) as posted_count
    from {{ ref('int_ledger__actual_movement') }} as actual
    inner join {{ ref('int_ledger__account') }} as accounts
        on
            actual.company_id = accounts.company_id
            and actual.account_code = accounts.account_code
    group by actual.company_id, accounts.tie_group

),

expected as (

    select company_id, tie_group, sum(entry_count) as expected_count
    from {{ ref('int_ledger__expected_movement') }}
    group by company_id, tie_group

),

unanswered as (

    select company_id, tie_group, count(*) as lone_count
    from lone
    where side = 'actual'
    group by company_id, tie_group

),

known as (      -- how much of the ledger has an answer, on accounts that we keep a subledger of

    select
        expected.company_id,
        expected.tie_group,
        coalesce(posted.posted_count, 0) as posted_count,
        coalesce(posted.posted_count, 0) - coalesce(unanswered.lone_count, 0) as answered_count
    from expected
    left join posted
        on
            expected.company_id = posted.company_id
            and expected.tie_group = posted.tie_group
    left join unanswered
        on
            expected.company_id = unanswered.company_id
            and expected.tie_group = unanswered.tie_group

),

companies as (

    select
        company_id,
        sum(answered_count) > 0 and sum(answered_count) * 2 >= sum(posted_count) as names_documents
    from known
    group by company_id

)

select
    lone.*,
    coalesce(known.answered_count, 0) as answered_count,
    -- a ledger that names documents and leaves an account out lacks that part of each document; what
    -- waits for an account of its role is a finding of the master data
    lone.account_code <> '' and (
        companies.names_documents
        or coalesce(
            known.answered_count > 0 and known.answered_count * 2 >= known.posted_count, false
        )
    ) as is_by_document
from lone
inner join companies
    on lone.company_id = companies.company_id
left join {{ ref('int_ledger__account') }} as accounts
    on
        lone.company_id = accounts.company_id
        and lone.account_code = accounts.account_code
left join known
    on
        lone.company_id = known.company_id
        and lone.tie_group = known.tie_group
where
    known.tie_group is not null
    -- nobody but a subledger may post to a control account, whether or not it has entries yet
    or companies.names_documents and lone.is_manual and (
        accounts.is_control
        or accounts.account_role in ('INV', 'INV_TRANSIT', 'INV_INTERIM', 'GRIR', 'AR', 'AP')
    )
