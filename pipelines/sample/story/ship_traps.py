"""Shipments that look wrong to a quick eye and are right: written into the key as they leave."""

from __future__ import annotations

from pipelines.sample.happenings import Shipment
from pipelines.sample.story.open_lines import OpenLine
from pipelines.sample.world.company import Company


def remember_traps(company: Company, shipment: Shipment, waiting: OpenLine) -> None:
    """The traps of one order line of a shipment, at each of its shipment lines."""
    order, customer = waiting.line, company.customers[shipment.customer]
    names = {
        "free goods": (order.free_reason == "promo", "one more piece for a large order"),
        "sample": (shipment.kind == "sample", "free of charge, nothing to bill"),
        "warranty": (shipment.kind == "warranty", "replaced under warranty, nothing to bill"),
        "kit": (waiting.is_kit, "components leave, the kit is billed"),
        "case unit": (order.per_uom > 1, "ordered in cases, shipped in pieces"),
        "other currency": (
            shipment.currency != company.parameters.currency,
            "billed in the customer's currency at the rate of the day",
        ),
        "tax in the price": (order.tax_inclusive, "the order's price holds the tax"),
        "freight collect": (
            customer.freight_terms == "collect",
            "the carrier bills the customer",
        ),
    }
    for name, (applies, why) in names.items():
        for line in shipment.lines if applies else ():
            if (line.order_id, line.order_line) == (order.order_id, order.line):
                company.faults.trap(
                    name, why, order_id=line.order_id, order_line=line.order_line,
                    shipment_id=shipment.shipment_id, shipment_line=line.line,
                )  # fmt: skip


def remember_split(company: Company, shipments: list[Shipment]) -> None:
    for shipment in shipments:
        for line in shipment.lines:
            company.faults.trap(
                "split shipment", "one order, two shipments, both billed once",
                order_id=line.order_id, order_line=line.order_line,
                shipment_id=shipment.shipment_id, shipment_line=line.line,
            )  # fmt: skip
