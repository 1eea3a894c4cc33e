"""Cost of every unit: layers, averages and standards, in whole numbers."""

from pipelines.engines.costing.valuation import Valuation, value

__all__ = ["Valuation", "value"]
