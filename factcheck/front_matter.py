"""The fields of YAML that stands above a text or beside a file, read as data that anybody may have written."""

from __future__ import annotations

from typing import Any

import yaml

#: Characters of a description: what is longer is none, and would take long to parse.
LONGEST = 16_384
#: Brackets in one: the parser takes the square of their depth.
_BRACKETS = 200


class _Loader(yaml.SafeLoader):
    """Reads plain data only. A description needs no aliases, and a few of them can stand for gigabytes."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("an alias")
        node: yaml.Node | None = super().compose_node(parent, index)
        return node


def read_fields(text: str) -> Any:
    """Return the data in ``text``, in most cases a dictionary.

    Raises:
        ValueError: it is not YAML, too long or too deep, or has aliases.
    """
    if len(text) > LONGEST:
        raise ValueError(f"it is longer than {LONGEST:,} characters")
    if text.count("[") + text.count("{") > _BRACKETS:
        raise ValueError(f"it has more than {_BRACKETS} brackets")
    try:
        return yaml.load(text, _Loader)  # noqa: S506 - a safe loader
    except (yaml.YAMLError, RecursionError, ArithmeticError, AttributeError, LookupError, TypeError) as error:
        # The last three are what the loader makes of a tag on a value that does not fit it, such as ``!!bool x``.
        raise ValueError("it is not valid YAML") from error
