"""Stock day by day, reckoned by hand."""

import numpy as np
import pytest

from forecasting.running_stock import Site, play


def site(demand: list[float], lead: int, review: int = 1, opens: int = 0) -> Site:
    asked = np.array([demand])
    return Site(asked, np.full(asked.shape, lead), np.array([review]), np.array([opens]))


def days(value: float, number: int) -> np.ndarray:
    return np.full((1, number), value)


def test_an_order_at_the_point_comes_after_its_lead_time_and_waiting_demand_is_served_first():
    # begins with 4; 3 asked a day; ordered up to 4 at the end of every day, two days on the way
    played = play(site([3, 3, 3, 3], lead=2), days(1, 4), days(3, 4))
    # day 0: 4 -> 1 (orders 3); day 1: 1 served of 3, -2 (orders 3); day 2: +3 = 1, 1 served, -2;
    # day 3: +3 = 1, 1 served
    assert played.asked.tolist() == [12]
    assert played.served.tolist() == [3 + 1 + 1 + 1]
    assert played.held.tolist() == pytest.approx([1 / 4])


def test_orders_wait_for_the_day_of_review():
    every_day = play(site([1] * 6, lead=1), days(2, 6), days(0, 6))
    every_third = play(site([1] * 6, lead=1, review=3), days(2, 6), days(0, 6))
    assert every_day.served.tolist() == [6] and every_third.served.tolist() == [5]


def test_nothing_is_ordered_above_the_point_and_early_days_do_not_count():
    played = play(site([0, 0, 1, 1], lead=1), days(5, 4), days(5, 4), uncounted=2)
    assert played.asked.tolist() == [2] and played.held.tolist() == pytest.approx([(9 + 8) / 4])


def test_a_line_lives_from_the_day_it_opens_with_the_point_of_that_day():
    point = np.array([[np.nan, np.nan, 3.0, 3.0]])
    played = play(site([9, 9, 2, 2], lead=1, opens=2), point, days(0, 4))
    assert played.asked.tolist() == [4] and played.served.tolist() == [4]
    assert played.held.tolist() == pytest.approx([(1 + 1) / 4])
