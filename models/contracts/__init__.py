"""The contract: 59 tables that any source delivers into, by name and by group."""

from types import ModuleType

from models.contracts import (
    billing,
    computed,
    control,
    cost_input,
    costing,
    demand,
    gl,
    handback,
    ingest,
    kept,
    master,
    planning,
    policy,
    purchasing,
    scoring,
    wms,
    worklog,
)
from models.contracts.kernel import Contract

_MODULES: tuple[ModuleType, ...] = (
    wms,
    billing,
    purchasing,
    gl,
    master,
    demand,
    control,
    policy,
)


def contracts_in(module: ModuleType) -> dict[str, type[Contract]]:
    """Contracts that a module declares, in its order."""
    return {
        member.table(): member
        for member in vars(module).values()
        if isinstance(member, type)
        and issubclass(member, Contract)
        and member.__module__ == module.__name__
        and member.is_table()
    }


CONTRACT_GROUPS: dict[str, dict[str, type[Contract]]] = {
    module.__name__.rsplit(".", 1)[-1]: contracts_in(module) for module in _MODULES
}

CONTRACTS: dict[str, type[Contract]] = {
    table: contract for group in CONTRACT_GROUPS.values() for table, contract in group.items()
}

# Beside the extracts, under the same kernel: what ingestion says of itself, what engines compute,
# what people and runs noted, what runs advised, and what is handed to other systems.
INGEST = contracts_in(ingest)
COMPUTED = (
    contracts_in(computed) | contracts_in(costing) | contracts_in(planning) | contracts_in(scoring)
)
COST_INPUT = contracts_in(cost_input)
WORKLOG = contracts_in(worklog)
KEPT = contracts_in(kept)
HANDBACK = contracts_in(handback)
