"""Unicode's own table of confusable letters, as confusable-homoglyphs brings it: what the schema's `lookAlike` must hold."""

import re
import unicodedata

import regex
from confusable_homoglyphs.confusables import confusables_data

_OTHER = regex.compile(r"(?![A-Za-z\p{Script=Common}])\p{L}")


def unicodes_own():
    """Each letter of another script, or of phonetics, that looks like one of the keyboard, and that one."""
    return {
        letter: latin
        for letter, alike in confusables_data.items()
        if _OTHER.fullmatch(letter) and letter <= "\uffff" and unicodedata.normalize("NFKC", letter) == letter
        for latin in [one["c"] for one in alike if re.fullmatch("[A-Za-z]", one["c"])][:1]
    }
