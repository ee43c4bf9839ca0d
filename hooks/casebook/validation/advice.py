"""What a case study does better without, though it may stand: `check` mentions it, and exits as without.

Each rule is a generator, and its docstring is the rule.
"""

import re
from collections.abc import Iterator

from casebook.content import HEADINGS, Document, Problem, shown
from casebook.validation.markup import opened
from casebook.validation.rules import line_of, seen
from casebook.validation.schema import Surroundings

_SOURCE = r"(?:source|document|report|record|page|paper|study|article|text)s?"
_TELL = r"(?:name|say|tell|give|show|mention|report|record|explain|describe|ask|set|speak|answer|state)"
_OF_SOURCES = (
    rf"\b(?:no|none of the|nothing in the|not one of the) (?:\w+ ){{0,2}}{_SOURCE}\b"
    rf"|\b{_SOURCE}\b[\w ]*\b{_TELL}s? (?:no|nothing|none)\b"
    rf"|\b(?:{_SOURCE}|what was read)\b[\w ]*\b(?:(?:do|does|did)(?:n[’']t| not) {_TELL}|(?:is|are) silent)"
    r"|\b(?:nothing|no (?:\w+ ){1,4})(?:was|were|has been|have been) found\b"
    rf"|\bnot (?:shown |told |named )?in (?:the {_SOURCE}|what was)\b"
)
_OF_SOURCES_ALONE = re.compile(_OF_SOURCES, re.IGNORECASE)
"""A sentence on what sources leave out."""
_SILENT = re.compile(
    rf"{_OF_SOURCES}|\b(?:it|this|that|whether|how|what|who|which|figures?|results?|costs?|savings?|reasons?)\b.*"
    r"\b(?:is|was|are|were|has|have)(?:n[’']t| not| never| nowhere) (?:been )?"
    r"(?:told|said|shown|given|known|mentioned|recorded|reported|found|published|stated)\b"
    r"|\b(?:nothing|nobody|no one|no (?:\w+ ){0,3}(?:figures?|evidence|evaluation|information|data))\b.*"
    r"\b(?:found|known|given|published|shows?|shown|told|says?|said|exists?)\b"
    r"|^not (?:known|told|found|stated|shown|clear)\b|^unknown\b",
    re.IGNORECASE,
)
"""A clause that tells nothing but that nothing is told."""
_LONGEST = 1_000
"""Characters: twice the schema's limit. A review asks of texts that nobody has checked."""
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_CLAUSE_END = re.compile(r"(?<=[.!?;])\s+|, (?:and|but|so|while|yet|though) | (?:until|because) ")
_BOLD = re.compile(r"(?<=\n)[ \t]*\n[ ]{0,3}((?:\*\*|__)(?=\S)([^*_\n]{1,80})(?:\*\*|__):?)[ \t]*(?=\n|\Z)")
_LISTING = re.compile(
    r"^https?://[^/?#]+/?$|/(?:category|categories|tags?|search|archives?|author)(?:/|$)|/topics?/[^/]*/?$"
    r"|[?&](?:s|q|query|search|keywords?)=[^&]|/(?:19|20)\d\d(?:/\d\d?)?/?$",
    re.IGNORECASE,
)
"""Addresses of what changes: a front page, a category, a search, an archive by date."""


def answers_answer(document: Document, around: Surroundings) -> Iterator[Problem]:
    """An answer tells more than that no source answers."""
    for path, text in document.each("questions", "*", "answer"):
        silent = list(filter(_OF_SOURCES_ALONE.search, _SENTENCE_END.split(text.strip())))
        if is_empty(text):
            yield document.problem(path, *around.say("answers-answer"))
        elif silent:
            yield document.problem(path, *around.say("answers-answer.partly", text=shown(silent[0])))


def sections_cite(document: Document, around: Surroundings) -> Iterator[Problem]:
    """Each of the five headings has a citation under it."""
    outline = document.outline
    known = (heading for heading in outline.headings if heading.text.strip() in HEADINGS)
    major = [heading for heading in known if heading.level == 2]
    ends = [heading.line for heading in major[1:]]
    for heading, end in zip(major, [*ends, document.body.count("\n") + 2], strict=True):
        if not any(heading.line < line < end for line, _ in outline.citations):
            yield document.problem(heading.line, *around.say("sections-cite", title=heading.text.strip()))


def addresses_stay(document: Document, around: Surroundings) -> Iterator[Problem]:
    """A source's address is that of one page, which stays what it was."""
    for path, url in document.each("sources", "*", "url"):
        if _LISTING.search(url):
            yield document.problem(path, *around.say("addresses-stay", url=shown(url)))


def nobody_private_is_named(document: Document, around: Surroundings) -> Iterator[Problem]:
    """Nothing tells of a private person."""
    for place, text in seen(document, around):
        for found, kind in around.schema.personal_data.found(opened(text)):
            words = around.say("nobody-private-is-named", text=shown(found[0]), what=kind["is"])
            yield document.problem(line_of(place, found), *words)


def headings_are_headings(document: Document, around: Surroundings) -> Iterator[Problem]:
    """No paragraph in bold stands for a heading, and no two headings of one section have one text."""
    for found in _BOLD.finditer(document.body):
        line = document.body.count("\n", 0, found.start(1)) + 1
        yield document.problem(line, *around.say("headings-are-headings", text=shown(found[2])))
    seen: set[str] = set()
    for heading in document.outline.headings:
        seen = seen if heading.level > 2 else set()
        if heading.text in seen:
            words = around.say("headings-are-headings.alike", title=shown(heading.text))
            yield document.problem(heading.line, *words)
        seen.add(heading.text)


def is_empty(answer: str) -> bool:
    """Whether it only says that no source answers. What is longer than an answer may be says more."""
    return len(answer) <= _LONGEST and all(map(_SILENT.search, _CLAUSE_END.split(answer.strip())))


ADVICE = (answers_answer, sections_cite, addresses_stay, headings_are_headings, nobody_private_is_named)


def advise(document: Document, around: Surroundings) -> Iterator[Problem]:
    """Yield all advice for one document, which has no problem."""
    for rule in ADVICE:
        yield from rule(document, around)
