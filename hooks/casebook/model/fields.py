"""Every field of a case study, as the published schema defines it.

The form, the blank sheet, the page of fields, the new file, the interview and the open data follow from it.
"""

import dataclasses
from collections.abc import Iterator, Mapping, MutableSequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from casebook.model.models import FACETS, Choice

MAX_REPEATED = 12
"""Longer lists of choices are shown for top-level fields only."""
ONE_LINE = 200
"""Characters; longer text gets a box of several lines."""

Node = Mapping[str, Any]
Fields = dict[str, "Field"]


@dataclass(frozen=True, kw_only=True)
class Field:
    key: str
    name: str
    """Its path in the file: `period.from`, `questions.<id>.answer`, `outcomes[].what`."""
    title: str
    help: str
    hint: str
    """The same, for people who fill in the form and see no file."""
    meaning: str
    """The same, for people who read the open data."""
    kind: str
    """text, choice, term, citations, or, with fields inside: rows (a list), keyed (by ids), group."""
    format: str
    """day, month or partial-date, for text that is a date; whole-number; address."""
    list: str
    """The schema's definition from which a choice is made, or the vocabulary of a term."""
    entry: str
    """What one row of a list is called: Partner."""
    is_needed: bool
    is_plain: bool
    """Whether its text is shown as typed, without rendering Markdown."""
    is_by_maintainers: bool
    """Whether neither form nor interview mentions it."""
    is_long: bool
    most: int
    limits: tuple[str, ...]
    others: MutableSequence["Field"] = dataclasses.field(compare=False, repr=False)
    """The fields of which one is needed, if this one is missing."""
    choices: tuple[Choice, ...]
    """The allowed values, if they are a fixed list."""
    example: Any
    fields: Fields
    """The fields inside: of a group, of each row, or of the entry under each id."""

    @property
    def facet(self) -> str:
        """The vocabulary of its terms; empty if it has none."""
        return self.list if self.list in FACETS else ""

    @property
    def called(self) -> str:
        """Its name for somebody who has its entry before their eyes."""
        return self.key if {"[", "<"} & set(self.name) else self.name

    @property
    def anchor(self) -> str:
        return "field-" + self.name.replace("<id>.", "").replace("[]", "").replace(".", "-")


def fields_of(published: Node) -> Fields:
    """Return every field of a case study by its key, in the schema's order."""
    fields = _fields(published, published["$defs"], "")
    named = {field.name: field for field in every_field(fields)}
    for one, other in chain(published.get("exactlyOne", ()), published.get("atLeastOne", ())):
        named[one].others.append(named[other])
        named[other].others.append(named[one])
    return fields


def source_id(published: Node) -> Field:
    """Return the field of a source's id: in the file the key of its entry, in the form a field of its own."""
    return _field("", "", {"$ref": "#/$defs/source-id"}, published["$defs"], is_needed=False)


def nearest_field(fields: Fields, path: tuple[str | int, ...]) -> Field | None:
    """Return the field at `path` in a file, or the nearest one around it."""
    found, names_an_entry = None, False
    for part in path:
        if names_an_entry:
            names_an_entry = False
        elif part in fields:
            found = fields[str(part)]
            fields, names_an_entry = found.fields, found.kind in ("rows", "keyed")
        else:
            break
    return found


def every_field(fields: Fields) -> Iterator[Field]:
    """Yield each field, followed by the fields inside it."""
    for field in fields.values():
        yield field
        yield from every_field(field.fields)


def _fields(owner: Node, shared: Node, prefix: str) -> Fields:
    needed = owner.get("required", ())
    return {
        key: _field(key, f"{prefix}{key}", node, shared, key in needed)
        for key, node in owner.get("properties", {}).items()
    }


def _field(key: str, name: str, given: Node, shared: Node, is_needed: bool) -> Field:
    """Build a field. Keywords beside a `$ref` override those of its target."""
    node = _whole(given, shared)
    chosen_from = (given, node.get("items"), node.get("propertyNames"))  # of the value, each item, or each id
    list_name = next(filter(None, (_list(part, shared) for part in chosen_from)), "")
    kind = _kind(given, node)
    choices = choices_of(shared[list_name]) if list_name else ()
    step, inner = _inside(node, shared)
    most = node.get("maxLength", 0)
    return Field(
        key=key,
        name=name,
        title=node.get("title", ""),
        help=node.get("description", ""),
        hint=node.get("inForm") or node.get("description", ""),
        meaning=node.get("inData") or node.get("description", ""),
        kind=kind,
        format=node.get("format", ""),
        list=list_name,
        entry=node.get("entry", ""),
        is_needed=is_needed,
        is_plain=node.get("plainText", False),
        is_by_maintainers=node.get("byMaintainers", False),
        is_long=most > ONE_LINE and node.get("format") != "address",
        most=most,
        limits=tuple(_limits(node, shared, shared.get(list_name, {}))),
        others=[],
        choices=choices if "." not in name or len(choices) <= MAX_REPEATED else (),
        example=node.get("examples", [""])[0],
        fields=_fields(inner, shared, f"{name}{step}."),
    )


def _kind(given: Node, node: Node) -> str:
    name = _referred(given)
    if name in FACETS:
        return "term"
    if name == "citations":
        return "citations"
    if "oneOf" in node:
        return "choice"
    if node.get("additionalProperties"):
        return "keyed"
    return {"array": "rows", "object": "group"}.get(str(node.get("type")), "text")


def _inside(node: Node, shared: Node) -> tuple[str, Node]:
    """Return the step that leads to the inner fields in names, and the node that has them."""
    for step, owner in (("[]", node.get("items")), (".<id>", node.get("additionalProperties"))):
        if owner and "properties" in (whole := _whole(owner, shared)):
            return step, whole
    return "", node


def _list(node: Any, shared: Node) -> str:
    name = _referred(node)
    return name if "oneOf" in shared.get(name, {}) else ""


def _whole(node: Any, shared: Node) -> Node:
    return {**shared.get(_referred(node), {}), **node} if isinstance(node, dict) else {}


def _referred(node: Any) -> str:
    return node.get("$ref", "").removeprefix("#/$defs/") if isinstance(node, dict) else ""


def _limits(node: Node, shared: Node, listed: Node) -> Iterator[str]:
    if listed:
        yield f"From {listed['title']}."
    for least, most, unit in (
        ("minLength", "maxLength", "characters"),
        ("minItems", "maxItems", "entries"),
        ("minProperties", "maxProperties", "entries"),
    ):
        if least in node or most in node:
            yield _range(node.get(least), node.get(most), unit)
    for words in (node, _whole(node.get("propertyNames"), shared)):
        if "errorMessage" in words:
            yield f"{'Each id' if words is not node else 'It'} {words['errorMessage']}."


def _range(least: int | None, most: int | None, unit: str) -> str:
    if most is None:
        return f"At least {least} {'entry' if unit == 'entries' and least == 1 else unit}."
    return f"{least} to {most} {unit}." if least else f"At most {most} {unit}."


def choices_of(definition: Node) -> tuple[Choice, ...]:
    """Return the values of a fixed list, in its order."""
    return tuple(
        Choice(
            id=node["const"],
            title=node["title"],
            summary=node.get("description", ""),
            missing=node.get("missing", ""),
            rank=rank,
        )
        for rank, node in enumerate(definition["oneOf"])
    )
