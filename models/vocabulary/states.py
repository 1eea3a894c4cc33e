"""Stock states: where a quantity can be, and what sales, warehouse and finance count of it.

`valued_when` says when finance counts it: "always", "owned" (title is ours on the date), "never".
`account_role` is where its value then sits; `interim_account_role` where a site keeps goods apart
until they are accepted. States of the outside world close the double entry; nobody counts them.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StockState:
    code: str
    owner: str
    is_internal: bool
    is_physical: bool
    is_pickable: bool
    is_sellable_now: bool
    is_projected: bool
    valued_when: str
    account_role: str
    interim_account_role: str
    meaning: str

    @property
    def is_valued(self) -> bool:
        return self.valued_when != "never"

    @property
    def is_pooled(self) -> bool:
        """True while goods of ours lie in a pool of costs: cost leaves it at ship (ruling C7), and
        goods being made carry the cost of their job."""
        return self.is_valued and self.code not in OUT_OF_POOL


OUT_OF_POOL = frozenset({"IN_TRANSIT_OUT", "RETURN_TRANSIT", "DROPSHIP_TRANSIT", "WIP"})


def _inside(
    code: str,
    meaning: str,
    *,
    role: str,
    interim: str = "",
    pickable: bool = False,
    sellable: bool = False,
    projected: bool = False,
    owner: str = "company",
    valued: str = "always",
) -> StockState:
    """A state in our building."""
    return StockState(
        code, owner, True, True, pickable, sellable, projected, valued, role, interim, meaning
    )


def _elsewhere(
    code: str,
    meaning: str,
    *,
    role: str = "",
    projected: bool = False,
    owner: str = "company",
    valued: str = "owned",
) -> StockState:
    """A state that counts in our books or promises while the goods are not in our building."""
    return StockState(code, owner, True, False, False, False, projected, valued, role, "", meaning)


def _outside(code: str, owner: str, meaning: str) -> StockState:
    return StockState(code, owner, False, False, False, False, False, "never", "", "", meaning)


_STATES = (
    _elsewhere("ON_ORDER", "Ordered, not sent.", projected=True, owner="supplier", valued="never"),
    _elsewhere(
        "IN_TRANSIT_IN",
        "Sent by the supplier.",
        role="INV_TRANSIT",
        projected=True,
        owner="supplier",
    ),
    _inside(
        "RECEIVED", "On the dock, not put away.", role="INV", interim="INV_INTERIM", projected=True
    ),
    _inside(
        "QC_HOLD", "Waiting for inspection.", role="INV", interim="INV_INTERIM", projected=True
    ),
    _inside("ON_HAND", "Put away and available.", role="INV", pickable=True, sellable=True),
    _inside("RESERVED", "Held for an order.", role="INV", pickable=True),
    _inside("PICKED", "Picked for an order.", role="INV"),
    _inside("PACKED", "Packed or staged for shipment.", role="INV"),
    _elsewhere("IN_TRANSIT_OUT", "Shipped, control passes at delivery.", role="INV_TRANSIT"),
    _inside(
        "BILL_HOLD", "Sold, still here, kept apart.", role="", owner="customer", valued="never"
    ),
    _elsewhere(
        "RETURN_TRANSIT", "On its way back from a customer.", role="RETURN_ASSET", valued="always"
    ),
    _inside("RETURN_QC", "Came back, not accepted yet.", role="RETURN_ASSET"),
    _inside("QUARANTINE", "Under investigation.", role="INV"),
    _inside("DAMAGED", "Damaged, not written down yet.", role="INV"),
    _inside("RTV_STAGED", "Rejected, waiting to go back to the vendor.", role="INV"),
    _elsewhere(
        "XFER_TRANSIT",
        "Between two of our locations.",
        role="INV_TRANSIT",
        projected=True,
        valued="always",
    ),
    _elsewhere("CONSIGN_OUT", "Ours, at the customer.", role="INV_CONSIGN", valued="always"),
    _inside(
        "CONSIGN_IN",
        "The supplier's, with us.",
        role="",
        pickable=True,
        sellable=True,
        owner="supplier",
        valued="never",
    ),
    _elsewhere(
        "DROPSHIP_TRANSIT",
        "From supplier straight to customer.",
        role="INV_TRANSIT",
        owner="supplier",
    ),
    _inside("WIP", "Being made.", role="WIP", projected=True),
    _outside("EXT_SUPPLIER", "supplier", "With the supplier."),
    _outside("EXT_CUSTOMER", "customer", "Delivered to the customer."),
    _outside("EXT_CONSUMED", "outside", "Used up."),
    _outside("EXT_SCRAPPED", "outside", "Scrapped."),
    _outside("EXT_ADJUST", "outside", "Other side of counts, losses and opening balances."),
)

STATES = {state.code: state for state in _STATES}
INTERNAL_STATES = tuple(state.code for state in _STATES if state.is_internal)

# The status a source gives -> state. Goods in transit without a transfer are on their way out or in,
# consigned goods of a supplier are CONSIGN_IN: the document and the owner decide there.
STATUS_STATES = {
    "available": "ON_HAND",
    "received": "RECEIVED",
    "qc_hold": "QC_HOLD",
    "reserved": "RESERVED",
    "picked": "PICKED",
    "packed": "PACKED",
    "return_hold": "RETURN_QC",
    "quarantine": "QUARANTINE",
    "damaged": "DAMAGED",
    "rtv": "RTV_STAGED",
    "bill_hold": "BILL_HOLD",
    "consigned": "CONSIGN_OUT",
    "in_transit": "XFER_TRANSIT",
}
