"""Which invoices a payment settles: one story per rule and per way of not knowing."""

from __future__ import annotations

from datetime import date

import pytest

from pipelines.engines.matching.cash import match_payments
from pipelines.engines.matching.cash_records import (
    LATE_DISCOUNT,
    SHORT_PAY,
    Item,
    Matched,
    Named,
    Outcome,
    Payment,
    Policy,
)

POLICY = Policy(tolerance=100, items=20, steps=200_000)


def item(invoice: str, open_amount: int, due: int = 1, **more: object) -> Item:
    fields: dict[str, object] = {
        "company_id": "C",
        "source_system": "erp",
        "instalment": 0,
        "invoice_number": f"2026-{invoice}",
        "party_id": "P",
        "currency": "EUR",
        "due": date(2026, 3, due),
        **more,
    }
    return Item(invoice_id=invoice, open=open_amount, **fields)  # type: ignore[arg-type]


def payment(amount: int, receipt: str = "R", day: int = 5, **more: object) -> Payment:
    fields: dict[str, object] = {"party_id": "P", "currency": "EUR", **more}
    return Payment(
        company_id="C",
        source_system="erp",
        receipt_id=receipt,
        day=date(2026, 3, day),
        amount=amount,
        **fields,  # type: ignore[arg-type]
    )


def matched(one: Payment, *items: Item, policy: Policy = POLICY) -> Matched:
    (result,) = match_payments([one], items, {"C": policy})
    return result


def told(result: Matched) -> list[tuple[object, ...]]:
    """Rule, invoice and the four amounts of every application."""
    return [
        (a.rule, a.item.invoice_id, a.applied, a.discount, a.deduction, a.write_off)
        for a in result.applications
    ]


DISCOUNTED = {"discount": 2000, "discount_until": date(2026, 3, 10)}


def test_capability_40_980_for_1000_in_the_discount_window_is_980_and_20_discount() -> None:
    result = matched(payment(98_000, day=10), item("A", 100_000, **DISCOUNTED))
    assert told(result) == [("R2", "A", 98_000, 2000, 0, 0)]
    assert result.outcome == Outcome.MATCHED


def test_ruling_d22_a_day_later_the_discount_is_a_deduction() -> None:
    result = matched(payment(98_000, day=11), item("A", 100_000, **DISCOUNTED))
    assert told(result) == [("R2", "A", 98_000, 0, 2000, 0)]
    assert result.applications[0].deduction_reason == LATE_DISCOUNT


def test_r1_the_advice_names_invoices_by_number_or_id_with_their_amounts() -> None:
    named = (Named("2026-a", 60_000), Named("B", 40_000))
    result = matched(payment(100_000, named=named), item("A", 60_000), item("B", 40_000))
    assert told(result) == [("R1", "A", 60_000, 0, 0, 0), ("R1", "B", 40_000, 0, 0, 0)]


def test_r1_what_the_payer_deducts_stays_with_its_reason_and_the_invoice_open() -> None:
    named = (Named("A", 90_000, deduction=10_000, deduction_reason="damage"),)
    first, second = match_payments(
        [payment(90_000, named=named), payment(10_000, "R2", day=6)],
        [item("A", 100_000)],
        {"C": POLICY},
    )
    assert told(first) == [("R1", "A", 90_000, 0, 10_000, 0)]
    assert first.applications[0].deduction_reason == "damage"
    assert told(second) == [("R2", "A", 10_000, 0, 0, 0)], "ruling E19: it was still open"


def test_r1_less_than_is_open_and_no_reason_is_a_short_pay() -> None:
    result = matched(payment(90_000, named=(Named("A", 90_000),)), item("A", 100_000))
    assert told(result) == [("R1", "A", 90_000, 0, 10_000, 0)]
    assert result.applications[0].deduction_reason == SHORT_PAY


@pytest.mark.parametrize(("paid", "deduction", "write_off"), [(99_900, 0, 100), (99_899, 101, 0)])
def test_r1_the_tolerance_is_written_off_and_a_cent_more_is_not(
    paid: int, deduction: int, write_off: int
) -> None:
    result = matched(payment(paid, named=(Named("A", paid),)), item("A", 100_000))
    assert told(result) == [("R1", "A", paid, 0, deduction, write_off)]


def test_r1_a_discount_taken_late_is_refused_and_in_time_is_taken() -> None:
    named = (Named("A", 98_000, discount=2000),)
    early = matched(payment(98_000, day=10, named=named), item("A", 100_000, **DISCOUNTED))
    late = matched(payment(98_000, day=11, named=named), item("A", 100_000, **DISCOUNTED))
    assert told(early) == [("R1", "A", 98_000, 2000, 0, 0)]
    assert told(late) == [("R1", "A", 98_000, 0, 2000, 0)]


def test_r1_the_text_of_a_payment_names_invoices_too() -> None:
    result = matched(
        payment(100_000, text="Thanks for 2026-A, 2026-B."), item("A", 60_000), item("B", 40_000)
    )
    assert [(rule, invoice) for rule, invoice, *_ in told(result)] == [("R1", "A"), ("R1", "B")]


