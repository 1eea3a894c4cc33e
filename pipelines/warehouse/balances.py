"""Balances of the stock ledger moved by what a batch changed; see increment.py.

What the touched rows added before and add now are the legs `before` and `after`, counted by the
statements of the build. A sum moves by their difference, a running balance by the difference up to
its day, and neither needs the history that did not change. Only the first and the last moment of a
position do: where a row that marked one of them has gone, its item is read anew.
"""

from __future__ import annotations

_POSITION = "company_id, item_id, location_id, lot_number, stock_state, owner_id"
_STATE = "company_id, item_id, location_id, stock_state"
_HELD_STATE = ", ".join(f"held.{name}" for name in _STATE.split(", "))
_SAME_STATE = " and ".join(f"held.{name} = since.{name}" for name in _STATE.split(", "))

# Items and places whose balance moved.
CELLS = "select distinct company_id, item_id, location_id from temp.position_turned"

# What was is taken off, what is comes on.
LEGS_TURNED = """
create or replace temp table leg_turned as
    from temp.leg_after
    union all by name
    select * replace (-qty_change as qty_change, -leg_count as leg_count) from temp.leg_before
"""

# A position whose first or last moment went with a row is `lost`, unless a row of the same moment or
# beyond it came. One without movements has no row.
POSITION = f"""
create or replace temp table position_turned as
    select
        {_POSITION},
        sum(qty_base) as qty_base,
        sum(leg_count) as leg_count,
        min(came_first_at) as came_first_at,
        max(came_last_at) as came_last_at,
        min(went_first_at) as went_first_at,
        max(went_last_at) as went_last_at
    from (
        select
            {_POSITION}, qty_base, leg_count,
            first_event_at as came_first_at, last_event_at as came_last_at,
            cast(null as timestamptz) as went_first_at, cast(null as timestamptz) as went_last_at
        from temp.position_after
        union all
        select {_POSITION}, -qty_base, -leg_count, null, null, first_event_at, last_event_at
        from temp.position_before
    )
    group by {_POSITION};
create or replace temp table position_held as
    select held.rowid as place, held.*
    from warehouse.main.int_stock__position as held
    semi join temp.position_turned using ({_POSITION});
create or replace temp table position_counted as
    select
        {_POSITION},
        cast(coalesce(held.qty_base, 0) + turned.qty_base as decimal(18, 6)) as qty_base,
        least(held.first_event_at, turned.came_first_at) as first_event_at,
        greatest(held.last_event_at, turned.came_last_at) as last_event_at,
        cast(coalesce(held.leg_count, 0) + turned.leg_count as bigint) as leg_count,
        (
            coalesce(turned.went_first_at <= held.first_event_at, false)
            and not coalesce(turned.came_first_at <= held.first_event_at, false)
        )
        or (
            coalesce(turned.went_last_at >= held.last_event_at, false)
            and not coalesce(turned.came_last_at >= held.last_event_at, false)
        ) as is_lost
    from temp.position_turned as turned
    left join temp.position_held as held using ({_POSITION});
create or replace temp table position_lost as
    select {_POSITION} from temp.position_counted where is_lost and leg_count > 0;
delete from warehouse.main.int_stock__position
    where rowid in (select place from temp.position_held);
insert into warehouse.main.int_stock__position by name
    select * exclude (is_lost) from temp.position_counted where leg_count > 0 and not is_lost
"""
OWNED_OF_LOST = """
create or replace temp table owned_of_lost as
    select owned.*
    from warehouse.main.int_stock__owned_movement as owned
    semi join temp.position_lost using (company_id, item_id);
create or replace temp view told_of_lost as
    select told.*
    from warehouse.main.int_stock__document_move as told
    semi join temp.position_lost using (company_id, item_id)
"""
POSITION_OF_LOST = f"""
insert into warehouse.main.int_stock__position by name
    select counted.*
    from ({{counted}}) as counted
    semi join temp.position_lost using ({_POSITION})
"""

# Days from the first that changed; each stands on the balance of the day before it.
DAY = f"""
create or replace temp table since as
    select {_STATE}, min(date) as since_date from temp.day_turned group by {_STATE};
create or replace temp table day_held as
    select held.rowid as place, held.*
    from warehouse.main.int_stock__position_day as held
    inner join temp.since on {_SAME_STATE} and held.date >= since.since_date;
create or replace temp table day_stood_on as
    select
        {_HELD_STATE},
        max(held.date) as date,
        arg_max(held.qty_base, held.date) as qty_base,
        arg_max(held.valued_qty, held.date) as valued_qty
    from warehouse.main.int_stock__position_day as held
    inner join temp.since on {_SAME_STATE} and held.date < since.since_date
    group by {_HELD_STATE};
create or replace temp table day_counted as
    with told as (
        select
            {_STATE}, date, true as is_counted, qty_change, leg_count,
            qty_base as held_qty, valued_qty as held_valued_qty,
            null as turned_qty, null as turned_valued_qty
        from temp.day_held
        union all by name
        select
            {_STATE}, date, false as is_counted, 0 as qty_change, 0 as leg_count,
            qty_base as held_qty, valued_qty as held_valued_qty
        from temp.day_stood_on
        union all by name
        select
            {_STATE}, date, true as is_counted, qty_change, leg_count,
            qty_base as turned_qty, valued_qty as turned_valued_qty
        from temp.day_turned
    ),
    per_day as (
        select
            {_STATE}, date,
            bool_or(is_counted) as is_counted,
            sum(qty_change) as qty_change,
            sum(leg_count) as leg_count,
            max(held_qty) as held_qty,
            max(held_valued_qty) as held_valued_qty,
            max(turned_qty) as turned_qty,
            max(turned_valued_qty) as turned_valued_qty
        from told
        group by {_STATE}, date
    ),
    balances as (
        select
            *,
            coalesce(last_value(held_qty ignore nulls) over so_far, 0)
            + coalesce(last_value(turned_qty ignore nulls) over so_far, 0) as qty_base,
            coalesce(last_value(held_valued_qty ignore nulls) over so_far, 0)
            + coalesce(last_value(turned_valued_qty ignore nulls) over so_far, 0) as valued_qty
        from per_day
        window so_far as (
            partition by {_STATE} order by date rows between unbounded preceding and current row
        )
    )
    select
        {_STATE}, date,
        cast(qty_change as decimal(18, 6)) as qty_change,
        cast(qty_base as decimal(18, 6)) as qty_base,
        cast(valued_qty as decimal(18, 6)) as valued_qty,
        cast(leg_count as bigint) as leg_count
    from balances
    where is_counted and leg_count > 0;
delete from warehouse.main.int_stock__position_day
    where rowid in (select place from temp.day_held);
insert into warehouse.main.int_stock__position_day by name from temp.day_counted
"""
