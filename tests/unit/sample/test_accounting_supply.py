"""What suppliers, payments and moves of stock do to the ledger (domain.md A.3)."""

from dataclasses import replace

import pytest

from pipelines.sample.happenings import (
    Application,
    CashApplied,
    CostOnly,
    LandedCost,
    SupplierPaid,
    TitlePassed,
    VendorReturned,
)
from pipelines.sample.story.profiles import STOCK_ROLES
from tests.unit.sample.ledger_desk import AT, DAY, Desk, bill, cash, invoice, receipt, shipment

# --- suppliers -------------------------------------------------------------------------------------


def test_goods_received_and_billed():
    desk = Desk()
    assert desk.tell(receipt(desk)) == {"INV": 5_000, "GRIR": -5_000}
    after = desk.tell(bill(desk, 5_000, accrued=5_000, tax=950))
    assert after == {"INV": 5_000, "TAX_INPUT": 950, "AP": -5_950}


def test_a_receipt_that_nobody_posted_is_expected_all_the_same():
    desk = Desk()
    desk.company.tell(receipt(desk, posted=False))
    assert desk.accounting.expected.of_role("INV") == 5_000
    assert desk.accounting.actual.of_role("INV") == 0
    assert desk.accounting.unseen == {("INV", desk.item, "HAM"): (10, 5_000)}


def test_goods_that_are_ours_since_they_were_sent():
    desk = Desk()
    lines = receipt(desk).lines
    assert desk.tell(TitlePassed("IB1", DAY, AT, lines)) == {"INV_TRANSIT": 5_000, "GRIR": -5_000}
    dearer = (replace(lines[0], company_value=5_600),)
    desk.tell(TitlePassed("IB2", DAY, AT, dearer))
    came = receipt(desk, was_owned=True, inbound_id="IB2", company_value=5_600)
    assert desk.tell(came) == {"INV": 5_600, "INV_TRANSIT": 5_000, "GRIR": -10_600}


def test_a_price_difference_goes_to_stock_and_to_what_was_sold():
    desk = Desk()
    desk.tell(receipt(desk))
    after = desk.tell(bill(desk, 5_600, accrued=5_000, to_stock=200, to_cogs=300))
    assert after == {"INV": 5_200, "COGS": 300, "PPV": 100, "AP": -5_600}


def test_interim_receipts_wait_until_they_are_put_away():
    desk = Desk(interim_receipts=True)
    assert desk.tell(receipt(desk)) == {"INV_INTERIM": 5_000, "GRIR": -5_000}
    desk.company.stock.levels["HAM", desk.item, "RECEIVED", ""] = 10
    assert desk.move("E07", qty=10, receipt_id="GR1", receipt_line="1") == {
        "INV": 5_000,
        "GRIR": -5_000,
    }


def test_receipts_of_bc_like_wait_until_they_are_billed():
    desk = Desk(posting_profile="bc_like")
    assert desk.tell(receipt(desk)) == {"INV_INTERIM": 5_000, "GRIR": -5_000}
    assert desk.tell(bill(desk, 5_000, accrued=5_000)) == {"INV": 5_000, "AP": -5_000}


def test_purchases_of_a_periodic_ledger_are_cost_until_the_count():
    desk = Desk(posting_profile="periodic")
    assert desk.tell(receipt(desk)) == {"COGS": 5_000, "GRIR": -5_000}
    desk.accounting.work(DAY, is_month_end=True)
    assert desk.balances() == {"INV": 5_000, "GRIR": -5_000}


def test_landed_cost_estimate_final_and_its_bill():
    desk = Desk()
    item = desk.item
    estimate = LandedCost(
        "LC1", 1, "freight", "value", 300, True, DAY, AT, "GR1", "V1", parts=((1, item, 300, 0),)
    )
    assert desk.tell(estimate) == {"INV": 300, "FREIGHT_IN_ACCR": -300}
    final = replace(
        estimate, landed_cost_id="LC2", amount=350, is_estimate=False, replaces="LC1",
        parts=((1, item, 20, 30),),
    )  # fmt: skip
    after = desk.tell(final, bill(desk, 350, kind="freight"))
    assert after == {"INV": 320, "COGS": 30, "AP": -350}


