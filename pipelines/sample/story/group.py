"""A group of companies living the same days; what crosses between them is told by both."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pipelines.sample.parameters import Sample
from pipelines.sample.story.group_trade import GroupTrade
from pipelines.sample.story.life import Story
from pipelines.sample.world.calendar import days


class Group:
    def __init__(self, sample: Sample, seed: int) -> None:
        self.stories = tuple(Story(parameters, seed) for parameters in sample.companies)
        by_code = {story.parameters.company_id: story for story in self.stories}
        self.trades = tuple(
            GroupTrade(trade, by_code[trade.seller], by_code[trade.buyer])
            for trade in sample.trades
            if {trade.seller, trade.buyer} <= set(by_code)
        )
        self.first_day = min(parameters.first_day for parameters in sample.companies)
        self.last_day = max(parameters.last_day for parameters in sample.companies)

    def open(self) -> None:
        for story in self.stories:
            story.open()

    def live(self) -> Iterator[date]:
        """One step a day; the companies' happenings wait to be drained after each."""
        for day in days(self.first_day, self.last_day):
            for story in self.stories:
                story.live(day)
            yield day
        for story in self.stories:
            story.end()
