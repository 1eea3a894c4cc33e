"""One file for one table: refused, found loaded already, or loaded.

Parquet and quarantine are written first; the transaction in `_commit` is the moment it counts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from pipelines.ingest.batch import Made, Surroundings, Written, make, write
from pipelines.ingest.controls import Compared, FeedManifest, compare, manifest_for, refusal
from pipelines.ingest.delivered import DeliveredFiles
from pipelines.ingest.expressions import ExpressionFails
from pipelines.ingest.lake import write_parquet
from pipelines.ingest.lake_memory import LakeMemory
from pipelines.ingest.manifest import Manifest
from pipelines.ingest.manifest_rows import Batch
from pipelines.ingest.mapped import dry_run, empty_frames, unknown_columns
from pipelines.ingest.planning import Plan, Planner, missing_columns
from pipelines.ingest.quarantine import examples, stored, write_rejected
from pipelines.ingest.report import Counts, Delivery, OddColumns, Status, Totals
from pipelines.ingest.revisit import note_changed_past
from pipelines.ingest.wording import counted
from pipelines.ingest.work import MANIFEST_TABLE, Work
from pipelines.readers.tabular import ColumnsMissing, FileRefused

Progress = Callable[[str, int, int], None]


@dataclass(slots=True)
class Loading:
    """What one run knows and has done so far."""

    lake: Path
    quarantine: Path
    manifest: Manifest
    memory: LakeMemory
    files: DeliveredFiles
    planner: Planner
    progress: Progress
    deliveries: list[Delivery] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    new_batches: list[str] = field(default_factory=list)
    unchanged: int = 0
    replayed: int = 0


def process(run: Loading, work: Work, plan: Plan) -> None:
    batch_id = work.batch_id
    if run.manifest.active_batch(batch_id) is not None:
        _note_repeat(run, work)
        return
    if batch_id in plan.short_of and run.manifest.in_slot(work.slot) is not None:
        # The batch was made with files that are gone since; it is better than one made without.
        run.unchanged += 1
        return
    problem = plan.waiting.get(batch_id) or plan.short_of.get(batch_id)
    missing: tuple[str, ...] = ()
    for driver in work.drivers:
        problem = problem or plan.refused.get(driver.file.name)
        missing += plan.missing.get(driver.file.name, ())
    if problem is None:
        try:
            _load(run, work)
            return
        except (FileRefused, ExpressionFails, pl.exceptions.PolarsError) as refused:
            problem = _problem(work, refused)
            missing = refused.columns if isinstance(refused, ColumnsMissing) else ()
    run.refused.setdefault(work.file_name, problem)
    refusal_note = _delivery(work, Counts(), Totals(), Status.REFUSED, problem)
    _note(run, refusal_note, [OddColumns("missing", missing)])


def _problem(work: Work, refused: Exception) -> str:
    if isinstance(refused, FileRefused):
        return str(refused)
    first_line = str(refused).strip().splitlines()[0]
    return (
        f"{work.file_name}: refused, {work.feed.table} cannot be mapped: {first_line}. "
        "Next: correct the mapping, or ask the sender to correct the file."
    )


def _note_repeat(run: Loading, work: Work) -> None:
    """The same bytes again: nothing is stored, and another name is put on record."""
    known = run.manifest.delivery(work.feed.table, work.batch_id, work.file_name)
    if known is not None:
        run.unchanged += 1
        return
    first = run.manifest.loaded_delivery(work.batch_id)
    assert first is not None, "an active batch was delivered"
    counts = Counts(repeated=first.counts.read, source_rows=first.counts.source_rows)
    message = f"{work.file_name}: the same bytes as {first.file_name}, loaded once."
    _note(run, _delivery(work, counts, first.totals, Status.REPEATED, message))


def _note(run: Loading, delivery: Delivery, odd: Sequence[OddColumns] = ()) -> None:
    known = run.manifest.delivery(delivery.feed, delivery.batch_id, delivery.file_name)
    if known == delivery:
        run.unchanged += 1
        return
    with run.manifest.transaction():
        run.manifest.put_delivery(delivery)
        run.manifest.put_odd_columns(delivery, odd)
    run.deliveries.append(delivery)


def _load(run: Loading, work: Work) -> None:
    unknown: list[str] = []
    if work.feed.entry is None:
        unknown = _checked_columns(run, work)
    made = make(work, run.files, surroundings(run, work), seq=_seq(run, work))
    row = _control_row(run, work)
    compared = (
        compare(row, made.measured(work.feed.contract), work.drivers[0].file) if row else None
    )
    if row and compared and compared.differences:
        problem = refusal(work.file_name, row, compared.differences)
        run.refused[work.file_name] = problem
        _note(run, _delivery(work, Counts(), compared.totals, Status.REFUSED, problem))
        return
    _commit(run, work, made, row, compared, unknown)


def _checked_columns(run: Loading, work: Work) -> list[str]:
    """Refuses a canonical file that lacks a required column; says which columns are unknown."""
    driver = work.drivers[0]
    empty = run.files.header(driver.file, driver.opening)
    missing = dry_run(work.feed, driver, empty, empty_frames(work, run.files))
    if missing:
        text = missing_columns(work.file_name, missing)
        problem, _, next_step = text.partition(" Next: ")
        columns = tuple(dict.fromkeys(column for column, _ in missing))
        raise ColumnsMissing(problem, next_step, columns)
    return unknown_columns(work.feed, empty)


def surroundings(run: Loading, work: Work) -> Surroundings:
    """Versions in the lake but those of the batch that this one takes the place of."""
    replaced = {
        b.batch_id for b in run.manifest.active_batches(work.feed.table) if b.slot == work.slot
    }
    known = [part for part in run.manifest.parts(work.feed.table) if part.batch_id not in replaced]
    header = work.feed.contract.header()
    headers = run.manifest.parts(header[0]) if header else []
    return Surroundings(
        memory=run.memory,
        known=tuple(known),
        headers=tuple(headers),
        header_systems=frozenset(run.manifest.systems_sending(header[0]) if header else ()),
    )


def _seq(run: Loading, work: Work) -> int:
    """The next number; a batch made again keeps the place of the one it replaces."""
    replaced = run.manifest.in_slot(work.slot)
    return replaced.seq if replaced is not None else run.manifest.next_seq()


def _control_row(run: Loading, work: Work) -> FeedManifest | None:
    """The manifest row that speaks of this file as a contract table."""
    if work.feed.table == MANIFEST_TABLE or len(work.drivers) != 1:
        return None
    return manifest_for(
        work.drivers[0].file,
        names=[work.feed.table],
        source_system=work.feed.source_system,
        company_id=work.feed.company_id,
        known=run.planner.manifests,
        is_only_file=run.planner.files_of(
            work.feed.table, work.feed.source_system, work.feed.company_id
        )
        == 1,
    )


def _commit(
    run: Loading,
    work: Work,
    made: Made,
    row: FeedManifest | None,
    compared: Compared | None,
    unknown: Sequence[str],
) -> None:
    done = write(made, work, run.lake)
    place = stored(run.quarantine, work.feed.table, work.batch_id)
    write_rejected(place, done.rejected, done.broken, work, run.files)
    if len(done.parked):
        write_parquet(place.parked, [done.parked])
    else:
        place.parked.unlink(missing_ok=True)
    totals = compared.totals if compared else Totals()
    odd = [OddColumns("unknown", tuple(unknown)), OddColumns("type", made.retyped)]
    notes = [*(compared.notes if compared else ()), *_column_notes(odd)]
    delivery = _delivery(work, done.counts, totals, Status.LOADED, _message(work, done, notes))
    batch = _batch(run, work, row, done)
    with run.manifest.transaction():
        note_changed_past(run.manifest, batch)
        run.manifest.add_batch(batch, done.parts, done.reaches)
        for driver in work.drivers:
            run.manifest.forget_refusals(driver.file.hash, work.feed.table, work.batch_id)
        run.manifest.put_delivery(delivery)
        run.manifest.put_odd_columns(delivery, odd)
    run.deliveries.append(delivery)
    run.new_batches.append(work.batch_id)


def _batch(run: Loading, work: Work, row: FeedManifest | None, done: Written) -> Batch:
    latest = max(
        (reach.latest_event_at for reach in done.reaches if reach.latest_event_at), default=None
    )
    choices = [
        (row.watermark_at if row else None, "manifest"),
        (work.feed.watermark_at, "mapping"),
        (work.delivered_at if work.basis == "file_name" else None, "file_name"),
        (latest, "latest_event"),
    ]
    at, basis = next(
        ((at, basis) for at, basis in choices if at is not None), (None, "latest_event")
    )
    assert work.delivered_at is not None, "a batch is delivered at some time"
    return Batch(
        batch_id=work.batch_id,
        slot=work.slot,
        feed=work.feed.table,
        source_system=work.feed.source_system,
        company_id=work.feed.company_id,
        label=work.feed.label,
        seq=_seq(run, work),
        delivered_at=work.delivered_at,
        drivers=tuple(driver.file.hash for driver in work.drivers),
        watermark_at=at,
        watermark_basis=basis,
    )


def _delivery(work: Work, counts: Counts, totals: Totals, status: Status, message: str) -> Delivery:
    assert work.delivered_at is not None, "a file is delivered at some time"
    return Delivery(
        feed=work.feed.table,
        source_system=work.feed.source_system,
        company_id=work.feed.company_id,
        label=work.feed.label,
        batch_id=work.batch_id,
        file_name=work.file_name,
        file_hash=work.file_hash,
        delivered_at=work.delivered_at,
        counts=counts,
        totals=totals,
        status=status,
        message=message,
    )


def _column_notes(odd: Sequence[OddColumns]) -> list[str]:
    words = {
        "unknown": "unknown columns kept beside the contract",
        "type": "columns of which no value can be read as its type",
    }
    return [f"{words[one.oddity]}: {', '.join(one.columns)}" for one in odd if one.columns]


def _message(work: Work, done: Written, notes: Sequence[str]) -> str:
    """Nothing to say about a file that came in whole; otherwise what, where, how many, what next."""
    counts = done.counts
    said = []
    if counts.rejected:
        rows = counted(counts.rejected, "row")
        said.append(f"{rows} rejected. {'. '.join(examples(done.rejected, work))}")
        known = f", {counts.repeated} were there already" if counts.repeated else ""
        said.append(f"Accepted {counts.accepted} of {counts.read}{known}")
    said += notes
    if not said:
        return ""
    next_step = f" Next: {_next_step(work, done)}" if counts.rejected else ""
    return f"{work.file_name}: {work.feed.table}: {'. '.join(said)}.{next_step}"


def _next_step(work: Work, done: Written) -> str:
    place = f"see quarantine/{work.feed.table}/{work.batch_id}.csv"
    steps = []
    if len(done.parked):
        steps.append("deliver the missing headers, their lines then come in by themselves")
    if len(done.rejected) > len(done.parked):
        steps.append("have the rows corrected at the source and delivered again")
    return f"{place}; {'; '.join(steps)}."
