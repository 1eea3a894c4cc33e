"""What is rendered is committed as rendered: edit the contract, then run `python -m models.render`."""

from pathlib import Path

import pytest

from models.render import rendered_files
from models.render.__main__ import main, stale_files, write_files

ROOT = Path(__file__).resolve().parents[2]


def test_no_rendered_file_is_stale() -> None:
    assert stale_files(ROOT) == []


def test_a_changed_a_missing_and_a_left_over_file_are_stale(tmp_path: Path) -> None:
    assert write_files(tmp_path) == len(rendered_files())
    page = tmp_path / "docs/tables/wms_shipment.md"
    page.write_text("changed", encoding="utf-8")
    (tmp_path / "docs/glossary.md").unlink()
    left_over = tmp_path / "docs/tables/wms_pallet.md"
    left_over.write_text("gone from the contracts", encoding="utf-8")

    expected = ["docs/glossary.md", "docs/tables/wms_pallet.md", "docs/tables/wms_shipment.md"]
    assert stale_files(tmp_path) == expected

    assert write_files(tmp_path) == 3
    assert stale_files(tmp_path) == []
    assert not left_over.exists()


def test_an_unknown_argument_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--chekc"]) == 2
    assert "usage" in capsys.readouterr().out
