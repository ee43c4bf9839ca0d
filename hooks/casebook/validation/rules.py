"""What a case study must keep to. Each rule is a generator, and its docstring is the rule.

A rule speaks only of its own fault: it passes over whatever has the wrong shape, since `shape` says so.
"""

import difflib
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from casebook.content import DEEPEST_LIST, HEADINGS, Document, Problem, heading_id, shown
from casebook.model import earliest, runs_forwards
from casebook.validation import schema_errors
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


_ORDER = " / ".join(HEADINGS)
_FIELD = re.compile("[a-z_-]+:")
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
            yield document.problem("sources-are-cited", ("sources", id), "never cited", hint)


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
            message = '"press", but none of the sources cited is of the kind "press"'
            hint = "What those who did it say of themselves is self-reported."
            yield document.problem("press-evidence-cites-the-press", path, message, hint)


def plain_fields_are_plain(document: Document, around: Surroundings) -> Iterator[Problem]:
    """Titles, summaries and answers are plain text: Markdown and HTML in them would show as typed."""
    for pattern in around.schema.plain_fields:
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


def body_is_there(document: Document, around: Surroundings) -> Iterator[Problem]:
    """There is a body."""
    if not document.body.strip():
        hint = f"Its headings are: {_ORDER}."
        yield document.body_problem("body-is-there", 1, "the body is missing", hint)


def headings_are_the_five(document: Document, around: Surroundings) -> Iterator[Problem]:
    """The body has the five second-level headings, and no others on the first two levels."""
    major = [heading for heading in document.outline.headings if heading.level <= 2]
    missing = [title for title in HEADINGS if title not in {one.text.strip() for one in major}]
    for heading in major:
        title = heading.text.strip()
        if heading.level == 1 or title not in HEADINGS:
            meant = difflib.get_close_matches(title, [*missing, *HEADINGS], n=1, cutoff=0.6)
            missing = [one for one in missing if one not in meant]
            message = f'"{"#" * heading.level} {shown(title)}" is not one of the five headings'
            asked = f'Did you mean "## {meant[0]}"? ' if meant else ""
            hint = f"{asked}They are: {_ORDER}."
            if _FIELD.match(title):
                hint = "It looks like a second front matter block. Keep one, at the top."
            yield document.body_problem("headings-are-the-five", heading.line, message, hint)
    for title in missing if document.body.strip() else ():
        message, hint = f'the heading "## {title}" is missing', "Add it, and the text under it."
        yield document.body_problem("headings-are-the-five", 1, message, hint)


def headings_stand_in_order(document: Document, around: Surroundings) -> Iterator[Problem]:
    """The five headings stand in their order, each once."""
    known = [one for one in document.outline.headings if one.text.strip() in HEADINGS]
    latest = -1
    for heading in (one for one in known if one.level == 2):
        place = HEADINGS.index(heading.text.strip())
        if place <= latest:
            message = f'"## {heading.text.strip()}" is out of order or repeated'
            hint = f"The order is: {_ORDER}."
            rule = "headings-stand-in-order"
            yield document.body_problem(rule, heading.line, message, hint)
        latest = max(latest, place)


def sections_have_text(document: Document, around: Surroundings) -> Iterator[Problem]:
    """Each of the five headings has text under it, and nothing stands above the first."""
    found = document.outline
    for heading in found.headings:
        if heading.level == 2 and heading.text.strip() in HEADINGS and not heading.has_text_below:
            message = f'there is no text under "{heading.text.strip()}"'
            hint = "If there is truly nothing to tell, say so in a sentence."
            yield document.body_problem("sections-have-text", heading.line, message, hint)
    if found.text_before_headings:
        line = found.text_before_headings
        typed = document.body.split("\n")[line - 1].strip()
        message = f'text stands above the first heading: "{shown(typed)}"'
        yield document.body_problem("sections-have-text", line, message)


