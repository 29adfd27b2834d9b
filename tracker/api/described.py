"""The OpenAPI document: what each answer is asked with and what it holds, from the filters and columns themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.http import QueryDict
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ResolvedComponent
from rest_framework.request import Request
from rest_framework.response import Response

from tracker.exports.lists.known import LISTINGS
from tracker.exports.lists.listing import Listing, Nested, Site

from . import asked
from .answers import Answer
from .asked import DEFAULT_LIMIT, HIGHEST_LIMIT
from .problems import MEDIA_TYPE
from .shapes import SLUG, Schema, array_of, components, names_of, ref

PREFIX = "/api/v1"
#: A year is enough to say which filters a list has.
_SOME_DAY = date(2026, 1, 1)


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that can be asked: its name, what it is for, with which parameters, and the schema of the answer."""

    name: str
    summary: str
    about: str
    tag: str
    answer: Schema
    parameters: tuple[Schema, ...] = ()
    is_record: bool = False


class Described(AutoSchema):
    """Describes a view by its ``operation``."""

    def get_operation(self, path: str, path_regex: str, path_prefix: str, method: str, registry: Any) -> Any:  # noqa: ARG002  the library's signature
        view: Any = self.view
        operation: Operation | None = view.operation
        if operation is None:
            return None
        for name, schema in components().items():
            registry.register_on_missing(ResolvedComponent(name, ResolvedComponent.SCHEMA, schema, name))
        parts = [part[1:-1] for part in path.split("/") if part.startswith("{")]
        return {
            "operationId": operation.name,
            "summary": operation.summary,
            "description": operation.about,
            "tags": [operation.tag],
            "parameters": [*map(_part, parts), *operation.parameters],
            "responses": _responses(operation),
        }


def _part(name: str) -> Schema:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string", "pattern": SLUG}}


def _responses(operation: Operation) -> Schema:
    tag = {"ETag": {"description": "Send it back as If-None-Match: what has not changed is answered with 304.", "schema": {"type": "string"}}}
    found: Schema = {
        "200": {"description": operation.summary, "headers": tag, "content": {"application/json": {"schema": operation.answer}}},
        "304": {"description": "Nothing has changed since the answer with the ETag that was sent."},
        "400": _problem("A parameter can’t be understood; “errors” says which, and what would be right."),
    }
    if operation.is_record:
        found["301"] = {"description": "The record was renamed or merged.", "headers": {"Location": {"schema": {"type": "string"}}}}
        found["404"] = _problem("There is no such public record.")
        found["410"] = _problem("The record was withdrawn; “detail” says why.")
    return dict(sorted(found.items()))


def _problem(about: str) -> Schema:
    return {"description": about, "content": {MEDIA_TYPE: {"schema": ref("Problem")}}}


def _query(name: str, schema: Schema, about: str) -> Schema:
    return {"name": name, "in": "query", "required": False, "schema": schema, "description": about}


AS_OF = _query(
    "as_of",
    {"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"},
    "Leave out what happened after this day; of a month (2024-07) or a year (2024) the last day. Default: today.",
)


def _fields(listing: Listing) -> Schema:
    names = [column.name for column in listing.columns]
    return {
        **_query("fields", {"type": "array", "minItems": 1, "items": {"type": "string", "enum": names}}, "Only these fields, separated by commas."),
        "style": "form",
        "explode": False,
    }


def _filters(listing: Listing) -> Iterator[Schema]:
    """Yield the parameters that the list's own filters take."""
    found = listing.asked(QueryDict(), Site(_SOME_DAY, ""))
    for name, one in found.filters.items():
        yield _query(name, _values(one), str(one.label))


def _values(one: Any) -> Schema:
    choices = [str(word) for word, _label in one.extra.get("choices", ())]
    if choices:
        return {"type": "string", "enum": choices}
    if "min_value" in one.extra:
        return {"type": "integer", "minimum": one.extra["min_value"], "maximum": one.extra["max_value"]}
    if "to_field_name" in one.extra:
        return {"type": "string", "pattern": SLUG}
    return {"type": "string", "minLength": 1, "maxLength": one.extra["max_length"]}


def rows_operation(listing: Listing) -> Operation:
    page = (
        _query("limit", {"type": "integer", "minimum": 1, "maximum": HIGHEST_LIMIT, "default": DEFAULT_LIMIT}, "How many rows at a time."),
        _query("cursor", {"type": "string", "minLength": 1}, "Where to go on: “next” of the answer before holds it."),
    )
    following: Schema = {"type": ["string", "null"], "format": "uri", "description": "The address of the rows that follow, empty at the end."}
    properties = {"next": following, "results": array_of(ref(names_of(listing)))}
    answer: Schema = {"type": "object", "required": ["next", "results"], "additionalProperties": False, "properties": properties}
    parameters = (*_filters(listing), _fields(listing), *page)
    return Operation(f"list_{listing.name}", f"{listing.filter.title}", listing.about, listing.name, answer, parameters)


def row_operation(listing: Listing) -> Operation:
    what = names_of(listing)
    return Operation(f"get_{what.lower()}", f"One of the {listing.name}", listing.about, listing.name, ref(what), (_fields(listing),), is_record=True)


def computed_operation(name: str, summary: str, about: str, tag: str, answer: str) -> Operation:
    return Operation(name, summary, about, tag, ref(answer), (AS_OF,), is_record=True)


@cache
def _document() -> Schema:
    document: Schema = SchemaGenerator().get_schema(request=None, public=True)
    return document


class SchemaAnswer(Answer):
    """The OpenAPI document. Its examples are rows of the record as it stands, so that each of them can be tried."""

    def get(self, request: Request) -> Response:
        asked.nothing_asked(request)
        site = asked.site_of(request)
        return Response({**with_examples(_document(), site), "servers": [{"url": site.origin}]})


def with_examples(document: Schema, site: Site) -> Schema:
    """Return the document with the first row of each list as an example, where there is one."""
    found = deepcopy(document)
    for listing in LISTINGS.values():
        first = next(iter(listing.describe(list(listing.rows(site.today)[:1]), site)), None)
        if first is not None:
            _add_examples(found["paths"], listing, first)
    return found


def _add_examples(paths: Mapping[str, Schema], listing: Listing, first: Mapping[str, Any]) -> None:
    short = {column.name: first[column.name] for column in listing.columns if not isinstance(column, Nested)}
    for path, methods in paths.items():
        if not path.startswith(f"{PREFIX}/{listing.name}/"):
            continue
        operation = methods["get"]
        content = operation["responses"]["200"]["content"]["application/json"]
        if operation["operationId"] == f"list_{listing.name}":
            content["example"] = {"next": None, "results": [short]}
        elif content["schema"] == ref(names_of(listing)):
            content["example"] = dict(first)
        for parameter in operation["parameters"]:
            if parameter["in"] == "path" and (value := first.get({"promise": "key"}.get(parameter["name"], parameter["name"]))):
                parameter["example"] = value
