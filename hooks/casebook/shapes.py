"""What JSON Schema finds in a document, said in an author's words: one message for each mistake."""

import difflib
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from jsonschema import ValidationError

from casebook.characters import shown
from casebook.documents import Document
from casebook.front_matter import Path
from casebook.models import Problem
from casebook.schema import Schema
from casebook.suggestions import nearest

Words = tuple[Path, str, str]
"""Where, what is wrong, how to mend it."""

_KINDS = {"array": "a list", "object": 'a group of "field: value" lines', "string": "text"}


def problems(document: Document, schema: Schema) -> Iterator[Problem]:
    """Yield one problem for each mistake of shape."""
    errors = sorted(schema.validator.iter_errors(document.data), key=_weight)
    meant = {path for error in errors for path in _meant(error)}
    said: set[Path] = set()
    for error in errors:
        for path, message, hint in _WORDS[str(error.validator)](error, schema):
            if path not in said and not (error.validator == "required" and path in meant):
                yield document.problem("shape", path, message, hint)
            said.add(path)


def _weight(error: ValidationError) -> int:
    """The error that says most about a place comes first; the others there are left out."""
    return list(_WORDS).index(str(error.validator))


def _meant(error: ValidationError) -> Iterator[Path]:
    """The fields that unknown ones are probably misspellings of: they are not missing."""
    if error.validator == "additionalProperties":
        for name in _unknown(error):
            for guess in _close(name, error.schema["properties"]):
                yield (*error.absolute_path, guess)


def _type(error: ValidationError, schema: Schema) -> Iterator[Words]:
    path, value = tuple(error.absolute_path), error.instance
    if value == "":
        yield path, "is empty", _help(error)
        return
    wanted = _KINDS[error.validator_value]
    given = {list: "a list", dict: "a group of lines", str: f'"{shown(str(value))}"'}[type(value)]
    yield path, f"must be {wanted}, not {given}", _help(error)


def _additional(error: ValidationError, schema: Schema) -> Iterator[Words]:
    for name in _unknown(error):
        guesses = _close(name, error.schema["properties"])
        known = ", ".join(error.schema["properties"])
        hint = f'Did you mean "{guesses[0]}"?' if guesses else f"The fields here are: {known}."
        yield (*error.absolute_path, name), f'"{shown(name)}" is not a field here', hint


def _required(error: ValidationError, schema: Schema) -> Iterator[Words]:
    for name in error.validator_value:
        if name not in error.instance:
            described = error.schema.get("properties", {}).get(name, {})
            hint = described.get("description", "A parish or town council lies in a principal one.")
            yield (*error.absolute_path, name), "is missing", hint


def _too_long(error: ValidationError, schema: Schema) -> Iterator[Words]:
    message = f"too long: {len(error.instance):,} characters, at most {error.validator_value}"
    yield _place(error), message, _help(error)


def _too_short(error: ValidationError, schema: Schema) -> Iterator[Words]:
    length = len(error.instance)
    message = f"too short: {length} characters, at least {error.validator_value}"
    yield _place(error), message if length else "is empty", _help(error)


def _too_few(error: ValidationError, schema: Schema) -> Iterator[Words]:
    yield _place(error), "is empty: give at least one", _help(error)


def _too_many(error: ValidationError, schema: Schema) -> Iterator[Words]:
    message = f"{len(error.instance)} are too many: at most {error.validator_value}"
    yield _place(error), message, _help(error)


def _twice(error: ValidationError, schema: Schema) -> Iterator[Words]:
    path, items = tuple(error.absolute_path), error.instance
    for index, item in enumerate(items):
        if item in items[:index]:
            yield (*path, index), f'"{shown(str(item))}" is given twice', "Keep one of the two."


def _pattern(error: ValidationError, schema: Schema) -> Iterator[Words]:
    rule = error.schema["errorMessage"]
    yield _place(error), _empty_or(error, f'"{shown(error.instance)}" {rule}'), _help(error)


def _format(error: ValidationError, schema: Schema) -> Iterator[Words]:
    yield _place(error), f'"{shown(error.instance)}" is not a real {error.validator_value}', ""


def _choice(error: ValidationError, schema: Schema) -> Iterator[Words]:
    allowed = [one["const"] for one in error.validator_value]
    guesses = _close(str(error.instance), allowed)
    meant = f'Did you mean "{guesses[0]}"? ' if guesses else ""
    message = f'"{shown(str(error.instance))}" is not one of {error.schema["title"]}'
    yield _place(error), _empty_or(error, message), f"{meant}They are: {', '.join(allowed)}."


def _term(error: ValidationError, schema: Schema) -> Iterator[Words]:
    vocabulary = next(one for one in schema.vocabularies.values() if one.title == error.schema["title"])
    message = f'"{shown(str(error.instance))}" is not one of {vocabulary.title}.'
    guesses = nearest(str(error.instance), vocabulary.terms.values())
    asked = " or ".join(f'"{guess}"' for guess in guesses)
    meant = f"Did you mean {asked}? " if guesses else ""
    hint = f"{meant}All of them are in {vocabulary.file}."
    yield _place(error), _empty_or(error, message), hint


_WORDS: dict[str, Callable[[ValidationError, Schema], Iterator[Words]]] = {
    "type": _type,
    "additionalProperties": _additional,
    "required": _required,
    "minLength": _too_short,
    "minItems": _too_few,
    "minProperties": _too_few,
    "maxItems": _too_many,
    "maxProperties": _too_many,
    "uniqueItems": _twice,
    "enum": _term,
    "oneOf": _choice,
    "pattern": _pattern,
    "maxLength": _too_long,
    "format": _format,
}
"""By keyword of JSON Schema, the weightiest first. The schema uses no others."""


def _place(error: ValidationError) -> Path:
    """Where the error is. An error of a field's name is at that field, or at the tag that it is."""
    path = tuple(error.absolute_path)
    if "propertyNames" not in error.absolute_schema_path:
        return path
    return (*path, str(error.instance))


def _unknown(error: ValidationError) -> Iterator[str]:
    return (name for name in error.instance if name not in error.schema["properties"])


def _close(name: str, allowed: Sequence[str] | dict[str, Any]) -> list[str]:
    return difflib.get_close_matches(name.lower(), list(allowed), n=1, cutoff=0.7)


def _empty_or(error: ValidationError, message: str) -> str:
    return message if error.instance else "is empty"


def _help(error: ValidationError) -> str:
    """What the schema says of the field, and its example."""
    return str(error.schema.get("description", ""))
