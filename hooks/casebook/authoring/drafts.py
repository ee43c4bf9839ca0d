"""A draft as the form exports it: JSON from anywhere, so its size and shape are held before it is believed.

    {"version": 1, "slug": "...", "front": {...}, "body": {"The problem": "Markdown", ...},
     "parked": [{"field": "questions.gone.answer", "text": "..."}, ...]}

`front` is the front matter in the schema's form: mappings, lists and text. What it says, `check` judges.
`parked`, which may be left out, is what had no place in the form any more.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any, NoReturn

from casebook.content import DEEPEST_FIELD, FILE_NAME, HEADINGS, MOST_BYTES, FieldPath, field_name, shown

VERSION = 1
_LONGEST_KEY = 80


class NoDraft(Exception):
    """The file is no draft. The message says why, in words for whoever chose it."""


@dataclass(frozen=True)
class Draft:
    slug: str
    """Empty if the draft has none yet."""
    front: Mapping[str, Any]
    body: Mapping[str, str]
    """By heading: all five, in their order."""
    parked: tuple[tuple[str, str], ...]
    """Fields that the form has no more, each with its text."""


def read(path: FilePath) -> Draft:
    """Read a draft. Raises NoDraft, and nothing else, for whatever the file may hold."""
    data = _json(path)
    if not isinstance(data, dict) or data.get("version") != VERSION or not {"front", "body"} <= data.keys():
        raise NoDraft(f'it is not a draft: it needs "version": {VERSION}, "front" and "body"')
    front, body, slug = data["front"], data["body"], data.get("slug", "")
    for name, value in (("front", front), ("body", body)):
        if not isinstance(value, dict):
            raise NoDraft(f'"{name}" must be a group of fields')
        _refuse_odd(value, (name,))
    _refuse_odd(slug, ("slug",))
    if slug and not (isinstance(slug, str) and FILE_NAME.fullmatch(f"{slug}.md")):
        raise NoDraft(f'slug: "{shown(str(slug))}" is not lower-case words and hyphens')
    for heading, text in body.items():
        if heading not in HEADINGS or not isinstance(text, str):
            raise NoDraft(f'body: "{shown(heading)}" is not one of the five headings, each with its text')
    return Draft(slug, front, {heading: body.get(heading, "") for heading in HEADINGS}, _parked(data))


def _parked(data: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    parked = data.get("parked", [])
    _refuse_odd(parked, ("parked",))
    if not isinstance(parked, list) or not all(_is_part(one) for one in parked):
        raise NoDraft('"parked" must be a list of parts, each with its "field" and its "text"')
    return tuple((one["field"], one["text"]) for one in parked)


def _is_part(one: Any) -> bool:
    is_group = isinstance(one, dict) and one.keys() == {"field", "text"}
    return is_group and all(isinstance(part, str) for part in one.values())


def _json(path: FilePath) -> Any:
    with path.open("rb") as file:
        raw = file.read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES:
        raise NoDraft(f"larger than {MOST_BYTES // 1024} kB")
    try:
        return json.loads(raw, object_pairs_hook=_mapping)
    except UnicodeDecodeError:
        raise NoDraft("it is not UTF-8 text") from None
    except json.JSONDecodeError as error:
        raise NoDraft(f"it is not JSON: line {error.lineno}, column {error.colno} can't be read") from None
    except RecursionError:
        raise NoDraft(f"nested more than {DEEPEST_FIELD} deep") from None
    except ValueError:
        raise NoDraft("it holds a number that is too long") from None


def _mapping(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data = dict(pairs)
    if len(data) < len(pairs):
        twice = next(key for key, _ in pairs if [name for name, _ in pairs].count(key) > 1)
        raise NoDraft(f'"{shown(twice)}" is given twice')
    return data


def _refuse_odd(value: Any, path: FieldPath) -> None:
    """Refuse what a file of front matter could not hold, whatever it means."""
    if len(path) > DEEPEST_FIELD + 1:
        _refuse(path[:2], f"nested more than {DEEPEST_FIELD} deep")
    if isinstance(value, dict):
        for key, child in value.items():
            if len(key) > _LONGEST_KEY:
                _refuse(path, f'"{shown(key)}" is too long for the name of a field')
            _refuse_odd(key, path)
            _refuse_odd(child, (*path, key))
    elif isinstance(value, list):
        for index, child in enumerate(value):
            _refuse_odd(child, (*path, index))
    elif not isinstance(value, str):
        _refuse(path, f"must be text in quotation marks, not {json.dumps(value)}")
    elif any("\ud800" <= letter <= "\udfff" for letter in value):
        _refuse(path, "holds half a character")


def _refuse(path: FieldPath, message: str) -> NoReturn:
    raise NoDraft(f"{field_name(path)}: {message}")
