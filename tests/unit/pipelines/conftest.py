"""`--update-gallery` writes docs/errors.md anew from the cases of the gallery."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-gallery", action="store_true", help="write docs/errors.md anew")


@pytest.fixture
def update_gallery(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-gallery", default=False))
