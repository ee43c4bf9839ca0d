"""Quotes contributed text in the Markdown that we generate.

It is put in code spans, in which no link, image, HTML, mention or emphasis is rendered. All text outside them
is ours, so that a contributor's words can't pass for the casebook's.
"""

import re
import sys
from collections.abc import Iterable
from itertools import count

from markupsafe import Markup

from casebook.content import shown

MAX_QUOTED = 40
"""How many items of a list are quoted; the rest are counted."""
MAX_SPAN = 600
"""Longer text is cut. The longest answer still fits."""
_RUN = re.compile("`+")
_SENTENCE = re.compile(
    rf"\S.{{0,{MAX_SPAN - 1}}}(?:(?<=[.!?\])]) |$)"
    rf"|\S.{{0,{MAX_SPAN - 1}}}(?: |$)|\S{{1,{MAX_SPAN}}}",
    re.DOTALL,
)
"""As many whole sentences as fit, or else words, or else characters."""


def code(text: str, most: int = MAX_SPAN) -> Markup:
    """Return the text as one code span, on one line, without invisible characters."""
    content = shown(" ".join(re.split("[ \t\r\n]+", text)).strip(), most) or "(nothing)"
    runs = {len(run) for run in _RUN.findall(content)}
    fence = "`" * next(length for length in count(1) if length not in runs)
    padding = " " if "`" in (content[0], content[-1]) else ""
    return Markup(f"{fence}{padding}{content}{padding}{fence}")


def prose(text: str) -> list[Markup]:
    """Return the whole text as code spans of a few sentences each."""
    pieces = _SENTENCE.findall(" ".join(text.split()))
    return [code(piece, most=sys.maxsize) for piece in pieces] or [code("")]


def listed(texts: Iterable[str]) -> Markup:
    """Return each text quoted, separated by commas."""
    quoted = [code(text) for text in texts]
    more = [f"and {len(quoted) - MAX_QUOTED:,} more"] if len(quoted) > MAX_QUOTED else []
    return Markup(", ".join([*quoted[:MAX_QUOTED], *more]))


def number(count: int, one: str, many: str = "") -> Markup:
    """Return for example "1 file" or "3 files"."""
    return Markup(f"{count:,} {one if count == 1 else many or f'{one}s'}")
