"""The events of the stock ledger as the story uses them: from where to where, and how it is sent.

Codes and states are those of models.vocabulary; `kind` is the movement type a full warehouse
system sends for the event. Events without a kind are known from documents only.
"""

from __future__ import annotations

from dataclasses import dataclass

OUTSIDE = ("EXT_SUPPLIER", "EXT_CUSTOMER", "EXT_CONSUMED", "EXT_SCRAPPED", "EXT_ADJUST")


@dataclass(frozen=True, slots=True)
class Form:
    """The usual states of an event; a move may name others where the event allows it."""

    from_state: str
    to_state: str
    kind: str = ""


FORMS: dict[str, Form] = {
    "E00": Form("EXT_ADJUST", "ON_HAND", "opening"),
    "E01": Form("EXT_SUPPLIER", "ON_ORDER"),
    "E02": Form("ON_ORDER", "IN_TRANSIT_IN"),
    "E03": Form("ON_ORDER", "IN_TRANSIT_IN"),
    "E04": Form("IN_TRANSIT_IN", "RECEIVED", "receipt"),
    "E05": Form("ON_ORDER", "RECEIVED", "receipt"),
    "E06": Form("RECEIVED", "QC_HOLD", "hold"),
    "E07": Form("RECEIVED", "ON_HAND", "putaway"),
    "E08": Form("QC_HOLD", "RTV_STAGED", "rtv"),
    "E09": Form("RTV_STAGED", "EXT_SUPPLIER", "ship"),
    "E14": Form("ON_HAND", "RESERVED", "reserve"),
    "E15": Form("RESERVED", "ON_HAND", "unreserve"),
    "E16": Form("RESERVED", "PICKED", "pick"),
    "E17": Form("PICKED", "PACKED", "pack"),
    "E18": Form("RESERVED", "QUARANTINE", "hold"),
    "E19": Form("PACKED", "EXT_CUSTOMER", "ship"),
    "E20": Form("PACKED", "IN_TRANSIT_OUT", "ship"),
    "E21": Form("IN_TRANSIT_OUT", "EXT_CUSTOMER"),
    "E25": Form("ON_HAND", "BILL_HOLD", "owner_change"),
    "E26": Form("BILL_HOLD", "EXT_CUSTOMER", "ship"),
    "E27": Form("IN_TRANSIT_OUT", "EXT_ADJUST"),
    "E29": Form("EXT_CUSTOMER", "RETURN_QC", "return_receipt"),
    "E31": Form("RETURN_QC", "ON_HAND", "return_receipt"),
    "E32": Form("RETURN_QC", "EXT_SCRAPPED", "scrap"),
    "E33": Form("ON_HAND", "QUARANTINE", "hold"),
    "E34": Form("ON_HAND", "DAMAGED", "damage"),
    "E36": Form("DAMAGED", "EXT_SCRAPPED", "scrap"),
    "E37": Form("EXT_ADJUST", "ON_HAND", "count_adjust"),
    "E38": Form("ON_HAND", "XFER_TRANSIT", "transfer_out"),
    "E39": Form("XFER_TRANSIT", "ON_HAND", "transfer_in"),
    "E40": Form("XFER_TRANSIT", "EXT_ADJUST"),
    "E42": Form("PACKED", "EXT_CUSTOMER", "transfer_out"),
    "E43": Form("PACKED", "CONSIGN_OUT", "ship"),
    "E44": Form("CONSIGN_OUT", "EXT_CUSTOMER", "consign_consume"),
    "E45": Form("CONSIGN_OUT", "RECEIVED", "consign_in"),
    "E46": Form("EXT_SUPPLIER", "CONSIGN_IN", "receipt"),
    "E47": Form("DROPSHIP_TRANSIT", "EXT_CUSTOMER"),
    "E48": Form("ON_HAND", "EXT_CONSUMED", "kit_in"),
    "E49": Form("EXT_CONSUMED", "ON_HAND", "kit_out"),
    "E50": Form("ON_HAND", "WIP", "wip_issue"),
    "E52": Form("WIP", "ON_HAND", "wip_complete"),
    "E53": Form("WIP", "EXT_SCRAPPED", "scrap"),
    "E54": Form("PACKED", "EXT_CUSTOMER", "ship"),
    "E55": Form("ON_HAND", "EXT_CONSUMED", "adjust"),
    "E57": Form("ON_HAND", "EXT_CONSUMED", "relabel"),
    "E58": Form("", ""),
}

STATUS_OF_STATE = {
    "ON_HAND": "available",
    "RECEIVED": "received",
    "QC_HOLD": "qc_hold",
    "RESERVED": "reserved",
    "PICKED": "picked",
    "PACKED": "packed",
    "RETURN_QC": "return_hold",
    "QUARANTINE": "quarantine",
    "DAMAGED": "damaged",
    "RTV_STAGED": "rtv",
    "BILL_HOLD": "bill_hold",
    "CONSIGN_OUT": "consigned",
    "CONSIGN_IN": "consigned",
    "XFER_TRANSIT": "in_transit",
    "IN_TRANSIT_OUT": "in_transit",
    "IN_TRANSIT_IN": "in_transit",
}

# What a warehouse system sees and reports in its snapshots (ruling B6 leaves the rest out).
SEEN_BY_WAREHOUSE = (
    "ON_HAND", "RECEIVED", "QC_HOLD", "RESERVED", "PICKED", "PACKED", "RETURN_QC", "QUARANTINE",
    "DAMAGED", "RTV_STAGED", "BILL_HOLD", "CONSIGN_IN",
)  # fmt: skip
