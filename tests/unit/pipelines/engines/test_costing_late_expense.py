"""Where late costs are expense, what lies there keeps its value."""

from __future__ import annotations

import pytest

from tests.scenarios.cost_notation import story
from tests.unit.pipelines.engines.cost_story import ending, figure


@pytest.mark.parametrize("method", ["fifo", "lifo", "moving_average"])
@pytest.mark.parametrize("word", ["landed", "variance"])
def test_a_late_cost_is_all_expense(method: str, word: str) -> None:
    events = f"d1 in 10@10 #r; d2 out 4; d3 {word} 20 >r"
    expensed = story(method, events, late_cost="expense").valued()
    assert ending(expensed) == ("6", "60.00")
    assert figure(expensed.entries["cogs_amount"].sum()) == "60.00"
    assert ending(story(method, events).valued()) == ("6", "72.00")
