"""Billing of the sample company: all that left is billed once, at its price, in its month - or it
is in the answer key."""

from collections import Counter, defaultdict
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from pipelines.sample.happenings import (
    CashApplied,
    CashReceived,
    Dispute,
    GoodsReturned,
    Invoice,
    Shipment,
)
from pipelines.sample.parameters import Parameters
from pipelines.sample.story import billables
from pipelines.sample.story.billables import Billable, bill_on, grace_ends, invoice_date
from pipelines.sample.world.calendar import next_business_day
from pipelines.sample.world.company import Company
from pipelines.sample.world.prices import PriceBook

pytestmark = pytest.mark.xdist_group("sample")
BERLIN = ZoneInfo("Europe/Berlin")
CODES = (
    "UNBILLED", "UNDER_PRICED", "OVER_PRICED", "QTY_SHORT_BILLED", "QTY_OVER_BILLED",
    "MISSED_CHARGE", "DUP_INVOICE", "INVOICE_WRONG_PERIOD", "CREDIT_NO_RETURN", "RETURN_NO_CREDIT",
    "BILLED_NOT_SHIPPED", "STALE_COST", "TERMS_LEAK", "PRICE_MISSING", "PRICE_OVERLAP",
    "PRICE_VARIANCE", "TAX_BLOCK", "CUST_COMPLIANCE", "SIGN_ODD",
)  # fmt: skip
TRAPS = (
    "cancelled", "reversal pair", "discount by value date", "pre-billed", "case billed in pieces",
    "rounding", "consolidated invoice", "midnight", "price given up later", "invoice day",
    "inside grace", "returnable packaging",
)  # fmt: skip


def of(told, kind):
    return [happening for happening in told[1] if isinstance(happening, kind)]


def planted(told, *codes):
    return [p for p in told[0].company.faults.planted if p.code in codes]


def invoices(told):
    """Invoices that stand: neither cancelled nor a cancellation, once each."""
    documents = [i for i in of(told, Invoice) if i.status == "sent"]
    gone = {i.references for i in documents if i.kind == "cancellation"}
    return [i for i in documents if i.kind == "invoice" and i.invoice_id not in gone]


def sales(told):
    """Sold shipment lines by shipment and line."""
    return {
        (s.shipment_id, str(line.line)): (s, line)
        for s in of(told, Shipment)
        if s.is_confirmed and s.kind == "sale"
        for line in s.lines
        if line.sales
    }


def local_day(at):
    return at.astimezone(BERLIN).date()


def test_what_an_invoice_bills_left_the_building_at_that_price_or_is_planted(told):
    shipped, billed = sales(told), defaultdict(int)
    wrong = {
        (p.keys["invoice_id"], p.keys["invoice_line"])
        for p in planted(
            told, "UNDER_PRICED", "OVER_PRICED", "QTY_SHORT_BILLED", "QTY_OVER_BILLED",
            "DUP_INVOICE", "SIGN_ODD",
        )
        if "invoice_id" in p.keys
    }  # fmt: skip
    short = {
        (p.keys["shipment_id"], p.keys["shipment_line"])
        for p in planted(told, "POD_SHORT")
        if "shipment_line" in p.keys
    }
    for invoice in invoices(told):
        for line in invoice.lines:
            if line.kind != "item" or not line.shipment_id:
                continue
            if (invoice.invoice_id, str(line.line)) in wrong:
                continue
            shipment, left = shipped[line.shipment_id, line.shipment_line]
            assert line.item == left.billed_item
            assert invoice.currency == shipment.currency
            billed[line.shipment_id, line.shipment_line] += line.qty
            if line.qty == left.billable_qty:
                assert line.net == left.sales
            else:  # the customer accepted less
                assert line.qty < left.billable_qty, (invoice.invoice_id, line)
                key = (line.shipment_id, line.shipment_line)
                assert key in short or told[0].company.customers[invoice.customer].pod_required
    for key, qty in billed.items():
        assert qty <= shipped[key][1].billable_qty, key


