"""`tieout score` and the few lines of it in the demo: what is found, missed, not built, in words."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipelines.cli import app
from pipelines.commands.score import print_score_in_short, score_workspace
from pipelines.faults import DataFault, UsageFault
from pipelines.workspace import Workspace
from tests.unit.pipelines.score.small_key import publish, rows, tell

EXCEPTION = (
    "exception_id, root_exception_id, code, company_id, order_id, order_line, shipment_id,"
    " shipment_line, invoice_id, invoice_line, receipt_id, purchase_order_id, journal_id,"
    " journal_line, movement_id, transfer_id, count_id, item_id, location_id, party_id,"
    " exposure_amount, evidence, is_found"
)
PLANTED = (
    "code,company_id,order_id,order_line,invoice_id,receipt_id,receipt_line,file_name,row_number,"
    "root_code,exposure_amount,note\n"
)
NOTHING = "null, " * 10


def found(
    number: str, code: str, order: str, amount: str, root: str = "null", **evidence: str
) -> str:
    """One row of fct_exception as SQL values."""
    return (
        f"'{number}', {root}, '{code}', 'C', {order}, null, null, null, null, null, {NOTHING}"
        f"cast({amount} as decimal(18, 4)), '{json.dumps(evidence)}', true"
    )


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A published version that found some of what was planted."""
    home = tmp_path / "site"
    (home / "published").mkdir(parents=True)
    (home / "tieout.toml").write_text("threads = 1\n", encoding="utf-8")
    current = publish(
        home / "published",
        fct_exception=rows(
            EXCEPTION,
            found("1", "UNBILLED", "'A'", "10.0000"),
            found("2", "UNDER_PRICED", "'B'", "4.0049"),
            found("3", "RECEIPT_NOT_CAPITALISED", "'R'", "5", receipt_line="1"),
            found("4", "GL_MISSING_IN_GL", "'R'", "0", root="'3'"),
            found("5", "FEED_REJECT", "null", "0", file="f.csv", row="7"),
            found("6", "UNBILLED", "'T'", "3"),
        ),
    )
    raised = ["UNBILLED", "UNDER_PRICED", "OVER_PRICED", "RECEIPT_NOT_CAPITALISED", "FEED_REJECT"]
    run = {
        "version": "v",
        "as_of_at": "2025-12-31T22:59:59+00:00",
        "watermark_at": "2025-12-31T23:00:00+00:00",
        "rows": {},
        "exception_codes": [*raised, "GL_MISSING_IN_GL"],
    }
    (current / "run.json").write_text(json.dumps(run), encoding="utf-8")
    (home / "sample").mkdir()
    tell(
        home / "sample",
        planted=PLANTED
        + "UNBILLED,C,A,1,,,,,,,10.00,\n"
        + "UNDER_PRICED,C,B,1,I,,,,,,5.00,\n"
        + "OVER_PRICED,C,D,1,,,,,,,1.00,\n"
        + "TERMS_LEAK,C,E,,,,,,,,1.00,\n"
        + "RECEIPT_NOT_CAPITALISED,C,R,,,,1,,,,5.00,\n"
        + "GL_MISSING_IN_GL,C,R,,,,,,,RECEIPT_NOT_CAPITALISED,5.00,\n"
        + "FEED_REJECT,C,,,,,,f.csv,7,,,\n",
        traps="company_id,name,why,order_id,order_line\nC,sample,w,T,\nC,sample,w,U,\n",
        truth_demand="company_id,date,location_id,item_id,qty\nC,2025-01-01,L,I,3\n",
    )
    return Workspace(home)


@pytest.fixture
def run(workspace: Workspace) -> Callable[..., str]:
    """Function that runs `tieout score` on the workspace and gives what it prints."""

    def call(*arguments: str) -> str:
        done = CliRunner().invoke(
            app, ["score", *arguments, "--workspace", str(workspace.root)], catch_exceptions=False
        )
        assert done.exit_code == 0, done.output
        return done.output

    return call


def lines_below(printed: str, title: str) -> str:
    """Text from a title to the next empty line."""
    return printed.split(f"{title}\n", 1)[1].split("\n\n", 1)[0]


def test_codes_stand_below_what_became_of_them(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    from pipelines.commands.score import print_score

    print_score(score_workspace(workspace))
    printed = capsys.readouterr().out
    whole = lines_below(printed, "Found as planted")
    assert "RECEIPT_NOT_CAPITALISED" in whole and "FEED_REJECT" in whole
    assert "GL_MISSING_IN_GL (under its root)" in whole
    wrong = lines_below(printed, "Found with errors")
    assert "UNBILLED" in wrong and "UNDER_PRICED" in wrong
    assert "OVER_PRICED" in lines_below(printed, "Not found")
    assert "TERMS_LEAK" in lines_below(printed, "Not available")
    assert "sample" in lines_below(printed, "Traps") and "UNBILLED 1" in printed
    assert "fct_demand is not built" in lines_below(printed, "Tables not available")


def test_the_demo_says_it_in_a_few_lines(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    publish(
        workspace.root / "published",
        fct_demand=rows(
            "company_id, date, location_id, item_id, demand_qty",
            "'C', date '2025-01-01', 'L', 'I', 3.0",
        ),
    )
    print_score_in_short(score_workspace(workspace))
    printed = capsys.readouterr().out.splitlines()
    assert printed[:5] == [
        "Against the answer key",
        "4 of 5 planted faults of 5 codes found, precision 0.800, amount error 1.00",
        "1 of 1 planted faults under another one found",
        "Codes planted that no rule finds yet: 1, not available",
        "2 lines that only look like a fault, 1 reported",
    ]
    assert printed[6].split() == ["fct_demand", "1", "1"]
    assert printed[7] == "10 more tables are not available; `tieout score` says why"
    assert len(printed) == 8


def test_json_goes_to_the_screen_or_to_a_file(
    run: Callable[..., str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = tmp_path / "score.json"
    run("--json", str(document))
    score = json.loads(document.read_text(encoding="utf-8"))
    codes = {(line["code"], line["is_child"]): line for line in score["codes"]}
    assert codes["UNDER_PRICED", False]["amount_error"] == "1.00"
    assert codes["TERMS_LEAK", False]["verdict"] == "not available"
    assert codes["GL_MISSING_IN_GL", True]["recall"] == "1.000"
    assert score["codes_not_available"] == ["TERMS_LEAK"]
    assert score["traps"] == [{"name": "sample", "traps": 2, "alarms": 1, "codes": {"UNBILLED": 1}}]
    assert {line["status"] for line in score["tables"]} == {"not available"}


def test_a_file_without_json_and_a_key_that_is_not_there_are_wrong_calls(
    workspace: Workspace, tmp_path: Path
) -> None:
    for arguments in (["x.json"], ["--key", str(tmp_path / "nowhere")]):
        call = ["score", *arguments, "--workspace", str(workspace.root)]
        with pytest.raises(UsageFault) as fault:
            CliRunner().invoke(app, call, catch_exceptions=False)
        assert fault.value.exit_code == 2


def test_no_version_and_one_that_does_not_list_its_rules_are_refused(workspace: Workspace) -> None:
    file = workspace.current / "run.json"
    run = json.loads(file.read_text(encoding="utf-8"))
    del run["exception_codes"]
    file.write_text(json.dumps(run), encoding="utf-8")
    with pytest.raises(DataFault, match="does not list the codes"):
        score_workspace(workspace)
    file.unlink()
    with pytest.raises(DataFault, match="nothing is published yet"):
        score_workspace(workspace)
