"""Which characters contributed text may hold: what a reader can't see must not be there."""

import re
import unicodedata
from collections.abc import Iterator

MAX_COMBINING_MARKS = 4

_INVISIBLE = (
    "\u200b\u2060\u00ad\u180e\ufeff\u034f\u2061-\u2064"  # spaces, joiners, hyphens and marks without a width
    "\u0085\u2028\u2029\u2800\u115f\u1160\u3164\uffa0"  # line ends of YAML alone, blank letters
)
_COMMON = {"\ufeff": "byte-order mark", "\u0085": "next-line control"}
"""Names by which more people know a character than by Unicode's."""
_UNNAMED = {"Co": "private use", "Cn": "no character", "Cs": "half a character"}
_SUSPECT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters other than tab and line feed
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f"  # marks that turn text round
    "\ufdd0-\ufdef\ufff0-\uffff\ue000-\uf8ff\ud800-\udfff"  # non-characters, private use, surrogates
    "\U0001fffe\U0001ffff\U0002fffe\U0002ffff"  # more non-characters
    "\U0003fffe-\U0010ffff"  # planes that are empty; tags, selectors, private use
    f"{_INVISIBLE}]"
)
_ODD_RUN = re.compile(rf"[^\w\s!-~]{{{MAX_COMBINING_MARKS + 1},}}")
_JOINERS = "\u200c\u200d"
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
_LOOKALIKE = re.compile("[\u0370-\u03ff\u0400-\u052f]")
_WORD = re.compile(r"[^\W\d_]+")


def faults(text: str) -> Iterator[tuple[int, str]]:
    """Yield the offset of each character that may not stand here, and why, in words."""
    for found in _SUSPECT.finditer(text):
        yield found.start(), f"{name(found[0])} is invisible or turns text round"
    for found in _ODD_RUN.finditer(text):
        yield from _flood(found[0], found.start())
    if _LOOKALIKE.search(text):
        yield from _mixed_words(text)


def name(character: str) -> str:
    """Return for example "U+202E (right-to-left override)"."""
    unnamed = _UNNAMED.get(unicodedata.category(character), "control character")
    known = _COMMON.get(character) or unicodedata.name(character, unnamed).lower()
    return f"U+{ord(character):04X} ({known})"


def shown(text: str, most: int = 60) -> str:
    """Return the text as a message may quote it: cut short, on one line, nothing invisible."""
    visible = _SUSPECT.sub(lambda found: f"<U+{ord(found[0]):04X}>", text.replace("\n", "\\n"))
    return visible if len(visible) <= most else f"{visible[: most - 1]}…"


def _flood(run: str, offset: int) -> Iterator[tuple[int, str]]:
    """Marks of any script, and the joiners that may stand between them."""
    kinds = "".join(
        "m" if unicodedata.category(letter)[0] == "M" or letter in _JOINERS else " " for letter in run
    )
    at = kinds.find("m" * (MAX_COMBINING_MARKS + 1))
    if at >= 0:
        yield offset + at, f"more than {MAX_COMBINING_MARKS} combining marks on one letter"


def _mixed_words(text: str) -> Iterator[tuple[int, str]]:
    for word in _WORD.finditer(text):
        odd = _LOOKALIKE.search(word[0])
        if odd and _LATIN.search(word[0]):
            yield (
                word.start() + odd.start(),
                (f'{name(odd[0])} stands among Latin letters in "{word[0]}" and looks like one of them'),
            )
