"""The ledger's feeds: volume, manual and unposted share, plausible size. Balance is not judged here."""

from expectations.expected import between, usual_share, usual_volume

LARGE_AMOUNT = 10_000_000_000

SUITES = {
    "gl_journal_line": (
        usual_volume("posting_date"),
        between("amount", -LARGE_AMOUNT, LARGE_AMOUNT),
        between("fiscal_period", 1, 16, why="twelve periods and up to four for closing"),
        usual_share("is_manual", "true", 0.0, 0.30, why="a ledger written by hand is a finding"),
        usual_share("posted_status", "parked", 0.0, 0.20),
    ),
    "gl_balance": (
        between("closing", -LARGE_AMOUNT, LARGE_AMOUNT),
        between("fiscal_period", 0, 16),
    ),
    "gl_inventory_subledger": (
        between("qty", 0, None, mostly=0.95),
        between("value", 0, None, mostly=0.95, why="value below zero without stock is a fault"),
    ),
    "gl_ar_open_item": (between("open_amount", -LARGE_AMOUNT, LARGE_AMOUNT),),
    "gl_ap_open_item": (between("open_amount", -LARGE_AMOUNT, LARGE_AMOUNT),),
}
