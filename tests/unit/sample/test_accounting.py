"""What each happening of the sales side does to the ledger, by posting profile (A.3, A.4)."""

from dataclasses import replace

import pytest

from pipelines.sample.happenings import (
    BillableEvent,
    Delivered,
    DeliveryFailed,
    InvoiceLine,
)
from pipelines.sample.story.profiles import PROFILES
from tests.unit.sample.ledger_desk import AT, DAY, Desk, invoice, shipment

ALL = tuple(PROFILES)


# --- goods issue and invoice ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("profile", "shipped"),
    [
        (
            "control_transfer",
            {"COGS": 5_000, "INV": -5_000, "UNBILLED_AR": 9_000, "REVENUE": -9_000},
        ),
        ("sap_like", {"COGS": 5_000, "INV": -5_000}),
        ("netsuite_like", {"COGS": 5_000, "INV": -5_000}),
        ("d365fo_like", {"COGS": 5_000, "INV": -5_000}),
        ("bc_like", {"INV_INTERIM": 5_000, "INV": -5_000}),
        ("periodic", {}),
    ],
)
def test_goods_issue_by_profile(profile, shipped):
    desk = Desk(posting_profile=profile)
    assert desk.tell(shipment(desk)) == shipped


@pytest.mark.parametrize("profile", ALL)
def test_shipped_and_billed_ends_in_the_same_place_under_every_profile(profile):
    desk = Desk(posting_profile=profile)
    desk.tell(shipment(desk), invoice(desk, tax=1_710))
    desk.accounting.work(DAY, is_month_end=True)
    assert desk.balances() == {
        "COGS": 5_000, "INV": -5_000, "AR": 10_710, "REVENUE": -9_000, "TAX_PAYABLE": -1_710,
    }  # fmt: skip


def test_control_at_delivery_waits_in_transit_and_passes_in_parts():
    desk = Desk()
    sent = shipment(desk, fob="destination", qty=3, cost=1_000, price=900)
    assert desk.tell(sent) == {"INV_TRANSIT": 1_000, "INV": -1_000}
    line = sent.lines[0]
    after_one = desk.tell(Delivered(sent, DAY, AT, ((line, 1),), passes_control=True))
    assert after_one == {
        "INV_TRANSIT": 667, "INV": -1_000, "COGS": 333, "UNBILLED_AR": 900, "REVENUE": -900,
    }  # fmt: skip
    done = desk.tell(Delivered(sent, DAY, AT, ((line, 2),), passes_control=True))
    assert done == {"INV": -1_000, "COGS": 1_000, "UNBILLED_AR": 2_700, "REVENUE": -2_700}


def test_a_delivery_after_control_passed_is_evidence_only():
    desk = Desk()
    sent = shipment(desk)
    before = desk.tell(sent)
    assert desk.tell(Delivered(sent, DAY, AT, ((sent.lines[0], 10),), False)) == before


@pytest.mark.parametrize(("kind", "role"), [("lost", "CARRIER_CLAIM"), ("refused", "RETURN_ASSET")])
def test_what_never_reached_the_customer(kind, role):
    desk = Desk()
    sent = shipment(desk, fob="destination")
    desk.tell(sent)
    failed = DeliveryFailed(sent, DAY, AT, kind, ((sent.lines[0], 10, 5_000),))
    assert desk.tell(failed) == {"INV": -5_000, role: 5_000}


def test_only_a_confirmed_shipment_is_booked_and_only_once():
    desk = Desk()
    assert desk.tell(replace(shipment(desk), at=None)) == {}
    once = desk.tell(shipment(desk))
    assert desk.tell(replace(shipment(desk), status="delivered"), shipment(desk)) == once


@pytest.mark.parametrize(("kind", "role"), [("sample", "MARKETING_EXP"), ("warranty", "COGS")])
def test_goods_given_away(kind, role):
    desk = Desk()
    assert desk.tell(shipment(desk, kind=kind, price=0)) == {role: 5_000, "INV": -5_000}


