"""A draft as the form exports it: JSON from any source, so its size and structure are validated first.

    {"version": 1, "slug": "...", "front": {...}, "body": {"The problem": "Markdown", ...},
     "parked": [{"field": "questions.gone.answer", "text": "..."}, ...]}

`front` is the front matter in the schema's form: mappings, lists and text. `check` validates its content.
`parked`, which may be left out, is what the form has no field for any more.

A case study's file, or plain words under the five headings, is a draft, too. docs/assets/js/form/brought.js
takes such a text apart for the form.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any, NoReturn

from casebook.content import (
    FILE_NAME,
    HEADINGS,
    MAX_FIELD_DEPTH,
    FieldPath,
    Refused,
    field_name,
    parse_document,
    read_bytes,
    read_text,
    shown,
)

VERSION = 1
_LONGEST_KEY = 80
_HEADING = re.compile(
    rf"^[#*\s]*(?:[0-9]{{1,2}}[.)]\s+)?({'|'.join(HEADINGS)}|sources?|references?|links?)[#*:\s]*$",
    re.I | re.M,
)


class DraftError(Exception):
    """The file is not a draft. The message says why, for the person who chose it."""


@dataclass(frozen=True)
class Draft:
    slug: str
    front: Mapping[str, Any]
    body: Mapping[str, str]
    """By heading: all five, in their order."""
    parked: tuple[tuple[str, str], ...]
    """Fields that the form no longer has, each with its text."""


def read(path: FilePath) -> Draft:
    """Read a draft. Raises DraftError, and nothing else, whatever the file holds."""
    if path.suffix.lower() in (".md", ".txt"):
        return _from_text(path)
    data = read_json(path)
    if not isinstance(data, dict) or data.get("version") != VERSION or not {"front", "body"} <= data.keys():
        raise DraftError(f'it is not a draft: it needs "version": {VERSION}, "front" and "body"')
    front, body, slug = data["front"], data["body"], data.get("slug", "")
    for name, value in (("front", front), ("body", body)):
        if not isinstance(value, dict):
            raise DraftError(f'"{name}" must be a group of fields')
        refuse_unwritable(value, (name,))
    refuse_unwritable(slug, ("slug",))
    if slug and not (isinstance(slug, str) and FILE_NAME.fullmatch(f"{slug}.md")):
        raise DraftError(f'slug: "{shown(str(slug))}" is not lower-case words and hyphens')
    for heading, text in body.items():
        if heading not in HEADINGS or not isinstance(text, str):
            raise DraftError(f'body: "{shown(heading)}" is not one of the five headings, each with its text')
    return Draft(slug, front, {heading: body.get(heading, "") for heading in HEADINGS}, _parked(data))


def _from_text(path: FilePath) -> Draft:
    """The first line is the title. What else stands above the headings, or under sources, has no place."""
    try:
        text = read_text(path)
    except Refused as refusal:
        raise DraftError(refusal.message) from None
    front: Mapping[str, Any] = {}
    if text.startswith("---\n"):
        document, problems = parse_document(path.name, path.stem, text)
        if problems or not document:
            raise DraftError("; ".join(f"line {problem.line}: {problem.message}" for problem in problems))
        front, text = document.data, document.body
    above, *parts = _HEADING.split(text)
    if not front:
        title, _, above = above.strip().partition("\n")
        front = {"title": title.strip("#* ")} if title else {}
    names = {heading.lower(): heading for heading in HEADINGS}
    body = dict.fromkeys(HEADINGS, "")
    parked = [("text", above.strip())] if above.strip() else []
    for name, words in zip(parts[::2], parts[1::2], strict=True):
        if heading := names.get(name.lower()):
            body[heading] = f"{body[heading]}\n\n{words.strip()}".strip()
        else:
            parked.append((name, words.strip()))
    return Draft("", front, body, tuple(parked))


def _parked(data: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    parked = data.get("parked", [])
    refuse_unwritable(parked, ("parked",))
    if not isinstance(parked, list) or not all(_is_part(part) for part in parked):
        raise DraftError('"parked" must be a list of parts, each with its "field" and its "text"')
    return tuple((part["field"], part["text"]) for part in parked)


def _is_part(part: Any) -> bool:
    is_group = isinstance(part, dict) and part.keys() == {"field", "text"}
    return is_group and all(isinstance(text, str) for text in part.values())


def read_json(path: FilePath) -> Any:
    """Read JSON of bounded size. Raises DraftError."""
    try:
        return json.loads(read_bytes(path), object_pairs_hook=_mapping)
    except Refused as refusal:
        raise DraftError(refusal.message) from None
    except UnicodeDecodeError:
        raise DraftError("it is not UTF-8 text") from None
    except json.JSONDecodeError as error:
        raise DraftError(f"it is not JSON: line {error.lineno}, column {error.colno} can't be read") from None
    except RecursionError:
        raise DraftError(f"nested more than {MAX_FIELD_DEPTH} deep") from None
    except ValueError:
        raise DraftError("it holds a number that is too long") from None


def _mapping(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data = dict(pairs)
    if len(data) < len(pairs):
        twice = next(key for key, _ in pairs if [name for name, _ in pairs].count(key) > 1)
        raise DraftError(f'the field "{shown(twice)}" is given twice')
    return data


def refuse_unwritable(value: Any, path: FieldPath) -> None:
    """Refuse what front matter can't hold: types other than text, deep nesting, long keys, odd characters."""
    if len(path) > MAX_FIELD_DEPTH + 1:
        _refuse(path[:2], f"nested more than {MAX_FIELD_DEPTH} deep")
    if isinstance(value, dict):
        for key, child in value.items():
            if len(key) > _LONGEST_KEY:
                _refuse(path, f'"{shown(key)}" is too long for the name of a field')
            refuse_unwritable(key, path)
            refuse_unwritable(child, (*path, key))
    elif isinstance(value, list):
        for index, child in enumerate(value):
            refuse_unwritable(child, (*path, index))
    elif not isinstance(value, str):
        _refuse(path, f"must be text in quotation marks, not {json.dumps(value)}")
    elif any("\ud800" <= letter <= "\udfff" for letter in value):
        _refuse(path, "holds half a character")


def _refuse(path: FieldPath, message: str) -> NoReturn:
    raise DraftError(f"{field_name(path)}: {message}")
