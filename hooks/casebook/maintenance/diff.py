"""The statements of a case study, and how they differ from those of another version.

They are read from documents, not case studies, so that one with mistakes has statements, too.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from casebook.content import Document

Statements = Mapping[str, tuple[str, ...]]
"""By field: "title", "questions.risk", "outcomes", "body: What happened", ... A list has several."""

_CONTEXT = 60
_FIGURE = re.compile(r"(?<!\w)(?<![A-Za-z]-)[£€$]?\d+(?:[.,]\d+)*(?:%|(?: ?(?:million|billion|m|bn|k)\b))?")
_HEADING = re.compile(r"^## (.*)$", re.MULTILINE)
_CITATION = re.compile(r"\[\^[^\]\n]{0,100}\]")
_WORD = re.compile(r"[^\W_]{3,}")
_WITHOUT_FIGURES = ("sources.", "checked")
"""Fields whose digits are not figures that the case study claims."""


@dataclass(frozen=True, kw_only=True)
class Change:
    """A statement that was added, removed (one side is empty) or reworded."""

    field: str
    before: str
    after: str
    figures_gone: tuple[str, ...] = ()
    """The figures of `before` that `after` lacks, if both sides are there; `figures_new` is the reverse."""
    figures_new: tuple[str, ...] = ()


def statements(document: Document) -> Statements:
    """Return everything that the document states. Each entry of a mapping is a field of its own."""
    found: dict[str, tuple[str, ...]] = {}
    for field, value in document.data.items():
        if isinstance(value, dict) and all(isinstance(entry, dict) for entry in value.values()):
            found |= {f"{field}.{id}": (line(entry),) for id, entry in value.items()}
        elif isinstance(value, list) and any(isinstance(entry, dict) for entry in value):
            found[field] = tuple(line(entry) for entry in value)
        else:
            found[field] = (line(value),)
    _, *sections = _HEADING.split(f"## \n{document.body}")
    for heading, text in zip(sections[::2], sections[1::2], strict=True):
        name, words = f"body: {heading.strip()}", " ".join(text.split())
        if heading or words:
            found[name] = (*found.get(name, ()), words)
    return found


def changes(before: Statements, after: Statements) -> tuple[Change, ...]:
    """Return every statement that differs, in the order of the newer version."""
    found = []
    for field in dict.fromkeys([*after, *before]):
        found += [_change(field, *pair) for pair in paired(before.get(field, ()), after.get(field, ()))]
    return tuple(found)


def line(value: Any) -> str:
    """Return a value of the front matter in full, on one line."""
    if isinstance(value, dict):
        return "; ".join(f"{key}: {line(child)}" for key, child in value.items())
    if isinstance(value, list):
        return ", ".join(line(child) for child in value)
    return " ".join(str(value).split())


def paired(before: Iterable[str], after: Iterable[str]) -> list[tuple[str, str]]:
    """Pair each text that only `before` has with the most similar that only `after` has; empty if none is."""
    gone, new = difference(before, after), difference(after, before)
    if len(gone) == len(new) == 1:
        return [(gone[0], new[0])]
    pairs, left = [], list(new)
    for text in gone:
        closest = max(left, key=lambda other: likeness(text, other), default="")
        if likeness(text, closest) < 0.3:
            closest = ""
        else:
            left.remove(closest)
        pairs.append((text, closest))
    return [*pairs, *(("", text) for text in left)]


def excerpts(before: str, after: str) -> tuple[str, str]:
    """Return both texts, without most of their common prefix and suffix."""
    same = _common_start(before, after)
    most = min(len(before), len(after)) - same
    start = same - _CONTEXT
    end = min(_common_start(before[::-1], after[::-1]), most) - _CONTEXT
    return _middle(before, start, end), _middle(after, start, end)


def likeness(one: str, other: str) -> float:
    """Return the share of words that two texts have in common (Jaccard index), from 0 to 1."""
    words, others = _words(one), _words(other)
    return len(words & others) / max(len(words | others), 1)


@lru_cache(maxsize=4096)
def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text[:500].casefold()))


def difference(texts: Iterable[str], others: Iterable[str]) -> list[str]:
    """Return the texts that the others lack, each as often as they lack it."""
    return list((Counter(texts) - Counter(others)).elements())


def _change(field: str, before: str, after: str) -> Change:
    both = bool(before and after)
    compares = both and not field.startswith(_WITHOUT_FIGURES)
    old, new = (figures(text) if compares else [] for text in (before, after))
    shown = excerpts(before, after) if both else (before, after)
    return Change(
        field=field,
        before=shown[0],
        after=shown[1],
        figures_gone=tuple(difference(old, new)),
        figures_new=tuple(difference(new, old)),
    )


def figures(text: str) -> list[str]:
    """Return the figures in a text, except the numbers of its citations."""
    return _FIGURE.findall(_CITATION.sub("", text))


def _middle(text: str, start: int, end: int) -> str:
    """Return the text without `start` and `end` characters at its ends, cut between words."""
    first = text.rfind(" ", 0, start) + 1 if start > 0 else 0
    last = text.find(" ", len(text) - end) if end > 0 else -1
    return f"{'…' if first else ''}{text[first:] if last < 0 else f'{text[first:last]}…'}"


def _common_start(one: str, other: str) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (left, right) in pairs if left != right), min(len(one), len(other)))
