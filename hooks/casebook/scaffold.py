"""A new case study to fill in: every field in the schema's order, with the schema's own help."""

import json
import re
import textwrap
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from casebook.bodies import HEADINGS
from casebook.files import LONGEST_NAME
from casebook.schema import Schema

_WIDTH = 100


def slug(title: str) -> str:
    """Return the file's name, less its ending: lower-case words and hyphens; empty if none can be made."""
    plain = unicodedata.normalize("NFKD", re.sub("['\u2019]", "", title.lower()))
    words = re.findall("[a-z0-9]+", plain.encode("ascii", "ignore").decode())
    short = "-".join(words)[: LONGEST_NAME - len(".md")]
    return short.strip("-")


def new(schema: Schema, title: str, today: date) -> str:
    """Return the text of the file. It passes `check` once its empty fields and sections are filled."""
    given = {"title": json.dumps(title, ensure_ascii=False), "checked": today.isoformat()}
    required = schema.case_study["required"]
    lines = ["---"]
    for name, field in schema.case_study["properties"].items():
        lines += _help(name, field, needed=name in required)
        if name in required:
            lines.append(f"{name}: {given.get(name, '')}".rstrip())
    lines.append("---")
    for heading in HEADINGS:
        lines += ["", f"## {heading}", ""]
    return "\n".join(lines) + "\n"


def _help(name: str, field: Mapping[str, Any], needed: bool) -> Iterator[str]:
    words = field["description"] if needed else f"Optional. {field['description']}"
    yield "#"
    yield from textwrap.wrap(words, _WIDTH, initial_indent="# ", subsequent_indent="# ")
    for line in _block({name: field["examples"][0]}):
        yield f"#   {line}"


def _block(value: Any) -> Iterator[str]:
    """Write an example as YAML in block style, every text in double quotes by JSON's rules."""
    for key, child in value.items():
        if isinstance(child, dict):
            yield f"{key}:"
            yield from (f"  {line}" for line in _block(child))
        elif isinstance(child, list) and isinstance(child[0], dict):
            yield f"{key}:"
            for item in child:
                first, *rest = _block(item)
                yield from (f"  - {first}", *(f"    {line}" for line in rest))
        else:
            yield f"{key}: {json.dumps(child, ensure_ascii=False)}"
