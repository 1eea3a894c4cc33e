"""What lies in the landing folder, and what the names of its files say."""

from __future__ import annotations

import difflib
import fnmatch
import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from models.contracts import CONTRACTS
from pipelines.ingest.agreements import agreement_files
from pipelines.ingest.mapping_file import Mapping
from pipelines.ingest.mapping_keys import Source
from pipelines.readers.opening import ENDINGS, ending

# A file that is still being written carries one of these endings until it is whole.
UNFINISHED = (".tmp", ".part", ".partial", ".filepart", ".crdownload", ".swp", "~")
STAMP = re.compile(r"(?<!\d)(\d{8}[Tt]\d{6})(?!\d)")


@dataclass(frozen=True, slots=True)
class Landed:
    """One delivered file: where it lies, the name people know it by, and the hash of its bytes."""

    path: Path
    name: str
    hash: str
    size: int

    @property
    def base_name(self) -> str:
        return self.path.name

    @property
    def stem(self) -> str:
        known = ending(self.base_name)
        return self.base_name[: -len(known)] if known else self.base_name

    @property
    def stamp_text(self) -> str | None:
        found = STAMP.findall(self.base_name)
        return found[-1].upper() if found else None

    @property
    def stamp(self) -> datetime | None:
        """The time in the name, in UTC; None where there is none or it is no time."""
        if self.stamp_text is None:
            return None
        try:
            return datetime.strptime(self.stamp_text, "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class CanonicalName:
    """`<table>__<source_system>__<company>__<yyyymmddThhmmss>`; `all` stands for `*`."""

    table: str
    source_system: str
    company_id: str


def landed_files(landing: Path, policies: Path) -> list[Landed]:
    """Files of both folders by name; hidden and unfinished ones are left alone."""
    found = []
    agreements = agreement_files(policies).values()
    for folder, prefix in ((landing, ""), (policies, "policies/")):
        for path in sorted(folder.rglob("*")) if folder.is_dir() else []:
            relative = path.relative_to(folder)
            hidden = any(part.startswith(".") for part in relative.parts)
            is_agreement = folder == policies and path in agreements
            if is_agreement or hidden or path.name.lower().endswith(UNFINISHED):
                continue
            if path.is_file():
                name = prefix + relative.as_posix()
                found.append(Landed(path, name, file_hash(path), path.stat().st_size))
    return sorted(found, key=lambda file: file.name)


def file_hash(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def canonical_name(file: Landed) -> CanonicalName | None:
    parts = file.stem.split("__")
    if len(parts) != 4 or file.stamp is None or not all(parts):
        return None
    table, source_system, company, _ = parts
    return CanonicalName(table.lower(), source_system, "*" if company.lower() == "all" else company)


def name_matches(name: str, source: Source) -> bool:
    """Whether a file name fits one of the patterns of a source, whatever its case and folder."""
    base = name.rsplit("/", 1)[-1].lower()
    known = ending(base)
    if known is None:
        return False
    stem = base[: -len(known)]
    return any(
        fnmatch.fnmatchcase(base, pattern.lower()) or fnmatch.fnmatchcase(stem, pattern.lower())
        for pattern in source.files
    )


def sources_of_file(file: Landed, mappings: Sequence[Mapping]) -> list[tuple[Mapping, str]]:
    return [
        (mapping, name)
        for mapping in mappings
        for name, source in mapping.sources.items()
        if name_matches(file.name, source)
    ]


def _misnamed(file: Landed) -> str:
    """Which part of a name that is meant to be canonical is not, where one can tell."""
    table, *others = file.stem.split("__")
    near = difflib.get_close_matches(table.lower(), CONTRACTS, n=1)
    if not others or not near:
        return ""
    if table.lower() not in CONTRACTS:
        return f" {table.lower()!r} is no contract table, did you mean {near[0]!r}?"
    if len(others) == 3 and file.stamp is None:
        return f" {others[-1]!r} is no time."
    return ""


def unknown_file(file: Landed, mappings: Iterable[Mapping]) -> str:
    """Why nothing takes this file, and what to do."""
    if ending(file.base_name) is None:
        return (
            f"{file.name}: no reader knows this kind of file, expected one of {', '.join(ENDINGS)}. "
            "Next: deliver it in one of these formats, or take it out of landing."
        )
    patterns = [
        pattern
        for mapping in mappings
        for source in mapping.sources.values()
        for pattern in source.files
    ]
    known = (
        f"no mapping pattern fits ({', '.join(patterns[:5])}{', ...' if len(patterns) > 5 else ''})"
        if patterns
        else "there is no mapping"
    )
    return (
        f"{file.name}: not loaded, {known} and the name is not "
        f"<table>__<source_system>__<company>__<yyyymmddThhmmss>.{_misnamed(file)} "
        "Next: rename it, or add it to a mapping (docs/how-to/map-a-source.md)."
    )
