"""dbt as Dagster assets, run in process: everything before the engines, and what reads them."""

from collections.abc import Iterator, Mapping
from typing import Any

from dagster import (
    AssetCheckResult,
    AssetCheckSeverity,
    AssetExecutionContext,
    AssetKey,
    AssetsDefinition,
    Failure,
    MaterializeResult,
)
from dagster_dbt import DagsterDbtTranslator, DagsterDbtTranslatorSettings, dbt_assets

from pipelines.build import AFTER_ENGINES, prepare_build, row_counts, run_dbt
from pipelines.defs.resources import WorkspaceResource
from pipelines.warehouse.dbt_build import NodeOutcome
from pipelines.warehouse.project import manifest_document

Result = MaterializeResult[Any] | AssetCheckResult


class TieoutTranslator(DagsterDbtTranslator):
    """Groups tables by layer; sources keep the key that the raw assets have."""

    def get_group_name(self, dbt_resource_props: Mapping[str, Any]) -> str | None:
        """Layer of the table: seeds, staging, intermediate, marts."""
        return str(dbt_resource_props["fqn"][1])


TRANSLATOR = TieoutTranslator(DagsterDbtTranslatorSettings(enable_asset_checks=True))


@dbt_assets(
    manifest=manifest_document(),
    exclude=AFTER_ENGINES,
    dagster_dbt_translator=TRANSLATOR,
    name="warehouse",
)
def warehouse_tables(context: AssetExecutionContext, tieout: WorkspaceResource) -> Iterator[Result]:
    """Build and test every table that needs no engine, in a fresh database."""
    prepare_build(tieout.workspace, as_of=tieout.asked_as_of)
    outcomes = run_dbt(tieout.workspace, exclude=[AFTER_ENGINES])
    yield from dagster_results(context.assets_def, outcomes, row_counts(tieout.workspace))


@dbt_assets(
    manifest=manifest_document(),
    select=AFTER_ENGINES,
    dagster_dbt_translator=TRANSLATOR,
    name="answers",
)
def answer_tables(context: AssetExecutionContext, tieout: WorkspaceResource) -> Iterator[Result]:
    """Build and test the tables that read what the engines computed."""
    outcomes = run_dbt(tieout.workspace, select=[AFTER_ENGINES])
    yield from dagster_results(context.assets_def, outcomes, row_counts(tieout.workspace))


def dagster_results(
    assets_def: AssetsDefinition, outcomes: list[NodeOutcome], rows: Mapping[str, int]
) -> Iterator[Result]:
    """dbt outcomes as materialisations and checks; a blocking failure stops what comes after."""
    nodes = manifest_document()["nodes"]
    for outcome in outcomes:
        properties = nodes.get(outcome.unique_id)
        if properties is None:
            continue
        counted = {"dagster/row_count": rows[outcome.name]} if outcome.name in rows else {}
        if outcome.kind == "test":
            yield from _check_result(assets_def, properties, outcome)
        elif outcome.kind in {"model", "seed"} and not outcome.failed:
            key = TRANSLATOR.get_asset_spec(manifest_document(), outcome.unique_id, None).key
            if key in assets_def.keys:
                yield MaterializeResult(
                    asset_key=key, metadata={**counted, "seconds": round(outcome.seconds, 3)}
                )
    failed = [outcome for outcome in outcomes if outcome.failed]
    if failed:
        raise Failure(
            description="\n".join(outcome.words for outcome in failed[:20]),
            metadata={"failed": len(failed)},
        )


def _check_result(
    assets_def: AssetsDefinition, properties: Mapping[str, Any], outcome: NodeOutcome
) -> Iterator[AssetCheckResult]:
    """Verdict of one dbt test on the asset it is attached to, where it is attached to one."""
    for spec in assets_def.check_specs:
        if spec.metadata.get("dagster_dbt/unique_id") == outcome.unique_id or (
            spec.name == properties["name"]
        ):
            yield AssetCheckResult(
                asset_key=spec.asset_key,
                check_name=spec.name,
                passed=outcome.status == "pass",
                severity=AssetCheckSeverity.ERROR
                if outcome.is_blocking
                else AssetCheckSeverity.WARN,
                metadata={"rows that break it": outcome.failures, "message": outcome.message},
            )
            return


def table_keys() -> list[AssetKey]:
    """Keys of every table and seed of the project."""
    return sorted(set(warehouse_tables.keys) | set(answer_tables.keys))


assets = [warehouse_tables, answer_tables]
