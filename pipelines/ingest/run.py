"""One ingestion: what is new in landing goes through mapping and contract into the lake.

Safe to repeat and safe to kill. Work is done in a fixed order (manifests, headers, lines; by
delivery time and name), one transaction per batch, so that a run that was killed goes on where it
stopped and ends where an undisturbed one would have ended.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from pathlib import Path

import polars as pl

from models.contracts import CONTRACTS
from pipelines.ingest.controls import FeedManifest, manifests_of
from pipelines.ingest.delivered import DeliveredFiles
from pipelines.ingest.lake import remove_unnamed
from pipelines.ingest.lake_memory import LakeMemory
from pipelines.ingest.landing import landed_files
from pipelines.ingest.loading import Loading, Progress, process, surroundings
from pipelines.ingest.manifest import open_manifest
from pipelines.ingest.mapping_file import Mapping
from pipelines.ingest.planning import Plan, Planner
from pipelines.ingest.quarantine import remove_unfinished
from pipelines.ingest.replay import replay
from pipelines.ingest.report import FileProblem, IngestReport
from pipelines.ingest.revisit import note_changed_past, revisit, to_revisit
from pipelines.ingest.work import CANONICAL, MANIFEST_TABLE, Work, table_rank


def ingest_workspace(
    *,
    landing: Path,
    policies: Path,
    mappings: Sequence[Mapping],
    lake: Path,
    quarantine: Path,
    delivered_clock: datetime,
    progress: Progress | None = None,
) -> IngestReport:
    """Load what is new; refuse, quarantine and report what cannot be loaded."""
    with open_manifest(lake) as manifest:
        remove_unnamed(lake, manifest.all_paths())
        remove_unfinished(quarantine)
        files = DeliveredFiles(manifest.inspections())
        planner = Planner(
            landed_files(landing, policies), mappings, files, manifest, delivered_clock
        )
        memory = LakeMemory(lake)
        run = Loading(lake, quarantine, manifest, memory, files, planner, progress or _silent)
        _do(run, planner.manifests_first())
        planner.manifests = _manifest_rows(run)
        plan = planner.the_rest()
        planner.remember()
        _retire_unmapped(run, plan)
        _do(run, plan)
        problems = {**run.refused, **plan.refused}
        return IngestReport(
            deliveries=tuple(run.deliveries),
            refused_files=tuple(FileProblem(name, text) for name, text in sorted(problems.items())),
            unknown_files=tuple(plan.unknown),
            new_batch_ids=tuple(run.new_batches),
            unchanged=run.unchanged,
            replayed_rows=run.replayed,
        )


def _silent(stage: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


def _do(run: Loading, plan: Plan) -> None:
    """Table by table: parked lines first, so that versions of a line keep their order."""
    by_table = {name: list(works) for name, works in groupby(plan.works, lambda w: w.feed.table)}
    lines = {name for name, contract in CONTRACTS.items() if contract.header()}
    tables = by_table.keys() | lines | run.manifest.tables_with_changed_past()
    done = 0
    for table in sorted(tables, key=lambda name: (table_rank(name), name)):
        run.replayed += replay(table, run.manifest, run.memory, run.lake, run.quarantine)
        for work in by_table.get(table, []):
            run.progress(f"{table} from {work.file_name}", done, len(plan.works))
            process(run, work, plan)
            done += 1
        _revisit(run, table, by_table.get(table, []))
    run.progress("landing", done, len(plan.works))


def _revisit(run: Loading, table: str, works: Sequence[Work]) -> None:
    by_batch = {work.batch_id: work for work in works}
    for batch, work in to_revisit(run.manifest, table, by_batch):
        around = surroundings(run, work)
        revisit(batch, work, run.manifest, run.files, around, run.lake)


def _manifest_rows(run: Loading) -> list[FeedManifest]:
    paths = [run.lake / part.path for part in run.manifest.parts(MANIFEST_TABLE)]
    if not paths:
        return []
    return manifests_of(pl.concat([pl.read_parquet(path) for path in paths], how="diagonal"))


def _retire_unmapped(run: Loading, plan: Plan) -> None:
    """Batches of a mapping entry that is gone, while their files are still there, hold no more."""
    wanted = {work.slot for work in plan.works}
    present = {file.hash for file in run.planner.landed}
    gone = [
        batch
        for batch in run.manifest.active_batches()
        if batch.label != CANONICAL
        and batch.feed != MANIFEST_TABLE
        and batch.slot not in wanted
        and present.issuperset(batch.drivers)
    ]
    if gone:
        with run.manifest.transaction():
            for batch in gone:
                note_changed_past(run.manifest, batch)
            run.manifest.retire([batch.batch_id for batch in gone])
