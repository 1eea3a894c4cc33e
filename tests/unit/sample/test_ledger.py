"""The ledger of a year: it balances, ties to stock and documents, and faults alone part the two."""

from collections import defaultdict
from dataclasses import replace

import pytest

from pipelines.sample.faults.rates import FaultRates
from pipelines.sample.happenings import (
    BillableEvent,
    GoodsReceived,
    Invoice,
    Journal,
    MonthClosed,
    Shipment,
    StockMoved,
    SupplierInvoice,
    TitlePassed,
    VendorReturned,
)
from pipelines.sample.parameters import Parameters
from pipelines.sample.story.life import Story
from pipelines.sample.story.postings.sums import converted
from pipelines.sample.story.profiles import PROFILES, STOCK_ROLES

pytestmark = pytest.mark.xdist_group("sample")  # told once, not once per worker


def of(told, kind):
    return [happening for happening in told[1] if isinstance(happening, kind)]


def closing(balances):
    return {b.role: b.opening + b.debit - b.credit for b in balances}


def pools(story):
    return sum(story.company.cost.value.values())


def owned(story):
    """Value of all stock that is ours: the pools, and what left them and is not the customer's."""
    return pools(story) + sum(amount for _, amount in story.accounting.sales.on_the_road.amounts())


def months(parameters, seed):
    """A story told to the end, with what is owned at each month end, and what of it in pools."""
    story, held, told = Story(parameters, seed), {}, []
    for happening in story.tell():
        told.append(happening)
        if isinstance(happening, MonthClosed):
            held[happening.day] = owned(story), pools(story)
    return story, told, held


@pytest.fixture(scope="module", params=(1, 7, 42))
def year(request):
    return months(Parameters(), request.param)


def test_the_stock_accounts_are_the_stock_that_is_ours_at_every_month_end(year):
    _, told, held = year
    closes = [happening for happening in told if isinstance(happening, MonthClosed)]
    assert len(closes) == 12
    for closed in closes:
        books = closing(closed.should_be)
        assert sum(books[role] for role in STOCK_ROLES) == held[closed.day][0], closed.day


def test_every_item_ties_by_itself(year):
    """What is on the road left its pool and keeps its value by itself."""
    story = year[0]
    value = defaultdict(int)
    for (role, item, _), cents in story.accounting.stock.items():
        assert role in STOCK_ROLES
        value[item] += cents
    shipped = {
        (shipment.shipment_id, line.line): line.item
        for shipment in year[1]
        if isinstance(shipment, Shipment)
        for line in shipment.lines
    }
    for key, cents in story.accounting.sales.on_the_road.amounts():
        value[shipped[key]] -= cents
    pools = story.company.cost.value
    assert {item: cents for item, cents in value.items() if cents} == {
        item: cents for item, cents in pools.items() if cents
    }


def test_every_journal_balances_and_the_balances_follow_from_them(year):
    story, told, _ = year
    journals = [happening for happening in told if isinstance(happening, Journal)]
    for journals_of, name in ((journals, "balances"), (story.accounting.should_be, "should_be")):
        sums = defaultdict(int)
        for journal in journals_of:
            if journal.status == "posted":
                for entry in journal.entries:
                    sums[entry.account, journal.day.month] += entry.amount
        before = {}
        for closed in (h for h in told if isinstance(h, MonthClosed)):
            balances = getattr(closed, name)
            off = sum(b.opening + b.debit - b.credit for b in balances)
            wrong = [j for j in journals_of if sum(e.amount for e in j.entries)]
            wrong = [j for j in wrong if j.day <= closed.day]
            assert off == sum(e.amount for j in wrong for e in j.entries)
            for balance in balances:
                turnover = balance.debit - balance.credit
                assert turnover == sums[balance.account, closed.day.month]
                assert balance.opening == before.get(balance.account, balance.opening)
            before = {b.account: b.opening + b.debit - b.credit for b in balances}
    assert all(sum(e.amount for e in j.entries) == 0 for j in story.accounting.should_be)
    planted = {
        p.keys["journal_id"] for p in story.company.faults.planted
        if p.code == "JOURNAL_UNBALANCED"
    }  # fmt: skip
    assert planted == {j.journal_id for j in journals if sum(e.amount for e in j.entries)}


