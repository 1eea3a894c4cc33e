-- Entries that post goods which a shipment or a receipt has moved, with what of it they speak of: the
-- goods themselves, or what they cost, bring and are owed for.

with

goods_entries as (      -- freight and other late cost names a receipt too, and is no entry of goods

    select company_id, source_system, journal_id, source_doc_id
    from {{ ref('int_ledger__journal_line') }}
    where
        source_doc_type = 'shipment'
        or source_doc_type = 'receipt' and account_role in ('GRIR', 'INV_TRANSIT', 'AP')
    group by company_id, source_system, journal_id, source_doc_id

)

select
    journal_lines.*,
    case
        when account_role in ('INV', 'INV_INTERIM', 'INV_CONSIGN') then 'stock'
        when account_role = 'INV_TRANSIT' and source_doc_type = 'shipment'
            then
                case
                    when actual_amount > 0 then 'stock' else 'result'
                end
        when account_role = 'INV_TRANSIT' then 'stock'
        else 'result'
    end as role_kind
from {{ ref('int_ledger__journal_line') }} as journal_lines
inner join goods_entries
    on
        journal_lines.company_id = goods_entries.company_id
        and journal_lines.source_system = goods_entries.source_system
        and journal_lines.journal_id = goods_entries.journal_id
        and journal_lines.source_doc_id = goods_entries.source_doc_id
where
    is_posted
    and ledger = ''
    and source_doc_type in ('shipment', 'receipt')
    and not is_manual
    and reversal_of is null
