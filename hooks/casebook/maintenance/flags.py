"""Hints at what a maintainer should read with care. They are never problems: only a reader can judge."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path as FilePath

from casebook.content import Document
from casebook.maintenance import source_links
from casebook.maintenance.diff import likeness, statements
from casebook.validation import Kinds, Schema, opened

_NOT_NAMES = "|".join(FilePath(__file__).with_name("not-names.txt").read_text(encoding="utf-8").split())
"""Words of places, bodies and offices, titles, months, and how sentences begin."""
_NAME = re.compile(
    rf"(?<![\w'’-])(?!(?:{_NOT_NAMES})\b)[A-Z][a-z'’-]+(?: [A-Z]\.?)? "
    rf"(?!(?:{_NOT_NAMES})\b)(?:[A-Z][a-z]*['’-])?[A-Z][a-z]+(?:-[A-Z][a-z]+)?(?![\w-])"
)
"""Two names, with an optional initial between them."""
_CONTEXT = 300
"""The most characters of a sentence shown on either side of what may be personal data."""
_ADDRESS = re.compile(r"https?://\S+")
_ALIKE = 0.6
"""Titles that share so much of their words may tell the same story."""
_RATHER_ALIKE = 0.25
"""The same, of two cases of one council in the same years."""


@dataclass(frozen=True, kw_only=True)
class Hint:
    what: str
    field: str
    text: str
    sentence: str


@dataclass(frozen=True, kw_only=True)
class Likeness:
    slug: str
    title: str
    why: str


def personal_data(document: Document, kinds: Kinds) -> tuple[Hint, ...]:
    """Find what looks like personal data in its fields and body; of web addresses, in what they carry."""
    stated = statements(document).items()
    return personal_data_in(((field, text) for field, texts in stated for text in texts), kinds)


def personal_data_in(texts: Iterable[tuple[str, str]], kinds: Kinds) -> tuple[Hint, ...]:
    """Find what looks like personal data in these pairs of field and text."""
    found = [
        _hint(kind["is"], field, match) for field, text in texts for match, kind in kinds.found(opened(text))
    ]
    order = [kind["is"] for kind in kinds.kinds]
    found.sort(key=lambda hint: order.index(hint.what))
    return tuple({(hint.what, hint.field, hint.text): hint for hint in found}.values())


def names(document: Document, others: Iterable[Document]) -> tuple[Hint, ...]:
    """Find what may be names of persons: in the body, but not in the front matter nor in any other body.

    Places, organisations and offices usually occur in one of those.
    """
    stated = statements(document)
    front = " ".join(
        text for field, texts in stated.items() if not field.startswith("body: ") for text in texts
    )
    found = {
        match[0]: _hint("the name of a person", field, match)
        for field, texts in stated.items()
        if field.startswith("body: ")
        for text in texts
        for match in _NAME.finditer(_ADDRESS.sub(" ", text))
        if match[0] not in front
    }
    for other in others:
        for name in [name for name in found if name in other.body]:
            del found[name]
        if not found:
            break
    return tuple(found.values())


def _hint(what: str, field: str, match: re.Match[str]) -> Hint:
    text, start, end = match.string, match.start(), match.end()
    first = max(
        (text.rfind(mark, 0, start) + 2 for mark in (". ", "? ", "! ", "] ") if mark in text[:start]),
        default=0,
    )
    last = text.find(". ", end) + 1 or len(text)
    around = text[max(first, start - _CONTEXT) : min(last, end + _CONTEXT)]
    return Hint(what=what, field=field, text=match[0], sentence=around.strip())


def likenesses(document: Document, others: Iterable[Document]) -> tuple[Likeness, ...]:
    """Return the case studies that may tell the same story, each with the reason."""
    reasons = {other.slug: (other, _reason(document, other)) for other in others if other is not document}
    return tuple(
        Likeness(slug=slug, title=title(other), why=why) for slug, (other, why) in reasons.items() if why
    )


def title(document: Document) -> str:
    """Return its title, or its slug if it has no readable title."""
    return document.text("title") or document.slug


def links(document: Document, schema: Schema) -> Iterator[tuple[str, str]]:
    """Yield the address in each field, with its source's title, and of each link in the body, with none."""
    for path, address in chain.from_iterable(document.each(*pattern) for pattern in schema.addresses):
        yield document.text(*path[:-1], "title") or str(path[-2]), address
    for _, address in document.outline.links:
        if "//" in address:
            yield "", address


def host(address: str) -> str:
    """Return the host of an address, without "www."; empty if it is not an address."""
    return source_links.host(address).removeprefix("www.")


def _reason(one: Document, other: Document) -> str:
    alike = likeness(title(one), title(other))
    if alike >= _ALIKE:
        return "nearly the same title"
    if not (_share(one, other, "councils", "*") and _overlap(one, other)):
        return ""
    further = {
        "a title rather like it": alike >= _RATHER_ALIKE,
        "the same main theme": one.text("themes", 0) == other.text("themes", 0) != "",
        "a source of the same address": _share(one, other, "sources", "*", "url"),
    }
    also = [words for words, is_so in further.items() if is_so]
    return ", ".join(["the same council", "overlapping years", *also]) if also else ""


def _share(one: Document, other: Document, *pattern: str) -> bool:
    """Whether some text is in both, at places that fit the pattern."""
    texts, others = ({text for _, text in document.each(*pattern)} for document in (one, other))
    return not texts.isdisjoint(others)


def _overlap(one: Document, other: Document) -> bool:
    (began, ended), (others_began, others_ended) = (_years(document) for document in (one, other))
    return began <= others_ended and others_began <= ended


def _years(document: Document) -> tuple[str, str]:
    return document.text("period", "from")[:4] or "0000", document.text("period", "to")[:4] or "9999"
