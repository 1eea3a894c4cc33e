"""The statements that find what a batch of movements can change; see increment.py.

The window's own tables: `fresh` the rows of the batch, `touched` the keys that are read again,
`context` these and the rows they are read beside, `cells` the items and places that are counted anew.
"""

from __future__ import annotations

MOVEMENT_KEY = ("source_system", "company_id", "source_movement_id", "source_movement_line")
CELL_KEY = ("company_id", "item_id", "location_id")

# From a row of the feed to what it says and whose the goods are.
READING = (
    "int_stock__movement_feed",
    "int_stock__movement_told",
    "int_stock__movement_counted",
    "int_stock__movement",
    "int_stock__linked_movement",
    "int_stock__movement_read",
    "int_stock__ordinary_movement",
    "int_stock__reversed_movement",
    "int_stock__mapped_movement",
    "int_stock__owned_movement",
    "int_stock__ledger_row",
)
# What of it the build keeps as tables; the moves themselves are a view of these.
KEPT_READINGS = (
    "int_stock__movement",
    "int_stock__linked_movement",
    "int_stock__owned_movement",
)
# What documents say beside the movements, in the order in which each reads the one before.
DOCUMENTS = (
    "int_stock__drawn",
    "int_stock__notice_balance",
    "int_stock__notice_move",
    "int_stock__order_move",
    "int_stock__transfer_loss",
    "int_stock__billed_move",
    "int_stock__returned_move",
    "int_stock__short_pick_move",
    "int_stock__document_move",
)
POSITIONS = ("int_stock__position", "int_stock__position_day")

_FRESH = "select {what} as found from temp.fresh as fresh"
REFUSALS = {
    "no movement named this item before": _FRESH.format(what="item_code")
    + " anti join warehouse.main.int_master__item_code using (source_system, company_id, item_code)",
    "no movement named this place before": _FRESH.format(what="location_code")
    + " anti join warehouse.main.int_master__location_code using (source_system, company_id, location_code)",
    "no movement named this other place before": _FRESH.format(what="counter_location_code")
    + " anti join warehouse.main.int_master__location_code as codes on fresh.source_system = codes.source_system"
    " and fresh.company_id = codes.company_id"
    " and fresh.counter_location_code = codes.location_code"
    " where fresh.counter_location_code is not null",
    "no movement was sent of this place before": _FRESH.format(what="fresh.location_code")
    + " inner join warehouse.main.int_master__location_code as codes using (source_system, company_id,"
    " location_code) inner join warehouse.main.int_stock__ledger_basis as basis"
    " on codes.company_id = basis.company_id and codes.location_id = basis.location_id"
    " where not basis.has_movements",
    "two systems tell of this place, and one may repeat the other": """
        select location_id as found
        from (
            select distinct company_id, location_id, source_system
            from warehouse.main.int_stock__movement
            where feed = 'movement'
            union
            select codes.company_id, codes.location_id, codes.source_system
            from temp.fresh as fresh
            inner join warehouse.main.int_master__location_code as codes
                using (source_system, company_id, location_code)
        )
        where (company_id, location_id) in (
            select (codes.company_id, codes.location_id)
            from temp.fresh as fresh
            inner join warehouse.main.int_master__location_code as codes
                using (source_system, company_id, location_code)
        )
        group by company_id, location_id
        having count(*) > 1
    """,
    "the owner of consigned goods may be told by another row": _FRESH.format(what="movement_id")
    + " where 'consigned' in (stock_status, from_stock_status) or movement_type like 'consign%'",
}

# Either row of a pair may name the other, so both are read again; and so is what takes back one of
# them, because it goes the way of its original.
TOUCHED = """
create or replace temp table named as
    select source_system, company_id, source_movement_id, source_movement_line,
        linked_movement_id, reversal_of_movement_id
    from warehouse.main.int_stock__movement
    where linked_movement_id is not null or reversal_of_movement_id is not null
    union all
    select source_system, company_id, movement_id, movement_line,
        linked_movement_id, reversal_of_movement_id
    from temp.fresh
    where linked_movement_id is not null or reversal_of_movement_id is not null;
create or replace temp table beside as
    select source_system, company_id, source_movement_line,
        source_movement_id, linked_movement_id as other_id
    from named where linked_movement_id is not null
    union
    select source_system, company_id, source_movement_line, linked_movement_id, source_movement_id
    from named where linked_movement_id is not null;
create or replace temp table batch_keys as
    select distinct source_system, company_id, movement_id as source_movement_id,
        movement_line as source_movement_line
    from temp.fresh;
create or replace temp table paired as
    from temp.batch_keys
    union
    select source_system, company_id, beside.other_id, source_movement_line
    from temp.batch_keys
    inner join beside using (source_system, company_id, source_movement_id, source_movement_line);
create or replace temp table touched as
    from temp.paired
    union
    select named.source_system, named.company_id, named.source_movement_id,
        named.source_movement_line
    from named
    inner join temp.paired as original
        on named.source_system = original.source_system
        and named.company_id = original.company_id
        and named.reversal_of_movement_id = original.source_movement_id
        and named.source_movement_line = original.source_movement_line;
create or replace temp table reached as
    from temp.touched
    union
    select named.source_system, named.company_id, named.reversal_of_movement_id,
        named.source_movement_line
    from named
    inner join temp.touched using (source_system, company_id, source_movement_id,
        source_movement_line)
    where named.reversal_of_movement_id is not null;
create or replace temp table context as
    from temp.reached
    union
    select source_system, company_id, beside.other_id, source_movement_line
    from temp.reached
    inner join beside using (source_system, company_id, source_movement_id, source_movement_line)
"""

# The rows of the window: name -> where its SQL comes from, and by what the context chooses.
_IN_CONTEXT = (
    "semi join temp.context as keys on told.source_system = keys.source_system"
    " and told.company_id = keys.company_id and told.movement_id = keys.source_movement_id"
    " and told.movement_line = keys.source_movement_line"
)
CONTEXT = {
    "stg_wms__stock_movement": ("statement", _IN_CONTEXT),
    "stg_wms__shipment_line": (
        "statement",
        "semi join temp.main.stg_wms__stock_movement as keys on told.shipment_id = keys.shipment_id",
    ),
    "int_stock__document_movement": (
        "select * from warehouse.main.int_stock__document_movement",
        "where false",
    ),
}
AMONG = "select told.* from ({text}) as told {key}"

CELLS = """
create or replace temp table cells as
    with legs as (
        from warehouse.main.int_stock__ledger_row
        semi join temp.touched
        using (source_system, company_id, source_movement_id, source_movement_line)
        union all by name
        from temp.main.int_stock__ledger_row
        semi join temp.touched
        using (source_system, company_id, source_movement_id, source_movement_line)
    )
    select company_id, item_id, from_location_id as location_id
    from legs where from_location_id is not null
    union
    select company_id, item_id, to_location_id from legs where to_location_id is not null
"""
DOCUMENT_CELLS = """
create or replace temp table changed_told as
    (from warehouse.main.int_stock__document_move except from temp.old_told)
    union all
    (from temp.old_told except from warehouse.main.int_stock__document_move);
insert into temp.cells
    select company_id, item_id, location_id
    from (
        select company_id, item_id, from_location_id as location_id from temp.changed_told
        union
        select company_id, item_id, to_location_id from temp.changed_told
    )
    where location_id is not null
"""
LEGS = """
    select legs.*
    from ({text}) as legs
    semi join temp.cells using (company_id, item_id, location_id)
"""
