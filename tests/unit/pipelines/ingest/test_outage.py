"""A feed that is silent for a day and replays: capability 119."""

from __future__ import annotations

from tests.small_site import SHIPMENT_HEAD, SmallSite, counts


def shipments(day: int) -> str:
    lines = [f"S{day}{n},sale,DC1,2026-03-{day}T10:00:00Z,shipped" for n in (1, 2)]
    return "\n".join([SHIPMENT_HEAD, *lines])


def test_capability_119_after_an_outage_and_a_replay_nothing_is_lost_or_there_twice(
    site: SmallSite,
) -> None:
    days = {day: f"202603{day}T230000" for day in (28, 29, 30)}
    for day in (28, 30):
        site.put_table("wms_shipment", shipments(day), stamp=days[day])
        site.run()
    replayed = "\n".join([shipments(29), *shipments(28).splitlines()[1:]])
    site.put_table("wms_shipment", replayed, stamp=days[29])
    report = site.run()
    assert counts(report.deliveries[0]) == {"read": 4, "accepted": 2, "repeated": 2}
    again = site.put_table("wms_shipment", replayed, stamp="20260331T230000")
    assert again.exists() and counts(site.run().deliveries[0]) == {"read": 4, "repeated": 4}
    found = sorted(str(value) for value in site.column("wms_shipment", "shipment_id"))
    assert found == ["S281", "S282", "S291", "S292", "S301", "S302"]
