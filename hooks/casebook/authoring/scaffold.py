"""A new case study to fill in: every field in the schema's order, with the schema's own help."""

import re
import textwrap
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path as FilePath
from typing import Any

from casebook.content import CASE_STUDIES, HEADINGS, MAX_NAME, Refused, create_file, refuse_name, yaml_block
from casebook.model import Field
from casebook.validation import Schema

MODELINE = "# yaml-language-server: $schema=../site/schema/case-study.schema.json"
"""Makes YAML editors complete and validate by this schema, which each build of the site writes."""
_WIDTH = 100
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
    lines = ["---", MODELINE]
    for name, field in schema.fields.items():
        if field.is_by_maintainers:
            continue
        lines += _help(field)
        if name in front or field.is_needed:
            lines += yaml_block({name: front.get(name, "")})
    lines.append("---")
    for heading in HEADINGS:
        lines += ["", f"## {heading}", ""]
    return "\n".join(lines) + "\n"


def _help(field: Field) -> Iterator[str]:
    other = " or ".join(field.others)
    need = "" if field.is_needed else f"Needed, if {other} is missing. " if other else "Optional. "
    words = f"{need}{field.help}"
    yield "#"
    yield from textwrap.wrap(words, _WIDTH, initial_indent="# ", subsequent_indent="# ")
    for line in yaml_block({field.key: field.example}):
        yield f"#   {line}"
