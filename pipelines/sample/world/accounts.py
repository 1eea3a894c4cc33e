"""The chart of accounts of the sample company, and the book of balances it leaves."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from pipelines.sample.happenings import AccountBalance, Journal

# number, name, type, role, is it a control account of a subledger
ACCOUNTS: tuple[tuple[str, str, str, str, bool], ...] = (
    ("1000", "Cash at bank", "asset", "CASH", False),
    ("1100", "Trade receivables", "asset", "AR", True),
    ("1150", "Goods shipped, not invoiced", "asset", "UNBILLED_AR", True),
    ("1180", "Claims on carriers", "asset", "CARRIER_CLAIM", False),
    ("1190", "Due from group companies", "asset", "IC_DUE_FROM", False),
    ("1200", "Merchandise", "asset", "INV", True),
    ("1210", "Merchandise in transit", "asset", "INV_TRANSIT", True),
    ("1220", "Merchandise under receipt", "asset", "INV_INTERIM", True),
    ("1230", "Merchandise on consignment", "asset", "INV_CONSIGN", True),
    ("1240", "Work in progress", "asset", "WIP", True),
    ("1250", "Right to returned goods", "asset", "RETURN_ASSET", False),
    ("1260", "Write-downs of merchandise", "asset", "NRV_RESERVE", False),
    ("1290", "Input tax", "asset", "TAX_INPUT", False),
    ("2000", "Trade payables", "liability", "AP", True),
    ("2050", "Goods received, not invoiced", "liability", "GRIR", True),
    ("2060", "Inbound freight and duty accrued", "liability", "FREIGHT_IN_ACCR", True),
    ("2070", "Freight accrued", "liability", "FREIGHT_ACCR", False),
    ("2080", "Due to group companies", "liability", "IC_DUE_TO", False),
    ("2100", "Value added tax payable", "liability", "TAX_PAYABLE", False),
    ("2200", "Payments not applied", "liability", "UNAPPLIED_CASH", False),
    ("2210", "Deductions in clearing", "asset", "DEDUCTION_CLEARING", False),
    ("2220", "Deferred revenue", "liability", "DEFERRED_REV", False),
    ("2230", "Refunds owed", "liability", "REFUND_LIAB", False),
    ("2900", "Equity", "equity", "EQUITY", False),
    ("4000", "Sales of merchandise", "revenue", "REVENUE", False),
    ("4050", "Freight charged", "revenue", "FREIGHT_REV", False),
    ("4060", "Surcharges", "revenue", "SURCHARGE_REV", False),
    ("4080", "Sales to group companies", "revenue", "IC_REVENUE", False),
    ("4090", "Sales returns", "revenue", "SALES_RETURNS", False),
    ("4100", "Cash discount taken by customers", "revenue", "DISCOUNT_ALLOWED", False),
    ("5000", "Cost of goods sold", "expense", "COGS", False),
    ("5080", "Cost of sales to group companies", "expense", "IC_COGS", False),
    ("5100", "Purchase price differences", "expense", "PPV", False),
    ("5200", "Stock count differences", "expense", "INV_ADJ", False),
    ("5210", "Goods written off", "expense", "WRITE_OFF", False),
    ("5220", "Write-down to realisable value", "expense", "NRV_LOSS", False),
    ("5230", "Revaluation", "expense", "REVAL", False),
    ("5240", "Kitting and production differences", "expense", "MFG_VAR", False),
    ("5250", "Kitting labour absorbed", "expense", "ABSORBED", False),
    ("5300", "Samples and advertising", "expense", "MARKETING_EXP", False),
    ("5310", "Goods for own use", "expense", "EXPENSE", False),
    ("5320", "Freight between warehouses", "expense", "XFER_EXPENSE", False),
    ("5400", "Bad debt", "expense", "BAD_DEBT", False),
    ("5500", "Exchange differences", "expense", "FX_GAIN_LOSS", False),
    ("5600", "Rounding", "expense", "ROUNDING", False),
)
ACCOUNT_OF_ROLE = {role: number for number, _, _, role, _ in ACCOUNTS}
Month = tuple[int, int]
ROLE_OF_ACCOUNT = {number: role for number, _, _, role, _ in ACCOUNTS}


class Balances:
    """Balances by account, and each month's turnover; every journal counts in its posting month.

    A month that was closed takes nothing more in: what comes late is dated into an open one."""

    def __init__(self) -> None:
        self.balance: defaultdict[str, int] = defaultdict(int)
        self.closed_until: date | None = None
        self._opening: dict[str, int] = {}
        self._debit: defaultdict[tuple[Month, str], int] = defaultdict(int)
        self._credit: defaultdict[tuple[Month, str], int] = defaultdict(int)

    def open(self, amounts: dict[str, int]) -> None:
        """Opening balance by role."""
        assert sum(amounts.values()) == 0, "an opening balance sheet balances"
        self._opening = {ACCOUNT_OF_ROLE[role]: cents for role, cents in amounts.items()}
        self.balance.update(self._opening)

    def of_role(self, role: str) -> int:
        """All that was posted, whatever its month."""
        return self.balance[ACCOUNT_OF_ROLE[role]]

    def post(self, journal: Journal) -> None:
        late = self.closed_until and journal.day <= self.closed_until
        assert not late, f"{journal.doc_type} {journal.doc_id}: {journal.day} is closed"
        if journal.status != "posted":
            return
        month = (journal.day.year, journal.day.month)
        for entry in journal.entries:
            account = entry.account or ACCOUNT_OF_ROLE[entry.role]
            self.balance[account] += entry.amount
            side = self._debit if entry.amount > 0 else self._credit
            side[month, account] += abs(entry.amount)

    def close_month(self, day: date) -> tuple[AccountBalance, ...]:
        """The balances at the end of the month that ends with `day`."""
        month = (day.year, day.month)
        closed = tuple(
            AccountBalance(
                role, self._opening.get(number, 0), self._debit.pop((month, number), 0),
                self._credit.pop((month, number), 0), number,
            )
            for number, _, _, role, _ in ACCOUNTS
        )  # fmt: skip
        self._opening = {b.account: b.opening + b.debit - b.credit for b in closed}
        self.closed_until = day
        return closed