def test_r1_a_short_word_of_a_text_is_no_invoice_of_somebody_else() -> None:
    other = item("17", 50_000, party_id="Q", invoice_number="17")
    assert matched(payment(50_000, text="rent 17"), other).outcome == Outcome.NO_MATCH
    long_name = item("IN100017", 50_000, party_id="Q")
    assert told(matched(payment(50_000, text="IN100017"), long_name))[0][:2] == ("R1", "IN100017")


def test_r1_more_than_is_open_leaves_the_rest_unapplied() -> None:
    result = matched(payment(120_000, named=(Named("A"),)), item("A", 100_000))
    assert told(result) == [("R1", "A", 100_000, 0, 0, 0)]
    assert (result.outcome, result.unapplied) == (Outcome.PARTLY, 20_000)


def test_r1_several_named_and_the_discounts_of_all_taken_late() -> None:
    discounted = {"discount": 1000, "discount_until": date(2026, 3, 1)}
    result = matched(
        payment(98_000, text="2026-A 2026-B"),
        item("A", 50_000, **discounted),
        item("B", 50_000, **discounted),
    )
    assert told(result) == [("R1", "A", 49_000, 0, 1000, 0), ("R1", "B", 49_000, 0, 1000, 0)]


def test_r1_an_unknown_payer_who_names_his_invoice_is_served() -> None:
    result = matched(payment(100_000, party_id=None, text="2026-A"), item("A", 100_000))
    assert told(result) == [("R1", "A", 100_000, 0, 0, 0)]


def test_r2_two_items_of_the_amount_are_no_answer() -> None:
    result = matched(payment(50_000), item("A", 50_000), item("B", 50_000, due=2))
    assert (result.outcome, result.unapplied) == (Outcome.NOT_UNIQUE, 50_000)
    assert result.applications == ()


def test_r3_the_one_subset_with_a_discount_in_it() -> None:
    result = matched(
        payment(148_000, day=10),
        item("A", 100_000, **DISCOUNTED),
        item("B", 50_000),
        item("C", 33_300),
    )
    assert told(result) == [("R3", "A", 98_000, 2000, 0, 0), ("R3", "B", 50_000, 0, 0, 0)]


def test_r3_a_few_cents_too_much_or_too_little_are_written_off() -> None:
    short, over = (
        matched(payment(100_000 + cents), item("A", 60_000), item("B", 40_000))
        for cents in (-100, 100)
    )
    assert told(short)[-1] == ("R3", "B", 39_900, 0, 0, 100)
    assert told(over)[-1] == ("R3", "B", 40_100, 0, 0, -100)


def test_r3_a_credit_is_used_when_invoices_alone_do_not_explain_it() -> None:
    result = matched(payment(70_000), item("A", 100_000), item("CM", -30_000))
    assert told(result) == [("R3", "A", 100_000, 0, 0, 0), ("R3", "CM", -30_000, 0, 0, 0)]


def test_r3_200_equal_open_items_say_not_unique() -> None:
    items = [item(f"I{number}", 1000) for number in range(200)]
    assert matched(payment(5000), *items).outcome == Outcome.NOT_UNIQUE


def test_r4_only_where_the_company_wants_it() -> None:
    items = (item("OLD", 60_000), item("NEW", 90_000, due=9))
    assert matched(payment(100_000), *items).outcome == Outcome.NO_MATCH
    wanted = Policy(tolerance=100, items=20, steps=200_000, oldest_first=True)
    assert told(matched(payment(100_000), *items, policy=wanted)) == [
        ("R4", "OLD", 60_000, 0, 0, 0),
        ("R4", "NEW", 40_000, 0, 0, 0),
    ]


def test_another_currency_another_payer_and_another_company_are_not_touched() -> None:
    others = (
        item("A", 50_000, currency="USD"),
        item("B", 50_000, party_id="Q"),
        item("D", 50_000, company_id="D"),
    )
    assert matched(payment(50_000), *others).outcome == Outcome.NO_MATCH
    assert matched(payment(50_000, party_id=None), *others).outcome == Outcome.UNKNOWN_PAYER


def test_what_one_payment_settles_is_gone_for_the_next_whatever_their_order() -> None:
    payments = [payment(50_000, "LATE", day=7), payment(50_000, "EARLY", day=6)]
    results = match_payments(payments, [item("A", 50_000)], {"C": POLICY})
    assert [(one.payment.receipt_id, one.outcome) for one in results] == [
        ("EARLY", Outcome.MATCHED),
        ("LATE", Outcome.NO_MATCH),
    ]


def test_parts_of_an_invoice_are_items_of_their_own() -> None:
    def parts() -> tuple[Item, Item]:
        return item("A", 30_000), item("A", 70_000, due=20, instalment=2)

    assert told(matched(payment(70_000), *parts())) == [("R2", "A", 70_000, 0, 0, 0)]
    named = matched(payment(100_000, named=(Named("A", 100_000),)), *parts())
    assert told(named) == [("R1", "A", 30_000, 0, 0, 0), ("R1", "A", 70_000, 0, 0, 0)]
