from datetime import UTC, datetime

import polars as pl

from expectations.expected import usual_share, usual_volume
from expectations.months import FEWEST_ROWS, VOLUME, by_month, share_name

SHARE = usual_share("status", "cancelled", 0.0, 0.2)


def batch(rows_by_month: list[int], cancelled: int = 0) -> pl.DataFrame:
    rows = [
        {
            "order_at": datetime(2025, month, 3, tzinfo=UTC),
            "status": "cancelled" if number < cancelled else "open",
        }
        for month, count in enumerate(rows_by_month, start=1)
        for number in range(count)
    ]
    return pl.DataFrame(rows)


def test_volume_is_compared_with_the_months_before():
    months = by_month(batch([10, 100, 100, 200, 25, 10]), [usual_volume("order_at")], "order_at")
    assert months["month"].to_list() == ["2025-02", "2025-03", "2025-04", "2025-05"]
    assert months[VOLUME].to_list() == [None, 1.0, 2.0, 0.25]


def test_first_and_last_month_are_not_judged():
    assert by_month(batch([50, 60]), [], "order_at").is_empty()


def test_a_share_of_few_rows_is_not_judged():
    name = share_name(SHARE)
    enough = by_month(batch([1, FEWEST_ROWS, 1], cancelled=4), [SHARE], "order_at")
    assert enough[name].to_list() == [4 / FEWEST_ROWS]
    few = by_month(batch([1, FEWEST_ROWS - 1, 1], cancelled=4), [SHARE], "order_at")
    assert few[name].to_list() == [None]