def no_raw_html(document: Document, around: Surroundings) -> Iterator[Problem]:
    """The body holds no raw HTML and no HTML comments."""
    lines = document.body.split("\n")
    for line in dict.fromkeys(document.outline.raw_html):
        message = f'raw HTML is not allowed: "{shown(lines[line - 1].strip())}"'
        hint = "Use Markdown. To show a < as text, write `<` between backticks or &lt;."
        yield document.body_problem("no-raw-html", line, message, hint)


def lists_and_quotations_are_shallow(document: Document, around: Surroundings) -> Iterator[Problem]:
    """Lists and quotations stand at most four deep in each other."""
    lines = document.body.split("\n")
    for line in dict.fromkeys(document.outline.too_deep):
        typed = shown(lines[line - 1].strip())
        message = f'lists and quotations stand more than {DEEPEST_LIST} deep: "{typed}"'
        most = f"{DEEPEST_LIST} within each other are the most."
        hint = f"{most} Make it a list of its own, or put it under a ### heading."
        yield document.body_problem("lists-and-quotations-are-shallow", line, message, hint)


def no_images(document: Document, around: Surroundings) -> Iterator[Problem]:
    """The body holds no images."""
    for line, address in document.outline.images:
        message = f'images are not used in case studies: "{shown(address)}"'
        yield document.body_problem("no-images", line, message, "Say it in words.")


def no_footnote_definitions(document: Document, around: Surroundings) -> Iterator[Problem]:
    """The body defines no footnotes: they are made from `sources`."""
    for number, line in enumerate(document.body.split("\n"), start=1):
        if line.startswith("[^") and "]:" in line:
            message = f'a footnote is defined here: "{shown(line)}"'
            hint = "Write the source under `sources`; its footnote is made from that."
            rule = "no-footnote-definitions"
            yield document.body_problem(rule, number, message, hint)


def links_lead_somewhere(document: Document, around: Surroundings) -> Iterator[Problem]:
    """A link is https://, another case study as `other-slug.md`, or a heading of this one as `#heading`."""
    anchors = set(document.outline.anchors)
    for line, address in document.outline.links:
        message = _link_fault(address, anchors, around.slugs)
        if message:
            hint = "Link to https:// addresses, to other case studies as other-slug.md, or to #a-heading."
            yield document.body_problem("links-lead-somewhere", line, message, hint)


def _host(address: str) -> str:
    """The part between // and the path, as typed: what stands before an @ in it is no host."""
    return re.split(r"[/?#\\]", address.partition("//")[2], maxsplit=1)[0]


def _link_fault(address: str, anchors: set[str], slugs: frozenset[str]) -> str:
    """Say what is wrong with the address of a link, or nothing."""
    page, _, anchor = address.partition("#")
    if not address:
        return "a link has no address, or one that is not safe"
    if address.startswith(("https://", "http://")):
        hides = f'the link "{shown(address)}" hides where it leads: to what stands behind the @'
        return hides if "@" in _host(address) else ""
    if page.endswith(".md") and "/" not in page and ":" not in page:
        known = {heading_id(heading) for heading in HEADINGS}
        if page.removesuffix(".md") not in slugs:
            return f'the link "{shown(address)}" leads to a case study that does not exist'
        return "" if not anchor or anchor in known else f'"{shown(address)}": no such heading there'
    if not page:
        return "" if anchor in anchors else f'the link "{shown(address)}" leads to no heading here'
    return f'the link "{shown(address)}" does not lead to a page that we can check'


RULES: tuple[Rule, ...] = (
    shape,
    dates_have_come,
    period_runs_forwards,
    updates_run_forwards,
    citations_have_sources,
    sources_are_cited,
    addresses_differ,
    press_evidence_cites_the_press,
    body_is_there,
    headings_are_the_five,
    headings_stand_in_order,
    sections_have_text,
    no_raw_html,
    lists_and_quotations_are_shallow,
    no_images,
    no_footnote_definitions,
    links_lead_somewhere,
    plain_fields_are_plain,
)
