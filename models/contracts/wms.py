"""What physically happened: warehouse, third-party logistics, carriers."""

import polars as pl

from models.contracts import column
from models.contracts.conditions import not_negative
from models.contracts.fields import KEY, OPTIONAL, OPTIONAL_KEY, REQUIRED
from models.contracts.kernel import Extract, rule
from models.vocabulary.codes import (
    FOB_POINTS,
    FREIGHT_TERMS,
    INBOUND_TYPES,
    MOVEMENT_TYPES,
    SHIPMENT_TYPES,
    STOCK_STATUSES,
)


class WmsStockMovement(
    Extract, control_qty="qty", control_amount="ext_cost", event_time="event_at"
):
    """One row per stock movement line: what changed at one location in one state."""

    movement_id = column.text(KEY, "source transaction id, unique in source_system")
    movement_line = column.text(KEY, 'line; constant "1" when the source has none')
    movement_type = column.code(
        REQUIRED,
        MOVEMENT_TYPES,
        "move is bin to bin without a change of state: kept for custody, no event; opening is the balance a site starts with",
    )
    event_at = column.timestamp(REQUIRED, "when it physically happened (UTC)")
    recorded_at = column.timestamp(OPTIONAL, "when the system recorded it")
    posting_date = column.date(OPTIONAL, "ledger date; default local date of event_at")
    item_code = column.text(REQUIRED, "source SKU, resolved through master_item_xref")
    qty = column.quantity(REQUIRED, "in + / out - at location_code; 0 only for cost_only")
    uom = column.text(REQUIRED, "transaction unit")
    qty_base = column.quantity(
        OPTIONAL, "in base unit if the source has it (checked against master_uom)"
    )
    location_code = column.text(REQUIRED, "warehouse/store/3PL/virtual in-transit code")
    bin_code = column.text(OPTIONAL, "bin, zone or storage type")
    stock_status = column.code(OPTIONAL, STOCK_STATUSES, "default available")
    from_stock_status = column.code(
        OPTIONAL, STOCK_STATUSES, "status before, when the source gives both"
    )
    counter_location_code = column.text(OPTIONAL, "other side of a transfer or move")
    linked_movement_id = column.text(OPTIONAL, "id of the other side row")
    owner_party_code = column.text(OPTIONAL, "owner of the goods; default the company")
    lot_number = column.text(OPTIONAL, "batch")
    serial_number = column.text(OPTIONAL, "serial")
    expiry_date = column.date(OPTIONAL, "shelf life end")
    handling_unit = column.text(OPTIONAL, "LPN / SSCC")
    reason_code = column.text(OPTIONAL, "adjustment or hold reason")
    ref_doc_type = column.code(
        OPTIONAL,
        ("PO", "ASN", "SO", "TO", "RMA", "WO", "COUNT", "RTV", "INV"),
        "INV = customer invoice",
    )
    ref_doc_id = column.text(OPTIONAL, "document number")
    ref_doc_line = column.text(OPTIONAL, "document line")
    shipment_id = column.text(OPTIONAL, "outbound shipment")
    shipment_line = column.text(OPTIONAL, "line of it")
    receipt_id = column.text(OPTIONAL, "inbound receipt")
    receipt_line = column.text(OPTIONAL, "line of it")
    reversal_of_movement_id = column.text(OPTIONAL, "original transaction when this cancels one")
    unit_cost = column.price(OPTIONAL, "cost per transaction unit, if the source values it")
    ext_cost = column.amount(OPTIONAL, "signed value, if the source values it")
    cost_currency = column.text(OPTIONAL, "ISO 4217")
    costed_status = column.code(
        OPTIONAL, ("costed", "uncosted", "error"), "whether the source has valued the movement"
    )
    accounting_status = column.code(
        OPTIONAL,
        ("posted", "unposted", "error", "not_applicable"),
        "whether the source has posted the movement to its ledger",
    )
    scan_method = column.code(
        OPTIONAL, ("barcode", "rfid", "manual", "api", "edi"), "how the movement was captured"
    )
    user_id = column.text(OPTIONAL, "who")
    approved_by = column.text(OPTIONAL, "approver for guarded transitions")
    sequence_no = column.integer(OPTIONAL, "gap detection")

    @rule
    def quantity_is_not_zero_unless_cost_only(cls) -> pl.Expr:
        return (pl.col("qty") != 0) | (pl.col("movement_type") == "cost_only")

    @rule
    def negative_quantity_with_both_sides_reverses_a_movement(cls) -> pl.Expr:
        # With both sides given a positive quantity goes from -> to; the way back needs its original.
        one_sided = pl.col("from_stock_status").is_null()
        reverses = pl.col("reversal_of_movement_id").is_not_null()
        return one_sided | reverses | (pl.col("qty") >= 0)


