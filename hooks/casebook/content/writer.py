"""Front matter written so that the strict reader reads the same text back, whatever it is."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

_PLAIN_KEY = re.compile("[a-z][a-z0-9_-]*")
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
"""What JSON leaves as it is, and YAML breaks the line at, drops or refuses."""


def file_text(front: Mapping[str, Any], body: Mapping[str, str]) -> str:
    """Return the text of a file with this front matter, and this text under each heading."""
    sections = [f"## {heading}\n\n{text.strip()}\n" for heading, text in body.items()]
    return "\n".join(["---", *yaml_block(front), "---", "", *sections])


def yaml_block(fields: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines of mappings, lists and text, in block style. A list of texts stands on one line."""
    for key, value in fields.items():
        name = key if _PLAIN_KEY.fullmatch(key) else quoted(key)
        if isinstance(value, dict) and value:
            yield f"{name}:"
            yield from (f"  {line}" for line in yaml_block(value))
        elif isinstance(value, list) and value and all(isinstance(item, dict) and item for item in value):
            yield f"{name}:"
            for item in value:
                first, *rest = yaml_block(item)
                yield from (f"  - {first}", *(f"    {line}" for line in rest))
        else:
            yield f"{name}: {_flow(value)}" if value != "" else f"{name}:"


def quoted(text: str) -> str:
    """Return the text in double quotes, by JSON's rules and a few escapes more: YAML reads both alike."""
    whole = json.dumps(text, ensure_ascii=False)
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", whole)


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return f"{{{', '.join(f'{quoted(key)}: {_flow(child)}' for key, child in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_flow, value))}]"
    return quoted(value)
