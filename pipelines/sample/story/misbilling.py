"""The mistakes made on invoices, and what each costs: written into the answer key as planted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from pipelines.sample.happenings import GoodsReceived, InvoiceLine, OrderLine
from pipelines.sample.story.billables import Billable
from pipelines.sample.world.catalogue_kinds import Customer, Price
from pipelines.sample.world.company import Company

Key = tuple[str, str]
CHARGES_FOLLOW_DAYS = 6  # a charge may come on an invoice of its own so long after the goods


@dataclass(slots=True)
class Mistakes:
    """The code of the mistake by line, and the wrong quantity or price where there is one."""

    codes: dict[Key, str] = field(default_factory=dict)
    wrong: dict[Key, int] = field(default_factory=dict)

    def of(self, billable: Billable) -> str:
        return self.codes.get(billable.key, "")

    def __bool__(self) -> bool:
        return bool(self.codes)


class Misbilling:
    def __init__(self, company: Company) -> None:
        self.company = company
        self.faults = company.faults
        self.late: dict[str, date] = {}  # shipments billed in a period too late
        self._prices: dict[str, Price] = {
            price.price_id: price for price in company.catalogue.prices
        }
        self.short: set[Key] = set()  # billed in part
        self._lots: dict[tuple[str, str], date] = {}
        self._price_of: dict[tuple[str, int], str] = {}
        company.listen(GoodsReceived, self._hear_receipt)
        company.listen(OrderLine, self._hear_order)

    def _hear_receipt(self, receipt: GoodsReceived) -> None:
        for line in receipt.lines:
            if line.lot:
                self._lots.setdefault((line.purchase.item, line.lot), receipt.day)

    def _hear_order(self, line: OrderLine) -> None:
        self._price_of[line.order_id, line.line] = line.price_id

    def draw(self, lines: list[Billable], customer: Customer, day: date) -> Mistakes:
        """At most one mistake a line, and only where the invoice names the shipment."""
        mistakes = Mistakes()
        if not customer.names_shipment:
            return mistakes
        is_early = (self.company.parameters.last_day - day).days > CHARGES_FOLLOW_DAYS
        charged = {line.shipment_id for line in lines if line.kind not in ("item", "service")}
        for line in lines:
            if line.shipment_id in self.late:
                if line.is_linkable:
                    mistakes.codes[line.key] = "INVOICE_WRONG_PERIOD"
            elif line.is_linkable:
                self._draw_line(line, customer, mistakes, has_charges=line.shipment_id in charged)
            elif line.shipment_id and line.kind not in ("item", "service", "deposit") and is_early:
                claim = ("doc", line.shipment_id)
                if self.faults.strikes("MISSED_CHARGE", day=line.day, claim=claim):
                    mistakes.codes[line.key] = "MISSED_CHARGE"
        return mistakes

    def _draw_line(
        self, line: Billable, customer: Customer, mistakes: Mistakes, *, has_charges: bool
    ) -> None:
        is_monthly = customer.invoice_policy == "monthly"  # not due yet in the last weeks
        may_be_open = not is_monthly or line.day.month < self.company.parameters.last_day.month - 1
        by_piece = line.per_uom == 1 and line.qty >= 2
        stale = self._stale_price(line)
        for code, possible in (
            ("STALE_COST", stale is not None),
            ("UNBILLED", may_be_open and not has_charges),
            ("UNDER_PRICED", line.price >= 100),
            ("OVER_PRICED", line.price >= 100),
            ("QTY_SHORT_BILLED", may_be_open and by_piece),
            ("QTY_OVER_BILLED", by_piece),
            ("DUP_INVOICE", True),
            ("SIGN_ODD", line.qty >= 3),
        ):
            claim = ("sale", line.customer, line.item)
            if possible and self.faults.strikes(code, day=line.day, claim=claim):
                mistakes.codes[line.key] = code
                mistakes.wrong[line.key] = self._size(code, line, stale)
                return

    def _size(self, code: str, line: Billable, stale: int | None) -> int:
        rng = self.faults.rng(code)
        if code == "STALE_COST":
            return stale or 0
        if code in ("UNDER_PRICED", "OVER_PRICED"):
            low, high = (85, 97) if code == "UNDER_PRICED" else (104, 119)
            return line.price * rng.randrange(low, high) // 100
        part = max(1, line.qty * rng.randrange(8, 35) // 100)
        return line.qty + part if code == "QTY_OVER_BILLED" else line.qty - part

    def _stale_price(self, line: Billable) -> int | None:
        """The price of the list that ended before the lot came in, where it was another."""
        price_id = self._price_of.get(line.order, "")
        old = self._prices.get(f"{price_id[:-1]}1") if price_id.endswith("-2") else None
        received = self._lots.get((line.item, line.lot))
        if old is None or received is None or old.valid_to is None or received <= old.valid_to:
            return None
        is_clear = not old.tax_inclusive and 200 * (line.price - old.amount) > 2 * line.price
        return old.amount if is_clear else None

    def figures(self, line: Billable, mistakes: Mistakes) -> tuple[int, int, int]:
        """Quantity, price a piece and net amount as they are billed."""
        code, wrong = mistakes.of(line), mistakes.wrong.get(line.key, 0)
        if code in ("UNDER_PRICED", "OVER_PRICED", "STALE_COST"):
            return line.qty, wrong, line.qty * wrong
        if code in ("QTY_SHORT_BILLED", "QTY_OVER_BILLED"):
            return wrong, line.price, wrong * line.price
        return line.qty, line.price, line.net

    def source(self, line: Billable, mistakes: Mistakes, order: OrderLine | None) -> str:
        """The price row that the invoice names."""
        if order is None or line.kind != "item":
            return ""
        if mistakes.of(line) == "STALE_COST":
            return f"{order.price_id[:-1]}1"
        return order.price_id

    def plant(
        self, mistakes: Mistakes, lines: list[Billable], invoice_id: str,
        numbered: Mapping[Key, InvoiceLine], day: date,
    ) -> None:  # fmt: skip
        """Writes the mistakes of an invoice of `day` into the key."""
        for line in lines:
            code = mistakes.of(line)
            if not code or code in ("DUP_INVOICE", "SIGN_ODD"):
                continue
            billed = numbered.get(line.key)
            keys = dict(line.facts())
            if billed is not None:
                keys |= {"invoice_id": invoice_id, "invoice_line": billed.line}
            net = billed.net if billed else 0
            exposure = abs(line.net - net)
            if code == "QTY_SHORT_BILLED":
                self.short.add(line.key)
            if code == "INVOICE_WRONG_PERIOD":  # what its own document moves into another month
                exposure = line.net
            if code == "MISSED_CHARGE":
                keys = {"shipment_id": line.shipment_id, "party_id": line.customer}
            rated = day if code == "INVOICE_WRONG_PERIOD" else line.day
            own = self.company.exchange.to_own(exposure, line.currency, rated)
            note = self._note(code, line, billed)
            self.faults.plant(code, own, note, **keys)
            if code == "STALE_COST":
                self.faults.plant("UNDER_PRICED", own, note, root_code="STALE_COST", **keys)

    def _note(self, code: str, line: Billable, billed: InvoiceLine | None) -> str:
        if code == "UNBILLED":
            return "shipped, never billed"
        if code == "MISSED_CHARGE":
            return f"{line.kind} of {line.net / 100:.2f} on no invoice"
        if code == "INVOICE_WRONG_PERIOD":
            return f"goods of {line.day:%B} billed in the month after"
        assert billed is not None
        return (
            f"{billed.qty} billed at {billed.price / 100:.2f}, "
            f"{line.qty} shipped at {line.price / 100:.2f}"
        )
