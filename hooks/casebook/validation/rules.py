"""What a case study must keep to. Each rule is a generator, and its docstring is the rule.

A rule speaks only of its own fault: it passes over whatever has the wrong shape, since `shape` says so.
"""

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, pairwise

from casebook.content import (
    CASE_STUDIES,
    HEADINGS,
    MAX_LIST_DEPTH,
    Document,
    FieldPath,
    Problem,
    faults,
    heading_id,
    shown,
)
from casebook.model import runs_forwards
from casebook.validation import schema_errors, titles
from casebook.validation.addresses import refusal
from casebook.validation.markup import unescaped
from casebook.validation.relations import RELATIONS
from casebook.validation.schema import Surroundings

_HEADINGS = " / ".join(HEADINGS)
_FIELD = re.compile("[a-z_-]+:")
_ID = re.compile(r"[\w-]+")
Rule = Callable[[Document, Surroundings], Iterator[Problem]]


def check(document: Document, around: Surroundings) -> Iterator[Problem]:
    """Yield every problem that one document has without a look at the others, in no particular order."""
    for rule in RULES:
        yield from rule(document, around)


def between(documents: Sequence[Document], around: Surroundings) -> Iterator[Problem]:
    """Yield every problem that shows only when documents are held against each other."""
    yield from titles_differ(documents, around)
    yield from former_names_are_free(documents, around)


def shape(document: Document, around: Surroundings) -> Iterator[Problem]:
    """Every field is as schema/case-study.schema.json says."""
    yield from schema_errors.shape_problems(document, around.schema, around.today)


def updates_run_forwards(document: Document, around: Surroundings) -> Iterator[Problem]:
    """`updates` stand oldest first."""
    before = ""
    for path, text in document.each("updates", "*", "date"):
        if before and not runs_forwards(before, text):
            words = around.say("updates-run-forwards", date=shown(text), before=shown(before))
            yield document.problem(path, *words)
        before = text


def citations_have_sources(document: Document, around: Surroundings) -> Iterator[Problem]:
    """Every source that is cited is among `sources`. Said once for each id, at its first place."""
    ids = document.source_ids
    if not ids:
        return
    known = ", ".join(map(shown, ids))
    said = set(ids)
    for pattern in around.schema.citations:
        for path, id in document.each(*pattern, "*"):
            if id not in said:
                yield document.problem(path, *around.say("citations-have-sources", id=shown(id), ids=known))
            said.add(id)
    for line, id in (*document.outline.citations, *document.outline.dangling):
        if id not in said:
            yield document.problem(line, *around.say("citations-have-sources.body", id=shown(id), ids=known))
        said.add(id)


def sources_are_cited(document: Document, around: Surroundings) -> Iterator[Problem]:
    """Every source is cited: in the body, an answer, a pledge, an outcome or an update."""
    cited = {id for pattern in around.schema.citations for _, id in document.each(*pattern, "*")}
    cited.update(id for _, id in document.outline.citations)
    for id in document.source_ids:
        if id not in cited:
            yield document.problem(("sources", id), *around.say("sources-are-cited", id=shown(id)))


def addresses_differ(document: Document, around: Surroundings) -> Iterator[Problem]:
    """No two sources have one address in the same field."""
    seen: dict[tuple[str | int, str], str] = {}
    for path, url in _addresses(document, around):
        first = seen.setdefault((path[-1], url), str(path[-2]))
        if first != str(path[-2]):
            yield document.problem(path, *around.say("addresses-differ", id=shown(first)))


def addresses_lead_straight(document: Document, around: Surroundings) -> Iterator[Problem]:
    """An address is the page's own: no wrapper, view for phones or printers, test host, private host."""
    links = ((line, url) for line, url in document.outline.links if "//" in url and "@" not in _host(url))
    places: Iterable[tuple[FieldPath | int, str]] = chain(_addresses(document, around), links)
    for place, url in places:
        if schema_errors.address_fault(url, around.schema):
            continue
        field, given = ("", ()) if isinstance(place, int) else (str(place[-1]), document.at(place[:-1]))
        found = refusal(url, around.schema.refusals, field, given)
        if found:
            what, better = found
            name = "addresses-lead-straight" if better else "addresses-lead-straight.unknown"
            yield document.problem(place, *around.say(name, url=shown(url), what=what, better=better))


