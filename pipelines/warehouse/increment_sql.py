"""The statements that find what a batch of movements can change; see increment.py.

The window's own tables: `fresh` the rows of the batch, `touched` the keys that are read again,
`context` these and the rows they are read beside, `replaced` the keys whose row gives way to another
one or to none.
"""

from __future__ import annotations

MOVEMENT_KEY = "source_system, company_id, source_movement_id, source_movement_line"

# From a row of the feed to what it says.
SAYING = (
    "int_stock__movement_feed",
    "int_stock__movement_told",
    "int_stock__movement_counted",
    "int_stock__movement",
)
# From what it says to the ledger: states, places and owners.
READING = (
    "int_stock__linked_movement",
    "int_stock__movement_read",
    "int_stock__ordinary_movement",
    "int_stock__reversed_movement",
    "int_stock__mapped_movement",
    "int_stock__owned_movement",
    "int_stock__ledger_row",
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

_FRESH = "select {what} as found from temp.fresh as fresh"
REFUSED_BEFORE = {
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
    # few places have codes of two systems, and only of these the movements are asked who sent them
    "two systems tell of this place, and one may repeat the other": """
        with places as (
            select distinct company_id, location_id
            from temp.fresh
            inner join warehouse.main.int_master__location_code
                using (source_system, company_id, location_code)
        ),
        shared as (
            select company_id, location_id
            from warehouse.main.int_master__location_code
            semi join places using (company_id, location_id)
            group by company_id, location_id
            having count(distinct source_system) > 1
        )
        select location_id as found
        from (
            select distinct company_id, location_id, source_system
            from warehouse.main.int_stock__movement
            semi join shared using (company_id, location_id)
            where feed = 'movement'
            union
            select company_id, location_id, source_system
            from temp.fresh
            inner join warehouse.main.int_master__location_code
                using (source_system, company_id, location_code)
            semi join shared using (company_id, location_id)
        )
        group by company_id, location_id
        having count(*) > 1
    """,
    "the owner of consigned goods may be told by another row": _FRESH.format(what="movement_id")
    + " where 'consigned' in (stock_status, from_stock_status) or movement_type like 'consign%'",
}
# A place nobody sends movements of any more would be told by its documents.
REFUSED_AFTER = {
    "the last movement of this place was taken back": """
        select location_id as found
        from (
            select company_id, location_id from temp.movement_gone
            except
            select company_id, location_id from temp.int_stock__movement
        )
        anti join (
            select company_id, location_id
            from warehouse.main.int_stock__movement
            where feed = 'movement'
        ) using (company_id, location_id)
    """,
}

# Either row of a pair may name the other, so both are read again; and so is what takes back one of
# them, because it goes the way of its original.
TOUCHED = """
create or replace temp table named as
    select source_system, company_id, source_movement_id, source_movement_line,
        linked_movement_id, reversal_of_movement_id
    from warehouse.main.int_stock__movement
    where linked_movement_id is not null
    union all
    select source_system, company_id, source_movement_id, source_movement_line,
        linked_movement_id, reversal_of_movement_id
    from warehouse.main.int_stock__movement
    where linked_movement_id is null and reversal_of_movement_id is not null
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

# Whose older row holds although the batch tells of it: its source dates the older one later. Rows of
# the build are found by a few columns first and then read by their place: to look up a few hundred of
# millions, most of the work is in the columns.
_VERSION = "_batch_id, _source_file, _row_number, _row_hash"
HELD = f"""
create or replace temp table replaced as
    select 'movement' as feed, *
    from temp.batch_keys
    anti join (
        select
            source_system, company_id, movement_id as source_movement_id,
            movement_line as source_movement_line
        from temp.told
        anti join temp.fresh using ({_VERSION})
        anti join (
            select {_VERSION} from warehouse.ingest.outdated_row where feed = 'wms_stock_movement'
        ) using ({_VERSION})
    ) using ({MOVEMENT_KEY});
create or replace temp table movement_place as
    select held.rowid as place, feed, {MOVEMENT_KEY}, held.location_id
    from warehouse.main.int_stock__movement as held
    semi join temp.context using ({MOVEMENT_KEY});
create or replace temp table movement_gone as
    from temp.movement_place semi join temp.replaced using (feed, {MOVEMENT_KEY});
create or replace temp table owned_place as
    select held.rowid as place
    from warehouse.main.int_stock__owned_movement as held
    semi join temp.touched using ({MOVEMENT_KEY});
create or replace temp view owned_before as
    from warehouse.main.int_stock__owned_movement
    where rowid in (select place from temp.owned_place);
create or replace temp view no_row as from warehouse.main.int_stock__ledger_row where false;
create or replace temp view none_told as from warehouse.main.int_stock__document_move where false
"""

# What the rows of the batch are read beside: name -> where its SQL comes from, and what chooses.
BESIDE = {
    "stg_wms__stock_movement": ("statement", ""),
    "stg_wms__shipment_line": (
        "statement",
        "semi join temp.stg_wms__stock_movement as keys on told.shipment_id = keys.shipment_id",
    ),
    "int_stock__document_movement": (
        "select * from warehouse.main.int_stock__document_movement",
        "where false",
    ),
}
# A row says the same as before unless the batch replaced it; what it means may have changed.
STANDING_BESIDE = """
create or replace temp table movement_window as
    from temp.int_stock__movement
    union all by name
    from warehouse.main.int_stock__movement
    where rowid in (
        select place from temp.movement_place except select place from temp.movement_gone
    )
"""
# What the build keeps as tables; the moves themselves are a view of these.
TAKE_PLACE = f"""
delete from warehouse.main.int_stock__movement
    where rowid in (select place from temp.movement_gone);
insert into warehouse.main.int_stock__movement by name from temp.int_stock__movement;
delete from warehouse.main.int_stock__linked_movement
    where rowid in (
        select held.rowid
        from warehouse.main.int_stock__linked_movement as held
        semi join temp.touched using ({MOVEMENT_KEY})
    );
insert into warehouse.main.int_stock__linked_movement by name
    from temp.int_stock__linked_movement semi join temp.touched using ({MOVEMENT_KEY});
delete from warehouse.main.int_stock__owned_movement
    where rowid in (select place from temp.owned_place);
insert into warehouse.main.int_stock__owned_movement by name
    from temp.int_stock__owned_movement semi join temp.touched using ({MOVEMENT_KEY});
create or replace temp view ledger_after as
    from temp.int_stock__ledger_row semi join temp.touched using ({MOVEMENT_KEY})
"""
TOLD_CHANGES = """
create or replace temp table told_only_before as
    from temp.told_before except all from warehouse.main.int_stock__document_move;
create or replace temp table told_only_after as
    from warehouse.main.int_stock__document_move except all from temp.told_before
"""
