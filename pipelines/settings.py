"""Settings of one workspace, read from its `tieout.toml`."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from pipelines.faults import UsageFault


class TieoutSettings(BaseSettings):
    """What a person may set for a workspace; every value has a default that runs."""

    model_config = SettingsConfigDict(extra="forbid", frozen=True)

    as_of: datetime | None = Field(
        default=None, description="Moment the figures are asked for (UTC); empty: the watermark."
    )
    clock: datetime | None = Field(
        default=None,
        description="Fixed delivery time for files that state none; empty: the machine's clock.",
    )
    memory_limit: str = Field(default="4GB", description="Memory DuckDB may take before it spills.")
    threads: int = Field(default=2, ge=1, description="Threads of DuckDB and of dbt.")
    expectations: bool = Field(default=True, description="Run the expectation suites on batches.")
    seed: int = Field(default=42, description="Seed of everything that draws at random.")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"] = Field(
        default="CRITICAL", description="What Dagster writes to the console."
    )
    users: dict[str, Literal["sales", "warehouse", "finance", "planning", "auditor", "admin"]] = (
        Field(
            default={},
            description="Who works on exceptions, name = role; empty: whoever reaches it is admin.",
        )
    )
    keep_versions: int = Field(default=3, ge=1, description="Published versions kept on disk.")

    @field_validator("as_of", "clock")
    @classmethod
    def in_utc(cls, value: datetime | None) -> datetime | None:
        """A time without a zone is UTC; every other zone is turned into it."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Only the file speaks: the environment of a machine may not change a figure."""
        return (init_settings,)


def read_settings(path: Path) -> TieoutSettings:
    """Settings of `path`; defaults where the file is absent.

    Raises UsageFault naming the file, the key and the rule that is broken.
    """
    if not path.exists():
        return TieoutSettings()
    try:
        return TieoutSettings(**tomllib.loads(path.read_text(encoding="utf-8")))
    except tomllib.TOMLDecodeError as error:
        raise UsageFault(f"{path}: not readable as TOML: {error}. Correct the line.") from error
    except ValidationError as error:
        lines = [
            f"{path}: {'.'.join(map(str, e['loc']))} = {e['input']!r}: {e['msg']}"
            for e in error.errors()
        ]
        known = ", ".join(TieoutSettings.model_fields)
        raise UsageFault("\n".join([*lines, f"Known settings: {known}."])) from error
