"""Which invoices a payment settles: rules R1 to R4, each a function, the first that says something
wins.

R1 the payer names invoices. R2 one open item of his is exactly the amount, or the amount with the
discount he may take. R3 exactly one subset of his open items makes it up. R4 the oldest first, only
where the company wants that. What two answers fit is left to people: nothing is guessed.

Payments are taken by value date, then company, source system and receipt: the order is part of the
result, because an item that one payment settles is gone for the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from pipelines.engines.matching.cash_records import (
    LATE_DISCOUNT,
    SHORT_PAY,
    Application,
    Item,
    Matched,
    Named,
    Outcome,
    Payment,
    Policy,
    Rule,
)
from pipelines.engines.matching.open_items import OpenItems
from pipelines.engines.matching.subset import Limits, Verdict, unique_subset

WORD = re.compile(r"[0-9A-Za-z][0-9A-Za-z./_-]*")


def match_payments(
    payments: Iterable[Payment], items: Iterable[Item], policies: Mapping[str, Policy]
) -> list[Matched]:
    """Every payment with its proposal, in the order in which they were taken."""
    open_items = OpenItems(items)
    ordered = sorted(
        payments, key=lambda one: (one.day, one.company_id, one.source_system, one.receipt_id)
    )
    matched = []
    for payment in ordered:
        result = match_payment(payment, open_items, policies[payment.company_id])
        for application in result.applications:
            application.item.open -= (
                application.applied + application.discount + application.write_off
            )
        matched.append(result)
    return matched


def match_payment(payment: Payment, open_items: OpenItems, policy: Policy) -> Matched:
    """What is proposed for one payment; the open items are left as they are."""
    for rule in (_by_name, _by_amount, _by_subset, _oldest_first):
        result = rule(payment, open_items, policy)
        if result is not None:
            return result
    if payment.party_id is None:
        return _left(payment, Outcome.UNKNOWN_PAYER, "no invoice is named and no payer is known")
    return _left(payment, Outcome.NO_MATCH, "no open items of the payer make up the amount")


def _by_name(payment: Payment, open_items: OpenItems, policy: Policy) -> Matched | None:
    """R1: what the remittance advice, else the text of the payment, names."""
    stated = [
        (item, name)
        for name in payment.named
        for item in open_items.named(payment, name.name, is_told=True)
    ]
    if any(name.amount is not None for _, name in stated):
        return _closed(payment, _as_stated(payment, stated, policy))
    items = [item for item, _ in stated]
    if not items:
        words = dict.fromkeys(word.strip("./_-") for word in WORD.findall(payment.text))
        items = [item for word in words for item in open_items.named(payment, word, is_told=False)]
    unique = list(
        {(item.source_system, item.invoice_id, item.instalment): item for item in items}.values()
    )
    if not unique:
        return None
    return _closed(payment, _settled(payment, unique, Rule.NAMED, policy))


def _as_stated(
    payment: Payment, stated: Sequence[tuple[Item, Named]], policy: Policy
) -> list[Application]:
    """The payer says how much is for which invoice; money and invoice set the bounds."""
    left = payment.amount
    told: dict[str, int] = {}
    applications = []
    for item, name in stated:
        wanted = told.get(name.name, name.amount if name.amount is not None else item.open)
        applied = min(wanted, item.open, left) if item.open > 0 else max(wanted, item.open)
        told[name.name] = wanted - applied
        left -= applied
        if applied == 0:
            continue
        short = item.open - applied
        allowed = item.allowed_discount(payment.day)
        discount = min(name.discount or allowed, allowed, short)
        if not name.discount and short - discount > policy.tolerance:
            discount = 0
        disallowed = min(max(name.discount - discount, 0), short - discount)
        rest = short - discount - disallowed
        claimed = min(name.deduction, rest)
        write_off = rest - claimed if 0 < rest - claimed <= policy.tolerance else 0
        # he says less than is open and no reason: short, unless his money ended before his words
        unexplained = rest - claimed - write_off if applied == wanted else 0
        deduction = disallowed + claimed + max(unexplained, 0)
        reason = LATE_DISCOUNT if disallowed else name.deduction_reason
        applications.append(
            Application(
                item,
                Rule.NAMED,
                applied,
                discount,
                deduction,
                (reason or SHORT_PAY) if deduction else None,
                write_off,
            )
        )
    return applications


def _settled(
    payment: Payment, items: Sequence[Item], rule: Rule, policy: Policy
) -> list[Application]:
    """The payment put to items in their order: whole, with discounts, or as far as it reaches."""
    allowed = [item.allowed_discount(payment.day) for item in items]
    whole = sum(item.open for item in items)
    difference = payment.amount - whole
    if abs(difference + sum(allowed)) <= policy.tolerance:
        return _exactly(items, allowed, rule, difference + sum(allowed))
    if abs(difference) <= policy.tolerance:
        return _exactly(items, [0] * len(items), rule, difference)
    late = [min(item.discount, max(item.open, 0)) for item in items]
    if sum(late) > 0 and difference + sum(late) == 0:
        return [
            Application(item, rule, item.open - part, 0, part, LATE_DISCOUNT if part else None)
            for item, part in zip(items, late, strict=True)
        ]
    return _as_far_as_it_reaches(payment, items, rule)


def _as_far_as_it_reaches(payment: Payment, items: Sequence[Item], rule: Rule) -> list[Application]:
    """Items settled in their order; where the money ends, what is short is a deduction."""
    applications, left = [], payment.amount
    for item in items:
        applied = min(item.open, left)
        left -= applied
        short = item.open - applied if left == 0 else 0
        if applied != 0:
            reason = SHORT_PAY if short else None
            applications.append(Application(item, rule, applied, 0, short, reason))
        if left == 0:
            break
    return applications


def _exactly(
    items: Sequence[Item], discounts: Sequence[int], rule: Rule, over: int
) -> list[Application]:
    """All items settled; the last takes what the payment is over or, with a minus, short."""
    applications = []
    for place, (item, discount) in enumerate(zip(items, discounts, strict=True), start=1):
        extra = over if place == len(items) else 0
        applications.append(
            Application(item, rule, item.open - discount + extra, discount, write_off=-extra)
        )
    return applications


def _by_amount(payment: Payment, open_items: OpenItems, policy: Policy) -> Matched | None:
    """R2: one item of the payer is exactly the amount, with or without the discount."""
    items = [item for item in open_items.of(payment) if item.open > 0]
    exact = [
        (item, discount)
        for item in items
        for discount in {0, item.allowed_discount(payment.day)}
        if item.open - discount == payment.amount
    ]
    if len(exact) > 1:
        return _left(payment, Outcome.NOT_UNIQUE, f"{len(exact)} open items are exactly the amount")
    if exact:
        item, discount = exact[0]
        return _closed(payment, [Application(item, Rule.EXACT, payment.amount, discount)])
    late = [item for item in items if 0 < item.discount == item.open - payment.amount]
    if len(late) == 1 and not _subset_exists(payment, items, policy):
        item = late[0]
        return _closed(
            payment,
            [Application(item, Rule.EXACT, payment.amount, 0, item.discount, LATE_DISCOUNT)],
        )
    return None


def _subset_exists(payment: Payment, items: Sequence[Item], policy: Policy) -> bool:
    """True when some subset, or too many to try, would explain the payment as well."""
    prices = [[item.open] for item in items]
    limits = Limits(policy.items, policy.steps, 0)
    return unique_subset(prices, payment.amount, limits).verdict != Verdict.NONE


def _by_subset(payment: Payment, open_items: OpenItems, policy: Policy) -> Matched | None:
    """R3: exactly one subset of the payer's items; credits are tried when invoices alone fail."""
    items = open_items.of(payment)
    limits = Limits(policy.items, policy.steps, policy.tolerance)
    invoices = [item for item in items if item.open > 0]
    for pool in (invoices, items) if len(invoices) < len(items) else (invoices,):
        discounts = [item.allowed_discount(payment.day) for item in pool]
        prices = [
            [item.open, item.open - discount] if discount else [item.open]
            for item, discount in zip(pool, discounts, strict=True)
        ]
        subset = unique_subset(prices, payment.amount, limits)
        if subset.verdict == Verdict.NOT_UNIQUE:
            return _left(payment, Outcome.NOT_UNIQUE, "several sets of open items make it up")
        if subset.verdict == Verdict.GAVE_UP:
            return _left(payment, Outcome.GAVE_UP, f"not decided within {limits.steps:,} sums")
        if subset.verdict == Verdict.UNIQUE:
            chosen = [pool[item] for item, _ in subset.chosen]
            taken = [discounts[item] if price else 0 for item, price in subset.chosen]
            over = payment.amount - sum(
                item.open - discount for item, discount in zip(chosen, taken, strict=True)
            )
            return _closed(payment, _exactly(chosen, taken, Rule.SUBSET, over))
    return None


def _oldest_first(payment: Payment, open_items: OpenItems, policy: Policy) -> Matched | None:
    """R4: only where the company wants it."""
    items = [item for item in open_items.of(payment) if item.open > 0]
    if not policy.oldest_first or not items:
        return None
    applications, left = [], payment.amount
    for item in items:
        applied = min(item.open, left)
        left -= applied
        applications.append(Application(item, Rule.OLDEST, applied))
        if left == 0:
            break
    return _closed(payment, applications)


def _closed(payment: Payment, applications: Sequence[Application]) -> Matched:
    """A payment with its applications and what they leave of it."""
    used = [one for one in applications if one.applied != 0 or one.discount or one.deduction]
    left = payment.amount - sum(one.applied for one in used)
    if not used:
        return _left(payment, Outcome.NO_MATCH, "what it names has nothing open")
    outcome = Outcome.MATCHED if left == 0 else Outcome.PARTLY
    note = "" if left == 0 else "more than what is open of the invoices it settles"
    return Matched(payment, outcome, tuple(used), note, left)


def _left(payment: Payment, outcome: Outcome, note: str) -> Matched:
    """A payment for which nothing is proposed."""
    return Matched(payment, outcome, (), note, payment.amount)
