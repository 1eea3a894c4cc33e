"""The dbt project as an artefact: parsed once, reused until one of its files changes.

Parsing costs seconds and gives the same manifest for every workspace, because nothing in the
project depends on one; so the manifest is kept beside the project and not in a workspace.
"""

from __future__ import annotations

import gc
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.faults import Fault

if TYPE_CHECKING:
    from dbt.contracts.graph.manifest import Manifest

PROJECT_DIR = Path(__file__).resolve().parents[2] / "dbt_project"
TARGET_DIR = PROJECT_DIR / "target"
PARSED_SUFFIXES = {".sql", ".yml", ".yaml", ".csv", ".md"}


def project_fingerprint(project_dir: Path = PROJECT_DIR) -> str:
    """Hash of every file dbt parses, by path and content."""
    digest = hashlib.sha256()
    for path in sorted(project_dir.rglob("*")):
        inside = path.relative_to(project_dir)
        if path.suffix in PARSED_SUFFIXES and inside.parts[0] not in {"target", "logs"}:
            digest.update(str(inside).encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def parse_project(project_dir: Path = PROJECT_DIR, target_dir: Path = TARGET_DIR) -> Path:
    """Path of an up-to-date manifest.json, parsing only where the kept one is stale.

    Parses into a folder of its own and renames it, so two processes may do it at once.
    Raises Fault with dbt's own words when the project does not parse.
    """
    kept = target_dir / project_fingerprint(project_dir)[:16]
    if (kept / "manifest.json").exists():
        return kept / "manifest.json"
    from dbt.cli.main import dbtRunner

    target_dir.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(dir=target_dir, prefix=".parsing-"))
    arguments = ["parse", "--no-partial-parse", *dbt_flags(project_dir, scratch)]
    outcome = dbtRunner().invoke(arguments)
    if not outcome.success:
        shutil.rmtree(scratch, ignore_errors=True)
        raise Fault(f"the dbt project does not parse: {outcome.exception}")
    try:
        os.rename(scratch, kept)
    except OSError:  # another process was first; both parsed the same files
        shutil.rmtree(scratch, ignore_errors=True)
    for old in target_dir.iterdir():
        if old.is_dir() and old != kept and len(old.name) == 16:
            shutil.rmtree(old, ignore_errors=True)
    return kept / "manifest.json"


def dbt_flags(project_dir: Path, target: Path) -> list[str]:
    """Flags every call of dbt needs: where things are, silence, and no call home."""
    return [
        "--project-dir",
        str(project_dir),
        "--profiles-dir",
        str(project_dir),
        "--target-path",
        str(target),
        "--log-path",
        str(target),
        "--log-level",
        "none",
        "--log-level-file",
        "none",
        "--quiet",
        "--no-send-anonymous-usage-stats",
        "--no-version-check",
    ]


@lru_cache(maxsize=1)
def manifest_folder() -> Path:
    """Where the manifest lies that this process works with."""
    return parse_project().parent


@lru_cache(maxsize=1)
def manifest_document() -> Mapping[str, Any]:
    """The manifest as plain data, for lineage in Dagster."""
    text = (manifest_folder() / "manifest.json").read_text(encoding="utf-8")
    document: dict[str, Any] = json.loads(text)
    return document


@lru_cache(maxsize=1)
def manifest_object() -> Manifest:
    """The manifest as dbt wants it back, so that a run does not parse again.

    manifest.json leaves out the arguments of generic tests; only dbt's own parse file has them.
    """
    from dbt.contracts.graph.manifest import Manifest
    from dbt.parser.manifest import extended_mashumuro_decoder

    parsed = (manifest_folder() / "partial_parse.msgpack").read_bytes()
    manifest: Manifest = Manifest.from_msgpack(parsed, decoder=extended_mashumuro_decoder)
    manifest.build_flat_graph()
    # it stays until the process ends: nothing of it needs to be looked at for garbage again,
    # which is a tenth of what dbt takes
    gc.freeze()
    return manifest
