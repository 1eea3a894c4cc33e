-- Which charges stand beside the goods of a shipment, as one word.

with

kinds as (

    select
        company_id,
        shipment_id,
        max(case when line_kind = 'freight' then 'freight' end) as freight,
        max(case when line_kind = 'handling' then 'handling' end) as handling,
        max(case when line_kind = 'hazmat' then 'hazmat' end) as hazmat,
        max(case when line_kind = 'surcharge' then 'surcharge' end) as surcharge,
        max(case when line_kind = 'service' then 'service' end) as service
    from {{ ref('int_billing__charge_state') }}
    where shipment_id is not null
    group by company_id, shipment_id

)

select
    company_id,
    shipment_id,
    concat_ws('+', freight, handling, hazmat, surcharge, service) as charges
from kinds
