"""Serving the dashboard on this machine."""

from __future__ import annotations

import ipaddress
from pathlib import Path

from reporting.access.roles import Role, Viewer

THREADS = 4


class OpenToOthers(ValueError):
    """The address is one that other machines reach, and nobody has said which role they get."""


def local_viewer(host: str, role: str | None) -> Viewer:
    """Who the readers are: the role asked for, or the operator on the operator's own machine."""
    if role:
        return Viewer(role=Role(role), granted_by="set at the start")
    if not is_loopback(host):
        raise OpenToOthers(
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


def serve(
    published: Path, host: str = "127.0.0.1", port: int = 8050, *, role: str | None = None
) -> None:
    """Serve the published folder until stopped."""
    viewer = local_viewer(host, role)

    import waitress  # type: ignore[import-untyped]

    from reporting.dashboard.app import create_app

    app = create_app(published, viewer)
    waitress.serve(app.server, host=host, port=port, threads=THREADS, ident="tieout")
