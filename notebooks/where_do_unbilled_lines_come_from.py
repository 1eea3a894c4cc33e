"""Where do the unbilled lines come from? Whole orders or single lines, whose, since when?"""

import marimo

__generated_with = "0.25.2"
app = marimo.App(width="medium", app_title="Where do the unbilled lines come from?")


@app.cell
def imports():
    import os
    from pathlib import Path

    import marimo as mo
    import polars as pl

    from reporting.display import amount, day, moment, quantity
    from reporting.published import Published

    return Path, Published, amount, day, mo, moment, os, pl, quantity


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
def by_order(published):
    # An order none of whose lines was billed points to an invoice run that never saw the order;
    # an order billed in part points to single lines that were dropped.
    by_order = published.frame(
        """
        with lines as (
            select company_id, order_id,
                count(*) as expected_lines,
                count(*) filter (where coalesce(actual_qty, 0) <> 0) as billed_lines
            from fct_expected_billing
            where billing_state <> 'suppressed'
            group by company_id, order_id
        )
        select
            unbilled.company_id,
            unbilled.order_id,
            count(*) as unbilled_lines,
            coalesce(max(lines.expected_lines), 0) as expected_lines,
            case when coalesce(max(lines.billed_lines), 0) = 0
                then 'nothing of the order billed' else 'billed in part' end as kind,
            sum(unbilled.open_qty) as open_qty,
            sum(unbilled.open_amount) as open_amount,
            unbilled.currency,
            min(unbilled.trigger_at) as billable_since
        from mart_unbilled as unbilled
        left join lines
            on lines.company_id = unbilled.company_id and lines.order_id = unbilled.order_id
        group by unbilled.company_id, unbilled.order_id, unbilled.currency
        order by open_amount desc, unbilled.company_id, unbilled.order_id
        """
    )
    return (by_order,)


@app.cell
def whole_or_in_part(by_order, mo, pl):
    _split = by_order.group_by("kind", "currency").agg(
        pl.len().alias("orders"),
        pl.col("unbilled_lines").sum(),
        pl.col("open_amount").sum(),
    )
    mo.vstack(
        [
            mo.md("## Whole orders or single lines?"),
            mo.ui.table(_split.sort("kind", "currency"), selection=None),
            mo.ui.table(by_order, selection=None, page_size=25),
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