def nothing_shows_as_typed(document: Document, around: Surroundings) -> Iterator[Problem]:
    """No field or body holds what only another program, or another dialect of Markdown, would render."""
    lines = enumerate(document.body.split("\n"), start=1)
    git_marks = ((line, text) for line, text in lines if text.startswith((">" * 7, "=" * 7)))
    unknown = {f"[^{id}]" for _, id in document.outline.dangling if id not in document.source_ids}
    said = {}
    for place, text in chain(seen(document, around), git_marks):
        kinds = around.schema.markup["body" if isinstance(place, int) else "fields"]
        for found, kind in kinds.left_in(text):
            mark, line = text[slice(*found.span())].strip(), line_of(place, found)
            if kind.get("ofSource") and _ID.findall(mark)[0].lower() not in document.source_ids:
                continue
            words = around.say("nothing-shows-as-typed", mark=shown(mark), what=kind["is"], mend=kind["mend"])
            if mark not in unknown:
                said[line, mark] = document.problem(line, *words)
    yield from said.values()


def characters_can_be_seen(document: Document, around: Surroundings) -> Iterator[Problem]:
    """What entities and % forms stand for can be seen, too; and no word only looks like a Latin one."""
    plain = {document.body[offset] for offset, _ in faults(document.body)}
    opened: Iterable[tuple[FieldPath | int, str]] = chain(
        _addresses(document, around), document.outline.links
    )
    decoded: Iterable[tuple[FieldPath | int, str]] = ((place, unescaped(url)) for place, url in opened)
    for place, text in chain(document.outline.texts, decoded):
        for letter in dict.fromkeys(text[offset] for offset, _ in faults(text)):
            if letter not in plain:
                words = around.say("characters-can-be-seen", code=f"{ord(letter):04X}")
                yield document.problem(place, *words)
    for place, text in seen(document, around):
        for found in () if text.isascii() else around.schema.look_alike_word.finditer(text):
            latin = found[0].translate(around.schema.look_alike)
            words = around.say("characters-can-be-seen.word", word=found[0], latin=latin)
            yield document.problem(line_of(place, found), *words)


def seen(document: Document, around: Surroundings) -> Iterator[tuple[FieldPath | int, str]]:
    """What readers see, decoded: each plain field, and each paragraph of the body."""
    for pattern in around.schema.plain_fields:
        yield from document.each(*pattern)
    yield from document.outline.texts


def line_of(place: FieldPath | int, found: re.Match[str]) -> FieldPath | int:
    """The place of a match: in the body, the line of its paragraph."""
    return place + found.string.count("\n", 0, found.start()) if isinstance(place, int) else place


def titles_can_be_read(document: Document, around: Surroundings) -> Iterator[Problem]:
    """A title has a letter or a digit."""
    title = document.text("title")
    if title and not titles.letters(title, around.schema.look_alike):
        yield document.problem(("title",), *around.say("titles-can-be-read", title=shown(title)))


def titles_differ(documents: Sequence[Document], around: Surroundings) -> Iterator[Problem]:
    """No two case studies have one title, or two that differ by spaces, case, marks or look-alike letters."""
    same: dict[str, list[Document]] = {}
    for document in documents:
        if text := document.text("title"):
            same.setdefault(titles.letters(text, around.schema.look_alike), []).append(document)
    for alike in same.values():
        for document in alike if len(alike) > 1 else ():
            files = ", ".join(other.file for other in alike if other is not document)
            yield document.problem(("title",), *around.say("titles-differ", files=files))


def former_names_are_free(documents: Sequence[Document], around: Surroundings) -> Iterator[Problem]:
    """A former address is no case study's own, and leads on to one alone."""
    owners: dict[str, str] = {slug: f"{CASE_STUDIES}/{slug}.md" for slug in around.slugs}
    for document in documents:
        for path, slug in document.each("former", "*"):
            if slug in owners:
                words = around.say("former-names-are-free", slug=shown(slug), file=owners[slug])
                yield document.problem(path, *words)
            owners.setdefault(slug, document.file)


