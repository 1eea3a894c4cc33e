"""Cost stories of tests/scenarios/cost_notation.py as rows of the feeds: one company per story."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from tests.scenarios.cost_notation import KINDS, START

Row = dict[str, str | None]
Tables = dict[str, list[Row]]

MOVEMENT_TYPES = {
    "in": "receipt", "open": "opening", "out": "ship", "ret": "return_receipt", "vret": "rtv",
    "scrap": "scrap", "countout": "count_adjust", "reverse": "receipt", "toout": "transfer_out",
    "toin": "transfer_in", "use": "kit_in", "make": "kit_in", "reval": "cost_only",
}  # fmt: skip
LEAVES = ("out", "vret", "scrap", "countout", "reverse", "toout", "use")
POLICY = {
    "cost_pool": "company", "negative_stock": "true_up", "backdating": "restate",
    "late_cost": "split", "returned_layer": "original", "rounding_residual": "last_issue",
    "same_day_order": "receipts_first", "is_comparison": "false", "valid_from": "2020-01-01",
    "approved_by": "controller",
}  # fmt: skip
MARKS = {
    ">": "link",
    "@": "place",
    "*": "lot",
    "%": "job",
    "$": "item",
    "#": "name",
    "!": "version",
}


class Feeds:
    """Rows of every table, told company by company."""

    def __init__(self) -> None:
        self.tables: Tables = defaultdict(list)
        self._places: set[str] = {"L1"}

    def company(self, name: str, method: str, *, currency: str = "USD", **policy: Any) -> None:
        """A company whose goods are valued one way."""
        self.tables["master_company"].append(
            {"company_id": name, "company_name": name, "currency": currency, "timezone": "UTC"}
        )
        self.policy(name, method, **policy)

    def policy(self, name: str, method: str, **given: Any) -> None:
        """A further decision how the goods of a company are valued."""
        number = len(self.tables["policy_valuation"])
        row = {**POLICY, "company_id": name, "policy_id": f"P{number}", "costing_method": method}
        self.tables["policy_valuation"].append({**row, **{k: str(v) for k, v in given.items()}})

    def cost(
        self, name: str, kind: str, amount: str, since: str = "2020-01-01", item: str = "A"
    ) -> None:
        """A cost that the item master says."""
        row = {
            "company_id": name, "item_code": item, "cost_type": kind, "unit_cost": amount,
            "currency": "USD", "valid_from": since,
        }  # fmt: skip
        if row not in self.tables["master_item_cost"]:
            self.tables["master_item_cost"].append(row)

    def tell(self, name: str, events: str) -> None:
        """The events of a story; what is not given is as in the notation."""
        day, places = START, {}
        for number, words in enumerate((part.split() for part in events.split(";")), start=1):
            if words[0].startswith("d"):
                day = START + timedelta(days=int(words.pop(0)[1:]) - 1)
            told = _read(words, number, day)
            told["place"] = told.get("place") or places.get(told.get("link", ""), "L1")
            places[told["name"]] = told["place"]
            self._places.add(told["place"])
            getattr(self, f"_{told['word']}", self._moved)(name, told)

    def receipt(self, company: str, receipt: str, lines: list[tuple[str, str, str]]) -> None:
        """One receipt with several lines: item, pieces and what they cost."""
        for number, (item, qty, amount) in enumerate(lines, start=1):
            told = {
                "name": receipt, "at": datetime(2025, 1, 1, 12, tzinfo=UTC), "item": item,
                "qty": Decimal(qty), "place": "L1",
            }  # fmt: skip
            line = str(number)
            self._receipt(company, told, "po", receipt_line=line)
            self._moved(
                company, {**told, "name": f"{receipt}-{line}", "word": "in", "amount": Decimal(amount)},
                receipt_id=receipt, receipt_line=line,
            )  # fmt: skip

    def landed(self, company: str, paper: str, receipt: str, amount: str, **given: str) -> None:
        """A landed cost of a receipt, by value unless told otherwise."""
        row = {
            "company_id": company, "landed_cost_id": paper, "component_line": "1",
            "component": "freight", "basis": "value", "amount": amount, "currency": "USD",
            "is_estimate": "false", "cost_date": "2025-01-02", "receipt_id": receipt,
        }  # fmt: skip
        self.tables["purchasing_landed_cost"].append({**row, **given})

    def finished(self) -> Tables:
        """All tables, with the master data that every story shares."""
        for item, weight, volume in (("A", "0.4", "0.001"), ("B", "0.2", "0.004")):
            self.tables["master_item"].append(
                {"company_id": "*", "item_id": item, "description": item, "item_type": "stock",
                 "base_uom": "EA", "weight": weight, "volume": volume, "status": "active"}
            )  # fmt: skip
        for place in sorted(self._places):
            self.tables["master_location"].append(
                {"company_id": "*", "location_code": place, "location_id": place,
                 "location_name": place, "location_type": "warehouse", "timezone": "UTC"}
            )  # fmt: skip
        return dict(self.tables)

    def _moved(self, company: str, told: dict[str, Any], **given: str | None) -> None:
        if "known" in told:
            self.cost(company, "last", told["known"])
        known = told.get("known_at", told["at"])
        sign = -1 if told["word"] in LEAVES else 1
        amount = told["amount"]
        self.tables["wms_stock_movement"].append({
            "company_id": company, "movement_id": told["name"], "movement_line": "1",
            "movement_type": MOVEMENT_TYPES.get(told["word"]), "event_at": told["at"].isoformat(),
            "recorded_at": known.isoformat(), "_delivered_at": known.isoformat(),
            "item_code": told.get("item", "A"), "qty": str(sign * told["qty"]), "uom": "EA",
            "location_code": told["place"], "lot_number": told.get("lot"),
            "ext_cost": None if amount is None else f"{amount:.4f}", **given,
        })  # fmt: skip

    def _in(self, company: str, told: dict[str, Any]) -> None:
        self._moved(company, told, receipt_id=told["name"], receipt_line="1")
        if "version" not in told:
            self._receipt(company, told, "po")

    def _receipt(self, company: str, told: dict[str, Any], kind: str, **given: str | None) -> None:
        self.tables["wms_receipt_line"].append({
            "company_id": company, "receipt_id": told["name"], "receipt_line": "1",
            "receipt_type": kind, "received_at": told["at"].isoformat(),
            "item_code": told.get("item", "A"), "qty_received": str(told["qty"]), "uom": "EA",
            "location_code": told["place"], "lot_number": told.get("lot"), **given,
        })  # fmt: skip

    def _out(self, company: str, told: dict[str, Any]) -> None:
        self._moved(company, told, shipment_id=told["name"], shipment_line="1")

    def _ret(self, company: str, told: dict[str, Any]) -> None:
        self._moved(
            company, told, stock_status="available", receipt_id=told["name"], receipt_line="1"
        )
        origin = {"original_shipment_id": told.get("link"), "original_shipment_line": "1"}
        self._receipt(company, told, "return", **(origin if told.get("link") else {}))

    def _vret(self, company: str, told: dict[str, Any]) -> None:
        link = told.get("link")
        self._moved(
            company, told, stock_status="available",
            receipt_id=link, receipt_line="1" if link else None,
        )  # fmt: skip

    def _reverse(self, company: str, told: dict[str, Any]) -> None:
        self._moved(company, told, reversal_of_movement_id=told["link"])

    def _toin(self, company: str, told: dict[str, Any]) -> None:
        self._moved(company, told, linked_movement_id=told["link"])

    def _countin(self, company: str, told: dict[str, Any]) -> None:
        kind = "count_adjust" if told["amount"] is None else "adjust"
        self._moved(company, told, movement_type=kind)

    def _use(self, company: str, told: dict[str, Any]) -> None:
        self._moved(company, told, ref_doc_id=told["job"])

    _make = _use

    def _reval(self, company: str, told: dict[str, Any]) -> None:
        self._moved(company, told, qty="0", reason_code="revaluation")

    def _landed(self, company: str, told: dict[str, Any]) -> None:
        self.tables["purchasing_landed_cost"].append({
            "company_id": company, "landed_cost_id": told["name"], "component_line": "1",
            "component": "freight", "basis": "quantity", "amount": f"{told['amount']:.2f}",
            "currency": "USD", "is_estimate": "false", "cost_date": told["day"].isoformat(),
            "receipt_id": told["link"], "source_updated_at": told["at"].isoformat(),
        })  # fmt: skip

    def _variance(self, company: str, told: dict[str, Any]) -> None:
        self.tables["purchasing_invoice_line"].append({
            "company_id": company, "supplier_invoice_id": told["name"], "invoice_line": "1",
            "invoice_date": told["day"].isoformat(), "supplier_code": "S", "line_type": "item",
            "receipt_id": told["link"], "receipt_line": "1", "item_code": "A", "qty_invoiced": "0",
            "net_amount": f"{told['amount']:.2f}", "currency": "USD",
        })  # fmt: skip


def _read(words: Iterable[str], number: int, day: date) -> dict[str, Any]:
    """One event: its word, pieces, amount and marks."""
    word, figure, *marks = words
    assert word in KINDS, word
    told: dict[str, Any] = {
        "word": word, "name": f"e{number}", "day": day, "qty": Decimal(0), "amount": None,
        "at": datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(minutes=number),
    }  # fmt: skip
    if word in ("landed", "variance", "reval"):
        told["amount"] = Decimal(figure)
    elif "@" in figure:
        qty, price = figure.split("@")
        told |= {"qty": Decimal(qty), "amount": Decimal(qty) * Decimal(price)}
    elif "=" in figure:
        qty, total = figure.split("=")
        told |= {"qty": Decimal(qty), "amount": Decimal(total)}
    else:
        told["qty"] = Decimal(figure)
    for mark in marks:
        if mark.startswith("known="):
            told["known"] = mark.removeprefix("known=")
        elif mark[0] == "~":
            moment = START + timedelta(days=int(mark[1:]) - 1)
            told["known_at"] = datetime(moment.year, moment.month, moment.day, 20, tzinfo=UTC)
        else:
            told[MARKS[mark[0]]] = mark[1:]
    if "version" in told:
        told["name"] = told["version"]
    return told
