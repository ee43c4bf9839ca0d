"""What a case study states, one by one, and what another version of it states otherwise.

Made of documents, not of case studies: one with mistakes in it has statements, too.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from casebook.content import Document

Statements = Mapping[str, tuple[str, ...]]
"""By field: "title", "questions.risk", "outcomes", "body: What happened", ... Lists have several."""

_AROUND = 60
"""How many characters are shown on either side of a difference."""
_FIGURE = re.compile(r"(?<!\w)(?<![A-Za-z]-)[£€$]?\d+(?:[.,]\d+)*(?:%|(?: ?(?:million|billion|m|bn|k)\b))?")
_HEADING = re.compile(r"^## (.*)$", re.MULTILINE)
_CITATION = re.compile(r"\[\^[^\]\n]{0,100}\]")
_WORD = re.compile(r"[^\W_]{3,}")
_NO_CLAIMS = ("sources.", "checked")
"""Fields whose digits are no figures that anybody claims."""


@dataclass(frozen=True, kw_only=True)
class Change:
    """A statement that is new, gone (one side empty) or said otherwise."""

    field: str
    before: str
    after: str
    figures_gone: tuple[str, ...] = ()
    """Of a statement that has both sides, like the figures that are new."""
    figures_new: tuple[str, ...] = ()


def statements(document: Document) -> Statements:
    """Everything that the document states. Entries of mappings are fields of their own."""
    found: dict[str, tuple[str, ...]] = {}
    for field, value in document.data.items():
        if isinstance(value, dict) and all(isinstance(one, dict) for one in value.values()):
            found |= {f"{field}.{id}": (line(entry),) for id, entry in value.items()}
        elif isinstance(value, list) and any(isinstance(one, dict) for one in value):
            found[field] = tuple(line(one) for one in value)
        else:
            found[field] = (line(value),)
    _, *sections = _HEADING.split(f"## \n{document.body}")
    for heading, text in zip(sections[::2], sections[1::2], strict=True):
        name, words = f"body: {heading.strip()}", " ".join(text.split())
        if heading or words:
            found[name] = (*found.get(name, ()), words)
    return found


def changes(before: Statements, after: Statements) -> tuple[Change, ...]:
    """Every statement that differs, old beside new, in the newer version's order."""
    found = []
    for field in dict.fromkeys([*after, *before]):
        found += [_change(field, *pair) for pair in paired(before.get(field, ()), after.get(field, ()))]
    return tuple(found)


def outcomes(document: Document) -> Iterator[Mapping[str, Any]]:
    """Its outcomes, as far as they have that shape."""
    given = document.data.get("outcomes")
    yield from (one for one in given if isinstance(one, dict)) if isinstance(given, list) else ()


def line(value: Any) -> str:
    """A value of the front matter on one line, in full."""
    if isinstance(value, dict):
        return "; ".join(f"{key}: {line(child)}" for key, child in value.items())
    if isinstance(value, list):
        return ", ".join(line(child) for child in value)
    return " ".join(str(value).split())


def paired(before: Iterable[str], after: Iterable[str]) -> list[tuple[str, str]]:
    """What one side alone states, old beside new: each with the likest of the others, if one is like it."""
    gone, new = _without(before, after), _without(after, before)
    if len(gone) == len(new) == 1:
        return [(gone[0], new[0])]
    pairs, left = [], list(new)
    for text in gone:
        likest = max(left, key=lambda one: likeness(text, one), default="")
        if likeness(text, likest) < 0.3:
            likest = ""
        else:
            left.remove(likest)
        pairs.append((text, likest))
    return [*pairs, *(("", text) for text in left)]


def beside(before: str, after: str) -> tuple[str, str]:
    """Both texts, less the greater part of what they begin and end with alike."""
    same = _alike(before, after)
    most = min(len(before), len(after)) - same
    start, end = same - _AROUND, min(_alike(before[::-1], after[::-1]), most) - _AROUND
    return _middle(before, start, end), _middle(after, start, end)


def likeness(one: str, other: str) -> float:
    """Return how much of the words of two texts is in both, from 0 to 1."""
    words, others = _words(one), _words(other)
    return len(words & others) / max(len(words | others), 1)


@lru_cache(maxsize=4096)
def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text[:500].casefold()))


def _without(texts: Iterable[str], others: Iterable[str]) -> list[str]:
    return list((Counter(texts) - Counter(others)).elements())


def _change(field: str, before: str, after: str) -> Change:
    both = bool(before and after)
    compares = both and not field.startswith(_NO_CLAIMS)
    old, new = (figures(text) if compares else [] for text in (before, after))
    shown = beside(before, after) if both else (before, after)
    return Change(
        field=field,
        before=shown[0],
        after=shown[1],
        figures_gone=tuple(_without(old, new)),
        figures_new=tuple(_without(new, old)),
    )


def figures(text: str) -> list[str]:
    """The figures that a text tells, less the numbers of its citations."""
    return _FIGURE.findall(_CITATION.sub("", text))


def _middle(text: str, start: int, end: int) -> str:
    """The text without so much of its start and end, begun and ended at a word."""
    first = text.rfind(" ", 0, start) + 1 if start > 0 else 0
    last = text.find(" ", len(text) - end) if end > 0 else -1
    return f"{'…' if first else ''}{text[first:] if last < 0 else f'{text[first:last]}…'}"


def _alike(one: str, other: str) -> int:
    """How many characters both begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (left, right) in pairs if left != right), min(len(one), len(other)))
