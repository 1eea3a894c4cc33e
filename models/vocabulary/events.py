"""Events: what can happen to goods and their documents, between which states, with which journal.

`transitions` lists the (from, to) pairs an event may join; any other pair is ILLEGAL_TRANSITION.
An event without pairs moves no goods. `journal` names roles as Dr / Cr; the amounts are c = our
cost, p = order price, i = supplier invoice price, s = net sales price.
"""

from dataclasses import dataclass

from models.vocabulary.states import INTERNAL_STATES

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Event:
    code: str
    name: str
    owner_after: str
    transitions: tuple[Pair, ...]
    journal: str


def _pairs(sources: str, targets: str) -> tuple[Pair, ...]:
    return tuple((source, target) for source in sources.split() for target in targets.split())


def _both_ways(first: str, second: str) -> tuple[Pair, ...]:
    return ((first, second), (second, first))


ANY_INTERNAL = " ".join(INTERNAL_STATES)

INBOUND = (
    Event(
        "E00", "Opening balance of a site", "company", _pairs("EXT_ADJUST", ANY_INTERNAL), "none"
    ),
    Event(
        "E01", "Purchase order confirmed", "supplier", _pairs("EXT_SUPPLIER", "ON_ORDER"), "none"
    ),
    Event(
        "E02",
        "Supplier ships, title passes at origin",
        "company",
        _pairs("ON_ORDER", "IN_TRANSIT_IN"),
        "INV_TRANSIT / GRIR at p",
    ),
    Event(
        "E03",
        "Supplier ships, title passes at destination",
        "supplier",
        _pairs("ON_ORDER", "IN_TRANSIT_IN"),
        "none",
    ),
    Event(
        "E04",
        "Receipt of goods already owned",
        "company",
        _pairs("IN_TRANSIT_IN", "RECEIVED"),
        "INV or INV_INTERIM / INV_TRANSIT at p",
    ),
    Event(
        "E05",
        "Receipt",
        "company",
        _pairs("ON_ORDER IN_TRANSIT_IN", "RECEIVED"),
        "INV or INV_INTERIM / GRIR at p; standard: INV at standard, difference PPV",
    ),
    Event("E06", "Sent to inspection", "company", _pairs("RECEIVED ON_HAND", "QC_HOLD"), "none"),
    Event(
        "E07",
        "Accepted, put away",
        "company",
        _pairs("RECEIVED QC_HOLD", "ON_HAND"),
        "INV / INV_INTERIM where the interim policy is on, else none",
    ),
    Event(
        "E08",
        "Rejected, staged for return to vendor",
        "company",
        _pairs("QC_HOLD ON_HAND QUARANTINE DAMAGED", "RTV_STAGED"),
        "none",
    ),
    Event(
        "E09",
        "Returned to vendor",
        "supplier",
        _pairs("RTV_STAGED", "EXT_SUPPLIER"),
        "GRIR (not invoiced) or AP / INV at receipt cost; price difference PPV",
    ),
    Event(
        "E10",
        "Supplier invoice matched",
        "",
        (),
        "GRIR qty x p, PPV (i-p) x qty, TAX_INPUT / AP; actual cost: difference to INV and COGS",
    ),
    Event("E11", "Landed cost accrued", "", (), "INV / FREIGHT_IN_ACCR"),
    Event(
        "E12", "Landed cost invoiced", "", (), "FREIGHT_IN_ACCR and difference to INV, COGS / AP"
    ),
)

