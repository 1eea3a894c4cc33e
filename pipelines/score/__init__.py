"""What the product found and published, held against the answer key of a generated company.

- `problems` one form for planted fault, trap and exception; `matching` which answers which
- `codes`, `traps` precision, recall, amount error; false alarms
- `truths` which table answers which truth file; `cells`, `tables` the comparison in DuckDB

What the product has no rule or table for is said to be so, and is no miss.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from pipelines.faults import DataFault
from pipelines.score.codes import CodeScore, Verdict, score_codes, share
from pipelines.score.matching import match
from pipelines.score.problems import EXCEPTIONS, found_problems, planted_problems, read_key
from pipelines.score.tables import TableScore, score_tables
from pipelines.score.traps import TrapScore, score_traps
from pipelines.summary import published_rows

__all__ = ["CodeScore", "Score", "TableScore", "TrapScore", "Verdict", "score_version"]


@dataclass(frozen=True, slots=True)
class Score:
    """All that `tieout score` says of one published version."""

    version: str
    as_of_at: datetime
    codes: Sequence[CodeScore]
    traps: Sequence[TrapScore]
    tables: Sequence[TableScore]

    @property
    def built(self) -> list[CodeScore]:
        """Lines of codes that the product has a rule for, without what hangs under a root."""
        return [line for line in self.codes if line.status == "scored" and not line.is_child]

    @property
    def planted(self) -> int:
        """Roots planted of the codes built."""
        return sum(line.planted for line in self.built)

    @property
    def matched(self) -> int:
        """Roots planted of the codes built that were found."""
        return sum(line.matched for line in self.built)

    @property
    def precision(self) -> Decimal | None:
        """Share of all roots found that were planted; none where nothing was found."""
        return share(self.matched, sum(line.found for line in self.built))

    @property
    def recall(self) -> Decimal | None:
        """Share of the roots planted of the codes built that were found."""
        return share(self.matched, self.planted)

    @property
    def amount_error(self) -> Decimal:
        """Sum over what matched of |found - planted|, company currency."""
        return sum((line.amount_error for line in self.built), Decimal(0))

    @property
    def codes_not_available(self) -> list[str]:
        """Codes that were planted and that the product has no rule for."""
        return sorted({line.code for line in self.codes if line.status == "not available"})

    def document(self) -> dict[str, Any]:
        """The score as plain data; decimals stay decimals."""
        return {
            "version": self.version,
            "as_of_at": self.as_of_at.isoformat(),
            "planted": self.planted,
            "matched": self.matched,
            "precision": self.precision,
            "recall": self.recall,
            "amount_error": self.amount_error,
            "codes_not_available": self.codes_not_available,
            "codes": [
                {
                    **asdict(line),
                    "precision": line.precision,
                    "recall": line.recall,
                    "verdict": line.verdict,
                }
                for line in self.codes
            ],
            "traps": [asdict(line) for line in self.traps],
            "tables": [asdict(line) for line in self.tables],
        }


def score_version(current: Path, key: Path, *, settings: Mapping[str, str] | None = None) -> Score:
    """Score of the published version in `current` against the answer key in `key`.

    settings: of DuckDB. Raises UsageFault where the key is not there, DataFault where nothing is
    published or the version does not say which codes it has rules for.
    """
    if not (current / "run.json").exists():
        raise DataFault(f"{current.parent.parent}: nothing is published yet. Run: tieout run")
    run = json.loads((current / "run.json").read_text(encoding="utf-8"))
    if "exception_codes" not in run:
        raise DataFault(
            f"{current}: version {run['version']} does not list the codes it has rules for; it was"
            " published by an earlier release. Publish anew: tieout run"
        )
    planted = planted_problems(read_key(key / "planted.csv"))
    found = found_problems(published_rows(current, EXCEPTIONS, "fct_exception"))
    answers = match(planted, found)
    as_of_at = datetime.fromisoformat(run["as_of_at"])
    traps = read_key(key / "traps.csv") if (key / "traps.csv").exists() else []
    return Score(
        version=run["version"],
        as_of_at=as_of_at,
        codes=score_codes(planted, found, answers, raised=run["exception_codes"]),
        traps=score_traps(traps, found, set(answers.values())),
        tables=score_tables(current, key, as_of_at=as_of_at, settings=settings),
    )
