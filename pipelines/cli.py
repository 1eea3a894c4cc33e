"""The `tieout` command. Every command imports what it needs when it is called."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from pipelines.exceptions_cli import exceptions_app
from pipelines.faults import Fault

# Set before anything heavy is imported: no part of the product calls out.
for switch, value in {
    "DO_NOT_TRACK": "1",
    "DAGSTER_DISABLE_TELEMETRY": "yes",
    "GX_ANALYTICS_ENABLED": "false",
    "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
}.items():
    os.environ.setdefault(switch, value)

app = typer.Typer(
    name="tieout",
    help="Reconcile what the warehouse did, what was billed, and what the ledger says.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(exceptions_app, name="exceptions")

WorkspaceOption = Annotated[
    Path, typer.Option("--workspace", "-w", help="Folder of the workspace.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON instead of words.")]
AsOfOption = Annotated[str, typer.Option("--as-of", help="Moment the figures are asked for (ISO).")]
HERE = Path("workspace")


@app.command()
def init(
    directory: Annotated[Path, typer.Argument(help="Folder to make.")],
    example: Annotated[str | None, typer.Option(help="adventureworks or business_central.")] = None,
    data: Annotated[Path | None, typer.Option(help="Folder that holds the example's data.")] = None,
) -> None:
    """Make a workspace, empty or with an example's mapping, policies and files."""
    from pipelines.workspace import init_workspace

    workspace = init_workspace(directory, example=example, data=data)
    typer.echo(f"Made {workspace.root}. Next: tieout run --workspace {workspace.root}")


@app.command()
def run(
    workspace: WorkspaceOption = HERE, as_of: AsOfOption = "", json: JsonOption = False
) -> None:
    """Read what is new, build, check, publish, hand back."""
    from pipelines.commands.run import run_command

    raise typer.Exit(run_command(workspace, as_of=as_of, as_json=json))


@app.command()
def demo(
    workspace: WorkspaceOption = HERE,
    size: Annotated[str, typer.Option(help="Size of the sample company.")] = "small",
    json: JsonOption = False,
) -> None:
    """Make the built-in sample company and run the main job on it."""
    from pipelines.commands.demo import demo_command

    raise typer.Exit(demo_command(workspace, size=size, as_json=json))


@app.command()
def ingest(workspace: WorkspaceOption = HERE, json: JsonOption = False) -> None:
    """Only read what is new in landing; nothing is built or published."""
    from pipelines.commands.ingest import ingest_command

    raise typer.Exit(ingest_command(workspace, as_json=json))


@app.command()
def status(workspace: WorkspaceOption = HERE, json: JsonOption = False) -> None:
    """What is published, what came in, and what was refused."""
    from pipelines.commands.status import status_command

    raise typer.Exit(status_command(workspace, as_json=json))


@app.command()
def trace(
    order: Annotated[str, typer.Argument(help="Order number; ORDER/LINE for one line.")],
    workspace: WorkspaceOption = HERE,
    json: JsonOption = False,
) -> None:
    """Follow an order from order line to ledger, as far as its links go."""
    from pipelines.commands.trace import trace_command

    raise typer.Exit(trace_command(workspace, order=order, as_json=json))


@app.command()
def report(
    workspace: WorkspaceOption = HERE,
    out: Annotated[Path | None, typer.Option(help="Folder to write to.")] = None,
    json: JsonOption = False,
) -> None:
    """Write the reconciliation pack as HTML and XLSX."""
    from pipelines.commands.report import report_command

    raise typer.Exit(report_command(workspace, out_dir=out, as_json=json))


@app.command()
def serve(
    workspace: WorkspaceOption = HERE,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8050,
    role: Annotated[
        str, typer.Option(help="Role of every reader; without it admin, on this machine only.")
    ] = "",
) -> None:
    """Open the dashboard on what is published."""
    from pipelines.commands.serve import serve_command

    raise typer.Exit(serve_command(workspace, host=host, port=port, role=role))


@app.command()
def dev(
    workspace: WorkspaceOption = HERE,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 3000,
) -> None:
    """Start the Dagster UI on this workspace."""
    from pipelines.commands.dev import dev_command

    raise typer.Exit(dev_command(workspace, host=host, port=port))


@app.command()
def generate(
    directory: Annotated[Path, typer.Argument(help="Folder to write the deliveries to.")],
    size: Annotated[str, typer.Option(help="Size of the sample company.")] = "small",
    seed: Annotated[int, typer.Option(help="Same seed, same bytes.")] = 42,
    file_format: Annotated[
        str | None, typer.Option("--format", help="csv or parquet; each size has its own.")
    ] = None,
    every: Annotated[
        str | None, typer.Option(help="A delivery every day or month; each size has its own.")
    ] = None,
    mishap: Annotated[
        list[str] | None,
        typer.Option(help="A file that goes wrong: repeated, late, corrected, cut_off, wider."),
    ] = None,
    rate: Annotated[
        list[str] | None,
        typer.Option(help="How often a fault strikes, CODE=SHARE; 0 switches it off, ALL=0 all."),
    ] = None,
) -> None:
    """Write the sample company's deliveries and their answer key."""
    from pipelines.commands.generate import generate_command

    wishes = {"file_format": file_format, "every": every, "mishaps": mishap, "rates": rate}
    raise typer.Exit(generate_command(directory, size=size, seed=seed, wishes=wishes))


@app.command()
def score(
    file: Annotated[
        Path | None, typer.Argument(help="With --json: write the document here, print the tables.")
    ] = None,
    workspace: WorkspaceOption = HERE,
    key: Annotated[Path | None, typer.Option(help="Folder of the answer key.")] = None,
    json: JsonOption = False,
) -> None:
    """Compare what was found and published with the answer key of a generated company."""
    from pipelines.commands.score import score_command

    raise typer.Exit(score_command(workspace, key=key, as_json=json, file=file))


def main() -> None:
    """Entry point: a fault is a sentence and an exit code, never a traceback."""
    try:
        app(standalone_mode=True)
    except Fault as fault:
        typer.echo(f"tieout: {fault}", err=True)
        sys.exit(fault.exit_code)


if __name__ == "__main__":
    main()
