select
    feed,
    source_system,
    company_id,
    source_movement_id,
    source_movement_line,
    movement_type,
    document_type,
    item_code,
    item_id,
    location_id,
    own_state,
    qty,
    uom,
    event_at,
    coalesce(
        problem,
        case
            when reading = 'reversal'
                then concat(
                    'reverses ', coalesce(reversal_of_movement_id, 'nothing'),
                    ', which is not among the movements, and its kind does not say how'
                )
            when reading = 'both_sides'
                then concat(
                    'no event of type ', movement_type, ' leads from ', pair_from_state, ' to ',
                    own_state
                )
            else concat(
                'no event of type ', movement_type,
                case when document_type is not null then concat(' on a ', document_type) else '' end,
                ' takes goods ', direction, case direction when 'in' then ' to ' else ' of ' end,
                own_state
            )
        end
    ) as reason,
    _source_file,
    _row_number
from {{ ref('int_stock__owned_movement') }}
where
    problem is not null
    or (event_code is null and reading in ('one_side', 'both_sides', 'reversal'))
