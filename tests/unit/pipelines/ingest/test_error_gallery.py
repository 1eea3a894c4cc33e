"""Every message of the gallery is what ingestion says today.

`pytest tests/unit/pipelines --update-gallery` writes docs/errors.md anew; review what changed.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.ingest import MappingError
from tests.small_site import SmallSite, mapping
from tests.unit.pipelines.ingest.gallery import CASES, MAPPING_CASES, Case

PAGE = Path(__file__).resolve().parents[4] / "docs" / "errors.md"
HEAD = """<!-- rendered from tests/unit/pipelines/ingest/gallery.py; edit there -->
# Errors

What ingestion says, word for word, and what becomes of the file. Every message names the file, what was expected,
what was found, and the next step. Rejected rows stand in `quarantine/<table>/<batch>.csv` with their raw text and
every reason, and in the page of the feeds; a file that is refused is looked at again on every run until it is gone,
corrected, or its manifest is.
"""


def said(case: Case, folder: Path) -> str:
    site = SmallSite(folder)
    for name, content in case.files.items():
        site.put(name, content)
    report = site.run([mapping(case.mapping)] if case.mapping else [])
    return "\n".join(report.messages)


def said_of_mapping(text: str) -> str:
    with pytest.raises(MappingError) as error:
        mapping(text)
    return str(error.value)


def page(folder: Path) -> str:
    parts = [HEAD, "## Files and rows\n"]
    for place, case in enumerate(CASES):
        message = said(case, folder / str(place))
        parts.append(f"### {case.title}\n\nOutcome: {case.outcome}.\n\n```text\n{message}\n```\n")
    parts.append("## Mapping files\n")
    for title, text in MAPPING_CASES:
        parts.append(f"### {title}\n\n```text\n{said_of_mapping(text)}\n```\n")
    return "\n".join(parts)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_the_message_says_what_where_and_what_next(case: Case, tmp_path: Path) -> None:
    message = said(case, tmp_path)
    subject = list(case.files)[-1] if case.subject_is_last else next(iter(case.files))
    assert subject in message
    if case.outcome != "loaded, with a note":
        assert "Next: " in message


def test_the_gallery_is_fresh(tmp_path: Path, update_gallery: bool) -> None:
    rendered = page(tmp_path)
    if update_gallery:
        PAGE.write_text(rendered, encoding="utf-8")
    assert PAGE.exists() and PAGE.read_text(encoding="utf-8") == rendered
