"""How long work shows that it moves: stages report here, whoever watches draws it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Listener = Callable[[str, int, int], None]


def _unwatched(stage: str, done: int, total: int) -> None:
    """Nobody watches."""


_listener: ContextVar[Listener] = ContextVar("listener", default=_unwatched)


def report(stage: str, done: int, total: int) -> None:
    """Say that `done` of `total` steps of a stage are through."""
    _listener.get()(stage, done, total)


@contextmanager
def watched_by(listener: Listener) -> Iterator[None]:
    """Send every report made inside to `listener`."""
    token = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(token)


def counter(stage: str, total: int) -> Callable[[str], None]:
    """A callback that counts its calls as steps of one stage."""
    done = 0

    def count(_: str) -> None:
        nonlocal done
        done += 1
        report(stage, min(done, total), total)

    return count
