"""Every field of a case study, explained for people: drawn from the published schema, and from that alone."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from casebook.content import yaml_block
from casebook.model import Choice

Node = Mapping[str, Any]
MOST_REPEATED = 12
"""A closed list that is longer stands under one field only, the outermost."""


@dataclass(frozen=True, kw_only=True)
class Field:
    name: str
    """Where it stands in the file: `period.from`, `questions.<id>.answer`, `outcomes[].what`."""
    title: str
    help: str
    is_needed: bool
    limits: tuple[str, ...]
    choices: tuple[Choice, ...]
    """The values allowed, if they are a closed list."""
    example: str
    """As it stands in the file."""
    within: tuple["Field", ...]
    """The fields in it."""

    @property
    def anchor(self) -> str:
        """Its id on a page."""
        return "field-" + self.name.replace("<id>.", "").replace("[]", "").replace(".", "-")


def fields(published: Node) -> tuple[Field, ...]:
    """Return every field, in the schema's order."""
    return tuple(_fields(published, published["$defs"], ""))


def _fields(owner: Node, shared: Node, prefix: str) -> Iterator[Field]:
    for key, given in owner["properties"].items():
        node = _whole(given, shared)
        listed = _closed_list(node, given, shared)
        choices = listed.get("oneOf", ())
        yield Field(
            name=f"{prefix}{key}",
            title=node["title"],
            help=node["description"],
            is_needed=key in owner["required"],
            limits=tuple(_limits(node, listed, shared)),
            choices=_choices(choices if not prefix or len(choices) <= MOST_REPEATED else ()),
            example="\n".join(yaml_block({key: node["examples"][0]})),
            within=tuple(_within(node, shared, f"{prefix}{key}")),
        )


def _within(node: Node, shared: Node, name: str) -> Iterator[Field]:
    """The fields of a group, of each item of a list, or of what stands under each id."""
    inner = (
        ("", node),
        ("[]", _whole(node.get("items"), shared)),
        (".<id>", _whole(node.get("additionalProperties"), shared)),
    )
    for step, owner in inner:
        if "properties" in owner:
            yield from _fields(owner, shared, f"{name}{step}.")


def _whole(node: Any, shared: Node) -> Node:
    """The node with all that it refers to; its own words win. Of `false` and the like, nothing."""
    if not isinstance(node, dict):
        return {}
    return {**shared.get(node.get("$ref", "").removeprefix("#/$defs/"), {}), **node}


def _closed_list(node: Node, given: Node, shared: Node) -> Node:
    """The closed list from which the value, each item or each id is taken; or nothing."""
    for place in (given, node.get("items"), node.get("propertyNames")):
        name = place.get("$ref", "").removeprefix("#/$defs/") if isinstance(place, dict) else ""
        if "oneOf" in shared.get(name, {}):
            return shared[name]
    return {}


def _limits(node: Node, listed: Node, shared: Node) -> Iterator[str]:
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


def _choices(allowed: Any) -> tuple[Choice, ...]:
    return tuple(
        Choice(id=one["const"], title=one["title"], summary=one.get("description", ""), rank=rank)
        for rank, one in enumerate(allowed)
    )
