-- What a final landed cost adds to stock and cost of sales is expected under the receipt on which it
-- falls, and the forwarder's bill clears what was accrued. A ledger may book both in one entry under
-- the bill: where that makes every account agree to which the cost was added, it counts there.

with

postings as (

    select * from {{ ref('int_ledger__document_posting') }}

),

bills as (      -- several bills on one day for one receipt cannot be told apart

    select
        landed.company_id,
        landed.receipt_id,
        entries.posting_date,
        min(landed.supplier_invoice_id) as supplier_invoice_id
    from {{ ref('int_ledger__landed_cost') }} as landed
    inner join {{ ref('stg_computed__cost_entry') }} as entries
        on
            landed.company_id = entries.company_id
            and landed.event_id = entries.event_id
    where
        not landed.is_estimate
        and landed.receipt_id is not null
        and landed.supplier_invoice_id is not null
        and entries.is_policy_method
        and entries.entry_kind = 'landed_cost'
    group by landed.company_id, landed.receipt_id, entries.posting_date
    having min(landed.supplier_invoice_id) = max(landed.supplier_invoice_id)

),

added as (

    select
        postings.*,
        bills.supplier_invoice_id
    from postings
    inner join bills
        on
            postings.company_id = bills.company_id
            and postings.doc_id = bills.receipt_id
            and postings.posting_date = bills.posting_date
    where
        postings.side = 'expected'
        and postings.doc_kind = 'receipt'
        and postings.event_code = 'E12'

),

cells as (

    select
        company_id, supplier_invoice_id, tie_group, location_id,
        sum(amount) as residual_amount,
        max(is_added) as is_added
    from (
        select company_id, supplier_invoice_id, tie_group, location_id, -amount as amount, 1 as is_added
        from added
        union all
        select
            company_id, doc_id, tie_group, location_id,
            case when side = 'actual' then amount else -amount end, 0
        from postings
        where doc_kind = 'supplier_invoice'
    ) as told
    group by company_id, supplier_invoice_id, tie_group, location_id

),

agreed as (

    select company_id, supplier_invoice_id
    from cells
    where is_added = 1
    group by company_id, supplier_invoice_id
    having max(abs(residual_amount)) = 0

)

select
    added.company_id,
    added.side,
    added.entry_id,
    added.entry_line,
    added.supplier_invoice_id
from added
inner join agreed
    on
        added.company_id = agreed.company_id
        and added.supplier_invoice_id = agreed.supplier_invoice_id
