"""What JSON Schema finds in a document, said in an author's words: one message for each mistake."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from casebook.content import Document, FieldPath, Problem, shown
from casebook.model import nearest
from casebook.validation.schema import Schema

if TYPE_CHECKING:
    import jsonschema

    class ValidationError(jsonschema.ValidationError):
        """As `iter_errors` yields it: each part is set, and the schema is neither `true` nor `false`."""

        validator: str
        validator_value: Any
        instance: Any
        schema: Mapping[str, Any]


class Words(NamedTuple):
    """What is said of one mistake."""

    path: FieldPath
    message: str
    hint: str
    of_key: bool = False
    """Whether the key itself is at fault: then the field is what the key stands in."""


_KINDS = {"array": "a list", "object": 'a group of "field: value" lines', "string": "text"}


def problems(document: Document, schema: Schema) -> Iterator[Problem]:
    """Yield one problem for each mistake of shape."""
    if schema.quick.is_valid(document.data):
        return
    found = cast("Iterable[ValidationError]", schema.validator.iter_errors(document.data))
    errors = sorted(found, key=_weight)
    most = {tuple(one.absolute_path): one.validator_value for one in errors if one.validator == "maxItems"}
    meant = {path for error in errors for path in _meant(error)}
    said: set[FieldPath] = set()
    for error in errors:
        if _is_beyond(error, most):
            continue
        for words in _WORDS[str(error.validator)](error, schema):
            path = words.path
            if path not in said and not (error.validator == "required" and path in meant):
                field = path[:-1] if words.of_key else path
                yield document.problem("shape", path, words.message, words.hint, field)
            said.add(path)


def _weight(error: ValidationError) -> tuple[int, int]:
    """The error that says most about a place comes first; the others there are left out.

    Of two limits that a text is over, the lower one says more.
    """
    limit = error.validator_value if error.validator == "maxLength" else 0
    return list(_WORDS).index(str(error.validator)), limit


def _is_beyond(error: ValidationError, most: Mapping[FieldPath, int]) -> bool:
    """Whether it is of an item that its list has no room for: that there are too many is said already."""
    path = tuple(error.absolute_path)
    items = [(path[:end], item) for end, item in enumerate(path) if isinstance(item, int)]
    return any(item >= most[of] for of, item in items if of in most)


def _meant(error: ValidationError) -> Iterator[FieldPath]:
    """The fields that unknown ones are probably misspellings of: they are not missing."""
    if error.validator == "additionalProperties":
        for name in _unknown(error):
            for guess in _close(name, error.schema["properties"]):
                yield (*error.absolute_path, guess)


def _type(error: ValidationError, schema: Schema) -> Iterator[Words]:
    path, value = tuple(error.absolute_path), error.instance
    if value == "":
        yield Words(path, "empty", schema.help(path))
        return
    wanted = _KINDS[error.validator_value]
    kinds: dict[type, str] = {list: "a list", dict: "a group of lines", str: f'"{shown(str(value))}"'}
    fields = ", ".join(error.schema.get("properties", ()))
    hint = f"Its fields are: {fields}." if fields else schema.help(path)
    if wanted == "a list" and isinstance(value, str):
        hint = f"Put it in square brackets, with commas between items: [{shown(value)}]."
    yield Words(path, f"must be {wanted}, not {kinds[type(value)]}", hint)


def _additional(error: ValidationError, schema: Schema) -> Iterator[Words]:
    for name in _unknown(error):
        guesses = _close(name, error.schema["properties"])
        known = ", ".join(error.schema["properties"])
        hint = f'Did you mean "{guesses[0]}"?' if guesses else f"The fields here are: {known}."
        path = (*error.absolute_path, name)
        yield Words(path, f'"{shown(name)}" is not a field here', hint, of_key=True)


def _required(error: ValidationError, schema: Schema) -> Iterator[Words]:
    for name in error.validator_value:
        if name not in error.instance:
            path = (*error.absolute_path, name)
            yield Words(path, "missing", schema.help(path))


def _too_long(error: ValidationError, schema: Schema) -> Iterator[Words]:
    message = f"too long: {len(error.instance):,} characters, at most {error.validator_value}"
    yield _words(error, schema, message)


def _too_short(error: ValidationError, schema: Schema) -> Iterator[Words]:
    message = f"too short: {len(error.instance)} characters, at least {error.validator_value}"
    yield _words(error, schema, message)


def _too_few(error: ValidationError, schema: Schema) -> Iterator[Words]:
    yield _words(error, schema, "empty: give at least one")


def _too_many(error: ValidationError, schema: Schema) -> Iterator[Words]:
    message = f"{len(error.instance)} are too many: at most {error.validator_value}"
    yield _words(error, schema, message)


def _twice(error: ValidationError, schema: Schema) -> Iterator[Words]:
    path, items = tuple(error.absolute_path), error.instance
    for index, item in enumerate(items):
        if item in items[:index]:
            yield Words((*path, index), f'"{shown(str(item))}" is given twice', "Keep one of the two.")


def _pattern(error: ValidationError, schema: Schema) -> Iterator[Words]:
    yield _words(error, schema, f'"{shown(error.instance)}" {error.schema["errorMessage"]}')


def _format(error: ValidationError, schema: Schema) -> Iterator[Words]:
    yield _words(error, schema, f'"{shown(error.instance)}" is not a real date')


def _choice(error: ValidationError, schema: Schema) -> Iterator[Words]:
    allowed = [one["const"] for one in error.validator_value]
    guesses = _close(str(error.instance), allowed)
    meant = f'Did you mean "{guesses[0]}"? ' if guesses else ""
    message = f'"{shown(str(error.instance))}" is not one of {error.schema["title"]}.'
    yield _words(error, schema, message, f"{meant}They are: {', '.join(allowed)}.")


def _term(error: ValidationError, schema: Schema) -> Iterator[Words]:
    vocabulary = next(one for one in schema.vocabularies.values() if one.title == error.schema["title"])
    message = f'"{shown(str(error.instance))}" is not one of {vocabulary.title}.'
    guesses = nearest(str(error.instance), vocabulary.terms.values())
    asked = " or ".join(f'"{guess}"' for guess in guesses)
    meant = f"Did you mean {asked}? " if guesses else ""
    yield _words(error, schema, message, f"{meant}All of them are in {vocabulary.file}.")


def _words(error: ValidationError, schema: Schema, message: str, hint: str = "") -> Words:
    """Words about a value, or about a key where it is the key that has the wrong shape."""
    path = tuple(error.absolute_path)
    if "propertyNames" in error.absolute_schema_path:
        return Words((*path, str(error.instance)), message, hint, of_key=True)
    return Words(path, message if error.instance else "empty", hint or schema.help(path))


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


def _unknown(error: ValidationError) -> Iterator[str]:
    return (name for name in error.instance if name not in error.schema["properties"])


def _close(name: str, allowed: Sequence[str] | dict[str, Any]) -> list[str]:
    return difflib.get_close_matches(name.lower(), list(allowed), n=1, cutoff=0.7)
