"""Which event a stock movement is: movement type x document type x the states on both sides.

A source that gives one side has its other side from here: of the rules for its type, its document
type and its own state, the one marked `side_in` (quantity came in) or `side_out` (quantity went
out). A document type of "" stands for any. Document types are those of shipments and receipts, told
further apart where the other side depends on it: a receipt of goods ordered, announced or already
ours (`po_ordered`, `po_announced`, `po_owned`), of goods a customer refused (`return_refused`), a
shipment to another company of the group (`intercompany`), and what a movement itself says of its
purpose (`internal_use`, `work_order`). What no rule covers is UNMAPPED_TYPE and goes to people,
never to a default. A reversal (E58) mirrors its original, whatever its type, and has no rule here;
neither have `move` (same state, other bin) and `cost_only` (no quantity).
"""

from dataclasses import dataclass

from models.vocabulary.states import INTERNAL_STATES


@dataclass(frozen=True, slots=True)
class MovementRule:
    movement_type: str
    document_type: str
    from_state: str
    to_state: str
    event_code: str
    side_in: bool
    side_out: bool


@dataclass(frozen=True, slots=True)
class ImpliedStep:
    """A step a site does not send: shipped from `own_state`, or received into it."""

    direction: str
    own_state: str
    step: int
    event_code: str
    from_state: str
    to_state: str


def _rule(
    movement_type: str,
    event_code: str,
    from_state: str,
    to_state: str,
    *,
    document_type: str = "",
    sides: str = "both",
) -> MovementRule:
    """`sides` says for which one-sided rows the rule speaks: in, out, both or none."""
    return MovementRule(
        movement_type,
        document_type,
        from_state,
        to_state,
        event_code,
        side_in=sides in ("in", "both"),
        side_out=sides in ("out", "both"),
    )


OPENING = tuple(
    _rule("opening", "E00", "EXT_ADJUST", state, sides="in") for state in INTERNAL_STATES
)

INBOUND = (
    _rule("receipt", "E05", "ON_ORDER", "RECEIVED", sides="in"),
    _rule("receipt", "E05", "ON_ORDER", "RECEIVED", document_type="po", sides="in"),
    _rule("receipt", "E05", "ON_ORDER", "RECEIVED", document_type="po_ordered", sides="in"),
    _rule("receipt", "E05", "IN_TRANSIT_IN", "RECEIVED", document_type="po_announced", sides="in"),
    _rule("receipt", "E04", "IN_TRANSIT_IN", "RECEIVED", document_type="po_owned", sides="in"),
    _rule("receipt", "E39", "XFER_TRANSIT", "RECEIVED", document_type="transfer", sides="in"),
    _rule("receipt", "E39", "XFER_TRANSIT", "ON_HAND", document_type="transfer", sides="in"),
    _rule("receipt", "E29", "EXT_CUSTOMER", "RETURN_QC", document_type="return", sides="in"),
    *(
        _rule(
            movement_type,
            "E29",
            "RETURN_TRANSIT",
            "RETURN_QC",
            document_type="return_refused",
            sides="in",
        )
        for movement_type in ("receipt", "return_receipt")
    ),
    _rule("receipt", "E52", "WIP", "ON_HAND", document_type="production", sides="in"),
    # goods that stay the supplier's, by the document or by the owner whom the row names
    *(
        _rule(
            "receipt", "E46", "EXT_SUPPLIER", "CONSIGN_IN", document_type=document_type, sides="in"
        )
        for document_type in ("", "po", "po_ordered", "po_announced", "consignment_in")
    ),
    _rule("putaway", "E07", "RECEIVED", "ON_HAND"),
    _rule("putaway", "E07", "QC_HOLD", "ON_HAND", sides="out"),
    _rule("putaway", "E33", "QUARANTINE", "ON_HAND", sides="out"),
    _rule("release", "E07", "RECEIVED", "ON_HAND", sides="out"),
    _rule("release", "E07", "QC_HOLD", "ON_HAND", sides="out"),
    _rule("release", "E33", "QUARANTINE", "ON_HAND", sides="out"),
    _rule("hold", "E06", "RECEIVED", "QC_HOLD", sides="out"),
    _rule("hold", "E06", "ON_HAND", "QC_HOLD", sides="in"),
    _rule("hold", "E33", "ON_HAND", "QUARANTINE"),
    _rule("rtv", "E08", "QC_HOLD", "RTV_STAGED", sides="out"),
    _rule("rtv", "E08", "ON_HAND", "RTV_STAGED", sides="out"),
    _rule("rtv", "E08", "QUARANTINE", "RTV_STAGED", sides="out"),
    _rule("rtv", "E08", "DAMAGED", "RTV_STAGED", sides="out"),
    _rule("rtv", "E09", "RTV_STAGED", "EXT_SUPPLIER", sides="out"),
)

