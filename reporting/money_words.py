"""The words of the tables about cost, margin, the ledger and the measures."""

from __future__ import annotations

from reporting.wording import TableWords

MONEY: dict[str, TableWords] = {
    "fct_cost_entry": TableWords(
        "Cost entries", "One row per value event of a movement under one costing method"
    ),
    "fct_cost_layer": TableWords(
        "Cost layers", "One row per layer with something left, or per pool under an average"
    ),
    "fct_expected_journal_line": TableWords(
        "Expected journal lines", "One row per debit or credit that an event should cause"
    ),
    "fct_journal_match": TableWords(
        "Journal lines that belong together",
        "One row per expected and actual line that share an amount",
    ),
    "fct_invoice": TableWords("Invoices", "One row per customer invoice, and whether it was right"),
    "fct_kpi_invoicing": TableWords(
        "Measures of invoicing by day", "One row per measure, day, place, customer and channel"
    ),
    "fct_kpi_ledger": TableWords(
        "Measures of the ledger by day", "One row per measure, day, place, customer and channel"
    ),
    "fct_kpi_service": TableWords(
        "Measures of service by day", "One row per measure, day, place, customer and channel"
    ),
    "fct_kpi_stock": TableWords(
        "Measures of stock by day", "One row per measure, day, place, customer and channel"
    ),
    "fct_kpi_total": TableWords(
        "Measures by period", "One row per measure, fiscal period and what it is about"
    ),
    "fct_margin_line": TableWords(
        "Margin by line", "One row per invoice line, and per line that is still to be billed"
    ),
    "mart_margin": TableWords(
        "Margin", "One row per item, customer, channel, place, kind of line and fiscal period"
    ),
    "mart_margin_alert": TableWords(
        "Margin that falls", "One row per item or channel whose margin falls"
    ),
    "mart_margin_bridge": TableWords(
        "Why margin changed", "One row per item, kind of line, currency and comparison"
    ),
    "mart_value_destroyer": TableWords(
        "What lost money",
        "One row per item, customer or channel that lost money in a fiscal period",
    ),
    "mart_clearing_account": TableWords(
        "Accounts that should empty", "One row per interim account that should empty again"
    ),
    "mart_in_transit": TableWords(
        "Goods in transit against the ledger",
        "One row per document whose goods or balance are on the road",
    ),
    "mart_intercompany_markup": TableWords(
        "Gains inside the group", "One row per seller in the group and item that is still in stock"
    ),
    "mart_inventory_value": TableWords(
        "Stock value", "One row per item, place, account role and costing method"
    ),
    "mart_ledger_agreement": TableWords(
        "Agreement with the ledger, day by day", "One row per group of accounts and day"
    ),
    "mart_proposed_journal": TableWords(
        "Proposed journals", "One row per line of an entry that would set the ledger right"
    ),
    "mart_roll_forward": TableWords(
        "Roll-forward", "One row per stock account, period and step from opening to closing"
    ),
}
