{#-
    The latest version of each key, without rows that a tombstone took away. A later change in the
    source wins; where the source does not date its changes, the later delivery wins, then the later
    file of one delivery, then the later row of one file. A null in the key is a value of its own.
-#}
{% macro latest_version(relation, key) %}
select *
from (
    select
        *,
        row_number() over (
            partition by {{ key | join(', ') }}
            order by
                source_updated_at desc nulls last,
                _delivered_at desc,
                _batch_seq desc,
                _row_number desc
        ) as version_rank
    from {{ relation }}
) as versions
where version_rank = 1 and not coalesce(is_deleted, false)
{% endmacro %}
