"""A checked Document becomes a CaseStudy: ids become the terms, sources and choices that they name."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from datetime import date
from functools import cache, partial
from typing import Any

from casebook.content import Document
from casebook.model import (
    Answer,
    CaseStudy,
    Council,
    Outcome,
    Partner,
    Pledge,
    Power,
    Question,
    Source,
    Theme,
    Update,
)
from casebook.validation.schema import Schema, T


def case_study(schema: Schema, document: Document) -> CaseStudy:
    """Resolve every id. The document must have passed the rules."""
    data = document.data
    sources = {
        id: _source(schema, id, number, source)
        for number, (id, source) in enumerate(data["sources"].items(), start=1)
    }
    cited = partial(_cited, sources)
    return CaseStudy(
        **_texts(CaseStudy, data),
        slug=document.slug,
        file=document.file,
        councils=_terms(schema, Council, data["councils"]),
        partners=tuple(_partner(schema, partner) for partner in data.get("partners", ())),
        themes=_terms(schema, Theme, data["themes"]),
        began=data["period"]["from"],
        ended=data["period"].get("to", ""),
        status=schema.choices["status"][data["status"]],
        answers=_answers(schema, Question, "answer", data, cited),
        deeds=_answers(schema, Pledge, "how", data, cited),
        outcomes=tuple(_outcome(schema, outcome, cited) for outcome in data["outcomes"]),
        powers=_terms(schema, Power, data.get("powers", ())),
        sources=tuple(sources.values()),
        updates=tuple(
            Update(**_texts(Update, one), sources=cited(one["sources"])) for one in data.get("updates", ())
        ),
        checked=date.fromisoformat(data["checked"]),
        body=document.body,
    )


def _texts(cls: type, data: Mapping[str, Any]) -> dict[str, Any]:
    """What a class keeps as it was typed, under the schema's own name for it."""
    return {name: data[name] for name in _names_of_texts(cls) if name in data}


@cache
def _names_of_texts(cls: type) -> tuple[str, ...]:
    return tuple(one.name for one in fields(cls) if one.type is str)


def _terms(schema: Schema, cls: type[T], ids: Iterable[str]) -> tuple[T, ...]:
    known = schema.terms(cls)
    return tuple(known[id] for id in ids)


def _source(schema: Schema, id: str, number: int, data: Mapping[str, str]) -> Source:
    return Source(
        **_texts(Source, data),
        id=id,
        number=number,
        kind=schema.choices["source-kind"][data["kind"]],
        accessed=date.fromisoformat(data["accessed"]),
    )


def _cited(sources: Mapping[str, Source], ids: Iterable[str]) -> tuple[Source, ...]:
    return tuple(sources[id] for id in ids)


def _partner(schema: Schema, data: Mapping[str, str]) -> Partner:
    council = schema.terms(Council).get(data.get("in", ""))
    return Partner(
        **_texts(Partner, data), kind=schema.choices["partner-kind"][data["kind"]], council=council
    )


def _answers(
    schema: Schema,
    cls: type[Question] | type[Pledge],
    key: str,
    data: Mapping[str, Any],
    cited: Callable[..., Any],
) -> tuple[Answer, ...]:
    """In the vocabulary's order, whatever order the author wrote them in."""
    given: Mapping[str, Any] = data.get(cls.facet, {})
    return tuple(
        Answer(term=term, text=given[term.id][key], sources=cited(given[term.id]["sources"]))
        for term in schema.terms(cls).values()
        if term.id in given
    )


def _outcome(schema: Schema, data: Mapping[str, Any], cited: Callable[..., Any]) -> Outcome:
    return Outcome(
        **_texts(Outcome, data),
        result=schema.choices["result"][data["result"]],
        evidence=schema.choices["evidence"][data["evidence"]],
        sources=cited(data["sources"]),
    )
