"""Stock of a key that tells it at month ends only, in the warehouse system's words."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

MONTH_END_COLUMN = "stock_status"
STATE_OF_STATUS = {
    "available": "ON_HAND",
    "received": "RECEIVED",
    "reserved": "RESERVED",
    "picked": "PICKED",
    "packed": "PACKED",
    "qc_hold": "QC_HOLD",
    "quarantine": "QUARANTINE",
    "damaged": "DAMAGED",
}


def month_end_stock(file: Path, as_of_at: datetime) -> str:
    """Query of the rows of the last month end by then, with the states of the model."""
    rows = f"read_csv('{str(file).replace(chr(39), chr(39) * 2)}', header=true, all_varchar=true)"
    states = " ".join(f"when '{old}' then '{new}'" for old, new in STATE_OF_STATUS.items())
    return (
        f"(select *, case {MONTH_END_COLUMN} {states} end as stock_state from {rows} where date ="
        f" (select max(date) from {rows} where date <= '{as_of_at.date().isoformat()}'))"
    )
