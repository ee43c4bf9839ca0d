"""A new case study to fill in: every field in the schema's order, with the schema's own help."""

import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path as FilePath
from typing import Any

from casebook.content import CASE_STUDIES, MAX_NAME, Refused, blank_file, create_file, refuse_name
from casebook.validation import Schema

_SPELT = str.maketrans(
    dict(zip("ßæœøłđðþıħŧŋ", ("ss", "ae", "oe", "o", "l", "d", "d", "th", "i", "h", "t", "ng"), strict=True))
)
"""Letters of languages written in Latin ones that are no letter with a mark."""


def slug(title: str) -> str:
    """Return the file's name without its suffix: lower-case words and hyphens; empty if there are none."""
    plain = unicodedata.normalize("NFKD", re.sub("['\u2019]", "", title.lower()).translate(_SPELT))
    words = re.findall("[a-z0-9]+", "".join(filter(lambda letter: not unicodedata.combining(letter), plain)))
    short = "-".join(words)[: MAX_NAME - len(".md")]
    return short.strip("-")


def name(root: FilePath, slug: str) -> str:
    """Return the new file's path from the root. Raises Refused if the name is not allowed, or is taken."""
    if not slug:
        raise Refused("file", "The title needs at least one letter or digit")
    refuse_name(f"{slug}.md")
    file = f"{CASE_STUDIES}/{slug}.md"
    if (root / file).exists():
        raise Refused("file", f"{file} exists already; nothing was changed")
    return file


def save(root: FilePath, file: str, text: str) -> None:
    """Write the new file atomically. Raises FileExistsError rather than overwrite a file."""
    (root / CASE_STUDIES).mkdir(exist_ok=True)
    create_file(root / file, text, root)


def render(schema: Schema, front: Mapping[str, Any]) -> str:
    """Return the text of the file with these fields filled in; it passes `check` once the others are."""
    return blank_file(schema.fields.values(), front)
