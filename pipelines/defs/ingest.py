"""Landing files -> raw lake: one asset per contract table, all made by one reading."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dagster import AssetKey, AssetsDefinition, AssetSpec, MaterializeResult, multi_asset

from models.contracts import CONTRACTS, KEPT, WORKLOG
from pipelines.defs.resources import WorkspaceResource
from pipelines.feeds import INGEST_TABLES, ingest_counts, read_landing, table_counts

Sources = Mapping[str, Sequence[tuple[str, str]]]  # contract table -> (source system, source)


def landing_key(source: tuple[str, str]) -> AssetKey:
    """Key of the files that one mapping source names."""
    return AssetKey(["landing", *source])


def landing_specs(sources: Sources) -> list[AssetSpec]:
    """One external asset per source of a mapping, so that lineage starts at the delivered file."""
    keys = sorted({source for named in sources.values() for source in named})
    return [AssetSpec(landing_key(key), group_name="landing", kinds={"file"}) for key in keys]


def worklog_specs() -> list[AssetSpec]:
    """One external asset per table of the worklog: people write it, beside what is delivered."""
    return [
        AssetSpec(AssetKey(["worklog", table]), group_name="worklog", kinds={"sqlite"})
        for table in WORKLOG
    ]


def kept_specs() -> list[AssetSpec]:
    """One external asset per table that earlier runs left behind."""
    return [
        AssetSpec(AssetKey(["kept", table]), group_name="kept", kinds={"parquet"}) for table in KEPT
    ]


def raw_assets(sources: Sources) -> AssetsDefinition:
    """The reading of landing, with one asset per contract table and per table about the feeds."""
    raw = [
        AssetSpec(
            AssetKey(["raw", table]),
            group_name="raw",
            kinds={"parquet"},
            description=contract.__doc__,
            deps=[landing_key(source) for source in sources.get(table, ())],
        )
        for table, contract in CONTRACTS.items()
    ]
    about = [
        AssetSpec(AssetKey(["ingest", table]), group_name="ingest", deps=raw)
        for table in INGEST_TABLES
    ]

    @multi_asset(name="ingest", specs=[*raw, *about])
    def raw_tables(tieout: WorkspaceResource) -> Iterator[MaterializeResult[Any]]:
        """Read what is new in landing through mapping and contract into the lake."""
        read_landing(tieout.workspace, now=tieout.workspace.now())
        for table, counts in table_counts(tieout.workspace).items():
            yield MaterializeResult(asset_key=AssetKey(["raw", table]), metadata=counts)
        for table, counts in ingest_counts(tieout.workspace).items():
            yield MaterializeResult(asset_key=AssetKey(["ingest", table]), metadata=counts)

    return raw_tables
