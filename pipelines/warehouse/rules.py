"""Which exception codes the product has a rule for.

Every table stacked into `int_exception__finding` says in its yml which values its `code` takes, as
an `accepted_values` test. The build runs that test, so a table cannot raise a code that it does not
name; and a test of the house holds every named code against the SQL behind the table. Nobody keeps
a second list.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

STACK = "model.tieout.int_exception__finding"


def codes_by_table(manifest: Mapping[str, Any]) -> dict[str, list[str]]:
    """Table -> sorted exception codes it can raise; empty where its yml names none."""
    stacked = manifest["nodes"][STACK]["depends_on"]["nodes"]
    tables: dict[str, list[str]] = {name: [] for name in stacked}
    for node in manifest["nodes"].values():
        tested = node.get("test_metadata") or {}
        if (
            node.get("attached_node") in tables
            and tested.get("name") == "accepted_values"
            and node.get("column_name") == "code"
        ):
            tables[node["attached_node"]] += tested["kwargs"]["values"]
    return {name.rsplit(".", 1)[1]: sorted(codes) for name, codes in tables.items()}


def raised_codes(manifest: Mapping[str, Any]) -> list[str]:
    """Every exception code that some rule can raise, sorted."""
    return sorted({code for codes in codes_by_table(manifest).values() for code in codes})
