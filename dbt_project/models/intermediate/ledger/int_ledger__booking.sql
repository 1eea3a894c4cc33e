-- How each company books, by date: its posting profile, and the profile whose rules it follows. Without
-- expected-cost posting (`interim_receipts`) a ledger like Business Central's takes goods in at receipt
-- and cost of sales at issue, as sap_like does; with it goods wait for the invoice and not for the
-- put-away (A.4).
select
    company_id,
    valid_from,
    valid_to,
    profile,
    case when profile = 'bc_like' and not interim_receipts then 'sap_like' else profile end
        as books_as,
    interim_receipts and profile <> 'bc_like' as waits_for_put_away,
    coalesce(returns_reserve, false) as has_reserve,
    transfer_cost
from {{ ref('int_policy__posting_profile') }}