OUTBOUND = (
    _rule("reserve", "E14", "ON_HAND", "RESERVED"),
    _rule("unreserve", "E15", "RESERVED", "ON_HAND"),
    _rule("hold", "E18", "RESERVED", "QUARANTINE", sides="none"),
    _rule("pick", "E16", "RESERVED", "PICKED"),
    _rule("pack", "E17", "PICKED", "PACKED"),
    _rule("ship", "E19", "PACKED", "EXT_CUSTOMER", sides="out"),
    _rule("ship", "E19", "PACKED", "EXT_CUSTOMER", document_type="sale", sides="out"),
    _rule("ship", "E20", "PACKED", "IN_TRANSIT_OUT", document_type="sale_at_delivery", sides="out"),
    _rule("ship", "E38", "PACKED", "XFER_TRANSIT", document_type="transfer", sides="out"),
    _rule("ship", "E43", "PACKED", "CONSIGN_OUT", document_type="consignment", sides="out"),
    _rule("ship", "E09", "RTV_STAGED", "EXT_SUPPLIER", document_type="rtv", sides="out"),
    _rule("ship", "E54", "PACKED", "EXT_CUSTOMER", document_type="sample", sides="out"),
    _rule("ship", "E54", "PACKED", "EXT_CUSTOMER", document_type="warranty", sides="out"),
    _rule(
        "ship", "E26", "BILL_HOLD", "EXT_CUSTOMER", document_type="billhold_release", sides="out"
    ),
    _rule("ship", "E47", "DROPSHIP_TRANSIT", "EXT_CUSTOMER", document_type="dropship", sides="out"),
    _rule("deliver", "E21", "IN_TRANSIT_OUT", "EXT_CUSTOMER"),
    _rule("deliver", "E27", "IN_TRANSIT_OUT", "EXT_ADJUST", document_type="lost", sides="out"),
    _rule(
        "deliver", "E27", "IN_TRANSIT_OUT", "RETURN_TRANSIT", document_type="refused", sides="out"
    ),
    _rule("return_receipt", "E29", "EXT_CUSTOMER", "RETURN_QC", sides="in"),
    *(
        _rule(
            "return_receipt",
            "E31",
            "RETURN_QC",
            "ON_HAND",
            document_type=document_type,
            sides="out",
        )
        for document_type in ("", "return_refused")
    ),
    _rule("return_receipt", "E32", "RETURN_QC", "EXT_SCRAPPED", sides="none"),
)

