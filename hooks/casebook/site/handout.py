"""The handout: a case study on one side of A4. What is too long for it is cut at whole items."""

from collections.abc import Sequence
from math import ceil
from typing import Any, NamedTuple

from casebook.content import sentences
from casebook.model import CaseStudy

LINES, LETTERS = 58, 70
"""What fits on the sheet beside its headings, in a wide font."""
_ASIDE = 40
"""Letters that stand beside an outcome or a sum: its result, its evidence."""


class Part(NamedTuple):
    shown: Sequence[Any]
    more: int
    """How many items stand on the case study's page alone."""


def handout(case: CaseStudy, body: str) -> dict[str, Part]:
    """Return what of each part fits: each part's first item, then each one's second, and so on."""
    items: dict[str, Sequence[Any]] = {
        "outcomes": case.outcomes or case.outputs,
        "wrong": sentences(body, "What went wrong"),
        "costs": case.costs,
        "lessons": sentences(body, "What others can learn"),
    }
    room = LINES - (len(case.summary) + len(case.ask)) / LETTERS
    shown = dict.fromkeys(items, 0)
    for turn in range(max(map(len, items.values()))):
        for name in (name for name, count in shown.items() if count == turn < len(items[name])):
            lines = _lines(items[name][turn])
            if lines <= room:
                shown[name], room = turn + 1, room - lines
    return {name: Part(items[name][:count], len(items[name]) - count) for name, count in shown.items()}


def _lines(item: Any) -> float:
    """How many lines it takes: a sentence goes on where the one before has ended."""
    return len(item) / LETTERS if isinstance(item, str) else ceil((len(item.what) + _ASIDE) / LETTERS)
