"""A page is the same on every server: what has no order of its own is given one."""

from __future__ import annotations

from django.template import Context, Template


def test_parties_of_a_voice_stand_in_the_order_of_their_names() -> None:
    names = {"a": "Zanzibar", "b": "Armenia", "c": "Mali"}
    shown = Template("{% load reading %}{% for name in voice|all_named:names %}{{ name }};{% endfor %}")
    drawn = {shown.render(Context({"names": names, "voice": frozenset(order)})) for order in ("abcd", "dcba", "bdac")}
    assert drawn == {"Armenia;Mali;Zanzibar;d;"}
