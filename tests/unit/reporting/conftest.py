"""The small published version that the tests of this room read."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.reporting.published_sample import write_version


@pytest.fixture(scope="session")
def published_sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published folder; tests read it and change nothing in it."""
    folder = tmp_path_factory.mktemp("published")
    write_version(folder)
    return folder
