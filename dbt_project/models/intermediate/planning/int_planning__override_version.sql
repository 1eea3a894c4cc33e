-- What planners said instead of the advice, every version of it. The key of such an override names
-- the figure, the item and the place: `reorder_point|ITEM|PLACE`, subject `value`.
with

run as (

    select * from {{ ref('int_control__run') }}

),

versions as (

    select * from {{ ref('stg_policy__override_version') }}
    where subject = 'value'

),

latest as (

    select * from {{ ref('stg_policy__override') }}

),

read_keys as (

    select
        companies.company_id,
        versions.override_id,
        split_part(versions.business_key, '|', 1) as figure,
        split_part(versions.business_key, '|', 2) as item_id,
        split_part(versions.business_key, '|', 3) as location_id,
        versions.new_value,
        case
            when regexp_extract(trim(versions.new_value), '^[0-9]{1,12}([.][0-9]{1,6})?$', 0) <> ''
                then cast(trim(versions.new_value) as decimal(18, 6))
        end as override_qty,
        versions.reason,
        versions.user_id,
        versions.approved_by,
        versions.approved_at,
        versions.valid_from,
        versions.valid_to,
        versions.expires_at,
        coalesce(versions.is_deleted, false) as is_withdrawn,
        latest.override_id is not null as is_latest,
        versions.source_system,
        versions._delivered_at as delivered_at,
        versions._batch_seq as batch_seq,
        versions._source_file as source_file,
        versions._row_number as row_number_in_file,
        companies.as_of_date,
        run.as_of_at
    from versions
    cross join run
    inner join {{ ref('int_master__company') }} as companies
        on versions.company_id in (companies.company_id, '*')
    left join latest
        on
            versions.override_id = latest.override_id
            and versions._batch_id = latest._batch_id
            and versions._source_file = latest._source_file
            and versions._row_number = latest._row_number

),

judged as (

    select
        read_keys.*,
        case
            when read_keys.is_withdrawn then 'withdrawn'
            when not read_keys.is_latest then 'replaced'
            when read_keys.override_qty is null then 'not_a_quantity'
            when advice.item_id is null then 'no_such_line'
            when read_keys.approved_by is null then 'not_approved'
            when read_keys.valid_from > read_keys.as_of_date then 'not_yet'
            when
                read_keys.expires_at <= read_keys.as_of_at
                or coalesce(read_keys.valid_to, read_keys.as_of_date) < read_keys.as_of_date
                then 'expired'
            else 'in_force'
        end as judged_standing
    from read_keys
    left join {{ ref('int_planning__reorder_advice') }} as advice
        on
            read_keys.company_id = advice.company_id
            and read_keys.item_id = advice.item_id
            and read_keys.location_id = advice.location_id
    where read_keys.figure in ('reorder_point', 'safety_stock', 'order_up_to', 'order_qty')

)

select
    *,
    case
        when
            judged_standing = 'in_force'
            and row_number() over (
                partition by company_id, item_id, location_id, figure, judged_standing
                order by
                    valid_from desc, delivered_at desc, batch_seq desc, override_id desc,
                    source_system asc, row_number_in_file desc
            ) > 1
            then 'overruled'
        else judged_standing
    end as standing
from judged
