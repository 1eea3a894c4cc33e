{{ config(materialized='view') }}

{#- Documents that name codes: feed, its time, what names the document, which column holds a code of
    what, and which rows take part. Drafts take part in nothing. -#}
{%- set order = {'order_id': 'order_id', 'order_line': 'order_line'} -%}
{%- set shipment = {'shipment_id': 'shipment_id'} -%}
{%- set receipt = {'receipt_id': 'receipt_id', 'receipt_line': 'receipt_line'} -%}
{%- set invoice = {'invoice_id': 'invoice_id'} -%}
{%- set purchase = {'purchase_order_id': 'po_id', 'purchase_order_line': 'po_line'} -%}
{%- set item, place = {'item': 'item_code'}, {'location': 'location_code'} -%}
{%- set documents = [
    ('wms_stock_movement', 'event_at', {'movement_id': 'movement_id'}, [item, place], 'true'),
    ('wms_inventory_snapshot', 'snapshot_at', {}, [item, place], 'true'),
    ('wms_inbound_line', 'null', {}, [item, {'location': 'to_location_code'}, {'supplier': 'supplier_code'}], 'true'),
    ('wms_receipt_line', 'received_at', receipt, [item, place, {'supplier': 'supplier_code'}], "coalesce(status, 'posted') <> 'draft'"),
    ('wms_allocation', 'reserved_at', order, [item, place], 'true'),
    ('wms_shipment', 'ship_confirm_at', shipment, [{'location': 'ship_from_location'}, {'customer': 'customer_code'}, {'carrier': 'carrier_code'}], "status not in ('draft', 'planned')"),
    ('wms_shipment_line', 'null', dict(order, shipment_id='shipment_id', shipment_line='shipment_line'), [item, place], 'true'),
    ('wms_count_line', 'count_at', {'count_id': 'count_id'}, [item, place], 'true'),
    ('billing_order_line', 'order_at', order, [item, {'location': 'ship_from_location'}, {'customer': 'customer_code'}, {'customer': 'bill_to_code'}], "line_status <> 'draft'"),
    ('billing_invoice', 'created_at', invoice, [{'customer': 'customer_code'}, {'customer': 'bill_to_code'}], "status <> 'draft'"),
    ('billing_invoice_line', 'null', dict(order, invoice_id='invoice_id', invoice_line='invoice_line'), [item], 'true'),
    ('billing_billable_event', 'event_at', dict(order, shipment_id='shipment_id'), [item, place, {'customer': 'customer_code'}], 'true'),
    ('purchasing_order_line', 'confirmed_at', purchase, [item, {'location': 'to_location_code'}, {'supplier': 'supplier_code'}], "status <> 'draft'"),
    ('purchasing_invoice_line', 'null', dict(purchase, **receipt), [item], "coalesce(status, 'posted') <> 'parked'"),
] -%}
{%- set named = [
    'order_id', 'order_line', 'shipment_id', 'shipment_line', 'invoice_id', 'invoice_line',
    'receipt_id', 'receipt_line', 'movement_id', 'count_id', 'purchase_order_id',
    'purchase_order_line',
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
        {{ 'uom' if kind == 'item' else 'cast(null as varchar)' }} as uom,
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
    {{ 'union all' if not loop.last }}
{% endfor %}