OUTBOUND = (
    Event("E13", "Customer order confirmed", "company", (), "none"),
    Event("E14", "Reserved", "company", _pairs("ON_HAND", "RESERVED"), "none"),
    Event("E15", "Reservation released", "company", _pairs("RESERVED", "ON_HAND"), "none"),
    Event("E16", "Picked", "company", _pairs("RESERVED", "PICKED"), "none"),
    Event("E17", "Packed or staged", "company", _pairs("PICKED", "PACKED"), "none"),
    Event("E18", "Short pick", "company", _pairs("RESERVED", "QUARANTINE ON_HAND"), "none"),
    Event(
        "E19",
        "Shipped, control passes at shipment",
        "customer",
        _pairs("PACKED", "EXT_CUSTOMER"),
        "COGS / INV at c; UNBILLED_AR / REVENUE at s",
    ),
    Event(
        "E20",
        "Shipped, control passes at delivery",
        "company",
        _pairs("PACKED", "IN_TRANSIT_OUT"),
        "INV_TRANSIT / INV at c",
    ),
    Event(
        "E21",
        "Delivered, control passes",
        "customer",
        _pairs("IN_TRANSIT_OUT", "EXT_CUSTOMER"),
        "COGS / INV_TRANSIT; UNBILLED_AR / REVENUE",
    ),
    Event("E22", "Proof of delivery after control passed", "customer", (), "none"),
    Event(
        "E23",
        "Invoice after control passed",
        "",
        (),
        "AR / UNBILLED_AR at s, FREIGHT_REV, SURCHARGE_REV, TAX_PAYABLE",
    ),
    Event(
        "E24",
        "Invoice or cash before control passes",
        "",
        (),
        "AR or CASH / DEFERRED_REV; at E19 or E21 DEFERRED_REV / REVENUE",
    ),
    Event(
        "E25",
        "Bill-and-hold accepted",
        "customer",
        _pairs("ON_HAND PACKED", "BILL_HOLD"),
        "COGS / INV; AR / REVENUE",
    ),
    Event("E26", "Bill-and-hold released", "customer", _pairs("BILL_HOLD", "EXT_CUSTOMER"), "none"),
    Event(
        "E27",
        "Lost or refused in transit",
        "company",
        _pairs("IN_TRANSIT_OUT", "EXT_ADJUST RETURN_TRANSIT"),
        "CARRIER_CLAIM or INV_ADJ / INV_TRANSIT",
    ),
)

RETURNS_AND_CARE = (
    Event("E28", "Returns reserve at sale", "", (), "REVENUE / REFUND_LIAB; RETURN_ASSET / COGS"),
    Event(
        "E29",
        "Return received",
        "company",
        _pairs("EXT_CUSTOMER RETURN_TRANSIT", "RETURN_QC"),
        "none until accepted; without reserve INV / COGS at original cost",
    ),
    Event("E30", "Credit memo issued", "", (), "REFUND_LIAB or SALES_RETURNS, TAX_PAYABLE / AR"),
    Event(
        "E31",
        "Return accepted, restocked",
        "company",
        _pairs("RETURN_QC", "ON_HAND"),
        "INV / RETURN_ASSET or COGS at lower of original cost and NRV; loss NRV_LOSS",
    ),
    Event(
        "E32",
        "Return scrapped",
        "outside",
        _pairs("RETURN_QC", "EXT_SCRAPPED"),
        "WRITE_OFF / RETURN_ASSET or INV",
    ),
    Event("E33", "Hold or release", "company", _both_ways("ON_HAND", "QUARANTINE"), "none"),
    Event("E34", "Damage recorded", "company", _pairs("ON_HAND", "DAMAGED"), "none until review"),
    Event("E35", "Write-down to net realisable value", "", (), "NRV_LOSS / INV or NRV_RESERVE"),
    Event(
        "E36",
        "Written off or scrapped",
        "outside",
        _pairs(ANY_INTERNAL, "EXT_SCRAPPED"),
        "WRITE_OFF / INV",
    ),
    Event(
        "E37",
        "Count adjustment",
        "company",
        _both_ways("ON_HAND", "EXT_ADJUST"),
        "INV / INV_ADJ or reverse",
    ),
)

