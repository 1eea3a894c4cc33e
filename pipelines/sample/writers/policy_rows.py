"""The dated decisions of the sample company that differ from the shipped defaults."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from models.vocabulary.costing_methods import COSTING_METHOD_CODES
from pipelines.sample.happenings import MethodSet
from pipelines.sample.parameters import Ledger, Parameters, Transfers
from pipelines.sample.story.profiles import PROFILES
from pipelines.sample.world.accounts import ACCOUNTS
from pipelines.sample.world.channels import CHANNEL_RULES
from pipelines.sample.writers.texts import Row, day, money

APPROVER = "controller"


def policy_rows(parameters: Parameters) -> dict[str, list[Row]]:
    in_force = {"valid_from": day(parameters.since), "approved_by": APPROVER}
    return {
        "policy_account_role": list(_account_roles(in_force)),
        "policy_posting_profile": [_posting_profile(in_force, parameters.ledger)],
        "policy_valuation": [
            _valuation(in_force, parameters),
            *_compared(in_force, parameters),
        ],
        "policy_channel": list(_channels(in_force)),
        "policy_replenishment": list(_replenishment(in_force)),
    }


def _channels(in_force: Row) -> Iterator[Row]:
    for rule in CHANNEL_RULES:
        yield {
            "channel": rule.channel,
            "location_id": rule.place,
            "protected_qty": str(rule.kept_qty) if rule.kept_qty else "",
            "use_safety_buffer": "true" if rule.leaves_safety_stock else "false",
            **in_force,
        }


def lane_rows(first_day: date, transfers: Transfers) -> Iterator[Row]:
    """Lead times in days: a truck that leaves before a weekend takes two days more."""
    in_force = {"valid_from": day(first_day), "approved_by": APPROVER}
    for sender, receiver, lead_days, truck, piece in (*transfers.lanes, *transfers.lanes_back):
        yield {
            "from_location_id": sender,
            "to_location_id": receiver,
            "cost_per_unit": money(piece),
            "cost_per_shipment": money(truck),
            "lead_time_days": str(lead_days),
            **in_force,
        }


def _account_roles(in_force: Row) -> Iterator[Row]:
    for number, _, _, role, _ in ACCOUNTS:
        yield {"account_role": role, "account": number, **in_force}


def _posting_profile(in_force: Row, ledger: Ledger) -> Row:
    waits = ledger.interim_receipts or PROFILES[ledger.posting_profile].interim_until_invoiced
    return {
        "profile": ledger.posting_profile,
        "interim_receipts": "true" if waits else "false",
        "transfer_cost": ledger.transfer_cost,
        "posting_sla_days": str(ledger.posting_sla_days),
        "returns_reserve": "true" if ledger.returns_reserve else "false",
        **in_force,
    }


def _valuation(in_force: Row, parameters: Parameters) -> Row:
    return {
        "policy_id": f"VAL-{parameters.company_id}",
        "costing_method": parameters.costing,
        "cost_pool": "company",
        "negative_stock": "reject",
        "backdating": "correct_forward",
        "late_cost": "split",
        "returned_layer": "original",
        "rounding_residual": "last_issue",
        "same_day_order": "receipts_first",
        "is_comparison": "false",
        **in_force,
    }


def _compared(in_force: Row, parameters: Parameters) -> Iterator[Row]:
    """Asked of the product, never posted: what every other method would say."""
    for method in COSTING_METHOD_CODES:
        if method != parameters.costing:
            yield {
                **_valuation(in_force, parameters),
                "policy_id": f"VAL-{parameters.company_id}-{method}",
                "costing_method": method,
                "negative_stock": "true_up",
                "is_comparison": "true",
            }


def method_row(decided: MethodSet, parameters: Parameters) -> Row:
    """A costing method of its own for one item."""
    in_force = {"valid_from": day(decided.day), "approved_by": APPROVER}
    return {
        **_valuation(in_force, parameters),
        "policy_id": decided.policy_id,
        "item_id": decided.item,
        "costing_method": decided.method,
    }


def _replenishment(in_force: Row) -> Iterator[Row]:
    for abc_class, target in (("A", "0.98"), ("B", "0.95"), ("C", "0.90")):
        yield {
            "abc_class": abc_class,
            "service_target": target,
            "service_kind": "cycle_service",
            "review_days": "3",
            "holding_rate": "0.18",
            "order_cost": "25.00",
            "unmet_demand": "backorder",
            "max_cover_days": "120",
            **in_force,
        }
