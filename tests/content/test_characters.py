import pytest

from casebook.content.characters import faults, shown


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a\u202eb", "U+202E (right-to-left override) is invisible or turns text round"),
        ("a\u200bb", "U+200B (zero width space) is invisible or turns text round"),
        ("a\x1bb", "U+001B (control character) is invisible or turns text round"),
        ("a\ue000b", "U+E000 (private use) is invisible or turns text round"),
        ("a\U0001ffffb", "U+1FFFF (no character) is invisible or turns text round"),
        ("a\U0003fffeb", "U+3FFFE (no character) is invisible or turns text round"),
        ("a\U000dffffb", "U+DFFFF (no character) is invisible or turns text round"),
        ("a\U000e0041b", "U+E0041 (tag latin capital letter a) is invisible or turns text round"),
        ("a\U000e0100b", "U+E0100 (variation selector-17) is invisible or turns text round"),
        ("a\u2062b", "U+2062 (invisible times) is invisible or turns text round"),
        ("a\u2066b", "U+2066 (left-to-right isolate) is invisible or turns text round"),
        ("e" + "\u0301" * 300, "more than 4 combining marks on one letter"),
        ("\u0915" + "\u093c" * 300, "more than 4 combining marks on one letter"),
        ("\u2764" + "\ufe0f\u0301\u0301\u0301\u0301", "more than 4 combining marks on one letter"),
        ("cou\u200dncil", "U+200D (zero width joiner) is invisible or turns text round"),
        ("e\u0301\u200cb", "U+200C (zero width non-joiner) is invisible or turns text round"),
        ("council\ufe0f", "U+FE0F (variation selector-16) is invisible or turns text round"),
        ("5\ufe0f", "U+FE0F (variation selector-16) is invisible or turns text round"),
        ("a\u3164b", "U+3164 (hangul filler) is invisible or turns text round"),
        ("a\u2065b", "U+2065 (no character) is invisible or turns text round"),
        ("a\u0378b", "U+0378 (no character) is invisible or turns text round"),
        ("a\u17b4b", "U+17B4 (khmer vowel inherent aq) is invisible or turns text round"),
        ("a\u2028b", "U+2028 (line separator) is invisible or turns text round"),
        ("a\u0085b", "U+0085 (control character) is invisible or turns text round"),
        ("\U0001d5d5us", 'U+1D5D5 (mathematical sans-serif bold capital b) is not the "B" of the keyboard, but drawn like it'),
        ("\uff22us", 'U+FF22 (fullwidth latin capital letter b) is not the "B" of the keyboard, but drawn like it'),
        ("a\U00013430b", "U+13430 (egyptian hieroglyph vertical joiner) is invisible or turns text round"),
        ("\u06005", "U+0600 (arabic number sign) is invisible or turns text round"),
        ("\U0001f469\u200dx", "U+200D (zero width joiner) is invisible or turns text round"),
        ("\u6771\u200d\u4eac", "U+200D (zero width joiner) is invisible or turns text round"),
        ("\u2133iners", 'U+2133 (script capital m) is not the "M" of the keyboard, but drawn like it'),
        ("\ufb01fth", 'U+FB01 (latin small ligature fi) is not the "fi" of the keyboard, but drawn like it'),
        ("\u24b7us", 'U+24B7 (circled latin capital letter b) is not the "B" of the keyboard, but drawn like it'),
        ("\u2167", 'U+2167 (roman numeral eight) is not the "VIII" of the keyboard, but drawn like it'),
        ("\U0001f131us", 'U+1F131 (squared latin capital letter b) is not the "B" of the keyboard, but drawn like it'),
        ("\u0562us", 'U+0562 (armenian small letter ben) stands among Latin letters in "\u0562us" and looks like one of them'),
        ("\uab93us", 'U+AB93 (cherokee small letter no) stands among Latin letters in "\uab93us" and looks like one of them'),
        ("a" + "\u0301" * 5, "more than 4 combining marks on one letter"),
        ("Lee\u0441s", 'U+0441 (cyrillic small letter es) stands among Latin letters in "Lee\u0441s" and looks like one of them'),
    ],
)  # fmt: skip
def test_what_a_reader_cant_see_is_a_fault(text, said):
    assert [why for _, why in faults(text)] == [said]


@pytest.mark.parametrize(
    "text",
    ["Ynys M\u00f4n, T\u0177 Gwydr", "\u79fb\u4f4f\u8005", "\u0421\u043e\u0444\u0438\u044f", "\u03b1 and \u03b2", "\U0001f469\u200d\U0001f467", "\U0001f6b4\U0001f3fd\u200d\u2640\ufe0f\u2764\ufe0f\u200d\U0001f525", "\u201c\u2018\u2026\u2019\u201d \u2013", "\u0939\u093f\u0928\u094d\u0926\u0940", "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "\u0915\u094d\u200d\u0937", "5\ufe0f\u20e3", "\u6771\u4eacTower", "m\u00b2, 5 \u00b5g, 1\u00bd, \u2116 3", "a\tb\nc", "\u0645\u062c\u0644\u0633"],
)  # fmt: skip
def test_honest_letters_of_any_script_are_none(text):
    assert list(faults(text)) == []


def test_a_message_shows_nothing_invisible_and_stays_on_its_line():
    assert shown("a\x1b[31m\u202e\nb") == "a<U+001B>[31m<U+202E>\\nb"
    assert shown("e" + "\u0301" * 5 + " C\u043euncil") == "e" + "<U+0301>" * 5 + " C<U+043E>uncil"
    assert shown("x" * 100) == "x" * 59 + "…"
