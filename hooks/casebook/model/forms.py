"""The schema's fields as what a person fills in: for the web form and the blank sheet."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from casebook.model.catalogue import Catalogue
from casebook.model.models import FACETS, Answer, CaseStudy, Choice, Pledge, Question

EXAMPLES = 2
"""How many real answers stand beside each question and pledge."""
ONE_LINE = 200
"""Longer text gets a box of several lines."""

Node = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Field:
    """One field of a case study, or a group of them."""

    key: str
    title: str
    hint: str
    kind: str
    """text, choice, term, citations; rows (a list) and group hold further fields."""
    is_needed: bool
    most: int = 0
    """The most characters, for text."""
    is_long: bool = False
    choices: tuple[Choice, ...] = ()
    facet: str = ""
    """The vocabulary that a term is of."""
    fields: tuple["Field", ...] = ()
    """Those of a group, of each row, or of each key question."""


def form_edition(catalogue: Catalogue) -> str:
    """Return a stamp of what the form is made from: its page bears it, and the files that form.js fetches."""
    titles = {case.slug: case.title for case in catalogue.cases}
    made_from = json.dumps([catalogue.published_schema, titles])
    return blake2b(made_from.encode(), digest_size=8).hexdigest()


def form_fields(catalogue: Catalogue) -> dict[str, Field]:
    """Return every field of a case study by its key, in the schema's order."""
    return {field.key: field for field in _fields(catalogue.published_schema, catalogue)}


def source_id(catalogue: Catalogue) -> Field:
    """Return what a source is cited by: in the file the key of its entry, in the form a field with no key."""
    return _field("", {"$ref": "#/$defs/source-id"}, catalogue, is_needed=False)


def example_answers(catalogue: Catalogue, term: Question | Pledge) -> tuple[tuple[CaseStudy, Answer], ...]:
    """Return real answers, or deeds, those of the cases with the strongest evidence."""
    best = sorted(catalogue.about(term), key=lambda case: case.evidence.rank, reverse=True)
    return tuple((case, case.answer_to(term)) for case in best[:EXAMPLES])


def _fields(node: Node, catalogue: Catalogue) -> Iterator[Field]:
    for key, child in node.get("properties", {}).items():
        yield _field(key, child, catalogue, is_needed=key in node.get("required", ()))


def _field(key: str, node: Node, catalogue: Catalogue, is_needed: bool) -> Field:
    """What stands beside a reference goes before what it refers to."""
    defs = catalogue.published_schema["$defs"]
    name = _referred(node)
    whole = {**defs.get(name, {}), **node}
    inner = _referred(whole.get("items") or whole.get("additionalProperties") or {})
    most = whole.get("maxLength", 0)
    return Field(
        key=key,
        title=whole.get("title", ""),
        hint=whole.get("inForm") or whole.get("description", ""),
        kind=_kind(name, whole),
        is_needed=is_needed,
        most=most,
        is_long=most > ONE_LINE and "pattern" not in node,
        choices=catalogue.choices.get(name, ()),
        facet=next((one for one in (name, inner) if one in FACETS), ""),
        fields=tuple(_fields(whole if "properties" in whole else defs.get(inner, {}), catalogue)),
    )


def _referred(node: Node) -> str:
    return node.get("$ref", "").removeprefix("#/$defs/")


def _kind(name: str, whole: Node) -> str:
    if name in FACETS:
        return "term"
    if name == "citations":
        return "citations"
    if "oneOf" in whole:
        return "choice"
    return {"array": "rows", "object": "group"}.get(whole["type"], "text")
