"""A checked Document becomes a CaseStudy: ids become the terms, sources and choices that they name."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from typing import Any, TypeVar

from casebook.content import Document
from casebook.model import (
    FACETS,
    NAMES,
    Agreed,
    Answer,
    CaseStudy,
    Cost,
    Effort,
    Field,
    Fields,
    Outcome,
    Output,
    Partner,
    Pledge,
    Question,
    Reply,
    Source,
    Update,
    Withdrawal,
)
from casebook.validation.schema import Schema

T = TypeVar("T")

_PARTS: dict[str, type] = {
    "partners": Partner,
    "outputs": Output,
    "outcomes": Outcome,
    "costs": Cost,
    "effort": Effort,
    "terms": Agreed,
    "updates": Update,
    "replies": Reply,
    "retired": Withdrawal,
    "withdrawn": Withdrawal,
}
"""What the groups of fields inside a case study become, by their keys."""


def case_study(schema: Schema, document: Document) -> CaseStudy:
    """Resolve every id. The document must have passed the rules."""
    data, about = document.data, schema.fields
    resolver = _Resolver(schema, {})
    for number, (id, source) in enumerate(data["sources"].items(), start=1):
        given = {"id": id, "number": number}
        resolver.sources[id] = resolver.part(Source, about["sources"].fields, source, given)
    return resolver.part(
        CaseStudy,
        about,
        data,
        {
            "slug": document.slug,
            "file": document.file,
            "body": document.body,
            "began": data["period"]["from"],
            "ended": data["period"].get("to", ""),
            "answers": resolver.answers(Question, "answer", data),
            "deeds": resolver.answers(Pledge, "how", data),
            "sources": tuple(resolver.sources.values()),
        },
    )


@dataclass(frozen=True)
class _Resolver:
    schema: Schema
    sources: dict[str, Source]
    """Those of the case study, by id."""

    def part(self, cls: type[T], about: Fields, data: Mapping[str, Any], given: Mapping[str, Any]) -> T:
        """Make an object of what is given, and of those fields in the data that the class has, too."""
        types = _types(cls)  # type: ignore[arg-type]  # every class is hashable
        found = {
            name: self.value(about[key], data[key], types[name])
            for key in data
            if (name := NAMES.get(key, key)) in types and name not in given
        }
        return cls(**given, **found)

    def value(self, field: Field, value: Any, wanted: Any) -> Any:
        """Resolve what stands in the field."""
        if isinstance(value, list) and not field.fields:
            return tuple(self.one(field, each, wanted) for each in value)
        if isinstance(value, list):
            return tuple(self.part(_PARTS[field.key], field.fields, each, {}) for each in value)
        if field.kind == "group":
            return self.part(_PARTS[field.key], field.fields, value, {})
        return self.one(field, value, wanted)

    def one(self, field: Field, value: str, wanted: Any) -> Any:
        """Resolve one value that has no fields inside."""
        if field.kind == "citations":
            return self.sources[value]
        if field.facet:
            return self.schema.terms(FACETS[field.facet])[value]
        if field.kind == "choice":
            return self.schema.choices[field.list][value]
        if field.format == "whole-number":
            return int(value)
        return date.fromisoformat(value) if wanted is date else value

    def answers(self, cls: type[Question] | type[Pledge], key: str, data: Any) -> tuple[Answer, ...]:
        """In the vocabulary's order, whatever order the author wrote them in."""
        given: Mapping[str, Any] = data.get(cls.facet, {})
        return tuple(
            Answer(
                term=term,
                text=given[term.id][key],
                sources=tuple(self.sources[id] for id in given[term.id]["sources"]),
            )
            for term in self.schema.terms(cls).values()
            if term.id in given
        )


@cache
def _types(cls: type) -> dict[str, Any]:
    return {one.name: one.type for one in fields(cls)}