def test_what_is_open_past_its_grace_is_in_the_key(told):
    story = told[0]
    open_lines = {
        (
            "" if row["billable_event_id"] else row["shipment_id"],
            row["billable_event_id"] or row["shipment_line"],
        )
        for row in story.billing_truth.rows()
        if row["billing_state"] in ("ready", "blocked") and row["line_kind"] == "goods"
    }
    waiting = {
        b.key
        for lines in story.billing.invoicing.waiting.values()
        for b in lines
        if not story.billing.invoicing.readiness.is_overdue(b)
    }
    waiting |= {
        b.key
        for _, b in story.billing.invoicing.readiness.blocked
        if not story.billing.invoicing.readiness.is_overdue(b)
    }
    known = {
        (p.keys["shipment_id"], p.keys["shipment_line"])
        for p in story.company.faults.planted
        if "shipment_line" in p.keys
    }
    assert open_lines - waiting - known == set()


def test_an_invoice_is_posted_in_the_month_of_its_goods_or_within_its_grace(told):
    """Ruling D5, but for what is planted and what policy lets go out before the goods."""
    story = told[0]
    wrong = {p.keys["invoice_id"] for p in planted(told, "INVOICE_WRONG_PERIOD")}
    copies = {p.keys["invoice_id"] for p in planted(told, "DUP_INVOICE")}
    shipped = sales(told)
    arrived = story.billing_truth._arrived
    held = {c.code for c in story.company.customers.values() if c.partial_billing != "allowed"}
    for invoice in invoices(told):
        customer = story.company.customers[invoice.customer]
        posted = invoice.posted or invoice.day
        for line in invoice.lines:
            key = (line.shipment_id, line.shipment_line)
            known = key in shipped and invoice.invoice_id not in wrong | copies
            if not known or line.kind != "item" or invoice.mode == "manual":
                continue
            shipment, left = shipped[key]
            clock, at = billables.ON_SHIP, shipment.at
            if customer.pod_required or shipment.fob == "destination":
                clock, at = billables.ON_DELIVERY, None
                day = arrived[key].day
                at = story.company.moment(day, 12 * 60)
            behind = billables.of_shipment_line(shipment, left, local_day(at), at, clock)
            ends = local_day(grace_ends(behind, customer, story.company))
            assert posted >= behind.day.replace(day=1), invoice
            if invoice.customer not in held:
                assert (posted.year, posted.month) <= (ends.year, ends.month), (invoice, behind)


def test_what_came_back_is_credited_in_five_business_days_or_in_the_key(told):
    overlooked = {
        (p.keys["receipt_id"], p.keys["receipt_line"]) for p in planted(told, "RETURN_NO_CREDIT")
    }
    credits = defaultdict(list)
    for credit in of(told, Invoice):
        if credit.kind == "credit_memo" and credit.reason == "return" and credit.status == "sent":
            for line in credit.lines:
                credits[line.order_id, line.order_line, -line.qty].append(credit.day)
    last = told[0].parameters.last_day
    for back in of(told, GoodsReturned):
        if back.disposition not in ("restock", "scrap") or not back.price:
            continue
        day = back.accepted_day or back.day
        by = next_business_day(day, steps=5)
        days = credits[back.order_id, back.order_line, back.qty]
        is_credited = any(day <= on <= by for on in days)
        assert is_credited or by > last or (back.receipt_id, str(back.line)) in overlooked, back


def test_every_credit_names_a_return_an_approval_or_is_in_the_key(told):
    wrong = {p.keys["invoice_id"] for p in planted(told, "CREDIT_NO_RETURN")}
    back = {(r.order_id, r.order_line) for r in of(told, GoodsReturned)}
    for credit in of(told, Invoice):
        if credit.kind == "credit_memo" and credit.status == "sent":
            assert credit.gross < 0
            for line in credit.lines:
                has_return = (line.order_id, line.order_line) in back
                assert credit.approved_at or has_return or credit.invoice_id in wrong


def test_tax_follows_the_code_of_the_line(told):
    for invoice in of(told, Invoice):
        for line in invoice.lines:
            percent = 0 if line.tax_code == "X0" else 19
            assert abs(100 * line.tax - percent * line.net) <= 100, (invoice.invoice_id, line)