def test_an_invoice_ahead_of_the_goods_is_owed_to_the_customer():
    desk = Desk()
    assert desk.tell(invoice(desk)) == {"AR": 9_000, "DEFERRED_REV": -9_000}
    after = desk.tell(shipment(desk, price=1_000))
    assert after == {
        "AR": 9_000, "UNBILLED_AR": 1_000, "REVENUE": -10_000, "COGS": 5_000, "INV": -5_000,
    }  # fmt: skip


def test_a_leak_stays_in_the_unbilled_receivable():
    desk = Desk()
    assert desk.tell(shipment(desk), invoice(desk, price=800))["UNBILLED_AR"] == 1_000
    assert desk.accounting.sales.unbilled == {("SO1", 1): 1_000}


def test_the_rate_between_shipment_and_invoice_is_no_revenue():
    desk = Desk()
    desk.tell(shipment(desk, currency="USD", fx_rate=900_000))
    after = desk.tell(invoice(desk, currency="USD", fx_rate=950_000))
    assert after["AR"] == 8_550
    assert after["REVENUE"] == -8_100
    assert after["FX_GAIN_LOSS"] == -450
    assert "UNBILLED_AR" not in after


@pytest.mark.parametrize(("reserve", "role"), [(False, "SALES_RETURNS"), (True, "REFUND_LIAB")])
def test_a_credit_for_a_return(reserve, role):
    desk = Desk(returns_reserve=reserve)
    credit = invoice(desk, qty=-2, price=900, kind="credit_memo")
    assert desk.tell(credit) == {"AR": -1_800, role: 1_800}


def test_charges_are_revenue_of_their_own_kind():
    desk = Desk()
    lines = tuple(
        InvoiceLine(n, "", 1, 100, 100, 0, kind=kind)
        for n, kind in enumerate(("freight", "hazmat", "handling", "service", "adjustment"), 1)
    )
    after = desk.tell(replace(invoice(desk), lines=lines))
    assert after == {"AR": 500, "FREIGHT_REV": -100, "SURCHARGE_REV": -200, "REVENUE": -200}


def test_expected_returns_are_reserved_at_the_sale_where_policy_says_so():
    desk = Desk(returns_reserve=True, expected_return_percent=10)
    after = desk.tell(shipment(desk))
    assert after["REFUND_LIAB"] == -900
    assert after["RETURN_ASSET"] == 500
    assert after["REVENUE"] == -8_100


@pytest.mark.parametrize(("kind", "stock"), [("bill_hold", "INV"), ("dropship_ship", "GRIR")])
def test_control_passes_without_a_shipment(kind, stock):
    desk = Desk()
    event = BillableEvent(
        "BE1", kind, DAY, AT, "C1", order_id="SO1", order_line=1, item=desk.item, location="HAM",
        qty=10, price=900, stock_cost=5_000,
    )  # fmt: skip
    after = desk.tell(event, invoice(desk))
    assert after == {"COGS": 5_000, stock: -5_000, "AR": 9_000, "REVENUE": -9_000}


def test_consignment_keeps_the_value_it_left_with():
    desk = Desk()
    sent = shipment(desk, kind="consignment", cost=0, to_location="CS3")
    assert desk.tell(sent) == {"INV_CONSIGN": 5_000, "INV": -5_000}
    used = BillableEvent(
        "BE1", "consumption", DAY, AT, "C1", item=desk.item, location="CS3", qty=4, price=900,
        stock_cost=2_200,
    )  # fmt: skip
    after = desk.tell(used)
    assert after["INV_CONSIGN"] == 3_000
    assert after["INV"] == -5_200
    assert after["COGS"] == 2_200
    desk.company.stock.levels["CS3", desk.item, "CONSIGN_OUT", ""] = 6
    back = desk.company.move(
        "E45", AT, DAY, item=desk.item, location="CS3", to_location="HAM", qty=6
    )
    assert back.event == "E45"
    assert "INV_CONSIGN" not in desk.balances()
