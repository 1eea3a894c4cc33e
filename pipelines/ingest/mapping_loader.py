"""YAML as mapping files need it: words stay words.

YAML 1.1 reads `on` and `no` as booleans, 0010 as eight, 1.50 as a float and 2026-03-31 as a date.
In a mapping all of these are names or codes of a source, so only true, false, null and plain whole
numbers are anything but text. A key given twice is an error, not a silent overwrite.
"""

import re
from typing import Any

import yaml


class MappingYaml(yaml.SafeLoader):
    """A safe loader with its own short list of types."""


MappingYaml.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("tag:yaml.org,2002:bool", r"^(?:true|false)$", "tf"),
    ("tag:yaml.org,2002:null", r"^(?:null|~|)$", ["n", "~", ""]),
    ("tag:yaml.org,2002:int", r"^(?:0|-?[1-9]\d*)$", "-0123456789"),
    ("tag:yaml.org,2002:merge", r"^(?:<<)$", "<"),
):
    MappingYaml.add_implicit_resolver(_tag, re.compile(_pattern), list(_first))


def _mapping_without_repeats(loader: MappingYaml, node: yaml.MappingNode) -> dict[Any, Any]:
    loader.flatten_mapping(node)
    content: dict[Any, Any] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if key in content:
            raise yaml.constructor.ConstructorError(
                None, None, f"the key {key!r} is given twice", key_node.start_mark
            )
        content[key] = loader.construct_object(value_node, deep=True)
    return content


MappingYaml.add_constructor("tag:yaml.org,2002:map", _mapping_without_repeats)
