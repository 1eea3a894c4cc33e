select
    lines.*,
    run.as_of_at,
    run.watermark_at
from {{ ref('int_margin__line') }} as lines
cross join {{ ref('int_control__run') }} as run
