"""What every page has around it: name, navigation, filters, the strip, the banner."""

from __future__ import annotations

from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html

from reporting.access.roles import Viewer
from reporting.dashboard.theme import MANTINE
from reporting.display import day, moment
from reporting.figures.feeds import companies, feed_troubles
from reporting.figures.records import counted
from reporting.published import NothingPublished, Published
from reporting.rows import selection
from reporting.wording import code_label

REFRESH_MS = 30_000
# Feeds that the banner names; a banner of more lines than that is not read.
MOST_NAMED = 4


def layout(published: Published) -> Any:
    """The frame that stays while pages change; it knows which version it was opened with."""
    try:
        seen = published.version().name
    except NothingPublished:
        seen = None
    return dmc.MantineProvider(
        [
            dcc.Location(id="address", refresh="callback-nav"),
            dcc.Interval(id="tick", interval=REFRESH_MS),
            dcc.Store(id="seen-version", data=seen),
            html.Div(id="page"),
        ],
        theme=MANTINE,
        forceColorScheme="light",
    )


def page(published: Published, content: list[Any], *, company: str | None, path: str) -> list[Any]:
    """A page with everything around it."""
    return [
        _header(published, company, path),
        _strip(published, company),
        html.Main([*_banner(published, company), *content], className="content", id="content"),
    ]


def notice(title: str, message: str) -> list[Any]:
    """Content of a page that has only something to say."""
    return [html.H1(title), html.P(message, className="missing")]


def bare(content: list[Any]) -> list[Any]:
    """A page while there is nothing to put around its content."""
    return [html.Main(content, className="content", id="content")]


def _header(published: Published, company: str | None, path: str) -> Any:
    query = f"?company={company}" if company else ""
    known = companies(published)
    return html.Header(
        [
            dcc.Link("tieout", href=f"/{query}", className="brand"),
            html.Nav(
                [
                    _nav("Overview", f"/{query}", is_here=path == "/"),
                    _nav(
                        "Demand and stock",
                        f"/demand-and-stock{query}",
                        is_here=path == "/demand-and-stock",
                    ),
                    _nav("Forecast", f"/forecast{query}", is_here=path == "/forecast"),
                    _nav(
                        "Tables", f"/tables{query}", is_here=path.startswith(("/tables", "/rows"))
                    ),
                ],
                className="nav",
            ),
            dmc.Select(
                id="company",
                data=[
                    {"value": "", "label": "All companies"},
                    *({"value": one, "label": one} for one in known),
                ],
                value=company or "",
                allowDeselect=False,
                size="xs",
                w=170,
                **{"aria-label": "Company"},
            ),
        ],
        className="top",
    )


def _nav(label: str, href: str, *, is_here: bool) -> Any:
    return dcc.Link(label, href=href, className="nav-item here" if is_here else "nav-item")


def _strip(published: Published, company: str | None) -> Any:
    version = published.version()
    said = [
        ("Data as of", _when(version.as_of_at)),
        ("Data reaches to", _when(version.watermark_at)),
        ("Fiscal period", _period(published, company)),
        ("Version", version.name),
        ("Seen as", _role(published.viewer)),
    ]
    return html.Div(
        [html.Span([html.B(f"{name} "), value]) for name, value in said if value],
        className="strip",
        id="strip",
    )


def _when(at: Any) -> str:
    return f"{day(at)}, {moment(at)[-5:]} UTC" if at else "not known"


def _role(viewer: Viewer) -> str:
    return f"{viewer.role} ({viewer.granted_by})" if viewer.granted_by else str(viewer.role)


def _period(published: Published, company: str | None) -> str:
    """The fiscal period the run falls into, where the companies looked at agree on one."""
    needs = ("company_id", "fiscal_year", "fiscal_period", "date")
    as_of = published.version().as_of_at
    if as_of is None or published.missing("dim_calendar", needs):
        return ""
    found = published.rows(
        "select distinct fiscal_year, fiscal_period from dim_calendar"
        " where date = cast($as_of as date) and ($company is null or company_id = $company)",
        {"as_of": as_of.date(), "company": company},
    )
    if len(found) != 1:
        return ""
    return f"{found[0]['fiscal_year']}-{int(found[0]['fiscal_period']):02d}"


def _banner(published: Published, company: str | None) -> list[Any]:
    """What a reader has to know about the feeds before believing a figure."""
    troubles = feed_troubles(published, company)
    if not troubles:
        return []
    said: list[Any] = []
    for feed, trouble in list(troubles.items())[:MOST_NAMED]:
        address = selection("fct_feed_delivery", company, {"feed": feed}).address()
        said += [dcc.Link(f"{code_label(feed)}: {trouble}", href=address), "; "]
    return [
        html.Div(
            [
                html.B("Not everything that was delivered came in. "),
                *said[:-1],
                *_and_more(len(troubles) - MOST_NAMED, company),
                ". Figures made from these feeds carry a mark.",
            ],
            className="banner",
            role="status",
        )
    ]


def _and_more(number: int, company: str | None) -> list[Any]:
    if number <= 0:
        return []
    address = selection("fct_feed_delivery", company).address()
    return [" and ", dcc.Link(counted(number, "more feed"), href=address)]
