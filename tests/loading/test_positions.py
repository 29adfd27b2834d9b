"""Positions: the walk through the syntax tree and ``tomllib`` see the same document."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.loading.miniature import MINIATURE
from tracker.loading.positions import Steps, positions

TRICKY = """\
# a comment with [[meeting]]
top = 1
"quoted \\"key\\"" = 2
a.b.'c d' = [ # comment
  1, # one
  { x = 1, y.z = "[[meeting]]" },
  [2,
   3],
]

[[meeting]] # first
slug = "one"
summary = \"\"\"
[[meeting]]
slug = "not this"
\"\"\"
note = '''[[meeting]]
'''

  [[meeting.reports]]
  source = "s"

[meeting.place]
name = "p"

[[ meeting . "reports" ]]
source = "t"

[[meeting]]
slug = "two"
reports = [{ source = "u" }, { source = "v" }]
"""


def leaves(value: Any, steps: Steps = ()) -> Iterator[Steps]:
    """Yield the way to every value of a parsed document."""
    if steps:
        yield steps
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, element in inner:
        yield from leaves(element, (*steps, step))


def test_each_value_of_a_tricky_document_has_its_line() -> None:
    lines = positions(TRICKY)
    assert set(lines) == set(leaves(tomllib.loads(TRICKY)))
    told = {
        ("top",): 2,
        ('quoted "key"',): 3,
        ("a", "b", "c d", 1, "y", "z"): 6,
        ("a", "b", "c d", 2, 1): 8,
        ("meeting", 0): 11,
        ("meeting", 0, "note"): 17,
        ("meeting", 0, "reports", 0, "source"): 21,
        ("meeting", 0, "place", "name"): 24,
        ("meeting", 0, "reports", 1, "source"): 27,
        ("meeting", 1, "slug"): 30,
        ("meeting", 1, "reports", 1, "source"): 31,
    }
    assert {steps: lines[steps] for steps in told} == told


def test_the_miniature_has_a_line_for_every_value() -> None:
    assert set(positions(MINIATURE)) == set(leaves(tomllib.loads(MINIATURE)))


KEYS = st.sampled_from(["slug", "key", "a b", "ключ", "[[meeting]]", "x.y", '"', "'", "", "1"])
TEXTS = st.text(st.sampled_from(list("ab ё\n\t[]{}=#\\\"'\r")), max_size=12) | st.sampled_from(["[[meeting]]\nslug = 1\n", "# no comment", '"""', "'''"])
VALUES = st.recursive(
    TEXTS | st.integers(-9, 9) | st.booleans(), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3), max_leaves=6
)
TABLES = st.dictionaries(KEYS, VALUES, max_size=4)
DOCUMENTS = st.lists(st.tuples(st.sampled_from(["meeting", "mention", "a b"]), TABLES, st.lists(TABLES, max_size=2)), max_size=5)


def spelled(value: Any, *, spread: bool) -> str:
    """Return ``value`` as TOML; with ``spread``, texts and arrays run over several lines where they can."""
    if isinstance(value, str):
        return multi_line(value) if spread else json.dumps(value)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        joint = ",\n # [[meeting]]\n " if spread else ", "
        return f"[{joint.join(spelled(element, spread=spread) for element in value)}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)} = {spelled(element, spread=False)}" for key, element in value.items()) + "}"
    return str(value)


def multi_line(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\r", "\\r")
    return f'"""\n{escaped}"""'


@given(DOCUMENTS, st.booleans())
def test_positions_and_values_agree_on_any_document(document: list[tuple[str, dict[str, Any], list[dict[str, Any]]]], spread: bool) -> None:
    lines: list[str] = []
    expected: dict[Steps, int] = {}
    seen: dict[str, int] = {}

    def write(header: str, steps: Steps, table: dict[str, Any]) -> None:
        expected[steps] = 1 + "\n".join([*lines, ""]).count("\n")
        lines.append(header)
        for key, value in table.items():
            expected[*steps, key] = 1 + "\n".join([*lines, ""]).count("\n")
            lines.append(f"{json.dumps(key)} = {spelled(value, spread=spread)}")

    for kind, table, children in document:
        place = seen[kind] = seen.get(kind, -1) + 1
        own = {key: value for key, value in table.items() if key != "key"}
        write(f"[[{json.dumps(kind)}]]", (kind, place), own)
        for number, child in enumerate(children):
            write(f"[[{json.dumps(kind)}.key]]", (kind, place, "key", number), child)
    text = "\n".join(lines) + "\n"
    found = positions(text)
    assert set(found) == set(leaves(tomllib.loads(text)))
    assert {steps: found[steps] for steps in expected} == expected
