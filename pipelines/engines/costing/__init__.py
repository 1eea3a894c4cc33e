"""Cost of every unit: layers, averages and standards, in whole numbers."""

from pipelines.engines.costing.renewing import Told, renewed
from pipelines.engines.costing.valuation import Valuation, value

__all__ = ["Told", "Valuation", "renewed", "value"]
