"""The purchasing side: what comes in is announced, received, billed and paid, and adds up."""

from collections import Counter, defaultdict

import pytest

from pipelines.sample.happenings import (
    BillableEvent,
    CostOnly,
    GoodsReceived,
    Inbound,
    LandedCost,
    PurchaseLine,
    ReceiptInspected,
    StockMoved,
    SupplierInvoice,
    SupplierPaid,
    TitlePassed,
    VendorReturned,
)
from pipelines.sample.story.landed import by_largest_remainder

pytestmark = pytest.mark.xdist_group("sample")


def of(told, kind):
    return [happening for happening in told[1] if isinstance(happening, kind)]


def receipts(told):
    """Those from suppliers."""
    return [receipt for receipt in of(told, GoodsReceived) if receipt.supplier]


def test_every_ordered_piece_comes_is_cancelled_or_is_still_on_its_way(told):
    story, _ = told
    ordered, come = {}, Counter()
    for line in of(told, PurchaseLine):
        if line.kind in ("standard", "consignment"):
            ordered[line.po_id, line.line] = line
    for receipt in receipts(told):
        for line in receipt.lines:
            come[line.purchase.po_id, line.purchase.line] += line.qty
    waiting = Counter()
    for key, line in ordered.items():
        rest = line.qty - line.qty_cancelled - come[key]
        assert rest >= 0, key
        assert not rest or line.status in ("open", "partial")
        waiting[line.location, line.item] += rest
    assert +waiting == +Counter(story.buying.inbound.on_order)


def test_title_passes_when_goods_bought_at_origin_are_sent(told):
    story, _ = told
    owned = {line.layer_id: line.value for passed in of(told, TitlePassed) for line in passed.lines}
    sent = {move.movement_id for move in of(told, StockMoved) if move.event == "E02"}
    assert owned.keys() == sent
    for receipt in receipts(told):
        at_origin = story.company.suppliers[receipt.supplier].fob == "origin"
        for line in receipt.lines:
            assert line.was_owned is at_origin
            if at_origin:
                assert owned[line.layer_id] == line.value


def test_a_notice_ends_with_the_receipt(told):
    last = {(line.inbound_id, line.line): line for line in of(told, Inbound) if line.kind == "po"}
    come = {
        (line.inbound_id, line.inbound_line)
        for receipt in receipts(told)
        for line in receipt.lines
        if line.inbound_id
    }
    assert come == {key for key, line in last.items() if line.status == "closed"}
    assert {line.status for line in last.values()} <= {"closed", "in_transit"}


def test_goods_with_a_shelf_life_have_a_lot_and_an_expiry(told):
    story, _ = told
    for receipt in receipts(told):
        for line in receipt.lines:
            item = story.company.items[line.purchase.item]
            assert bool(line.lot) is bool(line.expiry) is item.lot_controlled


def test_every_bill_is_paid_once_in_its_own_currency(told):
    story, _ = told
    bills = {bill.invoice_id: bill for bill in of(told, SupplierInvoice)}
    paid = Counter()
    for payment in of(told, SupplierPaid):
        assert payment.currency == bills[payment.invoice_id].currency
        paid[payment.invoice_id] += payment.amount + payment.discount
    for invoice_id, bill in bills.items():
        if invoice_id in paid:
            assert paid[invoice_id] == bill.gross
        else:
            assert bill.due >= story.parameters.last_day or bill.kind == "credit_memo"


def test_rejected_goods_go_back_or_wait_at_the_ramp(told):
    story, _ = told
    rejected = sum(seen.line.rejected for seen in of(told, ReceiptInspected))
    returned = sum(sent.qty for sent in of(told, VendorReturned))
    waiting = sum(
        qty for (_, _, state, _), qty in story.company.stock.levels.items() if state == "RTV_STAGED"
    )
    assert rejected == returned + waiting
    assert returned


def test_what_was_billed_too_much_is_credited_in_time_or_planted_as_unclaimed(told):
    story, _ = told
    last = story.parameters.last_day
    owed = {
        (seen.receipt.receipt_id, seen.line.line): (seen.line.rejected, seen.at.date())
        for seen in of(told, ReceiptInspected)
        if seen.line.rejected
    }
    owed |= {
        (receipt.receipt_id, line.line): (line.short, receipt.day)
        for receipt in receipts(told)
        for line in receipt.lines
        if line.short
    }
    for bill in of(told, SupplierInvoice):
        if bill.kind == "credit_memo" and bill.status == "posted":
            (line,) = bill.lines
            qty, _ = owed.pop((line.receipt_id, line.receipt_line))
            assert line.qty == -qty
    planted = {
        (fault.keys["receipt_id"], int(fault.keys["receipt_line"]))
        for fault in story.company.faults.planted
        if fault.code == "UNCLAIMED_RECOVERY" and "receipt_id" in fault.keys
    }
    if not planted and told[0].company.seed == 1:
        pytest.xfail("no vendor claim falls due in the year of seed 1 at the present rate")
    assert planted
    assert planted <= owed.keys()
    for key, (_, day) in owed.items():
        assert key in planted or (last - day).days <= 20, key


