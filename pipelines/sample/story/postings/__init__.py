"""What each happening does to the ledger, by area: sales, purchasing, stock, money."""

from pipelines.sample.story.postings.money import MoneyPostings
from pipelines.sample.story.postings.purchasing import PurchasingPostings
from pipelines.sample.story.postings.sales import SalesPostings
from pipelines.sample.story.postings.stock import StockPostings

__all__ = ["MoneyPostings", "PurchasingPostings", "SalesPostings", "StockPostings"]
