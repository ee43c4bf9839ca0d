"""A case study to fill in: every field in the schema's order, with the schema's own help."""

import textwrap
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from casebook.content.markdown import HEADINGS
from casebook.content.writer import yaml_block

_MODELINE = "# yaml-language-server: $schema=../site/schema/case-study.schema.json"
"""Makes YAML editors complete and validate by this schema, which each build of the site writes."""
_WIDTH = 100


def blank_file(fields: Iterable[Any], front: Mapping[str, Any] = MappingProxyType({})) -> str:
    """Return the text of a file with these fields filled in, and help for each. `fields` are the model's."""
    lines = ["---", _MODELINE]
    for field in fields:
        if field.is_by_maintainers:
            continue
        lines += _help(field)
        if field.key in front or field.is_needed:
            lines += yaml_block({field.key: front.get(field.key, "")})
    lines.append("---")
    for heading in HEADINGS:
        lines += ["", f"## {heading}", ""]
    return "\n".join(lines) + "\n"


def _help(field: Any) -> Iterator[str]:
    other = " or ".join(other.called for other in field.others)
    need = "" if field.is_needed else f"Needed, if {other} is missing. " if other else "Optional. "
    words = f"{need}{field.help}"
    yield "#"
    yield from textwrap.wrap(
        words, _WIDTH, initial_indent="# ", subsequent_indent="# ", break_on_hyphens=False
    )
    for line in yaml_block({field.key: field.example}):
        yield f"#   {line}"
