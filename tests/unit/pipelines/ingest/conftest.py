"""A fresh small site per test."""

from pathlib import Path

import pytest

from tests.small_site import SmallSite


@pytest.fixture
def site(tmp_path: Path) -> SmallSite:
    return SmallSite(tmp_path)
