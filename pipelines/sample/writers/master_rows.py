"""Master data and calendar: what is delivered before the first day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from pipelines.sample.world.accounts import ACCOUNTS
from pipelines.sample.world.calendar import HOLIDAYS, month_close
from pipelines.sample.world.channels import safety_stock
from pipelines.sample.world.company import Company
from pipelines.sample.world.purchase_prices import cost_periods
from pipelines.sample.writers.billing_policy_rows import billing_policies
from pipelines.sample.writers.billing_rows import party_row, price_row
from pipelines.sample.writers.policy_rows import APPROVER, lane_rows, policy_rows
from pipelines.sample.writers.supply_rows import supplier_row
from pipelines.sample.writers.texts import Row, day, money, stamp
from pipelines.sample.writers.warehouse_rows import UNIT

# Who carries goods to customers: code, name, country.
CARRIERS = (
    ("NORDSPED", "Nordsped Logistik GmbH", "DE"),
    ("ALPENLINE", "Alpenline Cargo AG", "CH"),
    ("OWNCARRIER", "Fetched by the customer's carrier", "DE"),
)


class MasterRows:
    def __init__(self, company: Company) -> None:
        self._company = company
        self._parameters = company.parameters
        self._from = day(company.parameters.since)

    def erp(self) -> dict[str, list[Row]]:
        return {
            "master_company": [self._company_row()],
            "policy_lane": list(lane_rows(self._parameters.since, self._parameters.transfers)),
            "master_item": list(self._items()),
            "master_item_cost": list(self._item_costs()),
            "master_item_xref": self._item_xref("erp"),
            "master_bom": list(self._kits()),
            "master_location": self.locations(),
            "master_party": list(self._parties()),
            "master_party_xref": self.party_xref(),
            "master_price": list(self._prices()),
            "master_account": list(self._accounts()),
            "master_fiscal_period": list(self._periods()),
            "master_uom": list(self._units()),
            "demand_calendar_event": list(self._holidays()),
            **policy_rows(self._parameters),
            **billing_policies(self._company),
        }

    def wms(self) -> dict[str, list[Row]]:
        return {
            "master_item_xref": self._item_xref("wms"),
            "master_location": self.locations(),
            "master_party_xref": self.party_xref(),
        }

    def _company_row(self) -> Row:
        return {
            "company_name": self._parameters.company_name,
            "currency": self._parameters.currency,
            "country": self._parameters.country,
            "timezone": self._parameters.timezone,
            "chart": "NORDA",
            "accounting_framework": "ifrs",
            "intercompany_party_code": self._parameters.company_id,
        }

    def _items(self) -> Iterator[Row]:
        for item in self._company.catalogue.items:
            yield {
                "item_id": item.code,
                "description": item.description,
                "item_type": item.kind,
                "base_uom": UNIT,
                "category": item.category.name,
                "abc_class": item.abc,
                "status": "active",
                "valuation_class": item.category.valuation_class,
                "lot_controlled": "true" if item.lot_controlled else "false",
                "serial_controlled": "true" if item.serial_controlled else "false",
                "shelf_life_days": str(item.shelf_days) if item.shelf_days else "",
                "weight": f"{item.grams // 1000}.{item.grams % 1000:03d}",
                "weight_uom": "KG",
                "hazmat_class": item.hazmat,
                "launch_date": day(item.launch),
                "safety_stock": str(safety_stock(item)) if item.is_bought else "",
                "order_multiple": str(item.order_multiple),
                "moq": str(item.order_multiple),
            }

    def _kits(self) -> Iterator[Row]:
        for item in self._company.catalogue.items:
            for component, pieces in item.components:
                yield {
                    "parent_item_code": item.code,
                    "component_item_code": component,
                    "qty_per": str(pieces),
                    "uom": UNIT,
                    "bom_type": "phantom" if item.kind == "phantom_kit" else "kit",
                    "valid_from": self._from,
                }

    def _item_costs(self) -> Iterator[Row]:
        supply, first = self._parameters.supply, self._parameters.since
        for item in self._company.catalogue.items:
            for cost, since, until in cost_periods(item, supply, first):
                shared = {
                    "item_code": item.code,
                    "unit_cost": money(cost),
                    "currency": self._parameters.currency,
                    "valid_from": day(since),
                    "valid_to": day(until),
                }
                yield from ({**shared, "cost_type": kind} for kind in ("last", "standard"))

    def _item_xref(self, system: str) -> list[Row]:
        return [
            {
                "xref_source": system,
                "source_code": item.wms_code if system == "wms" else item.code,
                "item_id": item.code,
                "source_uom": UNIT,
                "pack_qty": "1",
                "valid_from": self._from,
                "match_method": "manual" if item.wms_code != item.code else "rule",
                "approved_by": APPROVER,
            }
            for item in self._company.catalogue.items
        ]

    def locations(self) -> list[Row]:
        return self._places() + [
            {
                "location_code": partner.place,
                "location_id": partner.place,
                "location_name": partner.place_name,
                "location_type": "supplier" if partner.sells else "customer",
                "country": partner.country,
                "timezone": partner.timezone,
                "sellable": "false",
            }
            for partner in self._parameters.partners
        ]

    def _places(self) -> list[Row]:
        return [
            {
                "location_code": location.code,
                "location_id": location.code,
                "location_name": location.name,
                "location_type": location.kind,
                "country": location.country,
                "region": location.region,
                "timezone": self._parameters.timezone,
                "sellable": "true",
            }
            for location in self._company.catalogue.locations
        ]

    def _parties(self) -> Iterator[Row]:
        shared = {"currency": self._parameters.currency, "active": "true"}
        for customer in self._company.catalogue.customers:
            yield party_row(customer)
        for supplier in self._company.catalogue.suppliers:
            yield supplier_row(supplier)
        for partner in self._parameters.partners:
            yield {
                "party_code": partner.company_id,
                "party_role": "intercompany",
                "party_name": partner.name,
                "country": partner.country,
                "currency": partner.currency,
                "active": "true",
            }
        for code, name, country in CARRIERS:
            yield {
                "party_code": code,
                "party_role": "carrier",
                "party_name": name,
                "country": country,
                **shared,
            }

    def party_xref(self) -> list[Row]:
        roles = [(customer.code, "customer") for customer in self._company.catalogue.customers]
        roles += [(code, "carrier") for code, _, _ in CARRIERS]
        roles += [(supplier.code, "supplier") for supplier in self._company.catalogue.suppliers]
        for partner in self._parameters.partners:
            # Documents name it where they name customers and suppliers.
            role = "supplier" if partner.sells else "customer"
            roles += [(partner.company_id, "intercompany"), (partner.company_id, role)]
        return [
            {"party_code": code, "party_role": role, "party_id": code, "valid_from": self._from}
            for code, role in roles
        ]

    def _prices(self) -> Iterator[Row]:
        for price in self._company.catalogue.prices:
            yield price_row(price, self._company.moment(self._parameters.since, 0))

    def _accounts(self) -> Iterator[Row]:
        for number, name, kind, role, is_control in ACCOUNTS:
            yield {
                "account": number,
                "account_name": name,
                "account_type": kind,
                "account_role": role,
                "is_control": "true" if is_control else "false",
            }

    def _periods(self) -> Iterator[Row]:
        for month in range(1, 13):
            first = date(self._parameters.first_day.year, month, 1)
            for module, _ in self._parameters.ledger.close_days:
                yield self._period(first, module)

    def _period(self, first: date, module: str) -> Row:
        """A period as it opens with its month; what becomes of it is told as it happens."""
        next_month = (first + timedelta(days=31)).replace(day=1)
        opened = month_close(first - timedelta(days=1), self._company.zone)
        return {
            "fiscal_year": str(first.year),
            "fiscal_period": str(first.month),
            "module": module,
            "start_date": day(first),
            "end_date": day(next_month - timedelta(days=1)),
            "status": "open",
            "opened_at": stamp(opened),
            "source_updated_at": stamp(opened),
        }

    def _units(self) -> Iterator[Row]:
        pieces = [("", UNIT, 1)]
        pieces += [(i.code, "CS", i.case_qty) for i in self._company.catalogue.items]
        for item, unit, qty in pieces:
            if not item or qty > 1:
                yield {
                    "item_id": item,
                    "from_uom": unit,
                    "to_uom": UNIT,
                    "numerator": str(qty),
                    "denominator": "1",
                    "valid_from": self._from,
                }

    def _holidays(self) -> Iterator[Row]:
        for date_of, name in HOLIDAYS[self._parameters.country].items():
            if date_of < self._parameters.known_since:
                continue
            yield {
                "event_id": f"HOL-{day(date_of)}",
                "event_type": "holiday",
                "start_date": day(date_of),
                "end_date": day(date_of),
                "known_from_date": self._from,
                "note": name,
            }
