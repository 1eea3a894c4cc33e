"""The dashboard: pages over the published tables. Dash itself loads only when it is served."""

from reporting.dashboard.server import serve

__all__ = ["serve"]