class WmsInventorySnapshot(Extract, control_qty="qty", event_time="snapshot_at"):
    """One row per item, location, bin, status, owner, lot, serial, handling unit and time counted by the system."""

    snapshot_at = column.timestamp(KEY, "as-of time")
    item_code = column.text(KEY, "SKU")
    location_code = column.text(KEY, "location")
    bin_code = column.text(OPTIONAL_KEY, "bin")
    stock_status = column.code(KEY, STOCK_STATUSES, "as in wms_stock_movement")
    owner_party_code = column.text(OPTIONAL_KEY, "owner")
    lot_number = column.text(OPTIONAL_KEY, "batch")
    serial_number = column.text(OPTIONAL_KEY, "serial")
    handling_unit = column.text(OPTIONAL_KEY, "LPN / SSCC")
    qty = column.quantity(REQUIRED, "quantity in uom (may be negative in source)")
    uom = column.text(REQUIRED, "unit")
    qty_reserved = column.quantity(OPTIONAL, "reserved part, if not a status")
    expiry_date = column.date(OPTIONAL, "expiry")
    last_count_at = column.timestamp(OPTIONAL, "last counted")
    last_move_at = column.timestamp(OPTIONAL, "last movement")


class WmsInboundLine(Extract, control_qty="qty_expected", event_time="shipped_at"):
    """One row per announced inbound line: an ASN, container, transfer or return on its way."""

    inbound_id = column.text(KEY, "ASN / container / transfer shipment / RMA id")
    inbound_line = column.text(KEY, "line")
    inbound_type = column.code(REQUIRED, INBOUND_TYPES, "what kind of document announces the goods")
    ref_order_id = column.text(OPTIONAL, "PO, TO or RMA number")
    ref_order_line = column.text(OPTIONAL, "line")
    supplier_code = column.text(OPTIONAL, "party")
    from_location_code = column.text(OPTIONAL, "for transfers")
    to_location_code = column.text(REQUIRED, "destination")
    item_code = column.text(REQUIRED, "SKU")
    qty_expected = column.quantity(REQUIRED, "announced quantity")
    uom = column.text(REQUIRED, "unit")
    fob_point = column.code(
        OPTIONAL, FOB_POINTS, "where title passes: origin, destination or an Incoterm"
    )
    title_transfer_at = column.timestamp(OPTIONAL, "when ownership passed, if known")
    shipped_at = column.timestamp(OPTIONAL, "left the sender")
    eta_at = column.timestamp(OPTIONAL, "expected arrival")
    carrier_code = column.text(OPTIONAL, "carrier")
    tracking_ref = column.text(OPTIONAL, "BOL, container, tracking")
    lot_number = column.text(OPTIONAL, "batch")
    handling_unit = column.text(OPTIONAL, "SSCC")
    status = column.code(
        OPTIONAL,
        ("open", "in_transit", "arrived", "closed", "cancelled"),
        "how far the goods have come; closed means that no more will come",
    )


class WmsReceiptLine(Extract, control_qty="qty_received", event_time="received_at"):
    """One row per receipt line: goods that came through the door."""

    receipt_id = column.text(KEY, "receipt document")
    receipt_line = column.text(KEY, "line")
    receipt_number = column.text(OPTIONAL, "number people use, where it is not the id")
    receipt_type = column.code(REQUIRED, INBOUND_TYPES, "what kind of document the goods came with")
    status = column.code(OPTIONAL, ("draft", "posted", "cancelled"), "default posted")
    ref_order_id = column.text(OPTIONAL, "PO / TO / RMA / work order")
    ref_order_line = column.text(OPTIONAL, "line")
    inbound_id = column.text(OPTIONAL, "ASN")
    inbound_line = column.text(OPTIONAL, "ASN line")
    received_at = column.timestamp(REQUIRED, "physical receipt")
    putaway_at = column.timestamp(OPTIONAL, "put away")
    item_code = column.text(REQUIRED, "SKU")
    qty_received = column.quantity(
        REQUIRED, "all that came, rejected included; accepted = received - rejected"
    )
    qty_rejected = column.quantity(OPTIONAL, "refused or rejected")
    qty_accepted = column.quantity(OPTIONAL, "accepted after inspection")
    uom = column.text(REQUIRED, "unit")
    inspection_result = column.code(
        OPTIONAL, ("pending", "pass", "fail", "waived"), "result of the inspection"
    )
    inspection_at = column.timestamp(OPTIONAL, "decision time")
    disposition = column.code(
        OPTIONAL,
        ("restock", "quarantine", "scrap", "rtv", "refurbish"),
        "what becomes of returned or rejected goods",
    )
    condition_code = column.text(OPTIONAL, "as received")
    location_code = column.text(REQUIRED, "location")
    bin_code = column.text(OPTIONAL, "bin")
    lot_number = column.text(OPTIONAL, "batch")
    serial_number = column.text(OPTIONAL, "serial")
    expiry_date = column.date(OPTIONAL, "expiry")
    supplier_code = column.text(OPTIONAL, "party")
    return_reason_code = column.text(OPTIONAL, "returns")
    original_shipment_id = column.text(OPTIONAL, "for returns")
    original_shipment_line = column.text(OPTIONAL, "for returns")
    unit_cost = column.price(OPTIONAL, "PO or expected cost")
    cost_currency = column.text(OPTIONAL, "ISO 4217")
    reversal_of_receipt_id = column.text(OPTIONAL, "cancelled receipt")


