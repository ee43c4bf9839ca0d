"""A case study as the source of another generator's page: front matter ready to render, and the same body.

Names, dates and addresses are resolved here, so that the peers need not.
"""

import json
from collections.abc import Callable, Iterable
from itertools import chain
from typing import Any

from casebook.content import writer
from casebook.model import dates
from casebook.model.models import Answer, CaseStudy, Council, Outcome, Source, Term

FACETS = {"questions": "Questions", "pledges": "Pledges", "themes": "Themes", "councils": "Councils"}
"""The taxonomies for which every tool renders lists."""


FrontMatter = dict[str, Any]


def in_yaml(front: FrontMatter) -> str:
    """Return front matter as MkDocs reads it."""
    return "\n".join(["---", *writer.yaml_block(front), "---", ""])


def in_json(front: FrontMatter) -> str:
    """Return front matter in the format that Hugo parses fastest."""
    return json.dumps(front, ensure_ascii=False) + "\n"


def in_fenced_json(front: FrontMatter) -> str:
    """Return front matter in the format that Eleventy parses fastest."""
    return f"---json\n{json.dumps(front, ensure_ascii=False)}\n---\n"


def page(case: CaseStudy, write: Callable[[FrontMatter], str], **more: Any) -> str:
    """Return the whole source. Its sources become ordinary footnotes, which every generator renders."""
    footnotes = [f"[^{source.id}]: {_cited(source)}" for source in case.sources]
    return write({**front_matter(case), **more}) + "\n".join(["", case.body.strip(), "", *footnotes, ""])


def front_matter(case: CaseStudy) -> FrontMatter:
    """Return the text that the peers' templates show, and the ids of its terms by taxonomy."""
    areas = ", ".join(area.title for area in case.areas)
    return {
        "title": case.title,
        "summary": case.summary,
        "place": f"{', '.join(council.name for council in case.councils)} · {areas}",
        "years": dates.years_of(case),
        "status": case.status.title,
        "results": [result.title for result in case.results],
        "evidence": case.evidence.title,
        "checked": dates.format_date(case.checked),
        "outcomes": [_outcome(outcome) for outcome in case.outcomes],
        "facts": [_fact("Councils", case.councils), _fact("Themes", case.themes)],
        "powers": "; ".join(power.title for power in case.powers) or "None named",
        "answers": [_answer(answer) for answer in chain(case.answers, case.deeds)],
        **{facet: [term.id for term in case.terms.values() if term.facet == facet] for facet in FACETS},
    }


def term(one: Term) -> dict[str, str]:
    """Return a term as the peers' templates show it."""
    title = one.name if isinstance(one, Council) else one.title
    return {"facet": one.facet, "id": one.id, "title": title, "summary": one.summary, "path": f"/{one.path}"}


def _fact(name: str, terms: Iterable[Term]) -> dict[str, Any]:
    return {"name": name, "terms": [_link(one) for one in terms]}


def _link(one: Term) -> dict[str, str]:
    return {key: value for key, value in term(one).items() if key in ("title", "path")}


def _answer(answer: Answer) -> dict[str, str]:
    return {
        "number": str(answer.term.number),
        **_link(answer.term),
        "text": answer.text,
        "by": _publishers(answer.sources),
    }


def _outcome(outcome: Outcome) -> dict[str, str]:
    return {
        "what": outcome.what,
        "result": outcome.result.title,
        "evidence": outcome.evidence.title,
        "proof": outcome.evidence.summary,
        "missing": outcome.evidence.missing,
        "by": _publishers(outcome.sources),
    }


def _publishers(sources: Iterable[Source]) -> str:
    return "; ".join(f"{source.publisher} ({source.kind.title.lower()})" for source in sources)


def _cited(source: Source) -> str:
    read = f"{source.kind.title}. Read {dates.format_date(source.accessed)}."
    return f"[{source.title}]({source.url}). {source.publisher}, {source.published}. {read}"
