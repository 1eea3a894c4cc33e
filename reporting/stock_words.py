"""The words of the tables about stock, what may be promised, and what is to be ordered."""

from __future__ import annotations

from reporting.wording import TableWords

STOCK: dict[str, TableWords] = {
    "fct_order_fill": TableWords(
        "What left in time", "One row per order line whose promised day has come"
    ),
    "fct_readiness_check": TableWords(
        "Ready to bill, condition by condition", "One row per line to be billed and condition"
    ),
    "fct_stock_move_version": TableWords(
        "What was known of moves", "One row per move that came more than once, and version of it"
    ),
    "mart_availability": TableWords(
        "What may be promised", "One row per item, place, sales channel and date"
    ),
    "mart_blind_window": TableWords(
        "Orders the warehouse does not know yet", "One row per item, place and sales channel"
    ),
    "mart_channel_feed": TableWords(
        "What channels show as available", "One row per item, place, channel and day a channel told"
    ),
    "mart_count_accuracy": TableWords(
        "How right counts found the book", "One row per place, class and fiscal period"
    ),
    "mart_distortion": TableWords(
        "What wrong stock costs", "One row per item, place and fiscal period with stock"
    ),
    "mart_exception_stock": TableWords(
        "Stock that waits for a decision", "One row per item, place, lot, state, owner and age"
    ),
    "mart_excess_stock": TableWords(
        "Too much stock",
        "One row per item and place with more than its policy allows, or none that moves",
    ),
    "mart_physical_stock": TableWords(
        "What is in the building", "One row per item, place, bin, lot and state"
    ),
    "mart_position_restated": TableWords(
        "Positions that changed afterwards",
        "One row per item, place, state and last day of a period",
    ),
    "mart_scan_coverage": TableWords(
        "Scanned and not typed", "One row per place and fiscal period with a movement"
    ),
    "mart_transfer_custody": TableWords(
        "Who had a transfer when", "One row per transfer, item and step of custody"
    ),
    "mart_forecast": TableWords("Forecast", "One row per item, place, days ahead and quantile"),
    "mart_forecast_accuracy": TableWords(
        "How good forecasts were", "One row per segment, volume, origin, days ahead and method"
    ),
    "mart_fulfilment_advice": TableWords("Which place should send", "One row per open order line"),
    "mart_transfer_advice": TableWords(
        "What to move between places",
        "One row per item, place that can spare and place that will lack",
    ),
}
