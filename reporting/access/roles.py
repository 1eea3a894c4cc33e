"""The six roles: which subjects, which columns and which rows each of them sees.

`scope` turns a viewer and a table into the one SELECT through which everything else reads. A page,
a filter, a sort or an export cannot name a column that is not in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from models.vocabulary import EXCEPTIONS
from reporting.access.subjects import Subject, subject_of


class Role(StrEnum):
    """The roles of the house."""

    SALES = "sales"
    WAREHOUSE = "warehouse"
    FINANCE = "finance"
    PLANNING = "planning"
    AUDITOR = "auditor"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks: a role, and the companies whose rows it may read (None = every company)."""

    role: Role
    companies: frozenset[str] | None = None
    # Where the role comes from; said on the page, so that nobody takes a local start for a sign-in.
    granted_by: str = ""


EVERYONE = frozenset(
    {
        Subject.MASTER,
        Subject.POLICY,
        Subject.STOCK,
        Subject.BILLING,
        Subject.EXCEPTIONS,
        Subject.PLANNING,
        Subject.HEALTH,
    }
)
SUBJECTS: dict[Role, frozenset[Subject]] = {
    Role.SALES: EVERYONE | {Subject.RECEIVABLES},
    Role.WAREHOUSE: EVERYONE,
    Role.PLANNING: EVERYONE | {Subject.PURCHASING},
    Role.FINANCE: frozenset(Subject) - {Subject.CONTROL},
    Role.AUDITOR: frozenset(Subject),
    Role.ADMIN: frozenset(Subject),
}
SEES_UNLISTED_TABLES = frozenset({Role.AUDITOR, Role.ADMIN})

# Words inside a column name that say what the goods cost us or what we earn on them. By word, so
# that a column added tomorrow is hidden tomorrow.
COST_WORDS = frozenset({"cost", "costs", "cogs", "nrv", "value"})
MARGIN_WORDS = frozenset({"margin", "contribution"})
HIDDEN_WORDS: dict[Role, frozenset[str]] = {
    Role.SALES: COST_WORDS | MARGIN_WORDS,
    Role.WAREHOUSE: COST_WORDS | MARGIN_WORDS,
    Role.PLANNING: MARGIN_WORDS,
}
# Tables of a subject that is not the role's, and what of them it reads all the same: a column that is
# added to one tomorrow is hidden tomorrow. Revenue and cost of the same goods would be their margin.
PARTS_SEEN: dict[Role, dict[str, frozenset[str]]] = {
    Role.PLANNING: {
        "mart_financial_plan": frozenset(
            {
                "company_id", "item_class", "period_start_date", "period_end_date", "quantile",
                "forecast_qty", "priced_qty", "costed_qty", "cash_out", "currency",
                "forecast_version", "policy_version", "as_of_at", "watermark_at",
            }
        )
    }
}  # fmt: skip
# Columns with one of the words above that tell neither cost nor margin.
HARMLESS_COLUMNS = frozenset({"cost_center", "cost_pool_id", "costing_method", "cost_source"})

# Exceptions that belong to the ledger name journals, costs and their amounts.
LEDGER_OWNERS = frozenset({"GL", "AP / GL", "finance"})
LEDGER_CODES = tuple(
    code for code, problem in EXCEPTIONS.items() if problem.owner_role in LEDGER_OWNERS
)
# Exposures of L1 to L9 are at sales price. Others are stock at cost, cost differences or a
# journal's amount, and their evidence spells these out.
EXPOSURE_AT_SALES_PRICE = "coalesce(regexp_full_match(leakage_category, 'L[1-9]b?'), false)"
EXPOSURE_COLUMNS = ("exposure_amount", "evidence", "priority_score")
EXCEPTION_TABLES = ("fct_exception", "fct_exception_event", "mart_exception_cause")


def sees_table(viewer: Viewer, table: str) -> bool:
    """Whether any column of the table is for this viewer."""
    subject = subject_of(table)
    if subject is None:
        return viewer.role in SEES_UNLISTED_TABLES
    return subject in SUBJECTS[viewer.role] or table in PARTS_SEEN.get(viewer.role, {})


def hides_cost(viewer: Viewer) -> bool:
    """Whether what goods cost is kept from this viewer."""
    return bool(HIDDEN_WORDS.get(viewer.role, frozenset()) & COST_WORDS)


def sees_column(viewer: Viewer, table: str, column: str) -> bool:
    """Whether a column of a table that the viewer sees is for this viewer."""
    if (part := PARTS_SEEN.get(viewer.role, {}).get(table)) is not None:
        return column in part
    hidden = HIDDEN_WORDS.get(viewer.role, frozenset())
    return column in HARMLESS_COLUMNS or not hidden & set(re.split(r"[^a-z0-9]+|_", column))


def scope(viewer: Viewer, table: str, columns: Iterable[str]) -> str | None:
    """The SELECT (from `served.main`) that holds all this viewer may read of a table.

    None: nothing of it. A table without a company is the same for all companies.
    """
    present = list(columns)
    if not sees_table(viewer, table):
        return None
    shown = [name for name in present if sees_column(viewer, table, name)]
    picked = [_picked(viewer, table, name) for name in shown]
    rows = _row_conditions(viewer, table, present)
    where = f" where {' and '.join(rows)}" if rows else ""
    return f"select {', '.join(picked)} from served.main.{quoted(table)}{where}"


def _picked(viewer: Viewer, table: str, column: str) -> str:
    if table in EXCEPTION_TABLES and column in EXPOSURE_COLUMNS and hides_cost(viewer):
        return f"case when {EXPOSURE_AT_SALES_PRICE} then {quoted(column)} end as {quoted(column)}"
    return quoted(column)


def _row_conditions(viewer: Viewer, table: str, columns: list[str]) -> list[str]:
    conditions = []
    if viewer.companies is not None and "company_id" in columns:
        allowed = ", ".join(literal(company) for company in sorted(viewer.companies))
        # `*` marks what holds for every company, such as a shipped policy.
        conditions.append(f"company_id in ({allowed + ', ' if allowed else ''}'*')")
    if table in EXCEPTION_TABLES and Subject.LEDGER not in SUBJECTS[viewer.role]:
        codes = ", ".join(literal(code) for code in LEDGER_CODES)
        conditions.append(f"coalesce(code not in ({codes}), false)")
    return conditions


def quoted(name: str) -> str:
    """A name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text as an SQL literal, for statements that take no parameters (views)."""
    return "'" + text.replace("'", "''") + "'"