def test_a_blocked_bill_is_released_by_its_credit_and_a_parked_one_is_booked_in_its_month(told):
    versions = defaultdict(list)
    for bill in of(told, SupplierInvoice):
        versions[bill.invoice_id].append(bill)
    parked = [v for v in versions.values() if v[0].status == "parked"]
    assert parked
    assert all(v[1].status == "posted" and v[1].posted.month == v[0].day.month for v in parked)
    assert any(
        v[0].status == "blocked" and v[1].status == "posted" for v in versions.values() if v[1:]
    )


def test_goods_received_not_billed_are_what_gr_ir_holds(told):
    """Received less returned, billed less credited; title counts as receipt."""
    story, _ = told
    held = Counter()
    for passed in of(told, TitlePassed):
        held["received"] += sum(line.value for line in passed.lines)
    for receipt in receipts(told):
        if receipt.kind == "po":
            held["received"] += sum(x.value for x in receipt.lines if not x.was_owned)
    for move in of(told, StockMoved):
        if move.event == "E46" and move.ext_cost:
            held["received"] += move.ext_cost
    for event in of(told, BillableEvent):
        if event.kind == "dropship_ship":
            held["received"] += event.stock_cost
    held["returned"] = sum(sent.value for sent in of(told, VendorReturned))
    booked = {}
    for bill in of(told, SupplierInvoice):
        if bill.status != "parked":
            booked.setdefault(bill.invoice_id, bill)
    for bill in booked.values():
        held["billed"] += sum(x.accrued for x in bill.lines if x.kind == "item")
    waits = held["received"] - held["returned"] - held["billed"]
    assert -story.accounting.expected.of_role("GRIR") == waits


def test_an_estimate_of_landed_cost_is_replaced_once_and_its_accrual_cleared(told):
    story, _ = told
    costs = of(told, LandedCost)
    waiting = {(c.landed_cost_id, c.line): c.amount for c in costs if c.is_estimate}
    for cost in costs:
        if not cost.is_estimate:
            amount = waiting.pop((cost.replaces, cost.line))
            assert sum(stock + cogs for _, _, stock, cogs in cost.parts) == cost.amount - amount
        else:
            assert sum(stock + cogs for _, _, stock, cogs in cost.parts) == cost.amount
    assert -story.accounting.expected.of_role("FREIGHT_IN_ACCR") == sum(waiting.values())


def test_the_trucks_of_a_month_are_billed_in_the_next_and_only_december_stays_accrued(told):
    story, _ = told
    accrued, billed = Counter(), Counter()
    for cost in of(told, CostOnly):
        if cost.event == "E41":
            accrued[cost.day.month] += cost.amount
    bills = [bill for bill in of(told, SupplierInvoice) if bill.status == "posted"]
    for bill in bills:
        for line in bill.lines:
            if line.accrual == "FREIGHT_ACCR":
                assert line.purchase.kind == "transfer"
                assert line.purchase.ordered.month == bill.day.month - 1
                billed[bill.day.month - 1] += line.net
    december = accrued.pop(12)
    assert accrued == billed
    closing = {b.role: b.opening + b.debit - b.credit for b in story.truth.closings[-1].should_be}
    assert closing["FREIGHT_ACCR"] == -december


@pytest.mark.parametrize(
    ("amount", "weights", "parts"),
    [(30000, (1000, 2000), [10000, 20000]), (30000, (40, 10), [24000, 6000]),
     (30000, (100, 50), [20000, 10000]), (100, (1, 1, 1), [34, 33, 33])],
)  # fmt: skip
def test_landed_cost_is_split_by_the_largest_remainder(amount, weights, parts):
    assert by_largest_remainder(amount, weights) == parts


def test_consigned_goods_are_the_suppliers_until_an_order_takes_them(told):
    story, _ = told
    came = taken = 0
    for move in of(told, StockMoved):
        if move.event == "E46":
            came += move.qty if move.to_state == "CONSIGN_IN" else 0
            taken += move.qty if move.from_state == "CONSIGN_IN" else 0
    held = sum(
        qty for (_, _, state, _), qty in story.company.stock.levels.items() if state == "CONSIGN_IN"
    )
    assert came == taken + held
    assert taken


def test_each_fault_of_the_purchasing_side_is_planted(told):
    codes = Counter(fault.code for fault in told[0].company.faults.planted)
    for code in ("RECEIPT_NOT_CAPITALISED", "GRIR_AGED", "RTV_AGED", "UNCLAIMED_RECOVERY",
                 "STALE_COST", "HOLD_AGED", "SERIAL_QTY"):  # fmt: skip
        assert 1 <= codes[code] <= 12, code


def test_what_is_old_at_the_end_is_old_on_purpose(told):
    """Goods under inspection or at the ramp: a few days, or in the answer key."""
    story, _ = told
    last = story.parameters.last_day
    planted = {
        (fault.keys["location_id"], fault.keys["item_id"])
        for fault in story.company.faults.planted
        if fault.code in ("HOLD_AGED", "RTV_AGED")
    }
    for state, most in (("QC_HOLD", 14), ("RTV_STAGED", 30)):
        held = Counter()
        latest = {}
        for move in of(told, StockMoved):
            if state in (move.from_state, move.to_state):
                place = (move.to_location, move.item)
                held[place] += move.qty if move.to_state == state else -move.qty
                latest[place] = move.day if move.to_state == state else latest[place]
        old = {p for p, qty in held.items() if qty and (last - latest[p]).days > most}
        assert old <= planted
