"""Does a batch look like its brothers? Great Expectations suites, run on what was delivered."""

from expectations.suites import SUITES

SUITE_FEEDS = tuple(sorted(SUITES))
"""Feeds that have a suite. Importing this does not import Great Expectations."""

__all__ = ["SUITE_FEEDS"]