def body_is_there(document: Document, around: Surroundings) -> Iterator[Problem]:
    """There is a body."""
    if not document.body.strip():
        yield document.problem(1, *around.say("body-is-there", headings=_HEADINGS))


def headings_are_the_five(document: Document, around: Surroundings) -> Iterator[Problem]:
    """The body has the five second-level headings, and no others on the first two levels."""
    headings = document.outline.headings
    major = [heading for heading in headings if heading.level <= 2 or heading.text.strip() in HEADINGS]
    there = {heading.text.strip() for heading in major if heading.level == 2}
    missing = [title for title in HEADINGS if title not in there]
    for heading in major:
        title = heading.text.strip()
        if heading.level != 2 or title not in HEADINGS:
            meant = difflib.get_close_matches(title, [*missing, *HEADINGS], n=1, cutoff=0.6)
            missing = [title for title in missing if title not in meant]
            typed = f"{'#' * heading.level} {shown(title)}"
            guess = around.say("did-you-mean", guesses=f'"## {meant[0]}"').message if meant else ""
            words = around.say("headings-are-the-five", heading=typed, guess=guess, headings=_HEADINGS)
            if _FIELD.match(title):
                words = words._replace(hint=around.say("headings-are-the-five.second-block").message)
            yield document.problem(heading.line, *words)
    for title in missing if document.body.strip() else ():
        found = re.search(
            rf"^(?:[^\w\n#]|[\d_])*{title}(?:[^\w\n]|_)*$", document.body, re.MULTILINE | re.IGNORECASE
        )
        name, line = "headings-are-the-five.missing", 1
        if found:
            name, line = "headings-are-the-five.line", document.body.count("\n", 0, found.end()) + 1
        words = around.say(name, title=title, text=shown(found[0].strip()) if found else "")
        yield document.problem(line, *words)


def headings_skip_no_level(document: Document, around: Surroundings) -> Iterator[Problem]:
    """A heading has words, and is at most one level below the one above it."""
    headings = document.outline.headings
    for heading in headings:
        if heading.level > 2 and not (heading.text.strip() and heading.text_below.strip()):
            name = "headings-skip-no-level.below" if heading.text.strip() else "headings-skip-no-level.empty"
            typed = f"{'#' * heading.level} {shown(heading.text.strip())}".strip()
            yield document.problem(heading.line, *around.say(name, heading=typed))
    for above, heading in pairwise(headings):
        if heading.level > above.level + 1 and heading.text.strip():
            typed = f"{'#' * heading.level} {shown(heading.text.strip())}"
            right = "#" * (above.level + 1)
            words = around.say("headings-skip-no-level", heading=typed, above="#" * above.level, right=right)
            yield document.problem(heading.line, *words)


def headings_stand_in_order(document: Document, around: Surroundings) -> Iterator[Problem]:
    """The five headings stand in their order, each once."""
    known = [heading for heading in document.outline.headings if heading.text.strip() in HEADINGS]
    latest = -1
    for heading in (heading for heading in known if heading.level == 2):
        place = HEADINGS.index(heading.text.strip())
        if place <= latest:
            words = around.say("headings-stand-in-order", title=HEADINGS[place], headings=_HEADINGS)
            yield document.problem(heading.line, *words)
        latest = max(latest, place)


def sections_have_text(document: Document, around: Surroundings) -> Iterator[Problem]:
    """Each of the five headings has text under it that says something, and nothing stands above the first."""
    found, says_nothing = document.outline, around.schema.says_nothing
    for heading in found.headings:
        if heading.level == 2 and heading.text.strip() in HEADINGS and says_nothing.match(heading.text_below):
            name = "sections-have-text.nothing" if heading.text_below.strip() else "sections-have-text"
            words = around.say(name, title=heading.text.strip())
            yield document.problem(heading.line, *words)
    if found.text_before_headings:
        line = found.text_before_headings
        typed = document.body.split("\n")[line - 1].strip()
        yield document.problem(line, *around.say("sections-have-text.above", text=shown(typed)))


