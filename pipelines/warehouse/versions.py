"""Which accepted rows hold no more, and since when, found once per build for all that read them.

A later change in the source wins; where the source does not date its changes, the later delivery
wins, then the later batch of one delivery time, then the later row of one file. A null in the key is a
value of its own. A key whose latest version is a tombstone has no row at all.
"""

from __future__ import annotations

from collections.abc import Iterable

import duckdb

from models.contracts.kernel import Contract

VERSIONS = """
    insert into ingest.row_version
    select
        '{table}',
        _batch_id,
        _source_file,
        _row_number,
        _row_hash,
        -- a version is looked past from the day on which a newer one is delivered, in whatever order
        min(_delivered_at) over (newer rows between unbounded preceding and 1 preceding),
        min(_delivered_at) over (partition by {key}),
        row_number() over newer = 1 and not coalesce(is_deleted, false)
    from (
        select *
        from {rows} as versions
        where exists (
            select 1
            from (
                select {key}
                from {rows}
                group by {key}
                having count(*) > 1 or bool_or(coalesce(is_deleted, false))
            ) as several
            where {same}
        )
    )
    window newer as (
        partition by {key}
        order by
            source_updated_at desc nulls last,
            _delivered_at desc,
            _batch_seq desc,
            _row_number desc
    )
"""
OUTDATED = """
    insert into ingest.outdated_row
    select feed, _batch_id, _source_file, _row_number, _row_hash
    from ingest.row_version
    where not is_current
"""
# The same for the keys of a batch alone: what was noted of them gives way to what holds now.
NOTED_AGAIN = (
    """
    create or replace temp table told as
    select {columns}
    from raw.{table} as versions
    semi join {keys} as keys on {matched}
""",
    """
    delete from ingest.row_version as noted using temp.told
    where noted.feed = '{table}' and {located}
""",
    """
    delete from ingest.outdated_row as noted using temp.told
    where noted.feed = '{table}' and {located}
""",
)
ORDERED_BY = (
    "source_updated_at",
    "is_deleted",
    "_batch_id",
    "_delivered_at",
    "_batch_seq",
    "_source_file",
    "_row_number",
    "_row_hash",
)
LOCATED = " and ".join(
    f"noted.{name} = told.{name}"
    for name in ("_batch_id", "_source_file", "_row_number", "_row_hash")
)
# Looked at first: most tables hold each key once, and for these nothing is sorted.
HAS_OUTDATED = """
    select
        count(*) <> count(distinct ({key})) or coalesce(bool_or(is_deleted), false)
    from raw.{table}
"""


def note_outdated_rows(
    connection: duckdb.DuckDBPyConnection, contracts: Iterable[type[Contract]]
) -> None:
    """Fill `ingest.row_version` and `ingest.outdated_row` for the given raw tables of a build."""
    connection.sql(
        "create table ingest.row_version (feed varchar, _batch_id varchar, _source_file varchar,"
        " _row_number bigint, _row_hash varchar, superseded_at timestamptz,"
        " first_delivered_at timestamptz, is_current boolean)"
    )
    connection.sql(
        "create table ingest.outdated_row (feed varchar, _batch_id varchar, _source_file varchar,"
        " _row_number bigint, _row_hash varchar)"
    )
    for contract in contracts:
        parts = _parts(contract) | {"rows": f"raw.{contract.table()}"}
        found = connection.sql(HAS_OUTDATED.format(**parts)).fetchone()
        if found is not None and found[0]:
            connection.sql(VERSIONS.format(**parts))
    connection.sql(OUTDATED)


def note_versions_of(
    connection: duckdb.DuckDBPyConnection, contract: type[Contract], *, keys: str
) -> None:
    """Note anew which rows hold, for the keys of a relation and of the open build's table alone."""
    parts = _parts(contract) | {"rows": "temp.told", "keys": keys, "located": LOCATED}
    for statement in NOTED_AGAIN:
        connection.execute(statement.format(**parts))
    connection.execute(VERSIONS.format(**parts))
    connection.execute(
        f"{OUTDATED} and feed = '{contract.table()}' and (_batch_id, _source_file, _row_number,"
        " _row_hash) in (select (_batch_id, _source_file, _row_number, _row_hash) from temp.told)"
    )


def _parts(contract: type[Contract]) -> dict[str, str]:
    """What the statements need to know of a table: its name and its key."""
    names = contract.version_key()
    return {
        "table": contract.table(),
        "key": ", ".join(names),
        # of a row's versions only what orders and names them is read from the lake
        "columns": ", ".join(f"versions.{n}" for n in dict.fromkeys((*names, *ORDERED_BY))),
        "same": " and ".join(f"several.{n} is not distinct from versions.{n}" for n in names),
        "matched": " and ".join(f"keys.{n} is not distinct from versions.{n}" for n in names),
    }
