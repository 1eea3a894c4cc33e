"""Files of landing that nothing takes are named, with what to do; a misspelt table is a refusal."""

from __future__ import annotations

import json
from pathlib import Path

from pipelines.workspace import init_workspace
from tests.conftest import tieout


def workspace_with(folder: Path, files: dict[str, bytes]) -> Path:
    init_workspace(folder)
    for name, content in files.items():
        (folder / "landing" / name).write_bytes(content)
    return folder


def test_a_misspelt_table_ends_with_three_and_a_suggestion(tmp_path: Path) -> None:
    name = "billing_invoicelines__erp__NORDA__20260101T010400.csv"
    workspace = workspace_with(tmp_path / "w", {name: b"invoice_id\nI1\n"})
    done = tieout("ingest", "--workspace", workspace, check=False)
    assert done.returncode == 3
    assert f"refused: {name}" in done.stdout
    assert "did you mean 'billing_invoice_line'" in done.stdout


def test_a_damaged_workbook_ends_with_three(tmp_path: Path) -> None:
    name = "billing_invoice__erp__NORDA__20260101T010500.xlsx"
    workspace = workspace_with(tmp_path / "w", {name: b"invoice_id,net_amount\n"})
    done = tieout("ingest", "--workspace", workspace, check=False)
    assert done.returncode == 3
    assert "the workbook cannot be read" in done.stdout


def test_a_file_that_is_no_extract_is_named_and_harmless(tmp_path: Path) -> None:
    workspace = workspace_with(tmp_path / "w", {"readme.pdf": b"%PDF"})
    done = tieout("ingest", "--workspace", workspace, check=False)
    assert done.returncode == 0
    assert "not taken: readme.pdf" in done.stdout
    said = json.loads(tieout("ingest", "--workspace", workspace, "--json").stdout)
    assert [row["file_name"] for row in said["left_out"]] == ["readme.pdf"]


def test_a_rejected_row_is_said_with_the_place_of_its_reasons(tmp_path: Path) -> None:
    name = "policy_tolerance__site__ACME__20260101T000000.csv"
    content = b"tolerance,scope,value,valid_from\nno_such_tolerance,,1,2026-01-01\n"
    workspace = workspace_with(tmp_path / "w", {name: content})
    done = tieout("ingest", "--workspace", workspace, check=False)
    assert f"{name}: 1 of 1 rows of policy_tolerance rejected" in done.stdout
    place = done.stdout.split("reasons: ")[1].split()[0]
    assert "tolerance is one of" in (workspace / place).read_text(encoding="utf-8")
