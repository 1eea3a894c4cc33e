"""Closed lists with meanings, by code."""

from models.vocabulary.account_roles import ACCOUNT_ROLES
from models.vocabulary.costing_methods import COSTING_METHODS
from models.vocabulary.currencies import CURRENCIES
from models.vocabulary.events import EVENTS
from models.vocabulary.exceptions import EXCEPTIONS, LEAKAGE_CATEGORIES
from models.vocabulary.movement_types import IMPLIED_STEPS, MOVEMENT_RULES
from models.vocabulary.states import STATES, STATUS_STATES

__all__ = [
    "ACCOUNT_ROLES",
    "COSTING_METHODS",
    "CURRENCIES",
    "EVENTS",
    "EXCEPTIONS",
    "IMPLIED_STEPS",
    "LEAKAGE_CATEGORIES",
    "MOVEMENT_RULES",
    "STATES",
    "STATUS_STATES",
]
