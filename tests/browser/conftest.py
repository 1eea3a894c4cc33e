"""A browser that reports what a person would not see: console errors and calls to outside hosts.

Chromium is the distribution's own; where it is absent these tests are skipped and say so.
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from reporting.access import Role
from reporting.dashboard import local_viewer
from tests.unit.reporting.published_sample import write_version

CHROMIUM_NAMES = ("chromium", "chromium-browser")
CHROMIUM_ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
OWN_HOSTS = {"127.0.0.1", "localhost", "::1", ""}
WINDOW = {"width": 1440, "height": 960}
PICTURES = Path(__file__).resolve().parents[2] / "docs" / "images"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--screenshots", action="store_true", help="write the pictures of docs/images anew"
    )


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    """Chromium, started once."""
    path = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if path is None:
        pytest.skip("needs chromium (the distribution's package); it is not installed")
    from playwright.sync_api import expect, sync_playwright

    # as patient as every other wait: a busy machine is no fault of the page
    expect.set_options(timeout=30_000)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGUMENTS)
        yield started
        started.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address at which a planner sees the published sample; a module may say another."""
    folder = tmp_path_factory.mktemp("published")
    write_version(folder)
    with serving(folder, Role.PLANNING) as at:
        yield at


@pytest.fixture
def guarded_page(browser) -> Iterator[object]:
    """A page that fails its test when it logs an error or asks anything of another host."""
    page = browser.new_page(viewport=WINDOW, accept_downloads=True)
    wrong: list[str] = []
    page.on(
        "console",
        lambda said: wrong.append(f"console: {said.text}") if said.type == "error" else None,
    )
    page.on("pageerror", lambda error: wrong.append(f"page error: {error}"))
    page.on("request", lambda asked: wrong.extend(_outside(asked.url)))
    page.on(
        "response",
        lambda answer: (
            wrong.append(f"{answer.status}: {answer.url}") if answer.status >= 400 else None
        ),
    )
    yield page
    page.close()
    assert wrong == []


@pytest.fixture
def picture(request: pytest.FixtureRequest) -> Callable[..., None]:
    """Function that writes a picture for the docs, when the run was asked to."""

    def take(page, name: str, *, whole: bool = False) -> None:
        if request.config.getoption("--screenshots", default=False):
            PICTURES.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=PICTURES / f"{name}.png", full_page=whole)

    return take


@contextmanager
def serving(published: Path, role: Role | None = None) -> Iterator[str]:
    """The dashboard on a free port of this machine, for as long as the block lasts."""
    from waitress.server import create_server

    from reporting.dashboard.app import create_app

    app = create_app(published, local_viewer("127.0.0.1", role))
    server = create_server(app.server, host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        server.close()


def _outside(url: str) -> list[str]:
    parts = urlsplit(url)
    if parts.scheme in ("data", "blob", "about") or parts.hostname in OWN_HOSTS:
        return []
    return [f"outside host: {url}"]
