"""Drafts hold what standards ask: UBL elements in order and number, X12 envelope, counts, totals."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree

import pytest

from pipelines.billing_drafts import control_number, drafts
from pipelines.billing_drafts.ubl import CAC, CBC

PARTIES = {
    ("C", "C"): {"name": "Our Company*", "country": "DE"},
    ("C", "P1"): {"name": "Payer One", "country": "FR"},
}
# Children of an invoice in the order of the schema, with how often each may stand there.
CARDINALITIES = {
    "CustomizationID": (1, 1),
    "ProfileID": (1, 1),
    "ID": (1, 1),
    "IssueDate": (1, 1),
    "DueDate": (0, 1),
    "InvoiceTypeCode": (1, 1),
    "Note": (0, 1),
    "DocumentCurrencyCode": (1, 1),
    "BuyerReference": (0, 1),
    "OrderReference": (0, 1),
    "DespatchDocumentReference": (0, 1),
    "AccountingSupplierParty": (1, 1),
    "AccountingCustomerParty": (1, 1),
    "PaymentTerms": (0, 1),
    "AllowanceCharge": (0, 99),
    "LegalMonetaryTotal": (1, 1),
    "InvoiceLine": (1, 999),
}
OF_LINE = ["ID", "Note", "InvoicedQuantity", "LineExtensionAmount", "OrderLineReference", "Item", "Price"]  # fmt: skip
OF_TOTAL = ["LineExtensionAmount", "TaxExclusiveAmount", "ChargeTotalAmount", "PayableAmount"]


def line(key: str, **more: Any) -> dict[str, Any]:
    """A line of goods; 3 pieces at 3.333 are 10.00 after rounding to cents."""
    return {
        "rtb_key": key,
        "supersedes_key": None,
        "company_id": "C",
        "bill_to_code": "P1",
        "customer_po": "PO-1",
        "order_id": "O1",
        "order_line": "1",
        "shipment_id": "S1",
        "shipment_line": "1",
        "line_type": "goods",
        "item_code": "I1",
        "description": "Bolt",
        "qty": Decimal("3.000000"),
        "uom": "EA",
        "unit_price": Decimal("3.33300000"),
        "net_amount": Decimal("9.9990"),
        "currency": "EUR",
        "terms": "N30",
        "group_key": "g1",
        "created_at": datetime(2026, 3, 31, 12, tzinfo=UTC),
    } | more


FREIGHT = {"line_type": "freight", "item_code": None, "description": None, "order_line": None}


def files(*lines: dict[str, Any]) -> dict[str, str]:
    return drafts(lines, PARTIES, "batch")


def of_kind(kind: str, *lines: dict[str, Any]) -> list[str]:
    return [text for name, text in files(*lines).items() if name.startswith(kind)]


def named(element: ElementTree.Element) -> list[str]:
    return [child.tag.rpartition("}")[2] for child in element]


def figure(root: ElementTree.Element, path: str) -> Decimal:
    steps = "/".join(f"{{{CAC}}}{step}" for step in path.split("/")[:-1])
    return Decimal(root.findtext(f"{steps}/{{{CBC}}}{path.rsplit('/', maxsplit=1)[-1]}") or "none")


CASES = {
    "goods": (line("a"),),
    "goods and charges": (
        line("a"),
        line("b", shipment_id="S2", qty=Decimal(2), net_amount=Decimal("6.6660")),
        line("c", **FREIGHT, qty=Decimal(1), net_amount=Decimal("4.5")),
        line("d", **(FREIGHT | {"line_type": "hazmat"}), qty=Decimal(1), net_amount=Decimal(1)),
    ),
    "charge alone": (line("c", **FREIGHT, qty=Decimal(1), net_amount=Decimal("4.5")),),
    "nothing known but the line": (
        line("e", customer_po=None, order_id=None, order_line=None, shipment_id=None,
             shipment_line=None, terms=None, uom=None, bill_to_code=None),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_ubl_draft_has_its_elements_in_order_and_number(case: str) -> None:
    (text,) = of_kind("ubl", *CASES[case])
    root = ElementTree.fromstring(text)
    children = named(root)
    for name, (least, most) in CARDINALITIES.items():
        assert least <= children.count(name) <= most, name
    order = list(CARDINALITIES)
    assert [order.index(name) for name in children] == sorted(map(order.index, children))
    for element in root.iter(f"{{{CAC}}}InvoiceLine"):
        assert [OF_LINE.index(name) for name in named(element)] == sorted(
            map(OF_LINE.index, named(element))
        )
        assert {"ID", "InvoicedQuantity", "LineExtensionAmount", "Item", "Price"} <= {
            *named(element)
        }
    for element in root.iter(f"{{{CAC}}}LegalMonetaryTotal"):
        assert [name for name in OF_TOTAL if name in named(element)] == named(element)
    assert all((leaf.text or "").strip() for leaf in root.iter() if not len(leaf))
    amounts = [leaf for leaf in root.iter() if leaf.tag.endswith("Amount")]
    assert {leaf.get("currencyID") for leaf in amounts} == {"EUR"}


def test_a_ubl_draft_adds_up_and_keeps_the_link_to_each_shipment() -> None:
    (text,) = of_kind("ubl", *CASES["goods and charges"])
    root = ElementTree.fromstring(text)
    amounts = [
        Decimal(element.text or "")
        for element in root.iterfind(f"{{{CAC}}}InvoiceLine/{{{CBC}}}LineExtensionAmount")
    ]
    assert amounts == [Decimal("10.00"), Decimal("6.67")]
    assert figure(root, "LegalMonetaryTotal/LineExtensionAmount") == sum(amounts)
    assert figure(root, "LegalMonetaryTotal/ChargeTotalAmount") == Decimal("5.50")
    assert figure(root, "LegalMonetaryTotal/PayableAmount") == Decimal("22.17")
    told = root.findall(f".//{{{CAC}}}AdditionalItemProperty/{{{CBC}}}Value")
    assert [element.text for element in told] == ["S1/1", "S2/1"]
    # the header takes one despatch reference; two shipments have none there
    assert root.find(f"{{{CAC}}}DespatchDocumentReference") is None


def segments(text: str) -> list[list[str]]:
    return [segment.strip("\n").split("*") for segment in text.split("~")[:-1]]


@pytest.mark.parametrize("case", CASES)
def test_an_x12_draft_holds_envelope_counts_and_total(case: str) -> None:
    (text,) = of_kind("x12", *CASES[case])
    parts = segments(text)
    assert len(text.split("~")[0]) == 105, "ISA has a fixed length"
    by_name = {part[0]: part for part in parts}
    assert [parts[0][0], parts[1][0], parts[-2][0], parts[-1][0]] == ["ISA", "GS", "GE", "IEA"]
    assert by_name["ISA"][13] == by_name["IEA"][2] and by_name["IEA"][1] == "1"
    assert by_name["GS"][6] == by_name["GE"][2] and by_name["GE"][1] == "1"
    start = parts.index(by_name["ST"])
    end = parts.index(by_name["SE"])
    assert by_name["SE"][1:] == [str(end - start + 1), by_name["ST"][2]]
    lines = [part for part in parts if part[0] == "IT1"]
    assert by_name["CTT"][1] == str(len(lines))
    charged = sum(int(part[5]) for part in parts if part[0] == "SAC")
    goods = [one for one in CASES[case] if one["line_type"] == "goods"] or CASES[case]
    cents = sum(round(one["net_amount"] * 100) for one in goods)
    assert int(by_name["TDS"][1]) == cents + charged


def test_the_letters_that_part_an_interchange_are_kept_out_of_names() -> None:
    (text,) = of_kind("x12", line("a", description="A*B~C>D"))
    assert ["N1", "SE", "Our Company", "92", "C"] in segments(text)
    assert ["PID", "F", "", "", "", "A B C D"] in segments(text)


def test_one_invoice_a_group_one_interchange_a_payer_and_none_for_what_is_taken_back() -> None:
    made = files(
        line("a"),
        line("b", group_key="g2"),
        line("c", group_key="g3", bill_to_code="P2"),
        line("d", group_key="g4", qty=Decimal(0), net_amount=Decimal(0), supersedes_key="z"),
    )
    assert len([name for name in made if name.startswith("ubl/")]) == 3
    assert [name for name in made if name.startswith("x12/")] == ["x12/C_P1.x12", "x12/C_P2.x12"]
    (of_first,) = [text for name, text in made.items() if name == "x12/C_P1.x12"]
    assert next(part[:2] for part in segments(of_first) if part[0] == "GE") == ["GE", "2"]


def test_a_correction_names_what_it_replaces() -> None:
    (text,) = of_kind("ubl", line("a", supersedes_key="before"))
    assert "ready-to-bill key a; replaces before" in text


def test_the_same_lines_give_the_same_bytes_and_number() -> None:
    assert files(line("a"), line("b")) == files(line("a"), line("b"))
    assert set(files(line("a"))) != set(files(line("b"))), "another content is another draft"
    assert 1 <= control_number("x") <= 999_999_999
    assert control_number("x", "y") != control_number("x", "z")


@pytest.mark.parametrize(("uom", "said"), [("EA", "EA"), ("BOX", "BX"), ("CRATE", "ZZ")])
def test_a_unit_is_said_right_or_not_at_all(uom: str, said: str) -> None:
    (text,) = of_kind("x12", line("a", uom=uom))
    assert next(part[3] for part in segments(text) if part[0] == "IT1") == said
