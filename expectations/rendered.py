"""The part of a suite that the contract already says: what is required, what is a closed list.

The loader held every row to this. Said again here, it judges the loader, and the pages show it
beside what a person added.
"""

from __future__ import annotations

from expectations.expected import Expected, Kind, Severity
from models.contracts import CONTRACTS
from models.contracts.kernel import COMMON

LONGEST_LIST = 40


def rendered_suite(feed: str) -> tuple[Expected, ...]:
    """Required columns and closed lists of a feed, in the order of its contract."""
    suite = []
    for field in CONTRACTS[feed].fields():
        if field.name in COMMON:
            continue
        if field.required and not field.values:
            suite.append(Expected(Kind.GIVEN, field.name, severity=Severity.CRITICAL))
        if field.values and len(field.values) <= LONGEST_LIST:
            suite.append(
                Expected(Kind.ONE_OF, field.name, values=field.values, severity=Severity.CRITICAL)
            )
    return tuple(suite)
