"""The chart of accounts of the sample company, and the book of balances it leaves."""

from __future__ import annotations

from collections import defaultdict

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
ROLE_OF_ACCOUNT = {number: role for number, _, _, role, _ in ACCOUNTS}


class Balances:
    """Balances by account and the month's turnover; every journal balances."""

    def __init__(self) -> None:
        self.balance: defaultdict[str, int] = defaultdict(int)
        self._opening: dict[str, int] = {}
        self._debit: defaultdict[str, int] = defaultdict(int)
        self._credit: defaultdict[str, int] = defaultdict(int)

    def open(self, amounts: dict[str, int]) -> None:
        """Opening balance by role."""
        assert sum(amounts.values()) == 0, "an opening balance sheet balances"
        self.balance.update({ACCOUNT_OF_ROLE[role]: cents for role, cents in amounts.items()})
        self._opening = dict(self.balance)

    def of_role(self, role: str) -> int:
        return self.balance[ACCOUNT_OF_ROLE[role]]

    def post(self, journal: Journal) -> None:
        for entry in journal.entries:
            account = entry.account or ACCOUNT_OF_ROLE[entry.role]
            self.balance[account] += entry.amount
            side = self._debit if entry.amount > 0 else self._credit
            side[account] += abs(entry.amount)

    def close_month(self) -> tuple[AccountBalance, ...]:
        closed = tuple(
            AccountBalance(
                role, self._opening.get(number, 0), self._debit[number], self._credit[number],
                number,
            )
            for number, _, _, role, _ in ACCOUNTS
        )  # fmt: skip
        self._opening = dict(self.balance)
        self._debit.clear()
        self._credit.clear()
        return closed
