"""One record as text: TOML as the shipped fixtures are written, or a line of JSON. Why no library writes the TOML: docs/decisions/0013-export.md"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any


def toml(kind: str, fields: dict[str, Any]) -> str:
    """Return a record as TOML: its own fields, then each of its children under a heading of its own."""
    return "\n".join(_tables(kind, fields)) + "\n"


def json_line(kind: str, fields: dict[str, Any]) -> str:
    """Return a record as one line: an object with one key, the heading that the record has in TOML."""
    return json.dumps({kind: fields}, ensure_ascii=False) + "\n"


def _tables(heading: str, fields: dict[str, Any]) -> Iterator[str]:
    yield f"[[{heading}]]"
    children = {name: value for name, value in fields.items() if _is_tables(value)}
    yield from (f"{name} = {_value(value)}" for name, value in fields.items() if name not in children)
    for name, rows in children.items():
        for row in rows:
            yield ""
            yield from _tables(f"{heading}.{name}", row)


def _is_tables(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def _value(value: Any) -> str:
    """Return a text, a flag or a list of texts. JSON writes all three as TOML does, but for one character that TOML wants spelled out."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
