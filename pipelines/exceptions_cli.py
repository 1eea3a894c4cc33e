"""`tieout exceptions`: the options of its commands. They import what they need when called."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import Annotated

import typer

exceptions_app = typer.Typer(help="Exceptions: what to fix, and who does.", no_args_is_help=True)

WorkspaceOption = Annotated[
    Path, typer.Option("--workspace", "-w", help="Folder of the workspace.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON instead of words.")]
UserOption = Annotated[
    str, typer.Option("--user", help="Who acts; without it the name you are signed in with.")
]
IdArgument = Annotated[str, typer.Argument(help="Id of the exception, or how it begins.")]
CodeOption = Annotated[str | None, typer.Option(help="Only this code.")]
OwnerOption = Annotated[str | None, typer.Option(help="Only this owner (role).")]
AssignedOption = Annotated[str | None, typer.Option("--assigned-to", help="Only this person's.")]
StatusOption = Annotated[str | None, typer.Option(help="Only this status.")]
RootOption = Annotated[str | None, typer.Option(help="Only what follows from this exception.")]
ClosedOption = Annotated[bool, typer.Option("--closed", help="Resolved ones too.")]
HERE = Path("workspace")


@exceptions_app.command("list")
def list_exceptions(
    workspace: WorkspaceOption = HERE,
    code: CodeOption = None,
    owner: OwnerOption = None,
    assigned_to: AssignedOption = None,
    status: StatusOption = None,
    root: RootOption = None,
    closed: ClosedOption = False,
    limit: Annotated[int, typer.Option(help="Rows to show; 0 for all.")] = 20,
    user: UserOption = "",
    json: JsonOption = False,
) -> None:
    """List open exceptions, the largest exposure first."""
    from pipelines.commands.exceptions import list_command

    keep = _keep(code, owner, assigned_to, status, root)
    raise typer.Exit(
        list_command(
            workspace, user=_user(user), keep=keep, closed=closed, limit=limit, as_json=json
        )
    )


@exceptions_app.command("show")
def show(
    exception: IdArgument,
    workspace: WorkspaceOption = HERE,
    user: UserOption = "",
    json: JsonOption = False,
) -> None:
    """One exception: its evidence, what was done to it, what follows from it."""
    from pipelines.commands.exceptions import show_command

    raise typer.Exit(show_command(workspace, user=_user(user), named=exception, as_json=json))


@exceptions_app.command("assign")
def assign(
    exception: IdArgument,
    to: Annotated[str, typer.Option("--to", help="Person who takes it.")],
    note: Annotated[str, typer.Option("--note", help="What the person should know.")] = "",
    workspace: WorkspaceOption = HERE,
    user: UserOption = "",
    json: JsonOption = False,
) -> None:
    """Give an exception to a person."""
    _act(workspace, user, exception, json, action="assigned", assigned_to=to, note=note)


@exceptions_app.command("comment")
def comment(
    exception: IdArgument,
    note: Annotated[str, typer.Argument(help="What there is to say.")],
    workspace: WorkspaceOption = HERE,
    user: UserOption = "",
    json: JsonOption = False,
) -> None:
    """Say something about an exception; it is kept."""
    _act(workspace, user, exception, json, action="commented", note=note)


@exceptions_app.command("status")
def status_of(
    exception: IdArgument,
    to: Annotated[str, typer.Option("--to", help="open, or waiting on somebody outside.")],
    note: Annotated[str, typer.Option("--note", help="For whom or what.")] = "",
    workspace: WorkspaceOption = HERE,
    user: UserOption = "",
    json: JsonOption = False,
) -> None:
    """Let an exception wait, or open it again."""
    _act(workspace, user, exception, json, action="status", status=to, note=note)


@exceptions_app.command("resolve")
def resolve(
    exception: IdArgument,
    how: Annotated[
        str, typer.Option("--as", help="fixed, written_off, accepted or not_a_problem.")
    ],
    reason: Annotated[str, typer.Option("--reason", help="Why, in words; it is kept.")],
    workspace: WorkspaceOption = HERE,
    user: UserOption = "",
    json: JsonOption = False,
) -> None:
    """End an exception with a reason; later data may open it again."""
    _act(workspace, user, exception, json, action="resolved", resolution=how, note=reason)


@exceptions_app.command("export")
def export(
    to: Annotated[Path, typer.Argument(help="File to write, .csv or .json.")],
    workspace: WorkspaceOption = HERE,
    code: CodeOption = None,
    owner: OwnerOption = None,
    assigned_to: AssignedOption = None,
    status: StatusOption = None,
    root: RootOption = None,
    closed: ClosedOption = False,
    user: UserOption = "",
) -> None:
    """Write the list to a file, every column of it."""
    from pipelines.commands.exceptions import export_command

    keep = _keep(code, owner, assigned_to, status, root)
    raise typer.Exit(export_command(workspace, user=_user(user), keep=keep, closed=closed, to=to))


def _user(given: str) -> str:
    """The name given, else the one that the machine knows its user by."""
    return given or getpass.getuser()


def _keep(
    code: str | None,
    owner: str | None,
    assigned_to: str | None,
    status: str | None,
    root: str | None,
) -> dict[str, str | None]:
    return {
        "code": code,
        "owner_role": owner,
        "assigned_to": assigned_to,
        "status": status,
        "root_exception_id": root,
    }


def _act(workspace: Path, user: str, exception: str, as_json: bool, **wanted: str) -> None:
    from pipelines.commands.exceptions import act_command
    from pipelines.worklog.actions import Act

    raise typer.Exit(
        act_command(
            workspace, user=_user(user), named=exception, act=Act(**wanted), as_json=as_json
        )
    )
