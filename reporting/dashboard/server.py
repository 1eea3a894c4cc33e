"""Serving the dashboard on this machine."""

from __future__ import annotations

import ipaddress
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from reporting.access.roles import Role, Viewer

if TYPE_CHECKING:
    from flask import Flask

THREADS = 4


class NoRole(ValueError):
    """Nobody has said which role the readers get, or it is none of ours."""


def local_viewer(host: str, role: str | None) -> Viewer:
    """Who the readers are: the role asked for, or the operator on the operator's own machine."""
    if role and role not in set(Role):
        raise NoRole(f"there is no role '{role}': expected one of {', '.join(Role)}.")
    if role:
        return Viewer(role=Role(role), granted_by="set at the start")
    if not is_loopback(host):
        raise NoRole(
            f"{host} can be reached from other machines and there is no sign-in yet: say with"
            f" --role which role every reader gets ({', '.join(Role)}), or serve on 127.0.0.1."
        )
    return Viewer(role=Role.ADMIN, granted_by="local start, no users file")


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches the address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def only_local_names(server: Flask) -> None:
    """Refuse requests that reach this machine under another name.

    A page from elsewhere can give its own name our address and would then read as the operator.
    """
    from flask import abort, request

    @server.before_request
    def refuse_other_names() -> None:
        if not is_loopback(urlsplit(f"//{request.host}").hostname or ""):
            abort(403)


def serve(
    published: Path, host: str = "127.0.0.1", port: int = 8050, *, role: str | None = None
) -> None:
    """Serve the published folder until stopped."""
    viewer = local_viewer(host, role)

    import waitress  # type: ignore[import-untyped]

    from reporting.dashboard.app import create_app

    app = create_app(published, viewer)
    if is_loopback(host):
        only_local_names(app.server)
    waitress.serve(app.server, host=host, port=port, threads=THREADS, ident="tieout")
