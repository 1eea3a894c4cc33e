"""What a contract says of itself."""

import pytest

from models.contracts import (
    COMPUTED,
    CONTRACT_GROUPS,
    CONTRACTS,
    COST_INPUT,
    HANDBACK,
    INGEST,
    KEPT,
    WORKLOG,
)
from models.contracts.kernel import COMMON

ALL = {**CONTRACTS, **INGEST, **COMPUTED, **COST_INPUT, **WORKLOG, **KEPT, **HANDBACK}


def test_there_are_59_tables_in_eight_groups() -> None:
    sizes = {group: len(contracts) for group, contracts in CONTRACT_GROUPS.items()}
    assert sum(sizes.values()) == len(CONTRACTS) == 59
    assert list(sizes.values()) == [9, 8, 5, 5, 13, 4, 2, 13]


@pytest.mark.parametrize("table", ALL)
def test_a_contract_says_what_a_row_is(table: str) -> None:
    contract = ALL[table]
    assert contract.one_row_per().startswith("One row per ")
    assert contract.table() == table
    assert all(field.meaning for field in contract.fields())


@pytest.mark.parametrize("table", CONTRACTS)
def test_every_extract_ends_with_the_common_columns_and_they_open_its_key(table: str) -> None:
    contract = CONTRACTS[table]
    names = [field.name for field in contract.fields()]
    assert tuple(names[-4:]) == COMMON
    assert contract.key()[:2] == ("source_system", "company_id")
    assert table.startswith(f"{contract.group()}_")


@pytest.mark.parametrize("table", ALL)
def test_a_column_is_not_hidden_by_a_method_of_the_contract(table: str) -> None:
    contract = ALL[table]
    assert all(hasattr(getattr(contract, name), "dtype") for name in contract.columns())


@pytest.mark.parametrize("table", CONTRACTS)
def test_named_columns_exist_and_have_the_type_they_stand_for(table: str) -> None:
    contract = CONTRACTS[table]
    for name, types in (
        (contract.control_qty(), {"qty"}),
        (contract.control_amount(), {"amt"}),
        (contract.event_time(), {"ts", "date"}),
    ):
        assert name is None or contract.field(name).type in types


def test_a_line_table_names_its_header_by_the_header_key() -> None:
    headers = {table: c.header() for table, c in CONTRACTS.items() if c.header()}
    assert headers == {
        "wms_shipment_line": ("wms_shipment", ("shipment_id",)),
        "wms_delivery_event": ("wms_shipment", ("shipment_id",)),
        "billing_invoice_line": ("billing_invoice", ("invoice_id",)),
        "billing_invoice_instalment": ("billing_invoice", ("invoice_id",)),
        "billing_cash_application": ("billing_cash_receipt", ("cash_receipt_id",)),
        "purchasing_invoice_line": ("purchasing_invoice", ("supplier_invoice_id",)),
    }
    for header in headers.values():
        assert header is not None
        table, columns = header
        assert CONTRACTS[table].key() == ("source_system", "company_id", *columns)
