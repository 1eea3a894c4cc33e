"""A large table is asked in its files, a small one remembered: both say the same."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from pipelines.ingest.lake_memory import LakeMemory
from tests.small_site import LINES_HEAD, SHIPMENT_HEAD, SmallSite


def outcome(site: SmallSite) -> list[pl.DataFrame]:
    for day in range(1, 5):
        rows = [f"S{n},1,SKU-{n},{day if n == 1 else 1},EA" for n in range(1, 4)]
        head = f"S{day},sale,DC1,2026-03-30T10:00:00Z,shipped"
        site.put_table(
            "wms_shipment",
            f"{SHIPMENT_HEAD}\n{head}",
            stamp=f"2026030{day}T000000",
            company="all" if day == 2 else "ACME",
        )
        site.put_table(
            "wms_shipment_line", "\n".join([LINES_HEAD, *rows]), stamp=f"2026030{day}T000000"
        )
        site.run()
    return [site.deliveries(), site.rejected(), site.rows("wms_shipment_line")]


def test_both_ways_of_looking_say_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    remembered = outcome(SmallSite(tmp_path / "small"))
    monkeypatch.setattr(LakeMemory, "_is_large", lambda self, parts: True)
    asked = outcome(SmallSite(tmp_path / "large"))
    assert all(one.equals(other) for one, other in zip(remembered, asked, strict=True))
    lines = remembered[0].filter(feed="wms_shipment_line")
    assert lines["rows_repeated"].sum() > 0 and remembered[2]["qty_shipped"].n_unique() > 1


def test_a_header_of_all_companies_holds_for_each(tmp_path: Path) -> None:
    site = SmallSite(tmp_path)
    site.put_table("wms_shipment", f"{SHIPMENT_HEAD}\nS1,sale,DC1,,planned", company="all")
    site.put_table("wms_shipment_line", f"{LINES_HEAD}\nS1,1,SKU,1,EA\nS2,1,SKU,1,EA")
    site.run()
    assert site.column("wms_shipment_line", "shipment_id") == ["S1"]
    assert site.rejected()["business_key"].to_list() == ["S2|1"]