TRANSFERS = (
    _rule("transfer_out", "E38", "ON_HAND", "XFER_TRANSIT", sides="out"),
    _rule("transfer_out", "E38", "PACKED", "XFER_TRANSIT", sides="out"),
    *(  # what leaves for another company of the group is its own from then on
        _rule(
            movement_type,
            "E42",
            "PACKED",
            "EXT_CUSTOMER",
            document_type="intercompany",
            sides="out",
        )
        for movement_type in ("transfer_out", "ship")
    ),
    _rule("transfer_in", "E39", "XFER_TRANSIT", "ON_HAND", sides="in"),
    _rule("transfer_in", "E39", "XFER_TRANSIT", "RECEIVED", sides="in"),
    _rule("consign_out", "E43", "PACKED", "CONSIGN_OUT"),
    _rule("consign_consume", "E44", "CONSIGN_OUT", "EXT_CUSTOMER", sides="out"),
    _rule("consign_in", "E45", "CONSIGN_OUT", "RECEIVED"),
    _rule("consign_in", "E46", "EXT_SUPPLIER", "CONSIGN_IN", sides="in"),
    _rule("owner_change", "E46", "CONSIGN_IN", "RESERVED"),
    _rule("owner_change", "E25", "ON_HAND", "BILL_HOLD"),
    _rule("owner_change", "E25", "PACKED", "BILL_HOLD", sides="out"),
)

CARE = (
    *(
        _rule(movement_type, "E37", source, target, sides=side)
        for movement_type in ("adjust", "count_adjust", "sync")
        for source, target, side in (
            ("EXT_ADJUST", "ON_HAND", "in"),
            ("ON_HAND", "EXT_ADJUST", "out"),
        )
    ),
    _rule("adjust", "E55", "ON_HAND", "EXT_CONSUMED", document_type="internal_use", sides="out"),
    _rule("damage", "E34", "ON_HAND", "DAMAGED"),
    _rule("scrap", "E32", "RETURN_QC", "EXT_SCRAPPED", sides="out"),
    _rule("scrap", "E53", "WIP", "EXT_SCRAPPED", sides="out"),
    _rule("scrap", "E53", "WIP", "EXT_SCRAPPED", document_type="work_order", sides="out"),
    *(
        _rule("scrap", "E36", state, "EXT_SCRAPPED", sides="out")
        for state in INTERNAL_STATES
        if state not in ("RETURN_QC", "WIP")
    ),
    # One label goes out of use, the other comes into it; each row names one of the two items.
    _rule("relabel", "E57", "EXT_CONSUMED", "ON_HAND", sides="in"),
    _rule("relabel", "E57", "ON_HAND", "EXT_CONSUMED", sides="out"),
    _rule("kit_in", "E48", "EXT_CONSUMED", "ON_HAND", sides="in"),
    _rule("kit_in", "E48", "ON_HAND", "EXT_CONSUMED", sides="out"),
    _rule("kit_out", "E49", "ON_HAND", "EXT_CONSUMED", sides="out"),
    _rule("kit_out", "E49", "EXT_CONSUMED", "ON_HAND", sides="in"),
    _rule("wip_issue", "E50", "ON_HAND", "WIP"),
    _rule("wip_complete", "E52", "WIP", "ON_HAND"),
)

MOVEMENT_RULES = OPENING + INBOUND + OUTBOUND + TRANSFERS + CARE

_TO_PACKED = (
    ("E14", "ON_HAND", "RESERVED"),
    ("E16", "RESERVED", "PICKED"),
    ("E17", "PICKED", "PACKED"),
)


def _ship_steps(own_state: str, skipped: int) -> tuple[ImpliedStep, ...]:
    return tuple(
        ImpliedStep("out", own_state, step, event_code, source, target)
        for step, (event_code, source, target) in enumerate(_TO_PACKED[skipped:], start=1)
    )


# Steps before a shipment out of `own_state`, and after a receipt into it.
IMPLIED_STEPS = (
    *_ship_steps("ON_HAND", 0),
    *_ship_steps("RESERVED", 1),
    *_ship_steps("PICKED", 2),
    ImpliedStep("in", "ON_HAND", 1, "E07", "RECEIVED", "ON_HAND"),
    ImpliedStep("in", "QC_HOLD", 1, "E06", "RECEIVED", "QC_HOLD"),
    ImpliedStep("in", "ON_HAND", 1, "E31", "RETURN_QC", "ON_HAND"),
)
