-- Value events without goods: landed costs, what suppliers bill more or less, write-downs and
-- revaluations. A late cost lies where its receipt does.
with

layers as (

    select company_id, event_id, location_id, lot_number
    from {{ ref('int_valuation__goods_event') }}
    where event_kind in ('opening', 'receipt')

),

papers as (

    select
        company_id, item_id,
        concat_ws('/', source_system, landed_cost_id, component_line, component, layer_event_id)
            as event_id,
        concat(landed_cost_id, '/', component_line) as movement_id,
        'E11' as event_code,
        'landed_cost' as event_kind,
        posting_date, event_at, amount,
        'landed cost' as cost_source,
        layer_event_id as linked_event_id,
        known_at
    from {{ ref('int_valuation__landed_event') }}
    union all
    select
        company_id, item_id,
        concat_ws('/', source_system, supplier_invoice_id, invoice_line, layer_event_id),
        concat(supplier_invoice_id, '/', invoice_line),
        'E10',
        'invoice_variance',
        posting_date, event_at, amount,
        'supplier invoice',
        layer_event_id,
        known_at
    from {{ ref('int_valuation__supplier_variance') }}

),

cost_only as (      -- ruling C13: a change of value says why

    select * from {{ ref('int_stock__movement') }}
    where
        movement_type = 'cost_only'
        and reason_code in ('landed_cost', 'revaluation', 'nrv')
        and given_cost_amount <> 0
        and item_id is not null

),

receipt_layers as (

    select
        company_id, receipt_id, receipt_line, item_id,
        min(layer_event_id) as layer_event_id
    from {{ ref('int_valuation__receipt_layer') }}
    where layer_event_id is not null
    group by company_id, receipt_id, receipt_line, item_id

)

select
    papers.company_id, papers.item_id, papers.event_id, papers.movement_id, '' as movement_line,
    papers.event_code, papers.event_kind, papers.posting_date, papers.event_at,
    cast(0 as decimal(18, 6)) as qty_base,
    papers.amount, papers.cost_source, papers.linked_event_id,
    coalesce(layers.lot_number, '') as lot_number,
    coalesce(layers.location_id, '') as location_id,
    papers.known_at
from papers
left join layers
    on
        papers.company_id = layers.company_id
        and papers.linked_event_id = layers.event_id

union all

select
    cost_only.company_id, cost_only.item_id,
    concat_ws(
        '/', cost_only.source_system, cost_only.company_id, cost_only.source_movement_id,
        cost_only.source_movement_line
    ),
    cost_only.source_movement_id, cost_only.source_movement_line,
    case cost_only.reason_code when 'nrv' then 'E35' when 'revaluation' then 'E56' else 'E11' end,
    case
        when cost_only.reason_code = 'nrv' then 'nrv'
        when receipt_layers.layer_event_id is not null and cost_only.reason_code = 'landed_cost'
            then 'landed_cost'
        else 'revaluation'
    end,
    cost_only.posting_date, cost_only.event_at,
    cast(0 as decimal(18, 6)),
    cast(cost_only.given_cost_amount as decimal(18, 4)), 'movement ext_cost',
    case when cost_only.reason_code = 'landed_cost' then coalesce(receipt_layers.layer_event_id, '') else '' end,
    coalesce(nullif(cost_only.serial_number, ''), cost_only.lot_number, ''),
    coalesce(cost_only.location_id, ''),
    coalesce(cost_only.recorded_at, cost_only.event_at)
from cost_only
left join receipt_layers
    on
        cost_only.company_id = receipt_layers.company_id
        and cost_only.receipt_id = receipt_layers.receipt_id
        and cost_only.receipt_line = receipt_layers.receipt_line
        and cost_only.item_id = receipt_layers.item_id

union all

select      -- E41: freight of a transfer, where the posting profile makes it cost of the goods
    company_id, item_id,
    concat_ws('/', 'freight', company_id, transfer_id, item_id, ledger_date),
    transfer_id, '',
    'E41',
    'revaluation',
    ledger_date, sent_at,
    cast(0 as decimal(18, 6)),
    amount, 'lane', '',
    '',
    to_location_id,
    sent_at
from {{ ref('int_ledger__transfer_freight') }}
where transfer_cost = 'capitalise' and amount <> 0
