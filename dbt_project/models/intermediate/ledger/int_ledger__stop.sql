-- Why the tie-out of a company stops: roles that its entries need and that no one account carries.
select
    company_id,
    concat(
        'The tie-out is stopped: no single account for ', min(account_role),
        case when count(*) > 1 then concat(' and ', count(*) - 1, ' more') else '' end,
        '. Next: add a row to policy_account_role.'
    ) as stopped_because
from {{ ref('int_ledger__role_fault') }}
group by company_id
