"""When this company bills, and what it charges on top: its rows beside the shipped defaults."""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.sample.world.company import Company
from pipelines.sample.writers.policy_rows import APPROVER
from pipelines.sample.writers.texts import Row, day, money

BACKORDER_HOURS = 24 * 47  # as long as an order line may wait for goods, and two days


def billing_policies(company: Company) -> dict[str, list[Row]]:
    in_force = {"valid_from": day(company.parameters.since), "approved_by": APPROVER}
    return {
        "policy_billing_rule": list(_rules(company, in_force)),
        "policy_charge": list(_charges(company, in_force)),
    }


def _rules(company: Company, in_force: Row) -> Iterator[Row]:
    yield {
        "billing_rule_id": "BR-FREE-DELIVERED",
        "priority": "72",
        "fob_point": "destination",
        "trigger": "deliver",
        "due_hours": "24",
        "clock": "calendar",
        "grace_hours": "24",
        "note": "What travels at our risk is billed when it has arrived",
        **in_force,
    }
    for customer in company.catalogue.customers:
        if customer.pre_billed:
            yield {
                "billing_rule_id": f"BR-PREBILL-{customer.code}",
                "priority": "65",
                "party_code": customer.code,
                "order_type": "standard",
                "trigger": "calendar",
                "due_hours": str(BACKORDER_HOURS),
                "clock": "calendar",
                "grace_hours": "24",
                "note": "Billed the day after the order, before the goods leave",
                **in_force,
            }


def _charges(company: Company, in_force: Row) -> Iterator[Row]:
    outbound, charges = company.parameters.outbound, company.parameters.charges
    shared = {"currency": company.parameters.currency, **in_force}
    yield {
        "charge_rule_id": "CH-FREIGHT",
        "charge_type": "freight",
        "freight_terms": "prepaid_add",
        "basis": "cost_plus",
        "markup_pct": str(outbound.freight_markup_percent),
        **shared,
    }
    yield {
        "charge_rule_id": "CH-HAZMAT",
        "charge_type": "hazmat",
        "freight_terms": "prepaid_add",
        "hazmat_only": "true",
        "basis": "per_shipment",
        "amount": money(outbound.hazmat_cents),
        **shared,
    }
    for position in charges.handling_customers:
        if position < len(company.catalogue.customers):
            customer = company.catalogue.customers[position]
            yield {
                "charge_rule_id": f"CH-HANDLING-{customer.code}",
                "charge_type": "handling",
                "party_code": customer.code,
                "basis": "per_shipment",
                "amount": money(charges.handling_fee),
                **shared,
            }
