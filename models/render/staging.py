"""Contracts -> dbt sources and staging tables.

Staging gives the latest version of each key, column by column, and adds nothing; what ingestion and
the engines say has no versions and passes through. Sources carry no data tests: a row that broke
its contract never reached the lake.
"""

from collections.abc import Iterable, Mapping

from models.contracts import COMPUTED, CONTRACT_GROUPS, CONTRACTS, INGEST, KEPT, WORKLOG
from models.contracts.fields import SQL_TYPES, Field, FieldType
from models.contracts.kernel import Contract
from models.render.text import joined, rendered_from, yaml_text

STAGING = "dbt_project/models/staging"

Contracts = Mapping[str, type[Contract]]

LAKE_COLUMNS = (
    Field("_batch_id", FieldType.TEXT, True, False, (), "batch that brought this version"),
    Field("_delivered_at", FieldType.TS, True, False, (), "when the batch was taken in"),
    Field("_batch_seq", FieldType.INT, True, False, (), "order of batches"),
    Field("_source_file", FieldType.TEXT, True, False, (), "file as delivered"),
    Field("_row_number", FieldType.INT, True, False, (), "row in the file, the first is 1"),
    Field("_row_hash", FieldType.TEXT, True, False, (), "hash of the row's content"),
)
KEPT_LAKE_COLUMNS = tuple(
    field for field in LAKE_COLUMNS if field.name not in ("_batch_seq", "_row_hash")
)

SOURCES = (
    ("raw", "All accepted versions of what source systems delivered.", CONTRACTS, LAKE_COLUMNS),
    ("ingest", "What ingestion says of itself.", INGEST, ()),
    ("computed", "What engines computed, held to a contract.", COMPUTED, ()),
    ("worklog", "What people and runs noted; kept outside the build.", WORKLOG, ()),
    ("kept", "What earlier runs advised; kept outside the build.", KEPT, ()),
)
# Which raw rows hold now is a matter of `latest_version` alone, so that table is not handed on.
PASSED_THROUGH: Mapping[str, Contracts] = {
    "ingest": {name: contract for name, contract in INGEST.items() if name != "outdated_row"},
    "computed": COMPUTED,
    "worklog": WORKLOG,
    "kept": KEPT,
}
# Tables of which the older versions are read as well: what was known then, against what is known now.
VERSIONED = frozenset({"master_uom", "policy_override", "wms_stock_movement"})


def staging_files() -> dict[str, str]:
    files = {f"{STAGING}/_sources.yml": _sources()}
    for group, contracts in CONTRACT_GROUPS.items():
        for contract in contracts.values():
            name = staging_name(contract)
            files[f"{STAGING}/{group}/{name}.sql"] = _staging_sql(contract)
            files[f"{STAGING}/{group}/{name}.yml"] = _staging_yml(contract)
            if contract.table() in VERSIONED:
                files[f"{STAGING}/{group}/{name}_version.sql"] = _version_sql(contract)
                files[f"{STAGING}/{group}/{name}_version.yml"] = _version_yml(contract)
    for group, passed in PASSED_THROUGH.items():
        for table, contract in passed.items():
            home = f"{STAGING}/{group}/stg_{group}__{table}"
            files[f"{home}.sql"] = _passing_sql(group, contract)
            files[f"{home}.yml"] = _passing_yml(group, contract)
    return files


def staging_name(contract: type[Contract]) -> str:
    """wms_shipment_line -> stg_wms__shipment_line."""
    group = contract.group()
    return f"stg_{group}__{contract.table().removeprefix(f'{group}_')}"


def _source_of(contract: type[Contract]) -> str:
    return f"contracts/{contract.group()}.py"


def _sources() -> str:
    lines = [f"# {rendered_from('contracts/')}", "sources:"]
    for name, description, contracts, added in SOURCES:
        lines += [f"  - name: {name}", f"    schema: {name}"]
        lines += [f"    description: {yaml_text(description)}", "    tables:"]
        for contract in contracts.values():
            lines += _source_table(contract, added)
    return joined(lines)


def _source_table(contract: type[Contract], added: tuple[Field, ...]) -> list[str]:
    lines = [
        f"      - name: {contract.table()}",
        f"        description: {yaml_text(contract.one_row_per())}",
        "        columns:",
    ]
    return lines + _columns((*contract.fields(), *added), indent=10)


def _columns(fields: Iterable[Field], *, indent: int) -> list[str]:
    pad = " " * indent
    lines = []
    for field in fields:
        lines += [
            f"{pad}- name: {field.name}",
            f"{pad}  data_type: {SQL_TYPES[field.type]}",
            f"{pad}  description: {yaml_text(described(field))}",
        ]
    return lines


def described(field: Field) -> str:
    """Meaning and, for a closed list, its values."""
    return f"{field.meaning} ({', '.join(field.values)})" if field.values else field.meaning


def _staging_sql(contract: type[Contract]) -> str:
    names = [field.name for field in (*contract.fields(), *KEPT_LAKE_COLUMNS)]
    return joined(
        [
            f"-- {rendered_from(_source_of(contract))}",
            "with",
            "",
            "latest as (",
            "",
            f"    {{{{ latest_version(source('raw', '{contract.table()}')) }}}}",
            "",
            ")",
            "",
            "select",
            ",\n".join(f"    {name}" for name in names),
            "from latest",
        ]
    )


def _staging_yml(contract: type[Contract]) -> str:
    description = f"{contract.one_row_per()} Latest version of each key, tombstones left out."
    lines = [
        f"# {rendered_from(_source_of(contract))}",
        "models:",
        f"  - name: {staging_name(contract)}",
        f"    description: {yaml_text(description)}",
        "    columns:",
    ]
    return joined(lines + _columns((*contract.fields(), *KEPT_LAKE_COLUMNS), indent=6))


def _version_sql(contract: type[Contract]) -> str:
    names = [field.name for field in (*contract.fields(), *LAKE_COLUMNS)]
    return joined(
        [
            f"-- {rendered_from(_source_of(contract))}",
            "select",
            ",\n".join(f"    {name}" for name in names),
            f"from {{{{ source('raw', '{contract.table()}') }}}}",
        ]
    )


def _version_yml(contract: type[Contract]) -> str:
    description = (
        f"{contract.one_row_per().rstrip('.')} and accepted version of it, tombstones with them."
    )
    lines = [
        f"# {rendered_from(_source_of(contract))}",
        "models:",
        f"  - name: {staging_name(contract)}_version",
        f"    description: {yaml_text(description)}",
        "    columns:",
    ]
    return joined(lines + _columns((*contract.fields(), *LAKE_COLUMNS), indent=6))


def _passing_sql(group: str, contract: type[Contract]) -> str:
    return joined(
        [
            f"-- {rendered_from(f'contracts/{group}.py')}",
            "select",
            ",\n".join(f"    {field.name}" for field in contract.fields()),
            f"from {{{{ source('{group}', '{contract.table()}') }}}}",
        ]
    )


def _passing_yml(group: str, contract: type[Contract]) -> str:
    lines = [
        f"# {rendered_from(f'contracts/{group}.py')}",
        "models:",
        f"  - name: stg_{group}__{contract.table()}",
        f"    description: {yaml_text(contract.one_row_per())}",
        "    columns:",
    ]
    return joined(lines + _columns(contract.fields(), indent=6))
