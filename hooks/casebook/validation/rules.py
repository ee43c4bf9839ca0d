"""What a case study must keep to. Each rule is a generator, and its docstring is the rule.

A rule speaks only of its own fault: it passes over whatever has the wrong shape, since `shape` says so.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from casebook.content import Document, Problem, shown
from casebook.model import earliest, runs_forwards
from casebook.validation import body_rules, schema_errors
from casebook.validation.schema import Surroundings

CITATIONS = (
    ("questions", "*", "sources", "*"),
    ("pledges", "*", "sources", "*"),
    ("outcomes", "*", "sources", "*"),
    ("updates", "*", "sources", "*"),
)
DATES = (
    ("checked",),
    ("period", "from"),
    ("period", "to"),
    ("sources", "*", "published"),
    ("sources", "*", "accessed"),
    ("updates", "*", "date"),
)


Rule = Callable[[Document, Surroundings], Iterator[Problem]]


def check(document: Document, around: Surroundings) -> Iterator[Problem]:
    """Yield every problem that one document has without a look at the others, in no particular order."""
    for rule in RULES:
        yield from rule(document, around)


def shape(document: Document, around: Surroundings) -> Iterator[Problem]:
    """Every field is as schema/case-study.schema.json says."""
    yield from schema_errors.problems(document, around.schema)


def dates_have_come(document: Document, around: Surroundings) -> Iterator[Problem]:
    """No date lies in the future."""
    for pattern in DATES:
        for path, text in document.each(*pattern):
            day = earliest(text)
            if day and day > around.today:
                message = f'"{text}" is in the future (today is {around.today})'
                yield document.problem("dates-have-come", path, message)


def period_runs_forwards(document: Document, around: Surroundings) -> Iterator[Problem]:
    """`period.to` is not before `period.from`."""
    began = dict(document.each("period", "from")).get(("period", "from"), "")
    for path, ended in document.each("period", "to"):
        if not runs_forwards(began, ended) and earliest(began) and earliest(ended):
            message = f'"{ended}" is before it began ("{began}")'
            yield document.problem("period-runs-forwards", path, message)


def updates_run_forwards(document: Document, around: Surroundings) -> Iterator[Problem]:
    """`updates` stand oldest first."""
    before = ""
    for path, text in document.each("updates", "*", "date"):
        if before and not runs_forwards(before, text):
            message = f'"{shown(text)}" comes after a later one, "{shown(before)}"'
            hint = "Put the oldest first."
            yield document.problem("updates-run-forwards", path, message, hint)
        before = text


def citations_have_sources(document: Document, around: Surroundings) -> Iterator[Problem]:
    """Every source that is cited is among `sources`. Said once for each id, at its first place."""
    ids = document.source_ids
    if not ids:
        return
    hint = f"The sources are: {', '.join(shown(id) for id in ids)}."
    said = set(ids)
    for pattern in CITATIONS:
        for path, id in document.each(*pattern):
            if id not in said:
                message = f'no source has the id "{shown(id)}"'
                yield document.problem("citations-have-sources", path, message, hint)
            said.add(id)
    for line, id in (*document.outline.citations, *document.outline.dangling):
        if id not in said:
            message = f'the citation "[^{shown(id)}]" has no source of that id'
            yield document.body_problem("citations-have-sources", line, message, hint)
        said.add(id)


def sources_are_cited(document: Document, around: Surroundings) -> Iterator[Problem]:
    """Every source is cited: in the body, an answer, a pledge, an outcome or an update."""
    cited = {id for pattern in CITATIONS for _, id in document.each(*pattern)}
    cited.update(id for _, id in document.outline.citations)
    for id in document.source_ids:
        if id not in cited:
            hint = f"Cite it as [^{shown(id)}] in the body or under an answer, or take it out."
            yield document.problem("sources-are-cited", ("sources", id), "is never cited", hint)


def addresses_differ(document: Document, around: Surroundings) -> Iterator[Problem]:
    """No two sources have one address."""
    seen: dict[str, str] = {}
    for path, url in document.each("sources", "*", "url"):
        if url in seen:
            message = f'the same address as the source "{shown(seen[url])}"'
            hint = "Keep one of the two, and cite it in both places."
            yield document.problem("addresses-differ", path, message, hint)
        seen.setdefault(url, str(path[1]))


def press_evidence_cites_the_press(document: Document, around: Surroundings) -> Iterator[Problem]:
    """An outcome whose evidence is `press` cites a source whose kind is `press`."""
    kinds = {path[1]: kind for path, kind in document.each("sources", "*", "kind")}
    for path, evidence in document.each("outcomes", "*", "evidence"):
        sources = document.each("outcomes", "*", "sources", "*")
        cited = [id for place, id in sources if place[1] == path[1]]
        known = cited and all(id in kinds for id in cited)
        if evidence == "press" and known and "press" not in map(kinds.get, cited):
            message = 'is "press", but none of the sources cited is of the kind "press"'
            hint = "What those who did it say of themselves is self-reported."
            yield document.problem("press-evidence-cites-the-press", path, message, hint)


def plain_fields_are_plain(document: Document, around: Surroundings) -> Iterator[Problem]:
    """Titles, summaries and answers are plain text: Markdown and HTML in them would show as typed."""
    for pattern in (
        ("title",),
        ("summary",),
        ("questions", "*", "answer"),
        ("pledges", "*", "how"),
        ("outcomes", "*", "what"),
        ("updates", "*", "text"),
    ):
        for path, text in document.each(*pattern):
            mark = next((mark for mark in ("](", "[^", "**", "`", "</", "<!", "{{") if mark in text), "")
            if mark:
                message = f'plain text only: "{mark}" would show as typed'
                yield document.problem("plain-fields-are-plain", path, message)


def titles_differ(documents: Sequence[Document]) -> Iterator[Problem]:
    """No two case studies have one title."""
    found = ((document, document.data.get("title")) for document in documents)
    titles = [(document, text) for document, text in found if isinstance(text, str)]
    counts = Counter(text.casefold() for _, text in titles)
    for document, text in titles:
        others = (d.file for d, other in titles if other.casefold() == text.casefold())
        if text and counts[text.casefold()] > 1:
            same = ", ".join(file for file in others if file != document.file)
            yield document.problem("titles-differ", ("title",), f"the same title as {same}")


RULES: tuple[Rule, ...] = (
    shape,
    dates_have_come,
    period_runs_forwards,
    updates_run_forwards,
    citations_have_sources,
    sources_are_cited,
    addresses_differ,
    press_evidence_cites_the_press,
    body_rules.body_is_there,
    body_rules.headings_are_the_five,
    body_rules.headings_stand_in_order,
    body_rules.sections_have_text,
    body_rules.no_raw_html,
    body_rules.lists_and_quotations_are_shallow,
    body_rules.no_images,
    body_rules.no_footnote_definitions,
    body_rules.links_lead_somewhere,
    plain_fields_are_plain,
)
