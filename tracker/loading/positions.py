"""Where in a TOML text a table, a key or an array element stands. ``tomllib`` gives the values, this the lines."""

from __future__ import annotations

import tomllib

import tree_sitter_toml
from tree_sitter import Language, Node, Parser

#: The way to a value: keys of tables and places in arrays, from the top of the file.
Steps = tuple[str | int, ...]

_TOML = Language(tree_sitter_toml.language())


def positions(text: str) -> dict[Steps, int]:
    """Return the line, from 1, on which each value of the TOML document ``text`` begins. The text has been read by ``tomllib`` before."""
    return _Walk().document(Parser(_TOML).parse(text.encode()).root_node)


class _Walk:
    """One walk through a syntax tree. An array of tables is followed by its last element, as TOML has it."""

    def __init__(self) -> None:
        self.lines: dict[Steps, int] = {}
        self.lengths: dict[Steps, int] = {}

    def document(self, root: Node) -> dict[Steps, int]:
        for node in root.named_children:
            if node.type == "pair":
                self.pair((), node)
            elif node.type in {"table", "table_array_element"}:
                self.table(node)
        return self.lines

    def table(self, node: Node) -> None:
        header, *pairs = [child for child in node.named_children if child.type != "comment"]
        line = node.start_point.row + 1
        steps: Steps = ()
        *way, last = _keys(header)
        for key in way:
            steps = self.entered((*steps, key), line)
        steps = (*steps, last)
        self.lines.setdefault(steps, line)
        if node.type == "table_array_element":
            place = self.lengths.get(steps, 0)
            self.lengths[steps] = place + 1
            steps = (*steps, place)
            self.lines[steps] = line
        for pair in pairs:
            self.pair(steps, pair)

    def entered(self, steps: Steps, line: int) -> Steps:
        self.lines.setdefault(steps, line)
        return (*steps, self.lengths[steps] - 1) if steps in self.lengths else steps

    def pair(self, steps: Steps, node: Node) -> None:
        key, value = [child for child in node.named_children if child.type != "comment"][:2]
        for part in _keys(key):
            steps = (*steps, part)
            self.lines.setdefault(steps, node.start_point.row + 1)
        self.value(steps, value)

    def value(self, steps: Steps, node: Node) -> None:
        children = [child for child in node.named_children if child.type != "comment"]
        if node.type == "inline_table":
            for pair in children:
                self.pair(steps, pair)
        elif node.type == "array":
            for place, element in enumerate(children):
                self.lines[(*steps, place)] = element.start_point.row + 1
                self.value((*steps, place), element)


def _keys(node: Node) -> list[str]:
    if node.type == "dotted_key":
        return [key for child in node.named_children for key in _keys(child)]
    text = (node.text or b"").decode()
    if node.type == "quoted_key":
        return list(tomllib.loads(f"{text} = 0"))
    return [text]
