"""Account roles: what an account is for, whatever its number. A chart maps accounts to roles."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AccountRole:
    code: str
    meaning: str
    is_clearing: bool = False  # stands at zero when a period is closed


_ROLES = (
    AccountRole("INV", "Inventory on hand that we own."),
    AccountRole("INV_TRANSIT", "Inventory that we own while it is on a truck or ship."),
    AccountRole(
        "INV_INTERIM", "Inventory received and not yet accepted or invoiced.", is_clearing=True
    ),
    AccountRole("INV_CONSIGN", "Our inventory at a customer's site, not sold yet."),
    AccountRole("WIP", "Work in process."),
    AccountRole("GRIR", "Goods received, supplier invoice not received, and the reverse."),
    AccountRole(
        "FREIGHT_IN_ACCR", "Inbound landed cost expected and not invoiced.", is_clearing=True
    ),
    AccountRole("PPV", "Purchase price variance against standard or order price."),
    AccountRole("COGS", "Cost of goods sold."),
    AccountRole("REVENUE", "Revenue from goods."),
    AccountRole("FREIGHT_REV", "Freight charged to customers."),
    AccountRole("SURCHARGE_REV", "Handling, hazmat and other surcharges to customers."),
    AccountRole("AR", "Receivables from customers, invoiced."),
    AccountRole("UNBILLED_AR", "Receivable where only the invoice is missing."),
    AccountRole("CONTRACT_ASSET", "Right to payment that depends on more than time."),
    AccountRole("DEFERRED_REV", "Invoiced or paid before control passed."),
    AccountRole("REFUND_LIAB", "Refunds expected for goods that may come back."),
    AccountRole("RETURN_ASSET", "Goods expected back from customers, or not accepted yet."),
    AccountRole("SALES_RETURNS", "Revenue taken back by credit memos for returns."),
    AccountRole("INV_ADJ", "Gains and losses of counts, shortages and adjustments."),
    AccountRole("WRITE_OFF", "Goods scrapped or written off."),
    AccountRole("NRV_LOSS", "Write-down to net realisable value."),
    AccountRole("NRV_RESERVE", "Reserve against stock where a write-down may reverse."),
    AccountRole("IC_DUE_FROM", "Receivable from another company of the group."),
    AccountRole("IC_DUE_TO", "Payable to another company of the group."),
    AccountRole("IC_MARKUP_ELIM", "Markup between group companies still in stock."),
    AccountRole("MFG_VAR", "Production variances."),
    AccountRole("ABSORBED", "Labour and overhead absorbed into production."),
    AccountRole("REVAL", "Effect of a change of standard cost."),
    AccountRole("ROUNDING", "Cents that no quantity stands behind."),
    AccountRole("CASH", "Bank and cash."),
    AccountRole("UNAPPLIED_CASH", "Money received and not applied to an invoice."),
    AccountRole(
        "DEDUCTION_CLEARING",
        "Short payments of customers waiting for a decision.",
        is_clearing=True,
    ),
    AccountRole("TAX_PAYABLE", "Tax charged to customers."),
    AccountRole("TAX_INPUT", "Tax charged by suppliers, recoverable."),
    AccountRole("AP", "Payables to suppliers, invoiced."),
    AccountRole("CARRIER_CLAIM", "Claims on carriers for loss or damage."),
    AccountRole("EXPENSE", "Internal use and other cost that is no cost of sales."),
    AccountRole("FREIGHT_ACCR", "Freight of transfers and outbound, expected, not invoiced."),
    AccountRole("IC_COGS", "Cost of goods sold to group companies."),
    AccountRole("IC_REVENUE", "Revenue from group companies."),
    AccountRole("MARKETING_EXP", "Samples and free goods."),
    AccountRole("XFER_EXPENSE", "Cost of transfers that policy does not put into stock."),
    AccountRole("FX_GAIN_LOSS", "Differences of exchange rates."),
    AccountRole("BAD_DEBT", "Receivables given up."),
    AccountRole("DISCOUNT_ALLOWED", "Cash discount taken by customers."),
    AccountRole("CUSTOMER_PREPAYMENT", "Money from customers ahead of an invoice."),
    AccountRole("SUPPLIER_PREPAYMENT", "Money to suppliers ahead of an invoice."),
    AccountRole("BANK_CLEARING", "Payments on their way between ledger and bank."),
    AccountRole("BILLS_RECEIVABLE", "Receivables in the form of bills."),
    AccountRole("EQUITY", "Equity."),
    AccountRole("OTHER", "Account that takes part in none of these flows."),
)

ACCOUNT_ROLES = {role.code: role for role in _ROLES}
ACCOUNT_ROLE_CODES = tuple(ACCOUNT_ROLES)
