"""Errors a person can act on; each carries the exit code of the command line."""

from __future__ import annotations


class Fault(Exception):
    """A clear refusal: what, where, expected, got and the next step stand in its text."""

    exit_code = 1


class UsageFault(Fault):
    """The call or a setting is wrong (exit 2)."""

    exit_code = 2


class DataFault(Fault):
    """The data is not ready: nothing loaded, or a check failed and nothing was published (exit 3)."""

    exit_code = 3
