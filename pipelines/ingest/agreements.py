"""What a site has agreed with its senders: when feeds are due, and when they may pause.

These are decisions and not deliveries: they lie in `policies/` under their own names, are read anew
for every build, and a row that cannot be read stops the build, because a deadline nobody can read
would count every late file as on time.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from models.contracts import INGEST
from models.contracts.kernel import REASONS

AGREEMENTS = ("feed_contract", "maintenance_window")
EVERY = ("feed", "source_system", "company_id")
SHOWN = 5


class AgreementError(Exception):
    """An agreement that cannot be read: file, row, value, rule and next step."""


def agreement_files(policies: Path) -> dict[str, Path]:
    """Agreement -> its file, for those that are there."""
    files = {name: policies / f"{name}.csv" for name in AGREEMENTS}
    return {name: path for name, path in files.items() if path.is_file()}


def agreement_frames(policies: Path) -> dict[str, pl.DataFrame]:
    """One typed frame per agreement, empty where the site has none. Raises AgreementError."""
    files = agreement_files(policies)
    return {
        name: _read(name, files[name])
        if name in files
        else pl.DataFrame(schema=INGEST[name].polars_types())
        for name in AGREEMENTS
    }


def _read(name: str, path: Path) -> pl.DataFrame:
    contract = INGEST[name]
    given = pl.read_csv(path, infer_schema=False)
    every = [pl.lit("*").alias(column) for column in EVERY if column not in given.columns]
    given = given.with_columns(every)
    if missing := contract.missing_columns(given.columns):
        raise AgreementError(
            f"policies/{path.name}: columns {', '.join(missing)} are missing. "
            f"Next: add them; docs/tables/ingest_{name}.md says what each one means."
        )
    checked = contract.check(contract.read_text(given.with_row_index("row_number", offset=2)))
    if len(checked.rejected):
        said = [
            f"row {row['row_number']}: '{row[REASONS][0]}' broken with "
            f"{given[row['row_number'] - 2].to_dicts()[0].get(row[REASONS][0].split(' ')[0])!r}"
            for row in checked.rejected.head(SHOWN).to_dicts()
        ]
        raise AgreementError(
            f"policies/{path.name}: {'; '.join(said)}. Next: correct the rows and run again."
        )
    return checked.accepted.select(list(contract.polars_types()))
