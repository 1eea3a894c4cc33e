"""The rows behind a figure: a grid that pages on the server, and the same rows as files."""

from __future__ import annotations

from typing import Any

import dash_ag_grid as dag
from dash import dcc, html

from reporting.display import EVIDENCE, cell
from reporting.exports import workbook_label
from reporting.figures.records import counted
from reporting.published import Column, Published
from reporting.rows import (
    NoSuchRows,
    Selection,
    count_rows,
    in_words,
    ordered_columns,
    selection,
)
from reporting.table_words import table_words
from reporting.wording import RUN_COLUMNS, column_label, is_code_column

BLOCK = 100
NUMBER_FILTERS = ["equals", "notEqual", "greaterThanOrEqual", "lessThanOrEqual", "inRange"]
TEXT_FILTERS = ["contains", "equals", "notEqual", "blank"]
DATE_FILTERS = ["equals", "inRange"]
GRID_THEME = (
    "themeQuartz.withParams({fontFamily: 'inherit', fontSize: 13, headerFontWeight: 600,"
    " accentColor: '#1d5b8f', borderColor: '#e3e8ee', wrapperBorderRadius: 8,"
    " headerBackgroundColor: '#f0f3f6', spacing: 6})"
)


def rows_page(published: Published, chosen: Selection) -> list[Any]:
    """The grid of a selection; raises NoSuchRows for what the viewer cannot read."""
    total = count_rows(published, chosen)
    words = table_words(chosen.table)
    columns = ordered_columns(published, chosen.table)
    company = next((c.values[0] for c in chosen.conditions if c.column == "company_id"), None)
    unfiltered = selection(chosen.table, company)
    return [
        html.Div(
            [
                html.Div(
                    [
                        html.H1(words.title),
                        html.Div(
                            [html.Span(f"{words.row}. ") if words.row else None, *_chips(chosen)],
                            className="under-title",
                        ),
                    ]
                ),
                html.Div(
                    [
                        html.Span(counted(total, "row"), id="row-count", className="count"),
                        *(
                            [dcc.Link("All rows", href=unfiltered.address(), className="button")]
                            if chosen != unfiltered
                            else []
                        ),
                        _file("CSV", "csv", chosen),
                        _file(workbook_label(total), "xlsx", chosen),
                    ],
                    className="actions",
                ),
            ],
            className="rows-head",
        ),
        dag.AgGrid(
            id="grid",
            columnDefs=[_column(column) for column in columns],
            defaultColDef={
                "sortable": True,
                "resizable": True,
                "floatingFilter": True,
                "suppressHeaderMenuButton": True,
            },
            rowModelType="infinite",
            dashGridOptions={
                "theme": {"function": GRID_THEME},
                "cacheBlockSize": BLOCK,
                "maxBlocksInCache": 20,
                "rowBuffer": 0,
                "infiniteInitialRowCount": min(total, BLOCK),
                "enableCellTextSelection": True,
                "alwaysMultiSort": False,
                "animateRows": False,
                "suppressDragLeaveHidesColumns": True,
                "localeText": {"noRowsToShow": "No row fits what is asked."},
            },
            className="grid",
            # The style sheet lets it fill what is left of the window.
            style={"height": "auto"},
        ),
    ]


def tables_page(published: Published, company: str | None) -> list[Any]:
    """Every table this viewer may read, with what a row is and how many there are."""
    lines = []
    for table in published.tables():
        words = table_words(table)
        try:
            opens = selection(table, company)
            total = count_rows(published, opens)
        except NoSuchRows:
            # A table without companies, looked at through the filter of one.
            opens = selection(table)
            total = count_rows(published, opens)
        lines.append(
            html.Tr(
                [
                    html.Td(dcc.Link(words.title, href=opens.address())),
                    html.Td(f"{total:,}"),
                    html.Td(words.row, className="words"),
                    html.Td(html.Code(table), className="words"),
                ]
            )
        )
    head = ["Table", "Rows", "What a row is", "Name"]
    classes = ["", "", "words", "words"]
    return [
        html.H1("Published tables"),
        html.Table(
            [
                html.Thead(
                    html.Tr(
                        [
                            html.Th(text, scope="col", className=name)
                            for text, name in zip(head, classes, strict=True)
                        ]
                    )
                ),
                html.Tbody(lines),
            ],
            className="figures listing",
        ),
    ]


def grid_row(columns: tuple[Column, ...], row: dict[str, Any]) -> dict[str, str]:
    """A row as the grid shows it: text that is already formatted, so no figure passes a float."""
    return {column.name: cell(column, row[column.name]) for column in columns}


def _chips(chosen: Selection) -> list[Any]:
    return [html.Span(phrase, className="chip") for phrase in in_words(chosen)]


def _file(label: str, kind: str, chosen: Selection) -> Any:
    return html.A(
        label,
        href=chosen.export_address(kind),
        id=f"export-{kind}",
        className="button",
        download="",
    )


def _column(column: Column) -> dict[str, Any]:
    definition: dict[str, Any] = {
        "field": column.name,
        "headerName": column_label(column.name),
        "headerTooltip": column.name,
        "width": max(110, 7 * len(column_label(column.name)) + 44),
        "filter": "agTextColumnFilter",
        "filterParams": _filter(TEXT_FILTERS),
    }
    if column.is_number:
        definition |= {
            "filter": "agNumberColumnFilter",
            "filterParams": _filter(NUMBER_FILTERS),
            "cellClass": "number",
            "headerClass": "ag-right-aligned-header",
            "cellClassRules": {"negative": "params.value && params.value[0] == '\N{MINUS SIGN}'"},
        }
    elif column.is_date or column.is_time:
        definition |= {"filter": "agDateColumnFilter", "filterParams": _filter(DATE_FILTERS)}
    elif column.is_truth:
        definition |= {"filter": False}
    elif is_code_column(column.name):
        definition |= {"width": 190}
    elif column.name == EVIDENCE:
        definition |= {"width": 420, "tooltipField": column.name}
    if column.name in RUN_COLUMNS:
        definition["hide"] = True
    return definition


def _filter(options: list[str]) -> dict[str, Any]:
    return {"filterOptions": options, "maxNumConditions": 1, "buttons": ["reset"]}
