"""A checked Document becomes a CaseStudy: ids become the terms, sources and choices that they name."""

from collections.abc import Mapping
from typing import Any

from casebook.content import Document
from casebook.model import Answer, CaseStudy, Pledge, Question, Reader, Source
from casebook.validation.schema import Schema


def case_study(schema: Schema, document: Document) -> CaseStudy:
    """Resolve every id. The document must have passed the rules."""
    data, about = document.data, schema.fields
    sources: dict[str, Source] = {}
    reader = Reader({**schema.finders, Source: lambda _, id: sources[id]})
    for number, (id, source) in enumerate(data["sources"].items(), start=1):
        sources[id] = reader.read(Source, source, about["sources"].fields, id=id, number=number)
    return reader.read(
        CaseStudy,
        data,
        about,
        slug=document.slug,
        file=document.file,
        body=document.body,
        began=data["period"]["from"],
        ended=data["period"].get("to", ""),
        answers=_answers(schema, Question, "answer", data, sources),
        deeds=_answers(schema, Pledge, "how", data, sources),
        sources=tuple(sources.values()),
    )


def _answers(
    schema: Schema, cls: type[Question] | type[Pledge], key: str, data: Any, sources: Mapping[str, Source]
) -> tuple[Answer, ...]:
    """In the vocabulary's order, whatever order the author wrote them in."""
    given: Mapping[str, Any] = data.get(cls.facet, {})
    return tuple(
        Answer(
            term=term,
            text=given[term.id][key],
            sources=tuple(sources[id] for id in given[term.id]["sources"]),
        )
        for term in schema.terms(cls).values()
        if term.id in given
    )
