"""Which characters contributed text may hold: what a reader can't see must not be there."""

import re
import unicodedata
from collections.abc import Iterator

MOST_COMBINING_MARKS = 4

_INVISIBLE = {
    "\u200b": "zero-width space",
    "\u2060": "word joiner",
    "\u00ad": "soft hyphen",
    "\u180e": "vowel separator",
    "\ufeff": "byte-order mark",
    "\u0085": "next-line control",
    "\u2028": "line separator",
    "\u2029": "paragraph separator",
    "\u115f": "Hangul filler",
    "\u1160": "Hangul filler",
    "\u3164": "Hangul filler",
    "\uffa0": "Hangul filler",
}
_SUSPECT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters other than tab and line feed
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f"  # marks that turn text round
    "\ufdd0-\ufdef\ufff0-\uffff\ue000-\uf8ff\ud800-\udfff"  # non-characters, private use, surrogates
    "\U000e0000-\U000e007f\U000f0000-\U0010ffff"  # tag characters, private use
    f"{''.join(_INVISIBLE)}]"
)
_FLOOD = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
    f"{{{MOST_COMBINING_MARKS + 1},}}"
)
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
_LOOKALIKE = re.compile("[\u0370-\u03ff\u0400-\u052f]")
_WORD = re.compile(r"[^\W\d_]+")


def faults(text: str) -> Iterator[tuple[int, str]]:
    """Yield the offset of each character that may not stand here, and why, in words."""
    for found in _SUSPECT.finditer(text):
        yield found.start(), f"{name(found[0])} is invisible or turns text round"
    for found in _FLOOD.finditer(text):
        yield found.start(), f"more than {MOST_COMBINING_MARKS} combining marks on one letter"
    if _LOOKALIKE.search(text):
        yield from _mixed_words(text)


def name(character: str) -> str:
    """Return for example "U+202E (right-to-left override)"."""
    known = _INVISIBLE.get(character) or unicodedata.name(character, "control character").lower()
    return f"U+{ord(character):04X} ({known})"


def shown(text: str, most: int = 60) -> str:
    """Return the text as a message may quote it: cut short, on one line, nothing invisible."""
    visible = _SUSPECT.sub(lambda found: f"<U+{ord(found[0]):04X}>", text.replace("\n", "\\n"))
    return visible if len(visible) <= most else f"{visible[: most - 1]}…"


def _mixed_words(text: str) -> Iterator[tuple[int, str]]:
    for word in _WORD.finditer(text):
        odd = _LOOKALIKE.search(word[0])
        if odd and _LATIN.search(word[0]):
            yield (
                word.start() + odd.start(),
                (f'{name(odd[0])} stands among Latin letters in "{word[0]}" and looks like one of them'),
            )
