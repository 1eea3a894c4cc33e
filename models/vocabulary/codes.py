"""Closed lists that more than one contract or rule uses; each list lives here once."""

MOVEMENT_TYPES = (
    "opening",
    "receipt",
    "putaway",
    "move",
    "reserve",
    "unreserve",
    "pick",
    "pack",
    "ship",
    "unship",
    "deliver",
    "transfer_out",
    "transfer_in",
    "adjust",
    "count_adjust",
    "hold",
    "release",
    "damage",
    "scrap",
    "return_receipt",
    "rtv",
    "kit_in",
    "kit_out",
    "wip_issue",
    "wip_complete",
    "consign_out",
    "consign_in",
    "consign_consume",
    "relabel",
    "owner_change",
    "cost_only",
    "sync",
)
STOCK_STATUSES = (
    "available",
    "received",
    "qc_hold",
    "reserved",
    "picked",
    "packed",
    "in_transit",
    "return_hold",
    "quarantine",
    "damaged",
    "rtv",
    "bill_hold",
    "consigned",
)
INBOUND_TYPES = ("po", "transfer", "return", "production", "consignment_in")
FOB_POINTS = (
    "origin",
    "destination",
    "EXW",
    "FCA",
    "FAS",
    "FOB",
    "CFR",
    "CIF",
    "CPT",
    "CIP",
    "DAP",
    "DPU",
    "DDP",
)
SHIPMENT_TYPES = (
    "sale",
    "transfer",
    "rtv",
    "sample",
    "consignment",
    "warranty",
    "dropship",
    "billhold_release",
)
FREIGHT_TERMS = ("prepaid", "prepaid_add", "collect", "third_party", "included")
ORDER_TYPES = (
    "standard",
    "recurring",
    "consignment",
    "dropship",
    "bill_hold",
    "return",
    "sample",
    "intercompany",
    "service",
)
INVOICE_POLICIES = ("per_shipment", "daily", "weekly", "monthly", "per_order")
PAYMENT_STATUSES = ("pending", "cleared", "voided", "bounced")
PARTY_ROLES = ("customer", "supplier", "carrier", "intercompany", "employee")
ABC_CLASSES = ("A", "B", "C")
CHARGE_TYPES = ("freight", "hazmat", "handling", "pallet", "rush", "min_order")
SEVERITIES = ("low", "medium", "high", "critical")
EXCEPTION_STATUSES = ("open", "assigned", "waiting", "resolved", "reopened")
# What is written down about an exception: the first four by a run, the others by a person.
EXCEPTION_ACTIONS = (
    "detected",
    "changed",
    "gone",
    "reopened",
    "assigned",
    "commented",
    "status",
    "resolved",
)
# How a problem ended. `fixed` is a promise that later data has to keep; the next three say that
# nobody will correct it; `no_longer_found` is a run's own word.
EXCEPTION_RESOLUTIONS = ("fixed", "written_off", "accepted", "not_a_problem", "no_longer_found")
ESCALATIONS = ("none", "owner", "lead", "council")
SERVICE_KINDS = ("fill_rate", "cycle_service", "cost")
DISPUTE_REASONS = (
    "price",
    "quantity",
    "damage",
    "not_delivered",
    "duplicate",
    "tax",
    "terms",
    "quality",
    "other",
)
# Where scores help people to look: what is scored, and what a line is flagged for before it is due.
SCORE_TASKS = ("exception_priority", "dispute_category", "delay_risk")
WATCH_FLAGS = ("delay_risk", "price_unusual", "charges_unusual")
UNCLASSIFIED = "unclassified"

COST_EVENT_KINDS = (
    "opening",
    "receipt",
    "arrival",
    "receipt_reversal",
    "work_receipt",
    "return_in",
    "landed_cost",
    "invoice_variance",
    "count_in",
    "transfer_in",
    "transfer_out",
    "issue",
    "work_issue",
    "return_out",
    "scrap",
    "count_out",
    "revaluation",
    "nrv",
)
COST_ENTRY_KINDS = (
    "receipt",
    "issue",
    "return_in",
    "return_out",
    "transfer_in",
    "transfer_out",
    "landed_cost",
    "invoice_variance",
    "true_up",
    "revaluation",
    "count_in",
    "count_out",
    "rounding",
)
COST_FLAGS = (
    "RETURN_UNLINKED",
    "SPECIFIC_ID_MISSING",
    "BACKDATED_CLOSED",
    "NEGATIVE_REFUSED",
    "COST_UNLINKED",
)

# Which rule put a payment and an invoice together, and what became of a payment.
CASH_RULES = ("R1", "R2", "R3", "R4")
CASH_OUTCOMES = (
    "matched",
    "partly matched",
    "not unique",
    "no match",
    "search limit reached",
    "payer unknown",
)
