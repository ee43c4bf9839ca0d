"""What a person should look at in a contribution. A hint is never a problem: only a reader can judge it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from casebook.documents import Document
from casebook.statements import likeness, statements

_PERSONAL = {
    "an e-mail address": re.compile(r"[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{2,64}"),
    "a telephone number": re.compile(r"(?<![\w.,/-])(?:\+44|0)(?:[ ()-]{0,2}\d){9,10}(?![\w/])"),
    "a name after a title": re.compile(
        r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Cllr|Councillor|Rev)\.? [A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?"
    ),
}
_ADDRESS = re.compile(r"https?://\S+")
_ALIKE = 0.6
"""Titles that share so much of their words may be about the same."""
_RATHER_ALIKE = 0.25
"""The same, of two cases of one council in the same years."""


@dataclass(frozen=True, kw_only=True)
class Hint:
    """Something that may be personal data."""

    what: str
    field: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Likeness:
    """Another case study that may tell the same story."""

    slug: str
    title: str
    why: str


def personal_data(document: Document) -> tuple[Hint, ...]:
    """What looks like personal data in its fields and body; the addresses of pages are passed over."""
    found = (
        Hint(what=what, field=field, text=match[0])
        for field, texts in statements(document).items()
        for text in texts
        for what, pattern in _PERSONAL.items()
        for match in pattern.finditer(_ADDRESS.sub(" ", text))
    )
    return tuple(dict.fromkeys(found))


def likenesses(document: Document, others: Iterable[Document]) -> tuple[Likeness, ...]:
    """The case studies that may be about the same, each with the reason."""
    reasons = {other.slug: (other, _why_alike(document, other)) for other in others if other is not document}
    return tuple(
        Likeness(slug=slug, title=title(other), why=why) for slug, (other, why) in reasons.items() if why
    )


def title(document: Document) -> str:
    """Its title, or its slug if it has none that can be read."""
    return text(document, "title") or document.slug


def text(document: Document, *path: str | int) -> str:
    """The text at this place of the front matter, if there is any."""
    given = document.each(*("*" if isinstance(part, int) else part for part in path))
    return dict(given).get(path, "")


def links(document: Document) -> Iterator[tuple[str, str]]:
    """Yield title and address of every source, then of every link out of the body, which has no title."""
    titles = {path[1]: text for path, text in document.each("sources", "*", "title")}
    for path, address in document.each("sources", "*", "url"):
        yield titles.get(path[1], str(path[1])), address
    for _, address in document.outline.links:
        if "//" in address:
            yield "", address


def host(address: str) -> str:
    """Return the host to which an address really leads; empty if it is no address."""
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _why_alike(one: Document, other: Document) -> str:
    alike = likeness(title(one), title(other))
    if alike >= _ALIKE:
        return "nearly the same title"
    if not (_councils(one) & _councils(other) and _overlap(one, other)):
        return ""
    further = {
        "a title rather like it": alike >= _RATHER_ALIKE,
        "the same main theme": _main_theme(one) == _main_theme(other) != "",
        "a source of the same address": not _addresses(one).isdisjoint(_addresses(other)),
    }
    also = [words for words, is_so in further.items() if is_so]
    return ", ".join(["the same council", "overlapping years", *also]) if also else ""


def _councils(document: Document) -> set[str]:
    return {council for _, council in document.each("councils", "*")}


def _main_theme(document: Document) -> str:
    return text(document, "themes", 0)


def _addresses(document: Document) -> set[str]:
    return {address for _, address in document.each("sources", "*", "url")}


def _overlap(one: Document, other: Document) -> bool:
    (began, ended), (others_began, others_ended) = (_years(document) for document in (one, other))
    return began <= others_ended and others_began <= ended


def _years(document: Document) -> tuple[str, str]:
    began, ended = (text(document, "period", end)[:4] for end in ("from", "to"))
    return began or "0000", ended or "9999"
