"""What physically happened: volumes, directions and delays of the warehouse feeds."""

from expectations.expected import between, holds, not_before, usual_share, usual_volume

LARGE_QTY = 1_000_000

SUITES = {
    "wms_stock_movement": (
        usual_volume("event_at"),
        holds("movement_type", "receipt", "ship", why="goods come in and go out in any batch"),
        between("qty", -LARGE_QTY, LARGE_QTY, why="a shifted decimal point or a date in qty"),
        not_before("recorded_at", "event_at", mostly=0.98, why="clocks of scanner and server"),
        usual_share("movement_type", "adjust", 0.0, 0.10, why="many adjustments hide a feed fault"),
        usual_share("movement_type", "count_adjust", 0.0, 0.10),
        usual_share("movement_type", "scrap", 0.0, 0.10),
    ),
    "wms_inventory_snapshot": (
        between("qty", -LARGE_QTY, LARGE_QTY),
        between("qty", 0, None, mostly=0.98, why="a few negative bins happen, many are a fault"),
    ),
    "wms_receipt_line": (
        usual_volume("received_at"),
        between("qty_received", -LARGE_QTY, LARGE_QTY),
        not_before("putaway_at", "received_at", mostly=0.98),
        usual_share("receipt_type", "po", 0.30, 1.0, why="most receipts stand on a purchase order"),
    ),
    "wms_shipment": (
        usual_volume("ship_confirm_at"),
        usual_share("shipment_type", "sale", 0.50, 1.0),
        usual_share("shipment_type", "sample", 0.0, 0.15, why="samples are never billed"),
        usual_share("status", "cancelled", 0.0, 0.15),
    ),
    "wms_shipment_line": (
        between("qty_shipped", -LARGE_QTY, LARGE_QTY),
        between("qty_shipped", 0, None, mostly=0.98, why="reversals are few"),
    ),
    "wms_count_line": (
        usual_volume("count_at"),
        between("counted_qty", 0, LARGE_QTY, why="nobody counts less than nothing"),
    ),
}