def no_lines_are_out_of_place(document: Document, around: Surroundings) -> Iterator[Problem]:
    """The body holds no footnotes, which `sources` make, no lists too deep, no code made by an indent."""
    lines = document.body.split("\n")
    notes = (place for place, line in enumerate(lines, start=1) if line.startswith("[^") and "]:" in line)
    for name, places in (
        ("lists-and-quotations-are-shallow", document.outline.too_deep),
        ("no-footnote-definitions", notes),
        ("no-indented-code", document.outline.indented),
    ):
        for place in dict.fromkeys(places):
            if lines[place - 1].startswith(">" * 7):
                continue  # a mark of Git's
            words = around.say(name, most=MAX_LIST_DEPTH, text=shown(lines[place - 1].strip()))
            yield document.problem(place, *words)


def no_raw_html(document: Document, around: Surroundings) -> Iterator[Problem]:
    """The body holds no raw HTML. What ends an element is not named beside what begins it."""
    begun: set[str] = set()
    for line, column, tag in document.outline.raw_html:
        name = re.match(r"</?([a-z0-9-]*)", tag, re.IGNORECASE)
        if name and tag.startswith("</") and name[1] in begun:
            continue
        begun.add(name[1] if name else "")
        words = around.say("no-raw-html", text=shown(tag))
        yield replace(document.problem(line, *words), column=column)


def no_images(document: Document, around: Surroundings) -> Iterator[Problem]:
    """The body holds no images."""
    for line, address in document.outline.images:
        yield document.problem(line, *around.say("no-images", address=shown(address)))


def links_lead_somewhere(document: Document, around: Surroundings) -> Iterator[Problem]:
    """A link is https://, another case study as `other-slug.md`, or a heading of this one as `#heading`."""
    anchors = set(document.outline.anchors)
    for line, address in document.outline.links:
        name = _link_fault(address, anchors, around.slugs)
        if name == "mail":
            words = around.say("links-lead-somewhere.mail", address=shown(address.removeprefix("mailto:")))
            yield document.problem(line, *words)
        elif name:
            fault = around.say(f"links-lead-somewhere.{name}", address=shown(address)).message
            yield document.problem(line, *around.say("links-lead-somewhere", fault=fault))
        elif "//" in address and (wrong := schema_errors.address_fault(address, around.schema)):
            yield document.problem(line, *wrong)


def _addresses(document: Document, around: Surroundings) -> Iterator[tuple[FieldPath, str]]:
    """Every web address in its fields."""
    return chain.from_iterable(document.each(*pattern) for pattern in around.schema.addresses)


def _host(address: str) -> str:
    """The part between // and the path, as typed: what stands before an @ in it is no host."""
    return re.split(r"[/?#\\]", address.partition("//")[2], maxsplit=1)[0]


def _link_fault(address: str, anchors: set[str], slugs: frozenset[str]) -> str:
    """What is wrong with the address of a link, as its message is called; or nothing."""
    page, _, anchor = address.partition("#")
    if not address:
        return "unsafe"
    if address.startswith("mailto:"):
        return "mail"
    if address.startswith(("https://", "http://")):
        return "hidden" if "@" in _host(address) else ""
    if page.endswith(".md") and "/" not in page and ":" not in page:
        known = {heading_id(heading) for heading in HEADINGS}
        if page.removesuffix(".md") not in slugs:
            return "case"
        return "" if not anchor or anchor in known else "heading-there"
    if not page:
        return "" if anchor in anchors else "heading-here"
    return "elsewhere"


RULES: tuple[Rule, ...] = (
    shape,
    updates_run_forwards,
    citations_have_sources,
    sources_are_cited,
    addresses_differ,
    addresses_lead_straight,
    body_is_there,
    headings_are_the_five,
    headings_skip_no_level,
    headings_stand_in_order,
    sections_have_text,
    no_lines_are_out_of_place,
    no_raw_html,
    no_images,
    links_lead_somewhere,
    nothing_shows_as_typed,
    characters_can_be_seen,
    titles_can_be_read,
    *RELATIONS,
)
