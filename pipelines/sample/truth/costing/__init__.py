"""The second opinion on cost: every method written to be read, in whole cents and exact fractions.

It shares nothing with the engines that users run, and it is not quick. One cost pool per item and
company, location or lot; policy: negative stock is trued up, late cost split, a return goes back
to its layer, the last issue takes the residual cent, receipts come first within a day.
"""

from pipelines.sample.truth.costing.entries import (
    CostEntry,
    CostFlag,
    CostSettings,
    CostTruth,
    LayerLeft,
)
from pipelines.sample.truth.costing.events import CostEvent, CostKind, ordered
from pipelines.sample.truth.costing.methods import cost_truth
from pipelines.sample.truth.costing.rounding import allocate

__all__ = [
    "CostEntry",
    "CostEvent",
    "CostFlag",
    "CostKind",
    "CostSettings",
    "CostTruth",
    "LayerLeft",
    "allocate",
    "cost_truth",
    "ordered",
]
