{#-
    The rows of a raw table that hold now. Which rows a later version or a tombstone has taken the
    place of is known from the loading, and they are few: leaving them out costs a lookup, where
    finding the latest version anew in every table that reads would cost a sort. A join and no
    `not exists`, for which DuckDB first groups all rows by what they are looked up with.
-#}
{% macro latest_version(relation) %}
select versions.*
from {{ relation }} as versions
left join (
    select _batch_id, _source_file, _row_number, _row_hash
    from {{ source('ingest', 'outdated_row') }}
    where feed = '{{ relation.identifier }}'
) as outdated
    on
        versions._batch_id = outdated._batch_id
        and versions._source_file = outdated._source_file
        and versions._row_number = outdated._row_number
        and versions._row_hash = outdated._row_hash
where outdated._row_hash is null
{% endmacro %}
