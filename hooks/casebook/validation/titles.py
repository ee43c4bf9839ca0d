"""The letters of a case study's title: read from the first bytes of its file, where those leave no doubt.

To parse thousands of files for their titles takes seconds.
"""

import os
import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path as FilePath

from casebook.content import read_document

_MAX_BYTES = 1024
_PLAIN_HEAD = re.compile(
    r"""
    ---\ *\r?\n
    (?:\#[ -~]*\r?\n)*                # comments
    title:\ +(
      "[^"\\\n]*(?:\\["\\][^"\\\n]*)*"  # no other escapes
    | '[^'\n]*(?:''[^'\n]*)*'
    | \w[^\#\r\n]*
    )\ *\r?\n
    [a-z\#]                           # the next field or a comment: the title does not go on
    """,
    re.VERBOSE,
)
"""YAML reads a title in it as what is typed there, but for quotation marks and backslashes."""


Alike = Mapping[int, int | str | None]
"""A table for `str.translate`, from letters to the Latin ones that they look like."""


def letters(title: str, alike: Alike) -> str:
    """What is the same in titles that `titles_differ` takes for one, and left as it is by YAML's quoting."""
    plain = unicodedata.normalize("NFKC", title).translate(alike).casefold().translate(alike)
    return "".join(filter(str.isalnum, plain))


def of_file(root: FilePath, path: FilePath, alike: Alike) -> str:
    """The letters of the title that the file has. Empty if it has none."""
    file = os.open(path, os.O_RDONLY)  # sooner than `path.open`, and thousands of times
    try:
        found = of_head(os.read(file, _MAX_BYTES), alike)
    finally:
        os.close(file)
    if found is not None:
        return found
    document, _ = read_document(root, path)
    return letters(document.text("title"), alike) if document else ""


def of_head(raw: bytes, alike: Alike) -> str | None:
    """The same from a file's first bytes; None if only a parser can tell. What follows may be faulty."""
    found = _PLAIN_HEAD.match(raw.decode("utf-8", "replace"))
    return letters(found[1], alike) if found else None