class WmsAllocation(Extract, control_qty="qty_reserved", event_time="reserved_at"):
    """One row per reservation of stock for an order line."""

    allocation_id = column.text(KEY, "reservation or task id")
    order_id = column.text(REQUIRED, "sales or transfer order")
    order_line = column.text(REQUIRED, "line")
    item_code = column.text(REQUIRED, "SKU")
    location_code = column.text(REQUIRED, "reserved at")
    bin_code = column.text(OPTIONAL, "bin")
    qty_reserved = column.quantity(REQUIRED, "reserved")
    qty_picked = column.quantity(OPTIONAL, "picked")
    qty_packed = column.quantity(OPTIONAL, "packed")
    qty_short = column.quantity(OPTIONAL, "short picked")
    uom = column.text(REQUIRED, "unit")
    lot_number = column.text(OPTIONAL, "batch")
    supply_type = column.code(
        OPTIONAL,
        ("on_hand", "inbound", "transfer", "dropship"),
        "where the reserved quantity comes from",
    )
    channel = column.text(OPTIONAL, "selling channel that holds it")
    hard_soft = column.code(
        OPTIONAL, ("hard", "soft"), "hard takes stock out of available, soft may expire"
    )
    reserved_at = column.timestamp(REQUIRED, "time")
    picked_at = column.timestamp(OPTIONAL, "time")
    packed_at = column.timestamp(OPTIONAL, "time")
    released_at = column.timestamp(OPTIONAL, "reservation ended")
    expires_at = column.timestamp(OPTIONAL, "soft reservation end")
    status = column.code(
        REQUIRED,
        ("open", "picked", "packed", "shipped", "released", "cancelled"),
        "how far the reserved goods have come",
    )

    @rule
    def no_quantity_is_negative(cls) -> pl.Expr:
        return not_negative("qty_reserved", "qty_picked", "qty_packed", "qty_short")


class WmsShipment(Extract, event_time="ship_confirm_at"):
    """One row per outbound shipment, its header."""

    shipment_id = column.text(KEY, "delivery / shipment number")
    shipment_number = column.text(OPTIONAL, "number people use, where it is not the id")
    shipment_type = column.code(REQUIRED, SHIPMENT_TYPES, "why the goods leave")
    ship_from_location = column.text(REQUIRED, "location")
    customer_code = column.text(OPTIONAL, "ship-to customer")
    ship_to_code = column.text(OPTIONAL, "address or site")
    ship_to_country = column.text(OPTIONAL, "ISO 3166")
    ship_to_region = column.text(OPTIONAL, "state/province (tax)")
    to_location_code = column.text(OPTIONAL, "transfers")
    order_type = column.text(OPTIONAL, "source order type")
    ship_confirm_at = column.timestamp(OPTIONAL, "goods issue; null = not confirmed")
    recorded_at = column.timestamp(OPTIONAL, "confirmation entered")
    promised_ship_at = column.timestamp(OPTIONAL, "promise")
    promised_delivery_at = column.timestamp(OPTIONAL, "promise")
    carrier_code = column.text(OPTIONAL, "carrier")
    service_level = column.text(OPTIONAL, "service")
    tracking_ref = column.text(OPTIONAL, "tracking / BOL")
    freight_terms = column.code(
        OPTIONAL, FREIGHT_TERMS, "who pays the freight, and whether it is billed on"
    )
    fob_point = column.code(
        OPTIONAL, FOB_POINTS, "where title passes: origin, destination or an Incoterm"
    )
    carton_count = column.integer(OPTIONAL, "cartons")
    gross_weight = column.quantity(OPTIONAL, "weight")
    weight_uom = column.text(OPTIONAL, "unit")
    hazmat_flag = column.boolean(OPTIONAL, "dangerous goods")
    status = column.code(
        REQUIRED,
        ("draft", "planned", "packed", "shipped", "delivered", "cancelled"),
        "how far the shipment has come; draft and planned take part in nothing",
    )
    cancelled_at = column.timestamp(OPTIONAL, "when voided")

    @rule
    def carton_count_and_weight_are_not_negative(cls) -> pl.Expr:
        return not_negative("carton_count", "gross_weight")


