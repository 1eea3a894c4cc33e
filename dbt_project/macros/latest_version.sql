{#-
    The rows of a raw table that hold now. Which rows a later version or a tombstone has taken the
    place of is known from the loading, and they are few: leaving them out costs a lookup, where
    finding the latest version anew in every table that reads would cost a sort.
-#}
{% macro latest_version(relation) %}
select versions.*
from {{ relation }} as versions
where not exists (
    select 1
    from {{ source('ingest', 'outdated_row') }} as outdated
    where
        outdated.feed = '{{ relation.identifier }}'
        and outdated._batch_id = versions._batch_id
        and outdated._source_file = versions._source_file
        and outdated._row_number = versions._row_number
        and outdated._row_hash = versions._row_hash
)
{% endmacro %}