TRANSFERS = (
    Event(
        "E38",
        "Transfer shipped",
        "company",
        _pairs("ON_HAND PACKED", "XFER_TRANSIT"),
        "INV_TRANSIT / INV at sender",
    ),
    Event(
        "E39",
        "Transfer received",
        "company",
        _pairs("XFER_TRANSIT", "RECEIVED ON_HAND"),
        "INV at receiver / INV_TRANSIT",
    ),
    Event(
        "E40",
        "Transfer short or lost",
        "outside",
        _pairs("XFER_TRANSIT", "EXT_ADJUST"),
        "INV_ADJ / INV_TRANSIT",
    ),
    Event("E41", "Transfer cost", "", (), "INV at receiver or XFER_EXPENSE / FREIGHT_ACCR"),
    Event(
        "E42",
        "Transfer between companies with markup",
        "other company",
        # Two sets of books: what leaves the seller's is what enters the buyer's, on its way.
        _pairs("ON_HAND PACKED", "XFER_TRANSIT")
        + _pairs("XFER_TRANSIT", "RECEIVED ON_HAND")
        + (("PACKED", "EXT_CUSTOMER"), ("EXT_SUPPLIER", "XFER_TRANSIT")),
        "seller IC_DUE_FROM / IC_REVENUE, IC_COGS / INV; buyer INV_TRANSIT / IC_DUE_TO",
    ),
    Event(
        "E43",
        "Consignment shipped out",
        "company",
        _pairs("PACKED", "CONSIGN_OUT"),
        "INV_CONSIGN / INV",
    ),
    Event(
        "E44",
        "Consignment consumed",
        "customer",
        _pairs("CONSIGN_OUT", "EXT_CUSTOMER"),
        "COGS / INV_CONSIGN; UNBILLED_AR / REVENUE",
    ),
    Event(
        "E45",
        "Consignment taken back",
        "company",
        _pairs("CONSIGN_OUT", "RECEIVED"),
        "INV / INV_CONSIGN",
    ),
    Event(
        "E46",
        "Supplier consignment received, then taken over",
        "company",
        _pairs("EXT_SUPPLIER", "CONSIGN_IN") + _pairs("CONSIGN_IN", "RESERVED"),
        "none; taken over: INV / GRIR at contract price",
    ),
    Event(
        "E47",
        "Drop-ship sent",
        "customer",
        _pairs("EXT_SUPPLIER", "DROPSHIP_TRANSIT") + _pairs("DROPSHIP_TRANSIT", "EXT_CUSTOMER"),
        "COGS / GRIR at p; UNBILLED_AR / REVENUE",
    ),
)

MAKING_AND_OTHER = (
    Event(
        "E48",
        "Kit assembled",
        "company",
        _both_ways("ON_HAND", "EXT_CONSUMED"),
        "INV of the kit / INV of components and ABSORBED",
    ),
    Event(
        "E49",
        "Kit taken apart",
        "company",
        _both_ways("ON_HAND", "EXT_CONSUMED"),
        "INV of components / INV of the kit, rest MFG_VAR",
    ),
    Event("E50", "Issued to production", "company", _pairs("ON_HAND", "WIP"), "WIP / INV"),
    Event("E51", "Labour and overhead", "", (), "WIP / ABSORBED"),
    Event("E52", "Production completed", "company", _pairs("WIP", "ON_HAND"), "INV / WIP"),
    Event(
        "E53",
        "Production scrap or close variance",
        "outside",
        _pairs("WIP", "EXT_SCRAPPED"),
        "MFG_VAR / WIP",
    ),
    Event(
        "E54",
        "Sample or free of charge",
        "customer",
        _pairs("PACKED", "EXT_CUSTOMER"),
        "MARKETING_EXP or COGS / INV",
    ),
    Event("E55", "Internal use", "outside", _pairs("ON_HAND", "EXT_CONSUMED"), "EXPENSE / INV"),
    Event("E56", "Change of standard cost", "", (), "INV / REVAL"),
    Event(
        "E57",
        "Relabel, repack or lot change",
        "company",
        _pairs("ON_HAND", "ON_HAND") + _both_ways("ON_HAND", "EXT_CONSUMED"),
        "INV / INV; unit rounding to INV_ADJ",
    ),
    Event("E58", "Cancel or reversal", "", (), "mirror of the original"),
    Event(
        "E59",
        "Cash received or applied",
        "",
        (),
        "CASH / AR; unapplied UNAPPLIED_CASH; deduction DEDUCTION_CLEARING",
    ),
)

EVENTS = {
    event.code: event
    for event in INBOUND + OUTBOUND + RETURNS_AND_CARE + TRANSFERS + MAKING_AND_OTHER
}
EVENT_CODES = tuple(EVENTS)
