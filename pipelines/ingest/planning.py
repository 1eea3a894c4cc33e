"""Landed files into work: who feeds what, when it was delivered, and what can be seen to be wrong.

Everything that refuses a file as a whole and can be known beforehand is found here, before any
table of that file is loaded: a cut-off file, totals of the raw feed, columns that are missing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import polars as pl

from pipelines.ingest.controls import FeedManifest, Measured, compare, manifest_for, refusal
from pipelines.ingest.delivered import DeliveredFiles, Opening
from pipelines.ingest.expressions import ExpressionFails
from pipelines.ingest.landing import Landed, name_matches, sources_of_file, unknown_file
from pipelines.ingest.manifest import Manifest
from pipelines.ingest.mapped import dry_run, empty_frames
from pipelines.ingest.mapping_file import Mapping
from pipelines.ingest.report import FileProblem
from pipelines.ingest.steps import Missing
from pipelines.ingest.work import (
    MANIFEST_TABLE,
    Driver,
    Feed,
    Work,
    canonical_feeds,
    in_order,
    mapped_feeds,
)
from pipelines.readers.tabular import FileRefused


@dataclass(frozen=True, slots=True)
class Delivered:
    """When a file was delivered, and what says so."""

    at: datetime
    basis: str


@dataclass(slots=True)
class Plan:
    """Work in order; why files are refused (by name), and batches that cannot be made (by id).

    `missing`: the columns that a refused file lacks.
    `waiting`: a source they join has never come. `short_of`: files they need were there and are gone.
    """

    works: list[Work] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    missing: dict[str, tuple[str, ...]] = field(default_factory=dict)
    waiting: dict[str, str] = field(default_factory=dict)
    short_of: dict[str, str] = field(default_factory=dict)
    unknown: list[FileProblem] = field(default_factory=list)


@dataclass(slots=True)
class Planner:
    """Sees the landing of one run."""

    landed: Sequence[Landed]
    mappings: Sequence[Mapping]
    files: DeliveredFiles
    manifest: Manifest
    clock: datetime
    manifests: Sequence[FeedManifest] = ()
    _delivered: dict[tuple[str, str], Delivered] = field(default_factory=dict)
    _feeding: dict[tuple[str, str, str], set[str]] = field(default_factory=lambda: defaultdict(set))

    def manifests_first(self) -> Plan:
        """Only the files that carry control totals."""
        return self._planned(lambda feed: feed.table == MANIFEST_TABLE)

    def the_rest(self) -> Plan:
        plan = self._planned(lambda feed: feed.table != MANIFEST_TABLE)
        used = {driver.file.name for work in plan.works for driver in work.drivers}
        used |= {file.name for work in plan.works for _, joined in work.joined for file in joined}
        used |= plan.refused.keys()
        for file in self.landed:
            is_source = bool(sources_of_file(file, self.mappings))
            if file.name not in used and not is_source and not self._feeds_manifest(file):
                plan.unknown.append(FileProblem(file.name, unknown_file(file, self.mappings)))
        return plan

    def _planned(self, wanted: Callable[[Feed], bool]) -> Plan:
        plan = Plan()
        works = [*self._canonical(plan, wanted), *self._mapped(plan, wanted)]
        plan.works = in_order(works)
        for work in works:
            feed = work.feed
            self._feeding[(feed.table, feed.source_system, feed.company_id)].add(work.file_hash)
        return plan

    def _feeds_manifest(self, file: Landed) -> bool:
        try:
            return any(feed.table == MANIFEST_TABLE for feed in canonical_feeds(file))
        except FileRefused:
            return False

    def _canonical(self, plan: Plan, wanted: Callable[[Feed], bool]) -> list[Work]:
        works = []
        for file in self.landed:
            try:
                feeds = [feed for feed in canonical_feeds(file) if wanted(feed)]
            except FileRefused as refused:
                plan.refused[file.name] = str(refused)
                continue
            for feed in feeds:
                work = Work(feed, (Driver(file, feed.opening),))
                works.append(self._dated(work, [feed.table], feed))
        return works

    def _mapped(self, plan: Plan, wanted: Callable[[Feed], bool]) -> list[Work]:
        works: list[Work] = []
        for mapping in self.mappings:
            feeds = [(feed, sources) for feed, sources in mapped_feeds(mapping) if wanted(feed)]
            needed = {name for feed, sources in feeds for name in (*sources, *feed.joins)}
            by_source = self._files_of(mapping, needed, plan)
            for feed, sources in feeds:
                works += self._works_of(feed, sources, mapping, by_source, plan)
        self._refuse_missing_columns(works, plan)
        return works

    def _files_of(self, mapping: Mapping, needed: set[str], plan: Plan) -> dict[str, list[Landed]]:
        """Files of each source in order of delivery; those that cannot be trusted are noted."""
        found: dict[str, list[Landed]] = defaultdict(list)
        for file in self.landed:
            for owner, name in sources_of_file(file, [mapping]):
                assert owner is mapping
                if name in needed:
                    found[name].append(file)
        for name, landed in found.items():
            opening = Opening.of(mapping.sources[name])
            for file in landed:
                problem = self._untrusted(
                    file, name, mapping, opening, is_only_file=len({f.hash for f in landed}) == 1
                )
                if problem is not None:
                    plan.refused[file.name] = problem
            landed.sort(
                key=lambda file: (
                    self._when(file, [name], mapping.source_system, mapping.company_id).at,
                    file.name,
                )
            )
        return found

    def _untrusted(
        self, file: Landed, source: str, mapping: Mapping, opening: Opening, *, is_only_file: bool
    ) -> str | None:
        try:
            inspected = self.files.inspect(file, opening)
        except FileRefused as refused:
            return str(refused)
        row = manifest_for(
            file,
            names=[source],
            source_system=mapping.source_system,
            company_id=mapping.company_id,
            known=self.manifests,
            is_only_file=is_only_file,
        )
        if row is None:
            return None
        compared = compare(row, Measured(inspected.rows, inspected.qty, inspected.amount), file)
        return refusal(file.name, row, compared.differences) if compared.differences else None

    def _works_of(
        self,
        feed: Feed,
        sources: list[str],
        mapping: Mapping,
        by_source: dict[str, list[Landed]],
        plan: Plan,
    ) -> list[Work]:
        drivers = [
            Driver(file, Opening.of(mapping.sources[source]))
            for source in sources
            for file in by_source.get(source, [])
        ]
        joined = tuple((name, self._joinable(by_source.get(name, []), plan)) for name in feed.joins)
        if feed.entry is not None and feed.entry.scope == "all":
            trusted = _distinct([d for d in drivers if d.file.name not in plan.refused])
            groups = [tuple(trusted)] if trusted else []
            groups += [(driver,) for driver in drivers if driver.file.name in plan.refused]
        else:
            groups = [(driver,) for driver in drivers]
        works = [
            self._dated(Work(feed, group, joined), [*sources, feed.table], feed) for group in groups
        ]
        is_whole = feed.entry is not None and feed.entry.scope == "all"
        gone = self._gone(mapping, [*feed.joins, *(sources if is_whole else [])])
        if gone:
            for work in works:
                plan.short_of[work.batch_id] = (
                    f"{work.file_name}: {feed.table} is not made again, it needs {', '.join(gone)}, delivered "
                    f"before and gone from landing. Next: put {', '.join(gone)} back into landing."
                )
        lacking = [name for name, files in joined if not files]
        if lacking and not gone:
            for work in works:
                plan.waiting[work.batch_id] = (
                    f"{work.file_name}: {feed.table} waits, it joins {', '.join(lacking)} and no file of that "
                    f"source has come. Next: deliver {', '.join(_patterns(mapping, lacking))}."
                )
        return works

    def _joinable(self, landed: Iterable[Landed], plan: Plan) -> tuple[Landed, ...]:
        trusted = [file for file in landed if file.name not in plan.refused]
        by_hash: dict[str, Landed] = {}
        for file in trusted:
            by_hash.setdefault(file.hash, file)
        return tuple(by_hash.values())

    def _refuse_missing_columns(self, works: Sequence[Work], plan: Plan) -> None:
        missing: dict[str, list[Missing]] = defaultdict(list)
        for work in works:
            if self._is_settled(work, plan):
                continue
            for driver in work.drivers:
                if driver.file.name in plan.refused:
                    continue
                empty = self.files.header(driver.file, driver.opening)
                try:
                    lacking = dry_run(work.feed, driver, empty, empty_frames(work, self.files))
                except (ExpressionFails, pl.exceptions.PolarsError):
                    continue  # said when the batch itself is made, and refuses that table only
                missing[driver.file.name] += [
                    (column, purpose if "." in purpose else f"{purpose} of {work.feed.table}")
                    for column, purpose in lacking
                ]
        names = {file.name: file for file in self.landed}
        for name, columns in missing.items():
            if columns:
                plan.refused[name] = missing_columns(names[name].name, columns)
                plan.missing[name] = tuple(dict.fromkeys(column for column, _ in columns))

    def _is_settled(self, work: Work, plan: Plan) -> bool:
        """Whether nothing will be mapped: it is in the lake already, or cannot be made now."""
        is_loaded = self.manifest.active_batch(work.batch_id) is not None
        return is_loaded or work.batch_id in plan.waiting or work.batch_id in plan.short_of

    def _gone(self, mapping: Mapping, names: Sequence[str]) -> list[str]:
        """Files of these sources that were delivered before and are in landing no more.

        A file that lies there again with other bytes was replaced, not taken away.
        """
        present = {file.name for file in self.landed} | {file.hash for file in self.landed}
        found = [
            name
            for name, file_hash in self.manifest.known_files()
            if name not in present
            and file_hash not in present
            and any(name_matches(name, mapping.sources[source]) for source in names)
        ]
        return sorted(set(found))

    def _dated(self, work: Work, names: list[str], feed: Feed) -> Work:
        times = [
            self._when(d.file, names, feed.source_system, feed.company_id) for d in work.drivers
        ]
        latest = max(times, key=lambda delivered: delivered.at)
        return work.delivered(latest.at, latest.basis)

    def _when(
        self, file: Landed, names: list[str], source_system: str, company_id: str
    ) -> Delivered:
        """The stamp in the name, else the manifest's time, else the clock; once known, for ever."""
        key = (file.name, file.hash)
        if key not in self._delivered:
            seen = self.manifest.first_seen(*key)
            self._delivered[key] = (
                Delivered(*seen)
                if seen
                else self._first_time(file, names, source_system, company_id)
            )
        return self._delivered[key]

    def _first_time(
        self, file: Landed, names: list[str], source_system: str, company_id: str
    ) -> Delivered:
        if file.stamp is not None:
            return Delivered(file.stamp, "file_name")
        row = manifest_for(
            file,
            names=names,
            source_system=source_system,
            company_id=company_id,
            known=self.manifests,
            is_only_file=False,
        )
        return Delivered(row.produced_at, "manifest") if row else Delivered(self.clock, "clock")

    def files_of(self, table: str, source_system: str, company_id: str) -> int:
        """How many different files of this run feed a table of a company."""
        return len(self._feeding[(table, source_system, company_id)])

    def remember(self) -> None:
        """Delivery times of this run, for the next."""
        with self.manifest.transaction():
            for (name, file_hash), delivered in sorted(self._delivered.items()):
                self.manifest.remember_file(name, file_hash, delivered.at, delivered.basis)
            for (file_hash, opening), found in sorted(self.files.inspected.items()):
                self.manifest.remember_inspection(file_hash, opening, found)


def missing_columns(file_name: str, columns: Sequence[Missing]) -> str:
    """The refusal of a file: each missing column once, with everything that needs it."""
    needed: dict[str, dict[str, None]] = defaultdict(dict)
    for column, purpose in columns:
        needed[column][purpose] = None
    listed = "; ".join(
        f"{column!r} (for {', '.join(purposes)})" for column, purposes in needed.items()
    )
    are = "column is" if len(needed) == 1 else "columns are"
    return (
        f"{file_name}: refused, {len(needed)} required {are} missing: {listed}. "
        "Next: ask the sender for the columns, or correct the mapping if they have new names."
    )


def _distinct(drivers: Sequence[Driver]) -> list[Driver]:
    by_hash: dict[str, Driver] = {}
    for driver in drivers:
        by_hash.setdefault(driver.file.hash, driver)
    return list(by_hash.values())


def _patterns(mapping: Mapping, names: Sequence[str]) -> list[str]:
    return [pattern for name in names for pattern in mapping.sources[name].files]
