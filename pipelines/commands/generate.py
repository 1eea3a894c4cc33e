"""`tieout generate`: the sample company of a size and seed, spoilt as somebody wishes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from pipelines.commands.console import out, progress_bars
from pipelines.faults import UsageFault
from pipelines.progress import report
from pipelines.sample import BULK_SIZES, MISHAPS, RATES, SIZES, FaultRates, Sample, generate


def generate_command(directory: Path, *, size: str, seed: int, wishes: Mapping[str, Any]) -> int:
    """Write deliveries and answer key to `directory`.

    `wishes`: file_format, every (day or month), mishaps, rates (CODE=SHARE); None leaves the
    size as it is."""
    _one_of("--size", size, (*SIZES, *BULK_SIZES))
    if (directory / "landing").exists() or (directory / "key").exists():
        raise UsageFault(f"{directory} holds a sample company already. Name an empty folder.")
    file_format = wishes["file_format"]
    if file_format is not None:
        _one_of("--format", file_format, ("csv", "parquet"))
    sample = None
    if size in SIZES:
        sample = _tailored(SIZES[size], wishes)
    elif wishes["every"] or wishes["mishaps"] or wishes["rates"]:
        raise UsageFault(f"--size {size} takes --format and --seed only: it is told in bulk.")
    with progress_bars():
        written = generate(
            size=size, seed=seed, out=directory, sample=sample, file_format=file_format,
            progress=report,
        )  # fmt: skip
    out.print(
        f"Wrote the sample company ({size}, seed {seed}) to {directory}: "
        f"{written.rows:,} rows in {written.files} files"
    )
    return 0


def _tailored(sample: Sample, wishes: Mapping[str, Any]) -> Sample:
    every, mishaps = wishes["every"], tuple(wishes["mishaps"] or ())
    if every is not None:
        _one_of("--every", every, ("day", "month"))
    for mishap in mishaps:
        _one_of("--mishap", mishap, MISHAPS)
    rates = _rates(wishes["rates"] or ())
    companies = tuple(
        replace(parameters, faults=_changed(parameters.faults, rates))
        for parameters in sample.companies
    )
    return replace(
        sample,
        companies=companies,
        file_format=wishes["file_format"] or sample.file_format,
        daily=sample.daily if every is None else every == "day",
        mishaps=(*sample.mishaps, *mishaps),
    )


def _rates(asked: Sequence[str]) -> dict[str, float]:
    rates = {}
    for wish in asked:
        code, _, share = wish.partition("=")
        _one_of("--rate", code, ("ALL", *sorted(RATES)))
        try:
            rates[code] = float(share)
        except ValueError:
            raise UsageFault(f"--rate {wish}: expected CODE=SHARE, as UNBILLED=0.01.") from None
        if rates[code] < 0:
            raise UsageFault(f"--rate {wish}: a share is not negative.")
    return rates


def _changed(faults: FaultRates, rates: Mapping[str, float]) -> FaultRates:
    if "ALL" in rates:
        faults = FaultRates(dict.fromkeys(RATES, rates["ALL"]))
    return faults.but(**{code: rate for code, rate in rates.items() if code != "ALL"})


def _one_of(option: str, value: str, known: Sequence[str]) -> None:
    if value not in known:
        raise UsageFault(f"{option} {value}: not known, expected one of {', '.join(known)}.")
