"""Tables of some dozens of rows, as text: the company, its places, calendar, accounts, decisions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from pipelines.sample.bulk.calendar import holidays, month_after
from pipelines.sample.bulk.codes import APPROVER
from pipelines.sample.bulk.company import BulkCompany
from pipelines.sample.bulk.deliveries import TextRow

ACCOUNTS = (
    ("1000", "Cash at bank", "asset", "CASH"),
    ("1100", "Trade receivables", "asset", "AR"),
    ("1150", "Goods shipped, not invoiced", "asset", "UNBILLED_AR"),
    ("1200", "Merchandise", "asset", "INV"),
    ("1250", "Merchandise on the way", "asset", "INV_TRANSIT"),
    ("1290", "Input tax", "asset", "TAX_INPUT"),
    ("2000", "Trade payables", "liability", "AP"),
    ("2050", "Goods received, not invoiced", "liability", "GRIR"),
    ("2100", "Value added tax payable", "liability", "TAX_PAYABLE"),
    ("2900", "Equity", "equity", "EQUITY"),
    ("4000", "Sales of merchandise", "revenue", "REVENUE"),
    ("5000", "Cost of goods sold", "expense", "COGS"),
    ("5100", "Purchase price differences", "expense", "PPV"),
    ("5200", "Stock count differences", "expense", "INV_ADJ"),
    ("5400", "Written off", "expense", "WRITE_OFF"),
)
CONTROLLED = ("AR", "UNBILLED_AR", "INV", "INV_TRANSIT", "AP", "GRIR")
LANE_DAYS = 3


class SmallTables:
    def __init__(self, company: BulkCompany) -> None:
        self._company, self._parameters = company, company.parameters
        self._from = company.parameters.first_day.isoformat()
        self._in_force = {"valid_from": self._from, "approved_by": APPROVER}

    def opening(self) -> Iterator[tuple[str, str, list[TextRow]]]:
        yield "erp", "master_company", [self._entity()]
        yield "erp", "master_location", self._locations()
        yield "wms", "master_location", self._locations()
        yield "erp", "master_uom", [self._unit()]
        yield "erp", "demand_calendar_event", list(self._holidays())
        if self._parameters.feeds == "movements":
            return
        yield "erp", "master_account", list(self._accounts())
        yield "erp", "master_fiscal_period", list(self._periods())
        yield "erp", "policy_account_role", list(self._account_roles())
        yield "erp", "policy_posting_profile", [self._posting_profile()]
        yield "erp", "policy_valuation", [self._valuation()]
        yield "erp", "policy_replenishment", list(self._replenishment())
        yield "erp", "policy_lane", list(self._lanes())

    def closed_period(self, month: int) -> list[TextRow]:
        """With the delivery of a month the month before it is closed."""
        if month < 1 or self._parameters.feeds == "movements":
            return []
        first = self._company.calendar.month_start(month - 1)
        return [self._period(first, "closed", _stamp(self._company.calendar.cut_at(month)))]

    def _entity(self) -> TextRow:
        return {
            "company_name": self._parameters.company_name,
            "currency": self._parameters.currency,
            "country": self._parameters.country,
            "timezone": self._parameters.timezone,
            "chart": self._parameters.company_id,
            "accounting_framework": "ifrs",
        }

    def _locations(self) -> list[TextRow]:
        return [
            {
                "location_code": code,
                "location_id": code,
                "location_name": name,
                "location_type": "warehouse",
                "country": self._parameters.country,
                "region": region,
                "timezone": self._parameters.timezone,
                "sellable": "true",
            }
            for code, name, region, _ in self._company.sites
        ]

    def _unit(self) -> TextRow:
        return {
            "from_uom": "EA",
            "to_uom": "EA",
            "numerator": "1",
            "denominator": "1",
            "valid_from": self._from,
        }

    def _holidays(self) -> Iterator[TextRow]:
        for year in self._company.calendar.years():
            for day, name in sorted(holidays(year).items()):
                yield {
                    "event_id": f"HOL-{day.isoformat()}",
                    "event_type": "holiday",
                    "start_date": day.isoformat(),
                    "end_date": day.isoformat(),
                    "known_from_date": self._from,
                    "note": name,
                }

    def _accounts(self) -> Iterator[TextRow]:
        for number, name, kind, role in ACCOUNTS:
            yield {
                "account": number,
                "account_name": name,
                "account_type": kind,
                "account_role": role,
                "is_control": str(role in CONTROLLED).lower(),
            }

    def _periods(self) -> Iterator[TextRow]:
        for year in self._company.calendar.years():
            for month in range(1, 13):
                yield self._period(date(year, month, 1), "open", "")

    def _period(self, first: date, status: str, closed_at: str) -> TextRow:
        opened = datetime.fromtimestamp(self._company.calendar.midnight_of(first), UTC)
        return {
            "fiscal_year": str(first.year),
            "fiscal_period": str(first.month),
            "module": "ALL",
            "start_date": first.isoformat(),
            "end_date": (month_after(first, 1) - timedelta(days=1)).isoformat(),
            "status": status,
            "closed_at": closed_at,
            "source_updated_at": closed_at or _stamp(opened),
        }

    def _account_roles(self) -> Iterator[TextRow]:
        for number, _, _, role in ACCOUNTS:
            yield {"account_role": role, "account": number, **self._in_force}

    def _posting_profile(self) -> TextRow:
        return {
            "profile": "control_transfer",
            "interim_receipts": "false",
            "transfer_cost": "expense",
            "posting_sla_days": "2",
            "returns_reserve": "false",
            **self._in_force,
        }

    def _valuation(self) -> TextRow:
        return {
            "policy_id": f"VAL-{self._parameters.company_id}",
            "costing_method": "fifo",
            "cost_pool": "company",
            "negative_stock": "reject",
            "backdating": "correct_forward",
            "late_cost": "split",
            "returned_layer": "original",
            "rounding_residual": "last_issue",
            "same_day_order": "receipts_first",
            "is_comparison": "false",
            **self._in_force,
        }

    def _replenishment(self) -> Iterator[TextRow]:
        for abc_class, target in (("A", "0.98"), ("B", "0.95"), ("C", "0.90")):
            yield {
                "abc_class": abc_class,
                "service_target": target,
                "service_kind": "cycle_service",
                "review_days": str(self._parameters.supply.review_days),
                "holding_rate": "0.18",
                "order_cost": "25.00",
                "unmet_demand": "lost",
                "max_cover_days": "120",
                **self._in_force,
            }

    def _lanes(self) -> Iterator[TextRow]:
        codes = [code for code, *_ in self._company.sites]
        for origin in codes:
            for destination in codes:
                if origin != destination:
                    yield {
                        "from_location_id": origin,
                        "to_location_id": destination,
                        "cost_per_unit": "0.35",
                        "cost_per_shipment": "60.00",
                        "lead_time_days": str(LANE_DAYS),
                        **self._in_force,
                    }


def _stamp(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
