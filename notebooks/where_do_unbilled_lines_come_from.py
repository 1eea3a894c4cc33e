"""Where do the unbilled lines come from? Whole orders or single lines, whose, since when?"""

import marimo

__generated_with = "0.25.2"
app = marimo.App(width="medium", app_title="Where do the unbilled lines come from?")


@app.cell
def imports():
    import os
    from pathlib import Path

    import marimo as mo

    from reporting.display import amount, day, moment, quantity
    from reporting.published import Published

    return Path, Published, amount, day, mo, moment, os, quantity


@app.cell
def open_published(Path, Published, mo, os):
    # `-- --published DIR` or TIEOUT_PUBLISHED; else the workspace that the commands use by default
    _folder = mo.cli_args().get("published") or os.environ.get("TIEOUT_PUBLISHED")
    published = Published(Path(str(_folder or "workspace/published")))
    unbilled = published.frame("select * from mart_unbilled")
    return published, unbilled


@app.cell
def question(amount, day, mo, moment, published, quantity, unbilled):
    _version = published.version()
    _sums = published.rows(
        "select coalesce(currency, '') as currency, sum(open_amount) as total"
        " from mart_unbilled group by all order by currency"
    )
    _money = " and ".join(f"**{amount(row['total'])} {row['currency']}**" for row in _sums)
    _orders = unbilled.select("company_id", "order_id").n_unique() if unbilled.height else 0
    _as_of = f"{day(_version.as_of_at)} {moment(_version.as_of_at)[-5:]} UTC"
    mo.md(
        f"""
        # Where do the unbilled lines come from?

        As of {_as_of}, version `{_version.name}`: **{unbilled.height:,} lines** in
        **{_orders:,} orders** should be on an invoice and are not,
        {quantity(unbilled["open_qty"].sum())} units worth {_money or "nothing"}.
        """
    )
    return


@app.cell
def by_cause(mo, published):
    # An order of which nothing was billed points to an invoice run that never saw it; lines left
    # out of an invoice point to lines that were dropped; quarantine points to the feed.
    _causes = published.frame(
        """
        select cause, currency, count(*) as lines,
            count(distinct company_id || chr(31) || order_id) as orders,
            sum(open_qty) as open_qty, sum(open_amount) as open_amount
        from mart_unbilled group by all order by sum(open_amount) desc, cause, currency
        """
    )
    _orders = published.frame(
        """
        select company_id, order_id, cause, count(*) as lines, sum(open_qty) as open_qty,
            sum(open_amount) as open_amount, currency, min(trigger_at) as billable_since
        from mart_unbilled group by company_id, order_id, cause, currency
        order by sum(open_amount) desc, company_id, order_id
        """
    )
    mo.vstack(
        [
            mo.md("## Whole orders, single lines, or a feed?"),
            mo.ui.table(_causes, selection=None),
            mo.ui.table(_orders, selection=None, page_size=25),
        ]
    )
    return


@app.cell
def whose_and_what(mo, published):
    def _largest(column):
        return published.frame(
            f"""
            select {column}, currency, count(*) as lines, sum(open_amount) as open_amount
            from mart_unbilled group by all
            order by open_amount desc, {column} limit 15
            """
        )

    mo.vstack(
        [
            mo.md("## Whose, and which items?"),
            mo.hstack(
                [
                    mo.ui.table(_largest("party_id"), selection=None),
                    mo.ui.table(_largest("item_id"), selection=None),
                ],
                widths="equal",
            ),
        ]
    )
    return


@app.cell
def since_when(mo, published, unbilled):
    _by_month = published.frame(
        """
        select strftime(trigger_at, '%Y-%m') as month, currency,
            count(*) as lines, sum(open_amount) as open_amount
        from mart_unbilled group by all order by month, currency
        """
    )
    assert _by_month["lines"].sum() == unbilled.height, "every line has a month"
    mo.vstack([mo.md("## Since when?"), mo.ui.table(_by_month, selection=None)])
    return


if __name__ == "__main__":
    app.run()
