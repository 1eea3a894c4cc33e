"""Books a list of trades with beancount and prints what every sale cost; runs in its own process.

Reads JSON from standard input: {"method": "FIFO", "trades": [[item, day, qty, price or null]]}.
Days count from 2000, quantities are whole pieces, prices whole cents.
"""

from __future__ import annotations

import json
import sys
from datetime import date, timedelta


def journal(method: str, trades: list[list[int]]) -> str:
    items = sorted({trade[0] for trade in trades})
    lines = [f'2000-01-01 open Assets:I{item} "{method}"' for item in items]
    lines.append("2000-01-01 open Equity:Other")
    for number, (item, day, qty, price) in enumerate(trades):
        when = date(2000, 1, 2) + timedelta(days=day)
        cost = "{}" if price is None else f"{{{price / 100:.2f} USD}}"
        lines += [
            f'{when} * "{number}"',
            f"  Assets:I{item}  {qty} P{item} {cost}",
            "  Equity:Other",
        ]
    return "\n".join(lines)


def main() -> None:
    from beancount import loader

    told = json.load(sys.stdin)
    entries, errors, _ = loader.load_string(journal(told["method"], told["trades"]))
    assert not errors, errors[:3]
    costs = {}
    for entry in entries:
        sold = [posting for posting in getattr(entry, "postings", ()) if posting.cost]
        if sold and sold[0].units.number < 0:
            costs[int(entry.narration)] = str(
                -sum(posting.units.number * posting.cost.number for posting in sold)
            )
    json.dump(costs, sys.stdout)


if __name__ == "__main__":
    main()
