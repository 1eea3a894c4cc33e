"""`python -m benchmarks NAME`: print ours beside the peer and write `benchmarks/results/NAME.json`."""

from __future__ import annotations

import argparse
import importlib
import json
from pathlib import Path

HERE = Path(__file__).parent
NOT_RUN = ("measure", "costing_increment", "textbook_policy")
NAMES = sorted(
    path.stem
    for path in HERE.glob("*.py")
    if not path.stem.startswith("__") and path.stem not in NOT_RUN
)


def main() -> None:
    """Run one benchmark and keep its figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("name", choices=NAMES)
    parser.add_argument("--rows", type=int, default=None)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    arguments = parser.parse_args()
    benchmark = importlib.import_module(f"benchmarks.{arguments.name}")
    results = benchmark.run(rows=arguments.rows, data=arguments.data)
    for line in results:
        peer = f"  {line['peer_name']} {line['peer']}" if line["peer_name"] else ""
        ratio = f"  ratio {line['ratio']}" if line["ratio"] is not None else ""
        print(f"{line['measure']:<44} {line['ours']:>12} {line['unit']}{peer}{ratio}")
    folder = HERE / "results"
    folder.mkdir(exist_ok=True)
    (folder / f"{arguments.name}.json").write_text(json.dumps(results, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
