"""What the forecast learns from."""

from expectations.expected import between, not_before

SUITES = {
    "demand_lead_time": (
        between("lead_time_days", 0, 400, why="a year from order to receipt is a typing mistake"),
        not_before("receipt_date", "order_date"),
    ),
}
