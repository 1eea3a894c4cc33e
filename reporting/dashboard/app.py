"""The app: which address shows which page, and what answers the grid and the files.

Everything is read through one viewer's view of the published tables; there is no other way to a
row from here. Scripts, styles and letters come from this machine only, and the page says so to
the browser (Content-Security-Policy), which then refuses anything else.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

from dash import ALL, Dash, Input, Output, State, ctx, no_update
from dash.exceptions import PreventUpdate
from flask import Response, abort, request

from reporting.access.roles import Viewer
from reporting.dashboard import demand_page, forecast_page, shell
from reporting.dashboard.grid_filters import narrowed, order
from reporting.dashboard.item_picker import answer_picks
from reporting.dashboard.overview_page import overview
from reporting.dashboard.rows_page import BLOCK, grid_row, rows_page, tables_page
from reporting.exports import as_csv, as_workbook, workbook_label
from reporting.figures.records import counted
from reporting.published import WHOLE_VIEW, NothingPublished, Published
from reporting.rows import (
    NoSuchRows,
    Selection,
    count_rows,
    fetch_rows,
    ordered_columns,
    read_address,
)

# Plotly and the grid put style elements into the page, and Dash starts itself from a script in it.
SECURITY_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline';"
    " img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self';"
    " object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
FILE_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# Most rows one question of the grid may ask for.
PAGE_LIMIT = 1000


def create_app(published: Path, viewer: Viewer = WHOLE_VIEW) -> Dash:
    """The dashboard over a published folder, as one viewer sees it."""
    source = Published(published, viewer)
    app = Dash(
        __name__,
        title="tieout",
        update_title="",
        serve_locally=True,
        suppress_callback_exceptions=True,
        enable_mcp=False,
        add_log_handler=False,
    )
    app.layout = partial(shell.layout, source)
    _answer_pages(app, source)
    answer_picks(app, source)
    _answer_grid(app, source)
    _answer_files(app, source)
    app.server.after_request(_with_headers)
    return app


def _answer_pages(app: Dash, source: Published) -> None:
    @app.callback(
        Output("page", "children"),
        Input("address", "pathname"),
        Input("address", "search"),
        Input("seen-version", "data"),
    )
    def show_page(path: str | None, search: str | None, _version: str | None) -> list[Any]:
        return page_at(source, path or "/", search or "")

    @app.callback(
        Output("seen-version", "data"), Input("tick", "n_intervals"), State("seen-version", "data")
    )
    def notice_new_version(_ticks: int | None, seen: str | None) -> Any:
        try:
            current = source.version().name
        except NothingPublished:
            return no_update
        return no_update if current == seen else current

    @app.callback(
        Output("address", "search"),
        Input("company", "value"),
        State("address", "search"),
        prevent_initial_call=True,
    )
    def choose_company(company: str | None, search: str | None) -> Any:
        pairs = parse_qsl((search or "").lstrip("?"), keep_blank_values=True)
        # An item belongs to its company and is not taken along to another one.
        kept = [
            (name, value)
            for name, value in pairs
            if name != "company"
            and not (name == "item" and company and not value.startswith(f"{company}/"))
        ]
        wanted = [("company", company)] if company else []
        if [*wanted, *kept] == sorted(pairs, key=lambda pair: pair[0] != "company"):
            raise PreventUpdate
        query = urlencode([*wanted, *kept])
        return f"?{query}" if query else ""

    @app.callback(
        Output("address", "href"),
        Input({"type": "bars", "name": ALL}, "clickData"),
        prevent_initial_call=True,
    )
    def open_bar(_clicked: list[Any]) -> Any:
        clicked = ctx.triggered[0]["value"] if ctx.triggered else None
        if not clicked:
            raise PreventUpdate
        return clicked["points"][0]["customdata"][0]


def page_at(source: Published, path: str, search: str) -> list[Any]:
    """The page of an address; what cannot be shown says why instead of failing."""
    asked = dict(parse_qsl(search.lstrip("?"), keep_blank_values=True))
    company = asked.get("company") or None
    try:
        if path in ("", "/"):
            content = overview(source, company)
        elif path == demand_page.PATH:
            content = demand_page.demand_and_stock(
                source, company, unit=asked.get("unit"), item=asked.get("item")
            )
        elif path == forecast_page.PATH:
            content = forecast_page.forecast(
                source, company, item=asked.get("item"), place=asked.get("place")
            )
        elif path == "/tables":
            content = tables_page(source, company)
        elif path.startswith("/rows/"):
            content = rows_page(source, read_address(path.removeprefix("/rows/"), search))
        else:
            content = shell.notice("No such page", f"There is no page at {path}.")
        return shell.page(source, content, company=company, path=path)
    except NothingPublished as reason:
        return shell.bare(shell.notice("Nothing to show yet", str(reason)))
    except NoSuchRows as reason:
        return shell.page(
            source, shell.notice("Not available", str(reason)), company=company, path=path
        )


def _answer_grid(app: Dash, source: Published) -> None:
    @app.callback(
        Output("grid", "getRowsResponse"),
        Output("row-count", "children"),
        Output("export-csv", "href"),
        Output("export-xlsx", "href"),
        Output("export-xlsx", "children"),
        Input("grid", "getRowsRequest"),
        State("address", "pathname"),
        State("address", "search"),
    )
    def answer_grid(asked: dict[str, Any] | None, path: str, search: str) -> Any:
        if not asked or not path.startswith("/rows/"):
            raise PreventUpdate
        chosen = narrowed(
            source,
            read_address(path.removeprefix("/rows/"), search or ""),
            asked.get("filterModel"),
        )
        answer = grid_answer(source, chosen, asked)
        return (
            answer,
            counted(answer["rowCount"], "row"),
            chosen.export_address("csv"),
            chosen.export_address("xlsx"),
            workbook_label(answer["rowCount"]),
        )


def grid_answer(source: Published, chosen: Selection, asked: dict[str, Any]) -> dict[str, Any]:
    """The block of rows that the grid asked for, and how many rows there are in all."""
    start = max(0, int(asked.get("startRow") or 0))
    end = min(int(asked.get("endRow") or start + BLOCK), start + PAGE_LIMIT)
    columns = ordered_columns(source, chosen.table)
    frame = fetch_rows(source, chosen, sort=order(asked.get("sortModel")), start=start, end=end)
    return {
        "rowData": [grid_row(columns, row) for row in frame.iter_rows(named=True)],
        "rowCount": count_rows(source, chosen),
    }


def _answer_files(app: Dash, source: Published) -> None:
    @app.server.get("/export/<table>.<kind>")
    def export(table: str, kind: str) -> Response:
        if kind not in FILE_TYPES:
            abort(404)
        chosen = read_address(table, request.query_string.decode())
        try:
            content = (as_csv if kind == "csv" else as_workbook)(source, chosen)
        except NoSuchRows as reason:
            return Response(str(reason), status=404, mimetype="text/plain")
        name = f"{table}-{source.version().name}.{kind}"
        return Response(
            content,
            content_type=FILE_TYPES[kind],
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )


def _with_headers(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = SECURITY_POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    return response
