"""The workspace as a Dagster resource: the rim where settings, and paths come in."""

from datetime import datetime
from pathlib import Path

from dagster import ConfigurableResource

from pipelines.workspace import Workspace


class WorkspaceResource(ConfigurableResource):  # type: ignore[type-arg]
    """One workspace and what this run was asked for."""

    root: str
    as_of: str = ""

    @property
    def workspace(self) -> Workspace:
        """The workspace, made if its folders are missing."""
        return Workspace(Path(self.root)).require()

    @property
    def asked_as_of(self) -> datetime | None:
        """Moment given on the command line, else in the settings, else none."""
        if self.as_of:
            return datetime.fromisoformat(self.as_of)
        return self.workspace.settings.as_of
