"""Planning tables of the small published version: one item at two places, one that a tree explains."""

from __future__ import annotations

AS_OF = "timestamptz '2026-03-20 18:00:00+00' as as_of_at"

PLANNING: dict[str, str] = {
    # 7 days ahead 21 are expected, and over 28 days 56: 21 and 14 a week.
    "mart_forecast": f"""
        select 'NORTH' as company_id, 'bolt' as item_id, 'Bolt' as item_name, location_id,
            cast(days as bigint) as horizon_days, cast(share as decimal(20, 8)) as quantile,
            cast(mean * case share when 0.05 then 0.5 when 0.95 then 2 else 1 end * size
                as decimal(18, 6)) as forecast_qty,
            cast(mean * size as decimal(18, 6)) as forecast_mean, 'EA' as base_uom,
            is_own as is_protection_interval, date '2026-03-19' as origin_date,
            date '2026-03-19' + cast(days as integer) as horizon_end_date,
            'smooth' as segment, 'gradient' as forecaster, 'v1' as forecast_version, {AS_OF}
        from (values (7, 21, false), (28, 56, false), (17, 40, true)) as h(days, mean, is_own),
            (values (0.05), (0.5), (0.95)) as q(share),
            (values ('main', 1), ('depot', 0.5)) as places(location_id, size)
    """,
    "mart_forecast_reason": f"""
        select 'NORTH' as company_id, 'bolt' as item_id, 'main' as location_id,
            cast(step as bigint) as step, meaning, cast(value as decimal(20, 8)) as input_reading,
            cast(factor as decimal(20, 8)) as factor, cast(after as decimal(18, 6)) as qty_after,
            {AS_OF}
        from (values (0, 'usual demand', null, 1, 32), (1, 'promotion in the days ahead', 1, 1.25, 40))
            as rows (step, meaning, value, factor, after)
    """,
    "mart_forecast_accuracy": f"""
        select 'NORTH' as company_id, segment, 'all' as volume, date '2026-03-01' as origin_date,
            '1-14 days' as horizon_class, forecaster, cast(2 as bigint) as lines,
            cast(100 as decimal(18, 6)) as demand_qty, cast(loss as decimal(18, 6)) as pinball_q50,
            cast(loss as decimal(18, 6)) as pinball_q90, is_champion, {AS_OF}
        from (values ('smooth', 'gradient', 5, true), ('smooth', 'croston', 8, false),
                     ('lumpy', 'gradient', 9, false), ('lumpy', 'croston', 7, true))
            as rows (segment, forecaster, loss, is_champion)
    """,
    "mart_forecast_drift": f"""
        select 'NORTH' as company_id, 'backtest' as basis, segment, 'all' as volume,
            'gradient' as forecaster, cast(6 as bigint) as origins, is_drifting, finding,
            cast(bias as decimal(18, 6)) as bias, cast(6 as decimal(18, 6)) as tracking_signal,
            cast(100 as decimal(18, 6)) as demand_qty, {AS_OF}
        from (values ('smooth', false, 'in_balance', 0.01), ('lumpy', true, 'too_high', 0.125))
            as rows (segment, is_drifting, finding, bias)
    """,
    "mart_exchange_curve": f"""
        select 'NORTH' as company_id, cast(share as decimal(20, 8)) as service_share,
            cast(amount as decimal(18, 4)) as safety_stock_value_amount,
            cast(8123.45 as decimal(18, 4)) as held_by_policy_value_amount, 'EUR' as currency, {AS_OF}
        from (values (0.9, 4000), (0.95, 8000)) as rows (share, amount)
    """,
    "mart_advice_outcome": f"""
        select 'NORTH' as company_id, 'bolt' as item_id, 'main' as location_id, advised_on, done,
            cast(fill as decimal(18, 6)) as fill_rate, cast(out as bigint) as out_of_stock_days,
            {AS_OF}
        from (values (date '2026-03-01', 'as_advised', 1, 0), (date '2026-03-02', 'not_ordered', 0.75, 3),
                     (date '2026-03-03', 'not_ordered', 0.5, 4)) as rows (advised_on, done, fill, out)
    """,
    "mart_planning_override": f"""
        select 'NORTH' as company_id, 'o-1' as override_id, cast(1 as bigint) as batch_seq,
            'bolt' as item_id, 'main' as location_id, 'reorder_point' as figure, '150' as said_text,
            cast(120.5 as decimal(18, 6)) as advised_qty, 'in_force' as standing,
            true as is_in_force, 'anna' as user_id, 'fair in April' as reason,
            timestamptz '2026-03-02 08:00:00+00' as delivered_at,
            timestamptz '2026-04-30 22:00:00+00' as expires_at, {AS_OF}
    """,
    "mart_transfer_advice": f"""
        select 'NORTH' as company_id, 'bolt' as item_id, 'depot' as from_location_id,
            'main' as to_location_id, cast(40 as decimal(18, 6)) as qty,
            date '2026-03-23' as latest_ship_date, cast(31.5 as decimal(18, 4)) as benefit_amount,
            {AS_OF}
    """,
    # One company pays in euro and is paid, the other in dollars and nobody knows when.
    "mart_financial_plan": f"""
        select company_id, item_class, first as period_start_date, last as period_end_date,
            cast(share as decimal(20, 8)) as quantile, cast(100 as decimal(18, 6)) as forecast_qty,
            cast(90 as decimal(18, 6)) as priced_qty, cast(100 as decimal(18, 6)) as costed_qty,
            cast(1000.75 + 2000 * (share - 0.5) as decimal(18, 4)) as revenue,
            cast(600 + 1000 * (share - 0.5) as decimal(18, 4)) as cogs,
            case when company_id = 'NORTH' then cast(700 as decimal(18, 4)) end as cash_in,
            case when company_id = 'NORTH' then cast(450.25 as decimal(18, 4)) end as cash_out,
            currency, 'v1' as forecast_version, 'p1' as policy_version, {AS_OF},
            timestamptz '2026-03-19 23:00:00+00' as watermark_at
        from (values ('NORTH', 'Fasteners', 'EUR'), ('NORTH', 'none', 'EUR'), ('SOUTH', 'none', 'USD'))
                as classes (company_id, item_class, currency),
            (values (date '2026-03-20', date '2026-03-31'), (date '2026-04-01', date '2026-04-30'))
                as months (first, last),
            (values (0.1), (0.5), (0.9)) as q(share)
    """,
    "mart_reorder": f"""
        select 'NORTH' as company_id, 'bolt' as item_id, 'Bolt' as item_name, location_id, 'EA'
            as base_uom, cast(point as decimal(18, 6)) as reorder_point,
            cast(quantity as decimal(18, 6)) as order_qty,
            cast(12 as decimal(18, 6)) as advised_order_qty, cast(90 as decimal(18, 6)) as position,
            cast(hand as decimal(18, 6)) as on_hand_qty, cast(2.5 as decimal(18, 6)) as demand_mean_daily,
            cast(takes as decimal(18, 6)) as lead_time_days,
            {AS_OF}, timestamptz '2026-03-19 23:00:00+00' as watermark_at
        from (values ('main', 120.5, 60, 50, 15), ('depot', null, null, 30, null), ('yard', null, null, 12, 10))
            as rows (location_id, point, quantity, hand, takes)
    """,
}