def test_control_accounts_are_their_open_items(year):
    for closed in (h for h in year[1] if isinstance(h, MonthClosed)):
        books = closing(closed.should_be)
        open_items = {"AR": 0, "UNAPPLIED_CASH": 0}
        for item in closed.receivables:
            open_items["UNAPPLIED_CASH" if item.kind == "cash" else "AR"] += item.open_company
        assert books["AR"] == open_items["AR"]
        assert books["UNAPPLIED_CASH"] == open_items["UNAPPLIED_CASH"]
        assert books["AP"] == sum(item.open_company for item in closed.payables)


def test_the_unbilled_receivable_and_the_liability_are_what_orders_are_owed(year):
    sales = year[0].accounting.sales
    books = year[0].accounting.expected
    assert books.of_role("UNBILLED_AR") == sum(sales.unbilled.values())
    deposits = sum(  # for packaging that comes back
        converted(line.net, invoice.fx_rate)
        for invoice in year[1]
        if isinstance(invoice, Invoice) and invoice.status == "sent"
        for line in invoice.lines
        if line.kind == "deposit"
    )
    assert books.of_role("DEFERRED_REV") == -sum(sales.deferred.values()) - deposits
    assert books.of_role("INV_INTERIM") == books.of_role("DEDUCTION_CLEARING") == 0


def test_goods_received_not_invoiced_is_what_the_documents_leave_open(year):
    """Received (or ours on the water, taken from consignment, sent straight to a customer) less
    sent back less invoiced, at the value of the receipt."""
    story, told, _ = year
    open_value, invoiced = 0, {}
    for happening in told:
        match happening:
            case TitlePassed():
                open_value += sum(line.value for line in happening.lines)
            case GoodsReceived(kind="po"):
                open_value += sum(line.value for line in happening.lines if not line.was_owned)
            case StockMoved(event="E46"):
                open_value += happening.ext_cost or 0
            case BillableEvent(kind="dropship_ship"):
                open_value += happening.stock_cost
            case VendorReturned():
                open_value -= happening.value
            case SupplierInvoice(status="posted" | "blocked" | "paid"):
                invoiced.setdefault(happening.invoice_id, happening)
    for bill in invoiced.values():
        for line in bill.lines:
            if line.kind == "item":
                open_value -= line.accrued or converted(line.net, bill.fx_rate)
    assert story.accounting.expected.of_role("GRIR") == -open_value


def test_the_subledger_of_stock_is_the_ledger_less_what_it_never_heard_of(year):
    story = year[0]
    closed = [h for h in year[1] if isinstance(h, MonthClosed)][-1]
    unseen = sum(value for _, value in story.accounting.unseen.values())
    books = closing(closed.should_be)
    total = sum(books[role] for role in STOCK_ROLES)
    assert sum(value.value for value in closed.values) == total - unseen
    for role in ("INV_TRANSIT", "INV_CONSIGN"):
        assert sum(v.value for v in closed.values if v.role == role) == books[role]


@pytest.mark.parametrize("profile", list(PROFILES))
def test_without_faults_the_ledger_is_what_it_should_be_under_every_profile(profile):
    parameters = Parameters()
    ledger = replace(parameters.ledger, posting_profile=profile)
    calm = replace(parameters, ledger=ledger, faults=FaultRates.none())
    story, told, held = months(calm, 42)
    for closed in (h for h in told if isinstance(h, MonthClosed)):
        assert closed.balances == closed.should_be
        books = closing(closed.should_be)
        stock = sum(books[role] for role in STOCK_ROLES)
        all_of_ours, in_pools = held[closed.day]
        if profile != "bc_like":  # there what is not invoiced yet is stock
            assert stock == (all_of_ours if profile == "control_transfer" else in_pools)
    assert [j for j in told if isinstance(j, Journal)] == story.accounting.should_be
