"""The handout: a case study on one side of A4. What is too long for it is cut at whole items."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from casebook.content import passages
from casebook.model import CaseStudy

LINES = 58
LETTERS = 70
"""What fits on the sheet beside its headings, in a wide font."""
_ASIDE = 40
"""Letters that stand beside an outcome or a sum: its result, its evidence."""
_SENTENCE_END = re.compile(r"""(?<=[.!?])\s+(?=["“‘(£A-Z0-9])""")


@dataclass(frozen=True)
class Part:
    shown: Sequence[Any]
    more: int
    """How many items stand on the case study's page alone."""


def handout(case: CaseStudy, body: str) -> dict[str, Part]:
    """Return what of each part fits: each part's first item, then each one's second, and so on."""
    items: dict[str, Sequence[Any]] = {
        "outcomes": case.outcomes or case.outputs,
        "wrong": _sentences(body, "What went wrong"),
        "costs": case.costs,
        "lessons": _sentences(body, "What others can learn"),
    }
    room = LINES - sum(len(text) / LETTERS for text in (case.summary, case.ask))
    shown = dict.fromkeys(items, 0)
    for turn in range(max(map(len, items.values()))):
        for name in (name for name, count in shown.items() if count == turn < len(items[name])):
            lines = _lines(items[name][turn])
            if lines <= room:
                shown[name], room = turn + 1, room - lines
    return {name: Part(items[name][:count], len(items[name]) - count) for name, count in shown.items()}


def _sentences(body: str, heading: str) -> list[str]:
    return [one for text in passages(body, heading) for one in _SENTENCE_END.split(text)]


def _lines(item: Any) -> float:
    """How many lines it takes: a sentence goes on where the one before has ended."""
    return len(item) / LETTERS if isinstance(item, str) else ceil((len(item.what) + _ASIDE) / LETTERS)
