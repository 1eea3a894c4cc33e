-- What supplier invoices and credit memos say, in the parts to which the seed posting_rule gives
-- accounts. GR/IR takes all that is billed for goods (ruling E14) but what the costing engine gave
-- to the pieces left and the pieces gone. Freight that only the header charges - more than its net
-- amount and more than its lines - is a forwarder's bill like a line of freight (ruling E22); a few
-- cents are rounding and stay in the rest of the document.

with

documents as (

    select * from {{ ref('int_payable__document') }}
    where rate is not null

),

charges as (

    select * from {{ ref('int_ledger__supplier_charge') }}

),

line_sums as (

    select
        company_id, source_system, supplier_invoice_id,
        sum(tax_amount_doc) as tax_amount_doc,
        sum(amount_doc) as net_amount_doc,
        max(case when part = 'outbound' then 0 else 1 end) = 1 as has_goods
    from charges
    group by company_id, source_system, supplier_invoice_id

),

header_charges as (

    select
        documents.*,
        line_sums.has_goods,
        case when documents.gross_amount_doc < 0 then -1 else 1 end as direction,
        abs(
            documents.gross_amount_doc
            - coalesce(documents.tax_amount_doc, line_sums.tax_amount_doc)
        ) - greatest(abs(documents.net_amount_doc), abs(line_sums.net_amount_doc)) as over_amount_doc
    from documents
    inner join line_sums
        on
            documents.company_id = line_sums.company_id
            and documents.source_system = line_sums.source_system
            and documents.supplier_invoice_id = line_sums.supplier_invoice_id

),

parts as (

    select
        company_id, source_system, 'E10' as event_code, 'payable' as part, supplier_invoice_id,
        '' as invoice_line, ledger_date, cast(null as varchar) as item_id,
        cast(null as varchar) as location_id, party_id,
        {{ minor_unit('gross_amount_doc * rate', 'currency_decimals') }} as amount,
        gross_amount_doc as amount_doc, currency_doc,
        0 as qty
    from documents
    union all
    select
        documents.company_id, documents.source_system, 'E10', 'tax', documents.supplier_invoice_id,
        '', documents.ledger_date, null, null, documents.party_id,
        {{ minor_unit('coalesce(
                documents.tax_amount_doc, line_sums.tax_amount_doc,
                documents.gross_amount_doc
                - coalesce(documents.net_amount_doc, line_sums.net_amount_doc)
            ) * documents.rate', 'documents.currency_decimals') }},
        coalesce(
            documents.tax_amount_doc, line_sums.tax_amount_doc,
            documents.gross_amount_doc
            - coalesce(documents.net_amount_doc, line_sums.net_amount_doc)
        ), documents.currency_doc, 0
    from documents
    left join line_sums
        on
            documents.company_id = line_sums.company_id
            and documents.source_system = line_sums.source_system
            and documents.supplier_invoice_id = line_sums.supplier_invoice_id
    union all
    select
        header_charges.company_id, header_charges.source_system, 'E12',
        case when header_charges.has_goods then 'inbound' else 'outbound' end,
        header_charges.supplier_invoice_id, '', header_charges.ledger_date, null, null,
        header_charges.party_id,
        {{ minor_unit('header_charges.direction * header_charges.over_amount_doc
            * header_charges.rate', 'header_charges.currency_decimals') }},
        header_charges.direction * header_charges.over_amount_doc, header_charges.currency_doc, 0
    from header_charges
    inner join {{ ref('ledger_setting') }} as settings
        on settings.setting = 'rounding_amount'
    where header_charges.over_amount_doc * header_charges.rate > settings.value
    union all
    select
        company_id, source_system, event_code, part, supplier_invoice_id, invoice_line, ledger_date,
        item_id, location_id, party_id, amount - stock_amount - expense_amount, amount_doc, currency_doc, qty
    from charges
    union all
    select
        company_id, source_system, event_code, 'to_stock', supplier_invoice_id, invoice_line,
        ledger_date, item_id, location_id, party_id, stock_amount, null, null, 0
    from charges
    union all
    select
        company_id, source_system, event_code,
        case when is_at_standard then 'to_variance' else 'to_cogs' end, supplier_invoice_id,
        invoice_line, ledger_date, item_id, location_id, party_id, expense_amount, null, null, 0
    from charges
    union all
    select
        charges.company_id, charges.source_system, charges.event_code, 'interim',
        charges.supplier_invoice_id, charges.invoice_line, charges.ledger_date, charges.item_id,
        charges.location_id, charges.party_id, interims.interim_amount, null, null, charges.qty
    from charges
    inner join {{ ref('int_ledger__interim_value') }} as interims
        on
            interims.taken_by = 'billed'
            and charges.company_id = interims.company_id
            and interims.subject_id = concat_ws(
                '|', charges.source_system, charges.supplier_invoice_id, charges.invoice_line
            )

)

select
    company_id,
    source_system,
    event_code,
    part,
    'supplier_invoice' as source_doc_type,
    supplier_invoice_id as source_doc_id,
    invoice_line as source_doc_line,
    ledger_date as posting_date,
    item_id,
    coalesce(location_id, '') as location_id,
    party_id,
    cast(amount as decimal(18, 4)) as amount,
    amount_doc,
    currency_doc,
    qty
from parts
where amount <> 0