def test_goods_sent_back_to_the_vendor_and_his_credit():
    desk = Desk()
    purchase = receipt(desk).lines[0].purchase
    returned = VendorReturned(
        "SH9", DAY, AT, "V1", "HAM", desk.item, 2, purchase, "GR1", 1, cost=1_040, value=1_000,
        was_invoiced=True,
    )  # fmt: skip
    assert desk.tell(returned) == {"GRIR": 1_000, "PPV": 40, "INV": -1_040}
    credit = replace(bill(desk, -1_000, number="SC1"), kind="credit_memo")
    assert desk.tell(credit) == {"AP": 1_000, "PPV": 40, "INV": -1_040}


def test_a_parked_bill_takes_part_in_nothing():
    desk = Desk()
    parked = replace(bill(desk, 5_000), status="parked")
    assert desk.tell(parked) == {}
    assert desk.tell(replace(parked, status="posted"))["AP"] == -5_000


# --- money -----------------------------------------------------------------------------------------


def test_cash_with_discount_deduction_write_off_and_money_on_account():
    desk = Desk()
    desk.tell(shipment(desk), invoice(desk))
    part = Application("IN1", 8_000, discount=180, deduction=815, write_off=5)
    after = desk.tell(cash(8_500, part))
    assert after["AR"] == 815, "a deduction settles nothing (ruling E19)"
    assert (after["DISCOUNT_ALLOWED"], after["BAD_DEBT"]) == (180, 5)
    assert after["UNAPPLIED_CASH"] == -500
    later = CashApplied("CR1", "C1", DAY, AT, (Application("IN1", 500),), 2)
    after = desk.tell(later)
    assert (after["AR"], after.get("UNAPPLIED_CASH")) == (315, None)
    assert desk.accounting.receivables.items["IN1"].open == 315


def test_a_credit_memo_that_settles_an_invoice_moves_nothing():
    desk = Desk()
    desk.tell(shipment(desk), invoice(desk))
    desk.tell(invoice(desk, number="CM1", qty=-2, kind="credit_memo"))
    part = Application("IN1", 1_800, settled_by="credit_memo", settling_document="CM1")
    after = desk.tell(cash(7_200, Application("IN1", 7_200), part))
    assert "AR" not in after
    assert all(not item.open for item in desk.accounting.receivables.items.values())


def test_a_payment_that_bounces_is_booked_back():
    desk = Desk()
    before = desk.tell(shipment(desk), invoice(desk))
    received = cash(9_000, Application("IN1", 9_000))
    assert desk.tell(received)["CASH"] == 9_000
    assert desk.tell(replace(received, status="bounced")) == before
    assert desk.accounting.receivables.items["IN1"].open == 9_000


def test_the_rate_between_invoice_and_payment():
    desk = Desk()
    desk.tell(shipment(desk, fx_rate=900_000), invoice(desk, fx_rate=900_000))
    half = cash(4_500, Application("IN1", 4_500), fx_rate=920_000)
    rest = replace(half, receipt_id="CR2", fx_rate=880_000)
    assert desk.tell(half)["FX_GAIN_LOSS"] == -90
    after = desk.tell(rest)
    assert "AR" not in after
    assert "FX_GAIN_LOSS" not in after


def test_suppliers_are_paid_less_their_discount():
    desk = Desk()
    desk.tell(receipt(desk), bill(desk, 5_000, accrued=5_000))
    after = desk.tell(SupplierPaid("PY1", "V1", DAY, AT, "SI1", 4_900, discount=100))
    assert after == {"INV": 5_000, "CASH": -4_900, "PPV": -100}


