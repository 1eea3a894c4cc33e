-- Whose the consigned goods at a place are, where a row does not say: the owner that another row names.
select
    company_id,
    item_id,
    location_id,
    min(owner_id) as owner_id
from {{ ref('int_stock__mapped_movement') }}
where to_state = 'CONSIGN_IN' and is_owner_given and event_code is not null
group by company_id, item_id, location_id