class WmsShipmentLine(
    Extract,
    header=("wms_shipment", ("shipment_id",)),
    control_qty="qty_shipped",
    control_amount="ext_cost",
):
    """One row per outbound shipment line."""

    shipment_id = column.text(KEY, "header")
    shipment_line = column.text(KEY, "line")
    order_id = column.text(OPTIONAL, "order (null for samples)")
    order_line = column.text(OPTIONAL, "line")
    item_code = column.text(REQUIRED, "SKU shipped (component or kit parent)")
    location_code = column.text(OPTIONAL, "where it was picked; default the shipment's")
    bin_code = column.text(OPTIONAL, "bin")
    parent_item_code = column.text(OPTIONAL, "kit parent when component shipped")
    qty_ordered = column.quantity(OPTIONAL, "ordered at release")
    qty_shipped = column.quantity(REQUIRED, "shipped")
    uom = column.text(REQUIRED, "unit")
    qty_short_reason = column.text(OPTIONAL, "reason code")
    catch_weight = column.quantity(OPTIONAL, "actual weight")
    lot_number = column.text(OPTIONAL, "batch")
    serial_number = column.text(OPTIONAL, "serial")
    handling_unit = column.text(OPTIONAL, "SSCC")
    ext_cost = column.amount(OPTIONAL, "cost booked at issue, positive, if known")
    cost_currency = column.text(OPTIONAL, "ISO 4217")
    no_charge_flag = column.boolean(OPTIONAL, "free goods")
    no_charge_reason = column.text(OPTIONAL, "sample, warranty, promo")


class WmsDeliveryEvent(
    Extract,
    header=("wms_shipment", ("shipment_id",)),
    control_qty="qty_delivered",
    event_time="event_at",
):
    """One row per carrier event of a shipment."""

    shipment_id = column.text(KEY, "shipment")
    event_seq = column.text(KEY, "sequence or carrier event id")
    event_type = column.code(
        REQUIRED,
        (
            "pickup",
            "in_transit",
            "out_for_delivery",
            "delivered",
            "pod_signed",
            "partial",
            "refused",
            "damaged",
            "lost",
            "returned",
        ),
        "what the carrier reported",
    )
    event_at = column.timestamp(REQUIRED, "time")
    recorded_at = column.timestamp(OPTIONAL, "received by us")
    shipment_line = column.text(OPTIONAL, "when line level")
    qty_delivered = column.quantity(OPTIONAL, "accepted quantity")
    qty_short = column.quantity(OPTIONAL, "short")
    qty_damaged = column.quantity(OPTIONAL, "damaged")
    uom = column.text(OPTIONAL, "unit")
    pod_ref = column.text(OPTIONAL, "document id or link")
    signed_by = column.text(OPTIONAL, "name")
    carrier_code = column.text(OPTIONAL, "carrier")

    @rule
    def no_quantity_is_negative(cls) -> pl.Expr:
        return not_negative("qty_delivered", "qty_short", "qty_damaged")


class WmsCountLine(Extract, control_qty="counted_qty", event_time="count_at"):
    """One row per counted line of a count document."""

    count_id = column.text(KEY, "count document")
    count_line = column.text(KEY, "line")
    count_type = column.code(
        REQUIRED, ("cycle", "physical", "spot", "short_pick"), "why it was counted"
    )
    count_at = column.timestamp(REQUIRED, "counted at")
    item_code = column.text(REQUIRED, "SKU")
    location_code = column.text(REQUIRED, "location")
    bin_code = column.text(OPTIONAL, "bin")
    lot_number = column.text(OPTIONAL, "batch")
    book_qty = column.quantity(REQUIRED, "system quantity at count time")
    counted_qty = column.quantity(REQUIRED, "counted")
    uom = column.text(REQUIRED, "unit")
    recount_flag = column.boolean(OPTIONAL, "recount")
    adjustment_txn_id = column.text(OPTIONAL, "resulting movement")
    reason_code = column.text(OPTIONAL, "cause")
    counted_by = column.text(OPTIONAL, "who")
    approved_by = column.text(OPTIONAL, "approver")
    approved_at = column.timestamp(OPTIONAL, "when")

    @rule
    def counted_quantity_is_not_negative(cls) -> pl.Expr:
        return not_negative("counted_qty")
