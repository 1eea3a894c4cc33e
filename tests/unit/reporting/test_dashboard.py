"""The app answers every address and every callback, and never with what the role may not see."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from reporting.access import Role, Viewer
from reporting.dashboard.app import create_app
from reporting.dashboard.charts import bars_across
from reporting.dashboard.server import NoRole, local_viewer, only_local_names
from reporting.figures.records import Money, Slice
from reporting.rows import Selection
from tests.unit.reporting.posted_reader import Reader
from tests.unit.reporting.published_sample import TABLES, write_version

ADDRESSES = (
    "/",
    "/tables",
    "/rows/mart_unbilled",
    "/rows/fct_exception?status.not=resolved",
    "/rows/fct_stock_position",
    "/rows/fct_gl_tieout?period=latest",
    "/rows/fct_feed_delivery",
    "/demand-and-stock",
    "/demand-and-stock?company=NORTH&unit=M&item=NORTH%2Fbolt",
    "/forecast",
    "/forecast?company=NORTH&item=NORTH%2Fbolt&place=depot",
    "/rows/mart_exchange_curve",
    "/rows/mart_financial_plan",
    "/rows/fct_demand?category=Fasteners&promo=true",
    "/rows/fct_stock_position_daily",
)
# Figures of the sample that tell cost or ledger, as pages and files write them.
SECRETS = (
    "1,200.00",
    "1200.0000",
    "1,492.75",
    "1,602.75",
    "1602.7500",
    "8,123.45",
    "8123.4500",
    "21,745.50",
    "2,001.50",
    "1000.7500",
    "unit_cost",
    "Value amount",
)


@pytest.fixture(params=list(Role))
def role(request: pytest.FixtureRequest) -> Role:
    return request.param


@pytest.fixture
def reader(published_sample: Path, role: Role) -> Reader:
    return Reader(published_sample, role)


def test_no_answer_tells_a_role_what_it_may_not_see(reader: Reader, role: Role) -> None:
    answers = [reader.page(address) for address in ADDRESSES]
    for address in (one for one in ADDRESSES if one.startswith("/rows/")):
        if "not shown to the role" not in reader.page(address):
            answers.append(reader.grid(address))
            table, _, query = address.removeprefix("/rows/").partition("?")
            answers += [reader.file(table, kind, query) for kind in ("csv", "xlsx")]
    told = [secret for secret in SECRETS if any(secret in answer for answer in answers)]
    if role in (Role.SALES, Role.WAREHOUSE):
        assert told == []
    elif role == Role.PLANNING:
        assert not {"1,602.75", "21,745.50", "2,001.50", "1000.7500"} & set(told)
    else:
        assert {"1,200.00", "1,602.75", "21,745.50", "2,001.50", "1000.7500"} <= set(told)


def test_every_callback_answers_every_role(reader: Reader) -> None:
    answered = {
        "page.children": reader.page("/"),
        "grid.getRowsResponse": reader.grid("/rows/mart_unbilled"),
        "seen-version.data": reader.post(
            "seen-version.data",
            {"tick.n_intervals": 3, "seen-version.data": "v-zero"},
            changed="tick.n_intervals",
        ).text,
        "address.search": reader.post(
            "address.search",
            {"company.value": "NORTH", "address.search": "?status=open"},
            changed="company.value",
        ).text,
        "item.data": reader.post(
            "item.data", {"item.searchValue": "nut"}, changed="item.searchValue"
        ).text,
        "item.value": reader.post(
            "address.search",
            {"item.value": "SOUTH/bolt", "item-shown.data": "NORTH/bolt", "address.search": ""},
            changed="item.value",
        ).text,
        "address.href": reader.post(
            "address.href",
            {"bars": {"points": [{"customdata": ["/rows/mart_unbilled", "x"]}]}},
            changed='{"name":"x","type":"bars"}.clickData',
        ).text,
    }
    assert "v-one" in answered["seen-version.data"]
    assert "company=NORTH&status=open" in answered["address.search"]
    assert "item=SOUTH%2Fbolt" in answered["item.value"]
    assert "mart_unbilled" in answered["address.href"]
    known = json.loads(reader.client.get("/_dash-dependencies").data)
    unposted = [
        one["output"] for one in known if not any(name in one["output"] for name in answered)
    ]
    assert unposted == []


def test_a_hidden_column_can_be_neither_filtered_nor_sorted_by(published_sample: Path) -> None:
    sales = Reader(published_sample, Role.SALES)
    sort = [{"colId": "value_amount", "sort": "desc"}]
    assert json.loads(sales.grid("/rows/fct_stock_position", sortModel=sort)) == json.loads(
        sales.grid("/rows/fct_stock_position")
    )
    assert "cannot be filtered" in sales.page("/rows/fct_stock_position?value_amount.from=1")
    assert sales.client.get("/export/fct_stock_position.csv?value_amount.from=1").status_code == 404


def test_the_grid_gets_a_page_and_the_number_of_all_rows(published_sample: Path) -> None:
    admin = Reader(published_sample, Role.ADMIN)
    answer = json.loads(admin.grid("/rows/mart_unbilled", startRow=5, endRow=10))["response"]
    rows = answer["grid"]["getRowsResponse"]
    assert (len(rows["rowData"]), rows["rowCount"]) == (5, 14)
    assert answer["row-count"]["children"] == "14 rows"
    assert rows["rowData"][0]["open_amount"] == "75.00"


def test_a_filter_of_the_grid_holds_for_the_files_too(published_sample: Path) -> None:
    admin = Reader(published_sample, Role.ADMIN)
    asked = {"currency": {"filterType": "text", "type": "equals", "filter": "USD"}}
    answer = json.loads(admin.grid("/rows/mart_unbilled", filterModel=asked))["response"]
    address = answer["export-csv"]["href"]
    assert address == "/export/mart_unbilled.csv?currency=USD"
    assert len(admin.client.get(address).text.splitlines()) == 4


def test_the_strip_says_as_of_watermark_version_and_role(published_sample: Path) -> None:
    page = Reader(published_sample, Role.ADMIN).page("/")
    for said in ("20 Mar 2026, 18:00 UTC", "19 Mar 2026, 23:00 UTC", "v-one", "admin", "2026-03"):
        assert said in page


def test_a_page_without_its_tables_says_what_it_needs(tmp_path: Path) -> None:
    write_version(tmp_path, without=tuple(TABLES))
    page = Reader(tmp_path, Role.ADMIN).page("/")
    assert "not available: needs table mart_unbilled" in page
    assert "No such page" in Reader(tmp_path, Role.ADMIN).page("/nowhere")


def test_nothing_published_is_said_and_nothing_breaks(tmp_path: Path) -> None:
    assert "no published version" in Reader(tmp_path, Role.ADMIN).page("/")


def test_the_page_names_no_outside_host(published_sample: Path) -> None:
    admin = Reader(published_sample, Role.ADMIN)
    index = admin.client.get("/")
    assert "https://" not in index.text and "http://" not in index.text
    assert "default-src 'self'" in index.headers["Content-Security-Policy"]


def test_without_a_role_only_the_own_machine_is_served() -> None:
    assert local_viewer("127.0.0.1", None).role == Role.ADMIN
    assert "no users file" in local_viewer("::1", "").granted_by
    assert local_viewer("0.0.0.0", "sales").role == Role.SALES
    with pytest.raises(NoRole, match="--role"):
        local_viewer("0.0.0.0", None)
    with pytest.raises(NoRole, match="no role 'boss': expected one of sales, warehouse"):
        local_viewer("127.0.0.1", "boss")


def test_the_own_machine_answers_to_its_own_names_only(published_sample: Path) -> None:
    app = create_app(published_sample, Viewer(Role.ADMIN))
    only_local_names(app.server)
    client = app.server.test_client()
    for name, answer in (
        ("localhost:8050", 200),
        ("127.0.0.1:8050", 200),
        ("[::1]:8050", 200),
        ("elsewhere.example", 403),
    ):
        assert client.get("/", headers={"Host": name}).status_code == answer, name


def test_a_bar_says_once_how_many_rows_it_stands_for() -> None:
    def told(*amounts: Money) -> Slice:
        return Slice("A problem", Selection("fct_exception"), 7, tuple(amounts))

    euro, pound = Money(Decimal(1200), "EUR"), Money(Decimal(30), "GBP")
    drawn = bars_across([told(euro, pound), told(euro), told(pound), told()])
    assert [list(bars.text) for bars in drawn.data] == [
        ["1.2 k  (7)", "1.2 k  (7)", "", "7 \N{MULTIPLICATION SIGN} no amount"],
        ["30", "", "30  (7)", ""],
    ]
