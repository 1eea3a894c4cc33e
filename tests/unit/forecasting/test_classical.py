"""Published answers: Snyder and Shen, Fundamentals of Supply Chain Theory, 2nd edition, and
Zheng and Federgruen (1991)."""

import numpy as np
import pytest
from scipy import stats

from forecasting import newsvendor, order_quantity, order_up_to, reorder_quantity, safety_stock

EXACT = {"rel": 1e-12}
LEAD_DEMAND = (1300 / 12, 150 / np.sqrt(12))


def test_economic_order_quantity_of_example_3_1():
    order = order_quantity.economic_order_quantity(8, 0.225, 1300)
    assert order.quantity == pytest.approx(304.0467800264368, **EXACT)
    assert order.cost == pytest.approx(68.41052550594829, **EXACT)


def test_economic_order_quantity_with_backorders_of_example_3_8():
    order, share = order_quantity.economic_order_quantity_with_backorders(8, 0.225, 5, 1300)
    assert order.quantity == pytest.approx(310.81255515896464, **EXACT)
    assert share == pytest.approx(0.0430622009569378, **EXACT)
    assert order.cost == pytest.approx(66.92136355097325, **EXACT)


def test_all_units_discount_orders_up_to_the_break():
    order = order_quantity.all_units_discount(
        200, 0.20, 1000, breaks=(0, 200, 500), prices=(500, 475, 450)
    )
    assert order.quantity == 500
    assert order.cost == pytest.approx(472900, **EXACT)


def test_incremental_discount():
    order = order_quantity.incremental_discount(
        150, 0.25, 2400, breaks=(0, 300, 600), prices=(100, 90, 80)
    )
    assert order.quantity == pytest.approx(1481.8906842274164, **EXACT)
    assert order.cost == pytest.approx(222762.8136845483, **EXACT)


def test_newsvendor_normal_of_example_4_3():
    order = newsvendor.newsvendor_normal(0.18, 0.70, 50, 8)
    assert order.quantity == pytest.approx(56.60395592743389, **EXACT)
    assert order.cost == pytest.approx(1.9976051931766445, **EXACT)


def test_newsvendor_poisson():
    order = newsvendor.newsvendor_poisson(0.18, 0.70, 50)
    assert order.quantity == 56
    assert order.cost == pytest.approx(1.797235211809178, rel=1e-10)


def test_newsvendor_discrete_of_example_4_7():
    order = newsvendor.newsvendor_discrete(1, 4, lambda n: stats.poisson.pmf(n, 6), largest=60)
    assert order.quantity == 8
    assert order.cost == pytest.approx(3.5701069457709416, rel=1e-10)


def test_cost_of_a_reorder_point_policy_of_example_5_1():
    cost = reorder_quantity.reorder_point_and_quantity_cost(
        126.8, 328.5, fixed=8, holding=0.225, stockout=7.5, demand=1300, lead_demand=LEAD_DEMAND
    )
    assert cost == pytest.approx(78.07116250928294, **EXACT)


def test_reorder_point_by_safety_stock_and_economic_quantity():
    point, quantity = reorder_quantity.reorder_point_and_quantity(
        fixed=8, holding=0.225, stockout=7.5, demand=1300, lead_demand=LEAD_DEMAND
    )
    assert point == pytest.approx(190.3369965715624, **EXACT)
    assert quantity == pytest.approx(304.0467800264368, **EXACT)


def test_uncertain_lead_time_adds_to_the_deviation():
    # 20 days, 3 a day with variance 4, lead time deviation 2 days: 20 x 4 + 9 x 4 = 116
    assert safety_stock.interval_deviation(20, 3, 4, 4) == pytest.approx(np.sqrt(116))
    assert safety_stock.interval_deviation(20, 3, 4, 0) == pytest.approx(np.sqrt(80))


def test_fill_rate_factor_meets_its_target_and_may_be_negative():
    targets, quantity, deviation = np.array([0.90, 0.98, 0.999]), 100.0, 40.0
    z = safety_stock.fill_rate_factor(targets, quantity, deviation)
    assert safety_stock.standard_loss(z) * deviation / quantity == pytest.approx(1 - targets)
    assert safety_stock.fill_rate_factor(0.5, 10.0, 4.0) < 0


@pytest.mark.parametrize(
    ("mean", "fixed", "holding", "stockout", "low", "high", "cost"),
    [
        (6, 5, 1, 4, 4, 10, 8.034111561471642),
        (10, 64, 1, 9, 6, 40, 35.022),
        (20, 64, 1, 9, 14, 62, 49.173),
        (50, 64, 1, 9, 42, 108, 70.975),
        (75, 64, 1, 9, 67, 86, 79.554),
    ],
)
def test_order_up_to_exact_of_example_4_7_and_of_zheng_and_federgruen(
    mean, fixed, holding, stockout, low, high, cost
):
    found = order_up_to.order_up_to_poisson(
        fixed=fixed, holding=holding, stockout=stockout, mean=mean
    )
    assert (found.low, found.high) == (low, high)
    # the 1991 paper prints three decimals
    assert found.cost == pytest.approx(cost, abs=1e-9 if mean == 6 else 5e-4)


def test_order_up_to_by_the_power_approximation():
    found = order_up_to.order_up_to_by_power(
        fixed=2.5, holding=0.18, stockout=0.70, mean=50, deviation=8
    )
    assert found.low == pytest.approx(40.19461695647407, **EXACT)
    assert found.high == pytest.approx(74.29017010980579, **EXACT)


def test_reorder_point_by_expected_inventory_level():
    found = reorder_quantity.reorder_point_by_inventory_level(
        fixed=8, holding=0.225, stockout=7.5, demand=1300, lead_demand=LEAD_DEMAND
    )
    assert found == pytest.approx(
        (213.97044213580244, 318.5901810768729, 95.45114022285196), rel=1e-8
    )


def test_reorder_point_under_poisson_demand_of_example_5_8():
    point, quantity, cost = reorder_quantity.reorder_point_poisson(
        fixed=100, holding=20, stockout=150, rate=1.5, lead_time=2
    )
    assert (point, quantity) == (3, 5)
    assert cost == pytest.approx(107.92358063314975, rel=1e-10)
