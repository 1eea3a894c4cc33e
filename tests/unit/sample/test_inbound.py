"""The purchasing side: what comes in is announced, received, billed and paid, and adds up."""

from collections import Counter

import pytest

from pipelines.sample.happenings import (
    GoodsReceived,
    Inbound,
    PurchaseLine,
    StockMoved,
    SupplierInvoice,
    SupplierPaid,
    TitlePassed,
)

pytestmark = pytest.mark.xdist_group("sample")


def of(told, kind):
    return [happening for happening in told[1] if isinstance(happening, kind)]


def test_every_ordered_piece_comes_is_cancelled_or_is_still_on_its_way(told):
    story, _ = told
    ordered, come = {}, Counter()
    for line in of(told, PurchaseLine):
        if line.kind in ("standard", "consignment"):
            ordered[line.po_id, line.line] = line
    for receipt in of(told, GoodsReceived):
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
    for receipt in of(told, GoodsReceived):
        at_origin = story.company.suppliers[receipt.supplier].fob == "origin"
        for line in receipt.lines:
            assert line.was_owned is at_origin
            if at_origin:
                assert owned[line.layer_id] == line.value


def test_a_notice_ends_with_the_receipt(told):
    last = {(line.inbound_id, line.line): line for line in of(told, Inbound) if line.kind == "po"}
    come = {
        (line.inbound_id, line.inbound_line)
        for receipt in of(told, GoodsReceived)
        for line in receipt.lines
        if line.inbound_id
    }
    assert come == {key for key, line in last.items() if line.status == "closed"}
    assert {line.status for line in last.values()} <= {"closed", "in_transit"}


def test_goods_with_a_shelf_life_have_a_lot_and_an_expiry(told):
    story, _ = told
    for receipt in of(told, GoodsReceived):
        for line in receipt.lines:
            item = story.company.items[line.purchase.item]
            assert bool(line.lot) is bool(line.expiry) is item.lot_controlled


def test_the_ledger_holds_the_value_of_the_pools(told):
    """Stock account and goods on their way to us; those to customers have left the pools."""
    story, _ = told
    on_the_way = {
        line.layer_id: line.value for passed in of(told, TitlePassed) for line in passed.lines
    }
    for receipt in of(told, GoodsReceived):
        for line in receipt.lines:
            on_the_way.pop(line.layer_id, None)
    held = story.accounting.expected.of_role("INV") + sum(on_the_way.values())
    assert held == sum(story.company.cost.value.values())


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
            assert bill.due >= story.parameters.last_day or bill.status in ("blocked", "parked")
