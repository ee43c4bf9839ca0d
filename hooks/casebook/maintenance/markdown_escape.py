"""Contributed words inside Markdown of ours.

They stand in code spans, where there is no link, picture, HTML, mention or emphasis. Outside of those all
words are ours, so that nobody can mistake a contributor's for the casebook's.
"""

import re
import sys
from collections.abc import Iterable
from itertools import count

from casebook.content import shown

MOST_WORDS = 40
"""How many of a list are quoted; how many more there are is said."""
MOST = 600
"""Longer text is cut. The longest answer is not."""
_RUN = re.compile("`+")
_SENTENCE = re.compile(
    rf"\S.{{0,{MOST - 1}}}(?:(?<=[.!?\])]) |$)|\S.{{0,{MOST - 1}}}(?: |$)|\S{{1,{MOST}}}", re.DOTALL
)
"""As many whole sentences as fit, or else words, or else letters."""


def code(text: str, most: int = MOST) -> str:
    """Return the text as one code span, on one line, nothing in it invisible."""
    words = shown(" ".join(re.split("[ \t\r\n]+", text)).strip(), most) or "(nothing)"
    runs = {len(run) for run in _RUN.findall(words)}
    fence = "`" * next(length for length in count(1) if length not in runs)
    room = " " if "`" in (words[0], words[-1]) else ""
    return f"{fence}{room}{words}{room}{fence}"


def prose(text: str) -> list[str]:
    """Return the text whole, each few sentences quoted by themselves."""
    pieces = _SENTENCE.findall(" ".join(text.split()))
    return [code(piece, most=sys.maxsize) for piece in pieces] or [code("")]


def said(pattern: str, *words: object) -> str:
    """Fill our own pattern. Text is contributed, and quoted; numbers are ours."""
    return pattern.format(*(code(one) if isinstance(one, str) else one for one in words))


def listed(words: Iterable[str]) -> str:
    """Return each quoted, with commas between."""
    quoted = [code(one) for one in words]
    more = [f"and {len(quoted) - MOST_WORDS:,} more"] if len(quoted) > MOST_WORDS else []
    return ", ".join([*quoted[:MOST_WORDS], *more])


def number(count: int, one: str, many: str = "") -> str:
    """Return for example "1 file" or "3 files"."""
    return f"{count:,} {one if count == 1 else many or f'{one}s'}"