# --- moves that no document books ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("event", "details", "role"),
    [
        ("E36", {"leaves": "ON_HAND"}, "WRITE_OFF"),
        ("E37", {"leaves": "ON_HAND", "enters": "EXT_ADJUST"}, "INV_ADJ"),
        ("E55", {}, "EXPENSE"),
    ],
)
def test_goods_that_are_gone(event, details, role):
    assert Desk().move(event, qty=2, ext_cost=-1_000, **details) == {"INV": -1_000, role: 1_000}


def test_a_transfer_is_in_transit_until_it_arrives_or_is_lost():
    desk = Desk()
    transfer = {"qty": 10, "transfer_id": "TR1", "to_location": "LEJ"}
    assert desk.move("E38", **transfer) == {"INV": -5_000, "INV_TRANSIT": 5_000}
    desk.company.move("E39", AT, DAY, item=desk.item, location="LEJ", qty=7, transfer_id="TR1")
    assert desk.balances() == {"INV": -1_500, "INV_TRANSIT": 1_500}
    desk.company.move(
        "E40", AT, DAY, item=desk.item, location="LEJ", qty=3, transfer_id="TR1", ext_cost=-1_510
    )
    assert desk.balances() == {"INV": -1_510, "INV_ADJ": 1_510}


@pytest.mark.parametrize("reserve", [False, True])
def test_a_return_that_is_restocked_in_part(reserve):
    desk = Desk(returns_reserve=reserve)
    facts = {"receipt_id": "RR1", "receipt_line": "1"}
    at_the_dock = desk.move("E29", qty=4, ext_cost=2_000, **facts)
    assert at_the_dock == ({} if reserve else {"INV": 2_000, "COGS": -2_000})
    desk.move("E31", qty=3, ext_cost=-60, **facts)
    after = desk.move("E32", qty=1, ext_cost=-510, **facts)
    other = "RETURN_ASSET" if reserve else "COGS"
    assert after == {"INV": 1_430, other: -2_000, "NRV_LOSS": 60, "WRITE_OFF": 510}


def test_a_kit_takes_its_components_and_their_labour():
    desk = Desk()
    desk.company.move(
        "E48", AT, DAY, item=desk.item, location="HAM", qty=5, doc_id="KO1", ext_cost=-2_500
    )
    kit = next(code for code, item in desk.company.items.items() if item.kind == "kit")
    desk.company.move(
        "E48", AT, DAY, item=kit, location="HAM", qty=1, doc_id="KO1", ext_cost=2_700,
        leaves="EXT_CONSUMED", enters="ON_HAND",
    )  # fmt: skip
    assert desk.balances() == {"INV": 200, "ABSORBED": -200}
    assert len(desk.accounting.should_be) == 1


@pytest.mark.parametrize(
    ("event", "amount", "booked"),
    [
        ("E35", -400, {"INV": -400, "NRV_LOSS": 400}),
        ("E41", 400, {"XFER_EXPENSE": 400, "FREIGHT_ACCR": -400}),
        ("E56", 400, {"INV": 400, "REVAL": -400}),
    ],
)
def test_value_changes_and_no_piece_moves(event, amount, booked):
    desk = Desk()
    assert desk.tell(CostOnly("M1", event, DAY, DAY, desk.item, "HAM", amount, "why")) == booked


def test_a_movement_taken_back_books_the_mirror():
    desk = Desk()
    first = desk.company.move(
        "E55", AT, DAY, item=desk.item, location="HAM", qty=2, ext_cost=-1_000
    )
    back = {"leaves": "EXT_CONSUMED", "enters": "ON_HAND", "reversal_of": first.movement_id}
    assert desk.move("E58", qty=2, ext_cost=1_000, **back) == {}


def test_what_happens_to_stock_waits_for_the_count_of_a_periodic_ledger():
    desk = Desk(posting_profile="periodic")
    assert desk.move("E55", qty=2, ext_cost=-1_000) == {}
    desk.accounting.work(DAY, is_month_end=True)
    assert desk.balances() == {"INV": -1_000, "COGS": 1_000}
    assert set(STOCK_ROLES) & set(desk.balances()) == {"INV"}
