"""Items, parties and prices of the bulk company, delivered before its first day."""

from __future__ import annotations

import numpy as np

from pipelines.sample.bulk.arrays import ABSENT, Array, Rows, document
from pipelines.sample.bulk.calendar import EPOCH
from pipelines.sample.bulk.company import GROUPS, BulkCompany

# Share of demand that the best sellers make up: 80 % are class A, the next 15 % class B.
CLASS_LIMITS = (0.80, 0.95)


def item_rows(company: BulkCompany) -> Rows:
    items = company.items
    count = company.parameters.items
    value = items.popularity * items.usual_qty * items.cost
    order = np.argsort(-value, kind="stable")
    reached = np.cumsum(value[order])
    abc = np.empty(count, dtype=np.int64)
    abc[order] = np.searchsorted(np.array(CLASS_LIMITS) * reached[-1], reached)
    numbers = np.arange(count)
    return {
        "item_id": numbers,
        "description": numbers,
        "category": items.category,
        "abc_class": abc,
        "moq": items.pack,
        "order_multiple": items.pack,
    }


def party_rows(company: BulkCompany) -> Rows:
    customers, sizes = company.customers, company.parameters
    nothing = np.full(sizes.suppliers, ABSENT)

    def both(of_customer: Array, of_supplier: Array) -> Array:
        return np.concatenate([of_customer, of_supplier])

    numbers = np.arange(sizes.customers + sizes.suppliers)
    is_supplier = (numbers >= sizes.customers).astype(np.int64)
    return {
        "party_code": numbers,
        "party_role": is_supplier,
        "party_name": numbers,
        "payment_terms_code": both(customers.terms, np.ones(sizes.suppliers, dtype=np.int64)),
        "fob_default": is_supplier,
        "price_group": both(customers.group, nothing),
        "region": both(customers.site, nothing),
    }


def price_rows(company: BulkCompany) -> Rows:
    """List prices, and one price per item and group that pays less, for each period."""
    starts = [(company.calendar.month_start(m) - EPOCH).days for m in company.price_starts()]
    ends = [start - 1 for start in starts[1:]] + [ABSENT]
    shape = (len(starts), len(GROUPS), company.parameters.items)
    period, group, item = (axis.ravel() for axis in np.indices(shape))
    numbers = np.arange(len(item))
    return {
        "price_id": document("Q", numbers),
        "price_kind": group.clip(max=1),
        "price_group": np.where(group == 0, ABSENT, group),
        "item_code": item,
        "unit_price": company.prices.ravel(),
        "valid_from": np.array(starts)[period],
        "valid_to": np.array(ends)[period],
    }
