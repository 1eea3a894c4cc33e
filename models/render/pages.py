"""Contracts and vocabulary -> pages for people: one per table, and the glossary."""

from models.contracts import COMPUTED, CONTRACTS, HANDBACK, INGEST, KEPT, WORKLOG
from models.contracts.fields import Field
from models.contracts.kernel import Contract
from models.render.text import joined, markdown_table, rendered_from
from models.vocabulary.account_roles import ACCOUNT_ROLES
from models.vocabulary.costing_methods import COSTING_METHODS
from models.vocabulary.events import EVENTS
from models.vocabulary.exceptions import EXCEPTIONS, LEAKAGE_CATEGORIES
from models.vocabulary.states import STATES
from models.vocabulary.words import WORDS

TABLES = "docs/tables"


def page_files() -> dict[str, str]:
    files = {f"{TABLES}/{name}.md": _table_page(c) for name, c in CONTRACTS.items()}
    for group in (INGEST, COMPUTED, WORKLOG, KEPT, HANDBACK):
        files |= {f"{TABLES}/{c.group()}_{name}.md": _table_page(c) for name, c in group.items()}
    return files | {"docs/glossary.md": _glossary()}


def _comment(source: str) -> str:
    return f"<!-- {rendered_from(source)} -->"


def _table_page(contract: type[Contract]) -> str:
    head = ("Column", "Type", "Needed", "Meaning")
    rows = [(f"`{f.name}`", f.type, _need(f), _meaning(f)) for f in contract.fields()]
    lines = [
        _comment(f"contracts/{contract.group()}.py"),
        f"# {contract.table()}",
        "",
        contract.one_row_per(),
        "",
        *_facts(contract),
        "",
        *markdown_table(head, rows),
    ]
    across = [rule.sentence for rule in contract.rules() if rule.column is None]
    if across:
        lines += ["", "A row is refused unless:", "", *(f"- {sentence}" for sentence in across)]
    return joined(lines)


def _facts(contract: type[Contract]) -> list[str]:
    facts = [f"- Key: {_names(contract.key())}"]
    header = contract.header()
    if header:
        table, columns = header
        facts.append(f"- Header: `{table}` by {_names(columns)}; lines wait for it")
    headless = contract.headless()
    if headless:
        column, values = headless
        facts.append(f"- Lines whose `{column}` is {_names(values)} wait for no header")
    totals = [name for name in (contract.control_qty(), contract.control_amount()) if name]
    if totals:
        facts.append(f"- Control totals sum {_names(totals)}")
    if contract.event_time():
        facts.append(f"- Happened at `{contract.event_time()}`")
    return facts


def _names(names: tuple[str, ...] | list[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _need(field: Field) -> str:
    if field.is_key:
        return "key" if field.required else "key, may be empty"
    return "yes" if field.required else ""


def _meaning(field: Field) -> str:
    values = f": {_names(field.values)}" if field.values else ""
    return f"{field.meaning}{values}"


def _yes(value: bool) -> str:
    return "yes" if value else ""


def _glossary() -> str:
    lines = [_comment("vocabulary/"), "# Glossary", ""]
    lines += ["## Words", "", *(f"- **{word}**: {meaning}" for word, meaning in WORDS)]
    lines += ["", "## Stock states", "", *_states()]
    lines += ["", "## Events", "", *_events()]
    lines += ["", "## Exception codes", "", *_exceptions()]
    lines += ["", "## Leakage categories", ""]
    lines += markdown_table(
        ("Category", "Name", "Meaning"),
        [(c.code, c.name, c.meaning) for c in LEAKAGE_CATEGORIES.values()],
    )
    lines += ["", "## Account roles", ""]
    lines += markdown_table(
        ("Role", "Meaning"), [(r.code, r.meaning) for r in ACCOUNT_ROLES.values()]
    )
    lines += ["", "## Costing methods", ""]
    lines += markdown_table(
        ("Method", "Meaning"), [(m.code, m.meaning) for m in COSTING_METHODS.values()]
    )
    return joined(lines)


def _states() -> list[str]:
    head = ("State", "Here", "Pickable", "Sellable now", "Valued", "Role", "Meaning")
    rows = [
        (
            state.code,
            _yes(state.is_physical),
            _yes(state.is_pickable),
            _yes(state.is_sellable_now),
            state.valued_when,
            state.account_role,
            state.meaning,
        )
        for state in STATES.values()
    ]
    return markdown_table(head, rows)


def _events() -> list[str]:
    rows = [
        (event.code, event.name, _transitions(event.transitions), event.journal)
        for event in EVENTS.values()
    ]
    return markdown_table(("Event", "What happened", "From -> to", "Journal (Dr / Cr)"), rows)


def _transitions(pairs: tuple[tuple[str, str], ...]) -> str:
    if len(pairs) > 6:
        return "any internal state"
    return "; ".join(f"{source} -> {target}" for source, target in pairs)


def _exceptions() -> list[str]:
    head = ("Code", "Category", "Owner", "Hours", "Meaning")
    rows = [
        (e.code, e.leakage_category, e.owner_role, e.sla_hours, e.meaning)
        for e in EXCEPTIONS.values()
    ]
    return markdown_table(head, rows)
