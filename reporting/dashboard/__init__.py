"""The dashboard: pages over the published tables. Dash itself loads only when it is served."""

from reporting.dashboard.server import NoRole, local_viewer, serve

__all__ = ["NoRole", "local_viewer", "serve"]
