-- rendered from models/contracts/billing.py; edit there
with

latest as (

    {{ latest_version(source('raw', 'billing_order_line')) }}

)

select
    order_id,
    order_line,
    order_type,
    order_at,
    confirmed_at,
    customer_code,
    bill_to_code,
    ship_to_code,
    customer_po,
    channel,
    sales_rep,
    item_code,
    qty_ordered,
    qty_cancelled,
    uom,
    unit_price,
    price_uom,
    price_basis_qty,
    discount_pct,
    net_amount,
    tax_amount,
    freight_amount,
    currency,
    price_tax_inclusive,
    price_source,
    requested_date,
    promised_date,
    promise_basis,
    ship_from_location,
    payment_terms_code,
    freight_terms,
    fob_point,
    credit_status,
    credit_hold_at,
    credit_release_at,
    released_by,
    line_status,
    changed_at,
    changed_by,
    contract_id,
    recurrence_rule,
    invoice_policy,
    source_system,
    company_id,
    source_updated_at,
    is_deleted,
    _batch_id,
    _delivered_at,
    _source_file,
    _row_number
from latest
