"""Costing methods: which cost leaves stock when goods do."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CostingMethod:
    code: str
    meaning: str


_METHODS = (
    CostingMethod("fifo", "An issue takes the oldest layer that is open."),
    CostingMethod("lifo", "An issue takes the newest layer open at that moment."),
    CostingMethod(
        "lifo_periodic", "Stock at year end is valued at the earliest layers of the year."
    ),
    CostingMethod("moving_average", "Each receipt makes a new average; an issue leaves at it."),
    CostingMethod("periodic_average", "One average per period; issues are trued up at its end."),
    CostingMethod("standard", "Stock is quantity x standard; what differs is a variance."),
    CostingMethod("specific", "An issue takes the cost of its own serial or lot."),
)

COSTING_METHODS = {method.code: method for method in _METHODS}
COSTING_METHOD_CODES = tuple(COSTING_METHODS)
