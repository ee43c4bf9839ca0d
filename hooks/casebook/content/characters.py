"""Which characters contributed text may hold: what a reader can't see must not be there."""

import re
import unicodedata
from collections.abc import Iterator

import regex

MAX_COMBINING_MARKS = 4

_UNNAMED = {"Cc": "control character", "Co": "private use", "Cn": "no character", "Cs": "half a character"}
_UNSEEN = regex.compile(
    r"""(?![\t\n])[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\ufffc\ufffd\u2800]
    # but for joiners in scripts that need them, and for those of emoji
    (?<!(?![\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Inherited}])
    (?![\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hebrew}])[\p{L}\p{M}][\u200c\u200d])
    (?<![\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f]\u200d(?=\p{Extended_Pictographic}))
    (?<!\p{Extended_Pictographic}[\ufe0e\ufe0f])
    (?<![0-9\#*]\ufe0f(?=\u20e3))""",
    regex.VERBOSE,
)
_RARE = re.compile(r"[^\t\n -~\u00a1-\u00ac\u00ae-\u024f\u2010-\u2027]")
"""All other characters can be seen, and are most of any text."""
_FLOOD = regex.compile(rf"[\p{{M}}\u200c\u200d]{{{MAX_COMBINING_MARKS + 1},}}")
_STYLED = regex.compile(
    r"[\u2102\u210a-\u2113\u2115\u2119-\u211d\u2124\u2128\u212c\u212d\u212f-\u2131\u2133\u2134\u2160-\u217f"
    r"\u24b6-\u24e9\ufb00-\ufb06\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\U0001d400-\U0001d7ff\U0001f130-\U0001f149]"
)
"""Roman numerals, bold, ringed, joined, wide letters: software spells them out, and no search finds them."""
_ODD = (
    r"(?![\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}\p{Script=Han}\p{Script=Hiragana}"
    r"\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}])\p{L}"
)
_ODD_FIGURE = regex.compile(
    r"(?<=[0-9A-Za-z])(?![0-9\uff10-\uff19])\p{Nd}|(?![0-9\uff10-\uff19])\p{Nd}(?=[0-9A-Za-z])"
)
_WORD = regex.compile(r"[\p{L}\p{M}]+")
_ODD_LETTER = regex.compile(_ODD)
_LATIN = regex.compile(r"\p{Script=Latin}")


def faults(text: str) -> Iterator[tuple[int, str]]:
    """Yield the offset of each character that may not stand here, and why, in words."""
    if not _RARE.search(text):
        return
    for found in _UNSEEN.finditer(text):
        yield found.start(), f"{name(found[0])} is invisible or turns text round"
    for found in _FLOOD.finditer(text):
        yield found.start(), f"more than {MAX_COMBINING_MARKS} combining marks on one letter"
    for found in _STYLED.finditer(text):
        plain = unicodedata.normalize("NFKC", found[0])
        yield found.start(), f'{name(found[0])} is not the "{plain}" of the keyboard, but drawn like it'
    for found in _ODD_FIGURE.finditer(text):
        yield found.start(), f"{name(found[0])} stands among figures or letters of another script"
    if _ODD_LETTER.search(text):
        yield from _mixed_words(text)


def name(character: str) -> str:
    """Return for example "U+202E (right-to-left override)"."""
    unnamed = _UNNAMED.get(unicodedata.category(character), "no name")
    return f"U+{ord(character):04X} ({unicodedata.name(character, unnamed).lower()})"


def shown(text: str, most: int = 60) -> str:
    """Return the text as a message may quote it: cut short, on one line, faulty characters by number."""
    line = text.replace("\n", "\\n")
    faulty = {offset for offset, _ in faults(line)}
    faulty.update(offset for found in _FLOOD.finditer(line) for offset in range(*found.span()))
    visible = "".join(
        f"<U+{ord(letter):04X}>" if place in faulty else letter for place, letter in enumerate(line)
    )
    return visible if len(visible) <= most else f"{visible[: most - 1]}…"


def _mixed_words(text: str) -> Iterator[tuple[int, str]]:
    for word in _WORD.finditer(text):
        odd = _ODD_LETTER.search(word[0])
        if odd and _LATIN.search(word[0]):
            looks = f'{name(odd[0])} stands among Latin letters in "{word[0]}" and looks like one of them'
            yield word.start() + odd.start(), looks
