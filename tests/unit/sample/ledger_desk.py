"""A company that tells what a test says, the ledger that hears it, and documents to tell."""

from dataclasses import replace
from datetime import UTC, date, datetime

from pipelines.sample.happenings import (
    CashReceived,
    GoodsReceived,
    Invoice,
    InvoiceLine,
    PurchaseLine,
    ReceiptLine,
    Shipment,
    ShipmentLine,
    SupplierInvoice,
    SupplierInvoiceLine,
)
from pipelines.sample.parameters import Parameters
from pipelines.sample.story.accounting import Accounting
from pipelines.sample.world.accounts import ROLE_OF_ACCOUNT
from pipelines.sample.world.company import Company

DAY, AT = date(2025, 3, 11), datetime(2025, 3, 11, 9, tzinfo=UTC)


class Desk:
    """A company that tells what a test says, and the ledger that hears it."""

    def __init__(self, **rules):
        parameters = Parameters()
        ledger = replace(parameters.ledger, **rules)
        self.company = Company(replace(parameters, ledger=ledger), 1)
        self.accounting = Accounting(self.company)
        self.accounting.open({})
        self.item = self.company.bought[0].code
        self.company.cost.receive(self.item, 100, 50_000)
        self.company.stock.levels["HAM", self.item, "ON_HAND", ""] = 100

    def tell(self, *told):
        for happening in told:
            self.company.tell(happening)
        return self.balances()

    def move(self, event, **details):
        self.company.move(event, AT, DAY, item=self.item, location="HAM", **details)
        return self.balances()

    def balances(self):
        self.accounting.work(DAY, is_month_end=False)
        held = self.accounting.expected.balance
        assert sum(held.values()) == 0
        assert held == self.accounting.actual.balance
        return {ROLE_OF_ACCOUNT[number]: cents for number, cents in held.items() if cents}


def shipment(desk, *, fob="origin", kind="sale", qty=10, cost=5_000, price=900, **values):
    line = ShipmentLine(1, "SO1", 1, desk.item, qty, qty, price, cost)
    return Shipment("SH1", kind, "HAM", "C1", DAY, AT, (line,), fob=fob, **values)


def invoice(desk, *, number="IN1", qty=10, price=900, kind="invoice", tax=0, **values):
    line = InvoiceLine(1, desk.item, qty, price, qty * price, tax, "SO1", 1)
    return Invoice(number, "C1", DAY, AT, DAY, "PO", (line,), "sent", AT, kind=kind, **values)


def receipt(desk, *, qty=10, price=500, **values):
    purchase = PurchaseLine("PO1", 1, "V1", "HAM", desk.item, DAY, DAY, qty, price, "open", AT)
    line = ReceiptLine(1, purchase, qty, **values)
    return GoodsReceived("GR1", "V1", "HAM", DAY, AT, None, (line,))


def bill(desk, net, *, number="SI1", kind="item", tax=0, **values):
    order = receipt(desk).lines[0].purchase if kind == "item" else None
    line = SupplierInvoiceLine(1, kind, net, order, "GR1", 1, 10, 500, **values)
    return SupplierInvoice(number, "V1", DAY, DAY, (line,), tax, "posted", AT)


def cash(amount, *parts, **values):
    return CashReceived("CR1", "C1", DAY, AT, amount, parts, **values)
