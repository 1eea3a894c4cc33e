{{ config(materialized='view') }}

{#- Documents that name codes: feed, its time, what names the document, which column holds a code of
    what, and which rows take part. Drafts take part in nothing. -#}
{%- set order = {'order_id': 'order_id', 'order_line': 'order_line'} -%}
{%- set shipment = {'shipment_id': 'shipment_id'} -%}
{%- set receipt = {'receipt_id': 'receipt_id', 'receipt_line': 'receipt_line'} -%}
{%- set invoice = {'invoice_id': 'invoice_id'} -%}
{%- set purchase = {'purchase_order_id': 'po_id', 'purchase_order_line': 'po_line'} -%}
{%- set item, place = {'item': 'item_code'}, {'location': 'location_code'} -%}
{%- set customer, supplier = {'customer': 'customer_code'}, {'supplier': 'supplier_code'} -%}
{%- set account, money = {'account': 'account'}, {'currency': 'currency'} -%}
{%- set unrated = {'currency': 'case when fx_rate is null then currency end'} -%}
{%- set journal = {'journal_id': 'journal_id', 'journal_line': 'journal_line'} -%}
{%- set documents = [
    ('wms_stock_movement', 'event_at', {'movement_id': 'movement_id'}, [item, place, {'location': 'counter_location_code'}], 'true'),
    ('wms_inventory_snapshot', 'snapshot_at', {}, [item, place], 'true'),
    ('wms_inbound_line', 'null', {}, [item, {'location': 'to_location_code'}, {'location': 'from_location_code'}, supplier], 'true'),
    ('wms_receipt_line', 'received_at', receipt, [item, place, supplier], "coalesce(status, 'posted') <> 'draft'"),
    ('wms_allocation', 'reserved_at', order, [item, place], 'true'),
    ('wms_shipment', 'ship_confirm_at', shipment, [{'location': 'ship_from_location'}, {'location': 'to_location_code'}, customer, {'carrier': 'carrier_code'}], "status not in ('draft', 'planned')"),
    ('wms_shipment_line', 'null', dict(order, shipment_id='shipment_id', shipment_line='shipment_line'), [item, {'item': 'parent_item_code'}, place], 'true'),
    ('wms_count_line', 'count_at', {'count_id': 'count_id'}, [item, place], 'true'),
    ('billing_order_line', 'order_at', order, [item, {'location': 'ship_from_location'}, customer, {'customer': 'bill_to_code'}], "line_status <> 'draft'"),
    ('billing_invoice', 'created_at', invoice, [customer, {'customer': 'bill_to_code'}, unrated], "status <> 'draft'"),
    ('billing_invoice_line', 'null', dict(order, invoice_id='invoice_id', invoice_line='invoice_line'), [item], 'true'),
    ('billing_billable_event', 'event_at', dict(order, shipment_id='shipment_id'), [item, place, customer], 'true'),
    ('billing_cash_receipt', 'null', {}, [customer, money], 'true'),
    ('billing_dispute', 'opened_at', dict(invoice, invoice_line='invoice_line'), [customer], 'true'),
    ('purchasing_order_line', 'confirmed_at', purchase, [item, {'location': 'to_location_code'}, {'location': 'from_location_code'}, supplier], "status <> 'draft'"),
    ('purchasing_invoice', 'null', {}, [supplier, unrated], "status <> 'parked'"),
    ('purchasing_invoice_line', 'null', dict(purchase, **receipt), [item, supplier], "coalesce(status, 'posted') <> 'parked'"),
    ('purchasing_landed_cost', 'null', receipt, [money], 'true'),
    ('purchasing_payment', 'null', {}, [supplier, money], 'true'),
    ('gl_journal_line', 'entered_at', journal, [account, item, place], "posted_status = 'posted'"),
    ('gl_balance', 'as_of_at', {}, [account], 'true'),
    ('gl_inventory_subledger', 'null', {}, [item, place], 'true'),
    ('gl_ar_open_item', 'null', {}, [customer], 'true'),
    ('gl_ap_open_item', 'null', {}, [supplier], 'true'),
] -%}
{%- set named = [
    'order_id', 'order_line', 'shipment_id', 'shipment_line', 'invoice_id', 'invoice_line',
    'receipt_id', 'receipt_line', 'movement_id', 'count_id', 'purchase_order_id',
    'purchase_order_line', 'journal_id', 'journal_line',
] -%}
{%- set uses = [] -%}
{%- for feed, moment, names, columns, is_told in documents -%}
    {%- for column in columns -%}
        {%- for kind, code in column.items() -%}
            {%- do uses.append((feed, moment, names, kind, code, is_told)) -%}
        {%- endfor -%}
    {%- endfor -%}
{%- endfor %}

{% for feed, moment, names, kind, code, is_told in uses %}
    select
        '{{ feed }}' as feed,
        '{{ kind }}' as code_kind,
        source_system,
        company_id,
        {{ code }} as code,
        {{ 'uom' if code == 'item_code' and not feed.startswith('gl_') else 'cast(null as varchar)' }} as uom,
        {{ 'qty_base is not null' if feed == 'wms_stock_movement' else 'false' }} as is_in_base_unit,
        {%- for document in named %}
            cast({{ names.get(document, 'null') }} as varchar) as {{ document }},
        {%- endfor %}
        cast({{ moment }} as timestamp with time zone) as used_at,
        _delivered_at as delivered_at,
        _source_file as source_file,
        _row_number as row_number
    from {{ ref('stg_' ~ feed.replace('_', '__', 1)) }}
    where {{ code }} is not null and {{ code }} <> '' and {{ is_told }}
    union all
{% endfor %}
-- whatever a feed delivers names its company
select
    deliveries.feed,
    'company' as code_kind,
    '' as source_system,
    deliveries.company_id,
    deliveries.company_id as code,
    cast(null as varchar) as uom,
    false as is_in_base_unit,
    {%- for document in named %}
        cast(null as varchar) as {{ document }},
    {%- endfor %}
    cast(null as timestamp with time zone) as used_at,
    deliveries.delivered_at,
    deliveries.file_name as source_file,
    cast(null as bigint) as row_number
from {{ ref('int_control__company_delivery') }} as deliveries