def test_cash_received_is_applied_or_on_account_and_no_document_is_settled_twice(told):
    documents = {i.invoice_id: i.gross for i in of(told, Invoice) if i.status == "sent"}
    settled, on_account = Counter(), {}
    for cash in told[1]:
        if isinstance(cash, CashReceived):
            sign = -1 if cash.status == "bounced" else 1
            parts = cash.applied
            on_account[cash.receipt_id] = cash.unapplied if sign > 0 else 0
        elif isinstance(cash, CashApplied):
            sign, parts = 1, cash.parts
            on_account[cash.receipt_id] -= sum(part.applied for part in parts)
        else:
            continue
        for part in parts:
            if part.kind != "applied":
                continue
            settled[part.invoice_id] += sign * (part.applied + part.discount + part.write_off)
            if part.settled_by == "credit_memo":
                settled[part.settling_document] -= sign * part.applied
    assert all(amount >= 0 for amount in on_account.values())
    for document, amount in settled.items():
        low, high = sorted((0, documents[document]))
        assert low <= amount <= high, document


def test_what_customers_owe_is_what_the_ledger_says(told):
    """The accounting keeps its own items; a cancelled invoice and its cancellation offset there."""
    gone = {
        name
        for i in of(told, Invoice)
        if i.kind == "cancellation"
        for name in (i.invoice_id, i.references)
    }
    kept = {
        item.document_id: item.open
        for item in told[0].accounting.receivables.told("EUR")
        if item.document_id not in gone
    }
    owed = {i.document_id: i.open for i in told[0].billing.receivables()}
    assert owed == kept


def test_disputes_close_after_they_open_and_credits_follow_the_accepted(told):
    latest = {dispute.dispute_id: dispute for dispute in of(told, Dispute)}
    assert {"open", "accepted", "rejected"} & {d.status for d in latest.values()}
    for dispute in latest.values():
        assert dispute.closed_at is None or dispute.closed_at > dispute.opened_at
        assert (dispute.status in ("accepted", "partial")) == bool(dispute.credit_invoice_id)


def test_every_fault_and_every_trap_of_billing_occurs(told):
    faults = told[0].company.faults
    struck = Counter(p.code for p in faults.planted)
    assert [code for code in CODES if not struck[code]] == []
    names = {trap.name for trap in faults.traps}
    assert [name for name in TRAPS if name not in names] == []


def billable(at, clock=billables.ON_SHIP):
    return Billable("C1", local_day(at), at, "NT-1", 1, 100, "EUR", clock)


def test_a_business_clock_skips_the_weekend():
    company = Company(Parameters(), 1)
    friday = datetime(2025, 3, 7, 13, tzinfo=UTC)
    assert billables.ON_SHIP.ends(friday, company) == datetime(2025, 3, 11, 13, tzinfo=UTC)


def test_goods_of_the_month_end_that_cannot_wait_are_billed_the_same_evening():
    company = Company(Parameters(), 1)
    customer = company.catalogue.customers[1]
    friday = datetime(2025, 8, 29, 10, tzinfo=UTC)
    assert bill_on(billable(friday, billables.ON_DELIVERY), customer, company) == friday.date()
    assert bill_on(billable(friday), customer, company) == date(2025, 9, 1)


def test_a_collective_invoice_waits_for_its_day_and_so_does_its_grace():
    company = Company(Parameters(), 1)
    weekly = company.catalogue.customers[0]
    assert invoice_date(weekly, date(2025, 3, 4)) == date(2025, 3, 10)
    tuesday = billable(datetime(2025, 3, 4, 12, tzinfo=UTC))
    assert bill_on(tuesday, weekly, company) == date(2025, 3, 10)
    assert local_day(grace_ends(tuesday, weekly, company)) == date(2025, 3, 11)


def test_prices_contract_before_promotion_before_group_before_list_and_scales():
    company = Company(Parameters(), 1)
    book = PriceBook(company.catalogue.prices)
    items = company.catalogue.items
    first, plain = company.catalogue.customers[0], company.catalogue.customers[3]
    assert book.price(items[0], first, date(2025, 2, 3)).kind == "contract"
    spring = date(2025, 4, 10)
    assert book.price(items[3], plain, spring).kind == "promo"
    assert book.price(items[3], plain, date(2025, 5, 10)).kind in ("group", "list")
    bolts = next(i for i in items if i.category.name == "Fasteners" and i.case_qty == 1)
    few, many = (book.price(bolts, plain, date(2025, 2, 3), qty) for qty in (39, 40))
    assert many.amount < few.amount
    taxed = book.price(items[5], company.catalogue.customers[8], spring)
    assert taxed.tax_inclusive and taxed.amount * 100 % 119 == 0
    assert book.price(items[5], company.catalogue.customers[4], spring).currency == "CHF"
