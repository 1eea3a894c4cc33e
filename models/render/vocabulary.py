"""What each vocabulary seed holds, in columns and rows.

An empty cell is null in the warehouse; the descriptions say what null means. The shipped rows of
`policy_exception` come from here as well, because owner and limit of a code live with its meaning.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from models.contracts.fields import FieldType
from models.contracts.policy import PolicyException
from models.render.staging import described
from models.render.text import Rows
from models.vocabulary.account_roles import ACCOUNT_ROLES
from models.vocabulary.costing_methods import COSTING_METHODS
from models.vocabulary.currencies import CURRENCIES
from models.vocabulary.events import EVENTS
from models.vocabulary.exceptions import EXCEPTIONS, LEAKAGE_CATEGORIES
from models.vocabulary.movement_types import IMPLIED_STEPS, MOVEMENT_RULES
from models.vocabulary.states import STATES, STATUS_STATES

VOCABULARY = "dbt_project/seeds/vocabulary"
POLICIES = "dbt_project/seeds/policies"

SPECIAL_DOCUMENTS = (
    "po_owned where title passed before receipt, sale_at_delivery where control passes at delivery,"
    " lost or refused where delivery failed"
)

Column = tuple[str, FieldType, str]
TEXT, CODE, INT, BOOL = FieldType.TEXT, FieldType.CODE, FieldType.INT, FieldType.BOOL


@dataclass(frozen=True, slots=True)
class Seed:
    name: str
    source: str
    grain: str
    columns: tuple[Column, ...]
    rows: Callable[[], Rows]
    folder: str = VOCABULARY


def _attributes(records: Sequence[object], names: Sequence[str]) -> Callable[[], Rows]:
    return lambda: [[getattr(record, name) for name in names] for record in records]


def _event_transitions() -> Rows:
    return [
        [event.code, source, target]
        for event in EVENTS.values()
        for source, target in event.transitions
    ]


STATE_SEED = Seed(
    "stock_state",
    "vocabulary/states.py",
    "One row per stock state: what sales, warehouse and finance count of it.",
    (
        ("stock_state", CODE, "state"),
        ("owner", CODE, "whose the goods are there by default"),
        ("is_internal", BOOL, "false for the outside world"),
        ("is_physical", BOOL, "in our building"),
        ("is_pickable", BOOL, "may be picked"),
        ("is_sellable_now", BOOL, "counts as available now"),
        ("is_projected", BOOL, "counts as available from a later date"),
        ("is_valued", BOOL, "can be on our balance sheet"),
        ("is_pooled", BOOL, "goods of ours there lie in a pool of costs"),
        ("valued_when", CODE, "always, owned (title is ours on the date) or never"),
        ("account_role", CODE, "where its value sits; null = nowhere"),
        ("interim_account_role", CODE, "where it sits until accepted; null = no difference"),
        ("meaning", TEXT, "what the state is"),
    ),
    _attributes(
        tuple(STATES.values()),
        (
            "code",
            "owner",
            "is_internal",
            "is_physical",
            "is_pickable",
            "is_sellable_now",
            "is_projected",
            "is_valued",
            "is_pooled",
            "valued_when",
            "account_role",
            "interim_account_role",
            "meaning",
        ),
    ),
)

MOVEMENT_SEED = Seed(
    "movement_event",
    "vocabulary/movement_types.py",
    "One row per movement type, document type and pair of states, with the event that it is.",
    (
        ("movement_type", CODE, "as in wms_stock_movement"),
        (
            "document_type",
            CODE,
            f"receipt or shipment type, {SPECIAL_DOCUMENTS}; null = any",
        ),
        ("from_state", CODE, "state the quantity left"),
        ("to_state", CODE, "state it entered"),
        ("event_code", CODE, "event"),
        ("side_in", BOOL, "holds for a row that only says what came in to its to_state"),
        ("side_out", BOOL, "holds for a row that only says what went out of its from_state"),
    ),
    _attributes(
        MOVEMENT_RULES,
        (
            "movement_type",
            "document_type",
            "from_state",
            "to_state",
            "event_code",
            "side_in",
            "side_out",
        ),
    ),
)

STEP_SEED = Seed(
    "implied_step",
    "vocabulary/movement_types.py",
    "One row per step that a source leaves out before a shipment or after a receipt.",
    (
        ("direction", CODE, "out: shipped from own_state; in: received into own_state"),
        ("own_state", CODE, "state the source gives"),
        ("step", INT, "order of the steps"),
        ("event_code", CODE, "implied event"),
        ("from_state", CODE, "state the quantity left"),
        ("to_state", CODE, "state it entered"),
    ),
    _attributes(
        IMPLIED_STEPS, ("direction", "own_state", "step", "event_code", "from_state", "to_state")
    ),
)

EVENT_SEED = Seed(
    "event",
    "vocabulary/events.py",
    "One row per event of goods or of their documents.",
    (
        ("event_code", CODE, "E00..E59"),
        ("event_name", TEXT, "what happened"),
        ("owner_after", CODE, "whose the goods are afterwards; null = unchanged"),
        ("is_goods_event", BOOL, "moves a quantity between states"),
        ("journal", TEXT, "implied journal, Dr / Cr roles"),
    ),
    lambda: [
        [event.code, event.name, event.owner_after, bool(event.transitions), event.journal]
        for event in EVENTS.values()
    ],
)

PAIR_COLUMNS = (
    ("event_code", CODE, "event"),
    ("from_state", CODE, "state the quantity leaves"),
    ("to_state", CODE, "state it enters"),
)

EXCEPTION_SEED = Seed(
    "exception_code",
    "vocabulary/exceptions.py",
    "One row per exception code.",
    (
        ("code", CODE, "exception code"),
        ("leakage_category", CODE, "leakage category; null = no leakage"),
        ("owner_role", TEXT, "whose it is unless policy says otherwise"),
        ("sla_hours", INT, "business hours unless policy says otherwise"),
        ("meaning", TEXT, "what is wrong"),
    ),
    _attributes(
        tuple(EXCEPTIONS.values()),
        ("code", "leakage_category", "owner_role", "sla_hours", "meaning"),
    ),
)


def _meanings(name: str, source: str, grain: str, key: str, records: Sequence[object]) -> Seed:
    columns = ((key, CODE, key.replace("_", " ")), ("meaning", TEXT, "what it means"))
    return Seed(
        name, f"vocabulary/{source}", grain, columns, _attributes(records, ("code", "meaning"))
    )


def _policy_columns() -> tuple[Column, ...]:
    fields = [
        f for f in PolicyException.fields() if f.name not in ("source_updated_at", "is_deleted")
    ]
    ordered = sorted(fields, key=lambda field: field.name not in ("source_system", "company_id"))
    return tuple(
        (field.name, field.type, "exception code" if field.name == "code" else described(field))
        for field in ordered
    )


def _policy_exceptions() -> Rows:
    """Shipped defaults: every code on, in force since ever, approved with the product."""
    given = {
        "source_system": "tieout",
        "company_id": "*",
        "enabled": True,
        "valid_from": "1900-01-01",
        "approved_by": "tieout",
        "approved_at": "2026-01-01 00:00:00+00",
        "note": "Shipped owner and time limit",
    }
    names = [name for name, _, _ in _policy_columns()]
    for exception in EXCEPTIONS.values():
        row = given | {
            "code": exception.code,
            "owner_role": exception.owner_role,
            "sla_hours": exception.sla_hours,
        }
        yield [row.get(name, "") for name in names]


SEEDS = (
    STATE_SEED,
    Seed(
        "stock_status",
        "vocabulary/states.py",
        "One row per stock status of a source, with the state it stands for.",
        (
            ("stock_status", CODE, "as in wms_stock_movement"),
            ("stock_state", CODE, "state; document and owner decide for in_transit and consigned"),
        ),
        lambda: list(STATUS_STATES.items()),
    ),
    EVENT_SEED,
    Seed(
        "event_transition",
        "vocabulary/events.py",
        "One row per pair of states that an event may join.",
        PAIR_COLUMNS,
        _event_transitions,
    ),
    MOVEMENT_SEED,
    STEP_SEED,
    EXCEPTION_SEED,
    Seed(
        "leakage_category",
        "vocabulary/exceptions.py",
        "One row per leakage category.",
        (
            ("leakage_category", CODE, "L1..L12"),
            ("category_name", TEXT, "name"),
            ("meaning", TEXT, "what leaks"),
        ),
        _attributes(tuple(LEAKAGE_CATEGORIES.values()), ("code", "name", "meaning")),
    ),
    Seed(
        "account_role",
        "vocabulary/account_roles.py",
        "One row per account role.",
        (
            ("account_role", CODE, "the code"),
            ("meaning", TEXT, "what it means"),
            ("is_clearing", BOOL, "stands at zero when a period is closed"),
        ),
        _attributes(tuple(ACCOUNT_ROLES.values()), ("code", "meaning", "is_clearing")),
    ),
    _meanings(
        "costing_method",
        "costing_methods.py",
        "One row per costing method.",
        "costing_method",
        tuple(COSTING_METHODS.values()),
    ),
    Seed(
        "currency",
        "vocabulary/currencies.py",
        "One row per currency whose smallest unit is no hundredth (ISO 4217).",
        (
            ("currency", TEXT, "ISO 4217"),
            ("decimals", INT, "decimals of the smallest unit"),
            ("meaning", TEXT, "its name"),
        ),
        _attributes(tuple(CURRENCIES.values()), ("code", "decimals", "meaning")),
    ),
    Seed(
        "policy_exception",
        "vocabulary/exceptions.py",
        "One row per exception code: shipped owner and time limit. A site's own rows win.",
        _policy_columns(),
        _policy_exceptions,
        folder=POLICIES,
    ),
)
