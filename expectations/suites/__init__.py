"""What a person would add to the contracts, one file per group of feeds.

Bounds are wide on purpose: an expectation that cries every month is switched off in the second.
"""

from collections.abc import Mapping

from expectations.expected import Expected
from expectations.suites import billing, demand, gl, purchasing, wms

SUITES: Mapping[str, tuple[Expected, ...]] = {
    **wms.SUITES,
    **billing.SUITES,
    **purchasing.SUITES,
    **gl.SUITES,
    **demand.SUITES,
}
