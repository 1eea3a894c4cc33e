-- rendered from models/contracts/ingest.py; edit there
select
    feed,
    source_system,
    company_id,
    batch_id,
    file_name,
    row_number,
    business_key,
    reasons,
    raw_text,
    order_id,
    order_line,
    shipment_id,
    shipment_line,
    invoice_id,
    invoice_line,
    journal_id,
    journal_line,
    receipt_id,
    movement_id,
    sequence_no
from {{ source('ingest', 'rejected_row') }}
