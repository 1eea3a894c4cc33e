"""Capabilities of cost and margin, each on a story whose answer is known."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import duckdb
import pytest
import yaml

from tests.unit.dbt_project.test_macros import MACROS, rendered

pytestmark = pytest.mark.xdist_group("costs")
LAYERS = MACROS.parent / "models" / "marts" / "core" / "fct_cost_layer.yml"
Costed = duckdb.DuckDBPyConnection
Rows = list[tuple[Any, ...]]


def ending(costed: Costed, company: str) -> tuple[Decimal, Decimal]:
    """What is left of the goods of a company, in pieces and in value."""
    return costed.sql(
        "select sum(qty_remaining), sum(value_remaining) from fct_cost_layer"
        f" where company_id = '{company}' and is_policy_method"
    ).fetchall()[0]  # type: ignore[return-value]


def expensed(costed: Costed, company: str) -> list[Decimal]:
    """Cost of sales of each issue in turn, true-ups of it included."""
    return [
        row[0]
        for row in costed.sql(
            "select sum(cogs_amount) from fct_cost_entry where is_policy_method"
            f" and company_id = '{company}' and entry_kind in ('issue', 'true_up')"
            " group by coalesce(nullif(caused_by_event_id, ''), event_id)"
            " order by coalesce(nullif(caused_by_event_id, ''), event_id)"
        ).fetchall()
    ]


def test_capability_6_a_new_lot_sent_out_at_the_cost_of_the_old_one(costed: Costed) -> None:
    assert costed.sql(
        "select leakage_category, movement_id, shipment_id, exposure_amount from fct_exception"
        " where company_id = 'STALE' and code = 'STALE_COST'"
    ).fetchall() == [("L10", "OUT", "S1", 8)], "2.00 apiece for 4 pieces"


@pytest.mark.parametrize(
    ("basis", "parts"),
    [
        ("value", (100, 200)),
        ("weight", (240, 60)),
        ("quantity", (200, 100)),
        ("volume", (100, 200)),
    ],
)
def test_capability_23_landed_cost_falls_on_lines_by_its_base(
    costed: Costed, basis: str, parts: tuple[int, int]
) -> None:
    found = costed.sql(
        "select item_id, sum(cost_amount) from fct_cost_entry where entry_kind = 'landed_cost'"
        f" and is_policy_method and company_id = 'LANDED {basis}' group by item_id order by item_id"
    ).fetchall()
    assert found == [("A", parts[0]), ("B", parts[1])]


@pytest.mark.parametrize(
    ("method", "sold", "left"),
    [("fifo", [1240, 750], 650), ("lifo", [1300, 780], 560), ("lifo_periodic", None, 500)],
)
def test_capability_24_first_in_and_last_in_first_out(
    costed: Costed, method: str, sold: list[int] | None, left: int
) -> None:
    assert ending(costed, f"GOLDEN {method}") == (50, left)
    found = expensed(costed, f"GOLDEN {method}")
    assert found == sold if sold else sum(found) == 2140


@pytest.mark.parametrize(
    ("method", "sold", "left"),
    [
        ("moving_average", ["1280.00", "741.82"], "618.18"),
        ("periodic_average", None, "573.91"),
        ("standard", ["1320.00", "660.00"], "550.00"),
    ],
)
def test_capability_25_averages_and_standard(
    costed: Costed, method: str, sold: list[str] | None, left: str
) -> None:
    assert ending(costed, f"GOLDEN {method}") == (50, Decimal(left))
    found = expensed(costed, f"GOLDEN {method}")
    assert found == [Decimal(each) for each in sold or []] or sum(found) == Decimal("2066.09")


def test_capability_25_the_variances_of_the_golden_standard(costed: Costed) -> None:
    variances = costed.sql(
        "select cogs_amount from fct_cost_entry where company_id = 'GOLDEN standard'"
        " and entry_kind = 'receipt' and is_policy_method order by cogs_amount"
    ).fetchall()
    assert variances == [(-100,), (50,), (160,)]


def test_capability_25_a_serial_costs_what_was_paid_for_it(costed: Costed) -> None:
    assert expensed(costed, "SERIAL") == [70]
    assert ending(costed, "SERIAL") == (1, 90)


def test_capability_26_two_of_fifty_issues_are_missing_in_the_ledger(costed: Costed) -> None:
    assert costed.sql(
        "select account_code, amount, movement_id, proposed_action from fct_gl_reconciling_item"
        " where company_id = 'COGS' and item_class = 'MISSING_IN_GL' order by all"
    ).fetchall() == [
        ("1200", 200, "OUT S49", "post the missing entry"),
        ("1200", 200, "OUT S50", "post the missing entry"),
        ("5000", -200, "OUT S49", "post the missing entry"),
        ("5000", -200, "OUT S50", "post the missing entry"),
    ]


def test_capability_53_a_role_without_an_account_stops_the_tie_out_and_names_itself(
    costed: Costed,
) -> None:
    assert costed.sql(
        "select account_code, account_role, status, difference_amount from fct_gl_tieout"
        " where company_id = 'NOROLE' and status = 'role_without_account'"
    ).fetchall() == [("", "GRIR", "role_without_account", None)]
    assert costed.sql(
        "select count(*) from fct_exception where company_id = 'NOROLE' and code = 'MASTER_MISSING'"
    ).fetchone() == (1,)
    assert costed.sql(
        "select distinct account_code from fct_expected_journal_line"
        " where company_id = 'NOROLE' and account_role = 'GRIR'"
    ).fetchall() == [("",)], "and no other account takes it by default"


def test_capability_62_receipts_wait_on_the_interim_account_until_accepted(costed: Costed) -> None:
    assert costed.sql(
        "select movement_id, event_code, account_role, expected_amount"
        " from fct_expected_journal_line where company_id = 'INTERIM'"
        " and account_role in ('INV', 'INV_INTERIM') order by posting_date, account_role"
    ).fetchall() == [
        ("IN", "E05", "INV_INTERIM", 100),
        ("PUT", "E07", "INV", 60),
        ("PUT", "E07", "INV_INTERIM", -60),
    ]


def test_capability_63_a_reversal_at_another_amount_shows_and_a_right_one_nets_to_nothing(
    costed: Costed,
) -> None:
    assert costed.sql(
        "select receipt_id, account_role, sum(expected_amount) from fct_expected_journal_line"
        " where company_id = 'REVERSED' group by all order by all"
    ).fetchall() == [
        ("R1", "GRIR", 0), ("R1", "INV", 0), ("R2", "GRIR", 0), ("R2", "INV", 0),
    ]  # fmt: skip
    assert costed.sql(
        "select account_code, expected_amount, actual_amount, difference_amount"
        " from fct_gl_tieout where company_id = 'REVERSED' order by account_code"
    ).fetchall() == [("1200", 0, 1, 1), ("2050", 0, -1, -1)]


def test_capability_65_an_interim_account_that_is_not_zero_is_not_certified(costed: Costed) -> None:
    assert costed.sql(
        "select account_code, certification_status from mart_account_reconciliation"
        " where company_id = 'INTERIM' and account_role in ('INV_INTERIM', 'GRIR') order by all"
    ).fetchall() == [
        ("1210", "clearing account not at zero"),
        ("2050", "certified automatically"),
    ]


def test_capability_65_a_broken_layer_is_named(costed: Costed) -> None:
    told = yaml.safe_load(LAYERS.read_text(encoding="utf-8"))["models"][0]["data_tests"]
    (check,) = [each["holds"] for each in told if "holds" in each]
    broken = """
        (select * replace (case when company_id = 'LATE' then -1 else qty_remaining end
        as qty_remaining) from fct_cost_layer) as layers
    """
    for rows_of, names in (("fct_cost_layer", []), (broken, [("LATE", "A", "IN")])):
        query = rendered("test_holds.sql", "test_holds", model=rows_of, **check["arguments"])
        found = costed.sql(f"select company_id, item_id, layer_id from ({query})").fetchall()
        assert found == names


def test_capability_73_what_made_the_value_jump_comes_first(costed: Costed) -> None:
    drill = costed.sql(
        "select movement_id, entry_kind, cost_amount, posting_date from fct_cost_entry"
        " where company_id = 'JUMP' and is_policy_method order by abs(cost_amount) desc"
    ).fetchall()
    assert [row[:3] for row in drill] == [
        ("BY HAND", "revaluation", 900), ("IN", "receipt", 100), ("COUNT", "count_out", -10),
    ]  # fmt: skip


def test_capability_74_a_kit_is_billed_as_itself_and_costs_its_parts(costed: Costed) -> None:
    assert costed.sql(
        "select item_id, billing_state, open_qty from fct_expected_billing"
        " where company_id = 'KITS'"
    ).fetchall() == [("BOX", "billed", 0)]
    assert costed.sql(
        "select item_id, revenue_amount, cogs_amount, gross_margin_amount from fct_margin_line"
        " where company_id = 'KITS'"
    ).fetchall() == [("BOX", 90, 27, 63)], "6 at 2.00 and 3 at 5.00"
    assert (
        costed.sql(
            "select code from fct_exception where company_id = 'KITS'"
            " and code in ('UNBILLED', 'BILLED_NOT_SHIPPED', 'QTY_SHORT_BILLED', 'QTY_OVER_BILLED')"
        ).fetchall()
        == []
    )


def test_published_margin_of_sales_and_a_return(costed: Costed) -> None:  # C18
    """A sold 2 at 40 and 4 at 30, one of them came back; B sold 2 at 50; all cost 20."""
    assert costed.sql(
        "select item_id, sum(qty_base), sum(cogs_amount - returned_cost_amount),"
        " sum(revenue_amount - return_amount), sum(contribution_amount) from fct_margin_line"
        " where company_id = 'SALES' group by item_id order by item_id"
    ).fetchall() == [("A", 5, 100, 170, 70), ("B", 2, 40, 100, 60)]
    by_day = costed.sql(
        "select sum(contribution_amount) / sum(revenue_amount - return_amount) from fct_margin_line"
        " where company_id = 'SALES'"
    ).fetchone()
    assert by_day and round(by_day[0], 4) == 0.4815, "what was lost in the warehouse is no margin"


def test_late_cost_falls_on_the_lines_that_bill_what_is_gone(costed: Costed) -> None:
    """100 came in, 20 and 40 are sold, 50.00 late: 20.00 stays in stock, 10.00 and 20.00 do not."""
    assert costed.sql(
        "select invoice_line, cogs_amount, late_cost_amount, contribution_amount"
        " from fct_margin_line where company_id = 'LATE' order by invoice_line"
    ).fetchall() == [("1", 200, 10, 90), ("2", 400, 20, 180)]
    assert ending(costed, "LATE") == (40, 420)


def test_goods_that_the_supplier_sent_cost_what_was_ordered(costed: Costed) -> None:
    assert costed.sql(
        "select revenue_amount, cogs_amount, cost_source from fct_margin_line"
        " where company_id = 'DROPS'"
    ).fetchall() == [(60, 35, "purchase order")]


def test_a17_c18_what_is_withdrawn_after_the_close_is_taken_back_in_the_open_period(
    costed: Costed,
) -> None:
    """Entries go by the id that the source gave the movement (ruling C18)."""
    assert [
        (row[0], str(row[1]), str(row[2]), row[3], row[4])
        for row in costed.sql(
            "select movement_id, posting_date, valuation_date, cost_amount, is_backdated_closed"
            " from fct_cost_entry where company_id = 'WITHDRAWN' and is_policy_method"
            " order by posting_date, movement_id"
        ).fetchall()
    ] == [
        ("e1", "2025-01-01", "2025-01-01", 100, False),
        ("never", "2025-01-02", "2025-01-02", 200, False),
        ("e3", "2025-01-03", "2025-01-03", -50, False),
        ("never", "2025-02-01", "2025-01-02", -200, True),
    ]
    assert costed.sql(
        "select movement_id, exposure_amount from fct_exception"
        " where company_id = 'WITHDRAWN' and code = 'BACKDATED_CLOSED'"
    ).fetchall() == [("never", 200)]
