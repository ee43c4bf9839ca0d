"""What JSON Schema finds in a document, said in an author's words: one message for each mistake."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from casebook.content import Document, FieldPath, Problem, shown
from casebook.model import nearest, nearest_field, read_date
from casebook.validation import addresses
from casebook.validation.messages import Words
from casebook.validation.schema import Schema
from casebook.validation.validators import DATES

if TYPE_CHECKING:
    import jsonschema

    class ValidationError(jsonschema.ValidationError):
        """As `iter_errors` yields it: each part is set, and the schema is neither `true` nor `false`."""

        validator: str
        validator_value: Any
        instance: Any
        schema: Mapping[str, Any]


class Fault(NamedTuple):
    """One mistake. What has no hint has the schema's help for its field."""

    path: FieldPath
    words: Words
    of_key: bool = False
    """Whether the key itself is at fault: then the field is what the key stands in."""


_MESSAGES = {"enum": "oneOf", "minItems": "empty", "minProperties": "empty", "maxProperties": "maxItems"}
"""By keyword, where the message has another name."""
_KINDS = {"array": "a list", "object": 'a group of "field: value" lines', "string": "text"}


def shape_problems(document: Document, schema: Schema, today: date) -> Iterator[Problem]:
    """Yield one problem for each mistake of shape."""
    if schema.quick.is_valid(document.data):
        return
    found = cast("Iterable[ValidationError]", schema.validator.iter_errors(document.data))
    errors = sorted(found, key=_weight)
    longer = (error for error in errors if error.validator == "maxItems")
    most = {tuple(error.absolute_path): error.validator_value for error in longer}
    meant = {path for error in errors for path in _meant(error)}
    said: set[FieldPath] = set()
    for error in errors:
        if _is_beyond(error, most):
            continue
        for path, words, of_key in _FAULTS[str(error.validator)](error, schema):
            if path not in said and not (error.validator == "required" and path in meant):
                field = path[:-1] if of_key else path
                rule, message, hint = _of_date(error, words, schema, today)
                yield document.problem(path, rule, message, hint or schema.help(field), field)
            said.add(path)


def _of_date(error: ValidationError, words: Words, schema: Schema, today: date) -> Words:
    """The same, with how a date is kept that stands there as people write it, if it is one."""
    form = error.schema.get("format")
    if error.validator not in ("pattern", "format") or form not in (*DATES, "year"):
        return words
    field = error.absolute_path[-1]
    read = read_date(str(error.instance), form, schema.case_study["writtenDates"], today)
    if read.is_unreal:
        return schema.say("shape.format", value=shown(error.instance))
    dates = " or ".join(f'"{text}"' for text in read.either or (read.kept,) if text)
    hint = schema.say("shape.written", dates=dates).message if dates else words.hint
    if read.is_now and field == "to":
        hint = schema.say("shape.written.now").message
    elif read.is_none and field == "published":
        hint = schema.say("shape.written.none").message
    return words._replace(hint=hint)


def _weight(error: ValidationError) -> tuple[int, int]:
    """The error that says most about a place comes first; the others there are left out.

    Of two limits that a text is over, the lower one says more.
    """
    limit = error.validator_value if error.validator == "maxLength" else 0
    return list(_FAULTS).index(str(error.validator)), limit


def _is_beyond(error: ValidationError, most: Mapping[FieldPath, int]) -> bool:
    """Whether it is of an item beyond the most that its list may hold, which is reported already."""
    path = tuple(error.absolute_path)
    items = [(path[:end], item) for end, item in enumerate(path) if isinstance(item, int)]
    return any(item >= most[of] for of, item in items if of in most)


def _meant(error: ValidationError) -> Iterator[FieldPath]:
    """The fields that unknown ones are probably misspellings of: they are not missing."""
    if error.validator == "additionalProperties":
        for name in _unknown(error):
            if guess := _meant_by(name, error):
                yield (*error.absolute_path, guess)


def _type(error: ValidationError, schema: Schema) -> Iterator[Fault]:
    path, value = tuple(error.absolute_path), error.instance
    if not value or (isinstance(value, str) and schema.says_nothing.match(value)):
        yield Fault(path, _empty(path, schema))
        return
    wanted = _KINDS[error.validator_value]
    kinds: dict[type, str] = {list: "a list", dict: "a group of lines", str: f'"{shown(str(value))}"'}
    fields = ", ".join(error.schema.get("properties", ()))
    hint = schema.say("shape.type.fields", fields=fields).message if fields else ""
    if wanted == "a list" and isinstance(value, str):
        hint = schema.say("shape.type.list", value=shown(value)).message
    elif wanted == "text":
        hint = schema.say("shape.type.text").message
    yield Fault(path, schema.say("shape.type", wanted=wanted, found=kinds[type(value)], hint=hint))


def address_fault(url: str, schema: Schema, field: str = "") -> Words | None:
    """What keeps the text from being a web address, if anything does: as exactly as can be said."""
    return addresses.fault(url, schema.case_study["$defs"]["address"], field, schema.say)


def _empty(path: FieldPath, schema: Schema, hint: str = "") -> Words:
    """What may be left out is not to be filled in."""
    field = nearest_field(schema.fields, path)
    if not field or field.is_needed or isinstance(path[-1], int):
        return schema.say("shape.empty")._replace(hint=hint)
    other = schema.say("shape.empty.other", other=field.others[0].called).message if field.others else ""
    return schema.say("shape.empty.optional", other=other)


def _additional(error: ValidationError, schema: Schema) -> Iterator[Fault]:
    """Which fields there are is said once. A field that is given already is not what another is called."""
    known, is_first = error.schema["properties"], True
    for name in _unknown(error):
        meant = _meant_by(name, error)
        words = schema.say("shape.additionalProperties", name=shown(name), fields=", ".join(known))
        if meant and meant in error.instance:
            words = schema.say("shape.additionalProperties.given", name=shown(name), other=meant)
        elif meant:
            words = words._replace(hint=_guess(schema, [meant]))
        elif not is_first:
            words = words._replace(hint=schema.say("shape.additionalProperties.more").message)
        is_first = is_first and bool(meant)
        yield Fault((*error.absolute_path, name), words, of_key=True)


def _meant_by(name: str, error: ValidationError) -> str:
    """The field that the name probably stands for: by what other sites call it, or else by likeness."""
    known, plain = error.schema["properties"], _plain(name)
    called = (one for one, node in known.items() if plain in (one, *node.get("alsoCalled", "").split()))
    free = [field for field in known if field not in error.instance]
    return next(called, "") or next(iter(_close(plain, free) or _close(plain, known)), "")


def _required(error: ValidationError, schema: Schema) -> Iterator[Fault]:
    path = tuple(error.absolute_path)
    if path and not error.instance and (len(path) == 1 or isinstance(path[-1], int)):
        yield Fault(path, _empty(path, schema))
        return
    for name in error.validator_value:
        if name not in error.instance:
            own = f"shape.required.{name}"
            yield Fault((*path, name), schema.say(own if own in schema.messages else "shape.required"))


def _twice(error: ValidationError, schema: Schema) -> Iterator[Fault]:
    for index, item in enumerate(error.instance):
        if item in error.instance[:index]:
            words = schema.say("shape.uniqueItems", value=shown(str(item)))
            yield Fault((*error.absolute_path, index), words)


def _choice(error: ValidationError, schema: Schema) -> Iterator[Fault]:
    """What is called so elsewhere is meant; else what looks the same but for a slip."""
    allowed = [choice["const"] for choice in error.validator_value]
    plain = _plain(str(error.instance))
    called = (
        choice["const"]
        for choice in error.validator_value
        if plain in (*map(_plain, (choice["const"], choice["title"])), *choice.get("alsoCalled", "").split())
    )
    guess = _guess(schema, list(called) or _close(plain.replace("_", "-"), allowed, 0.8))
    known = schema.say("shape.oneOf.choices", choices=", ".join(allowed)).message
    yield from _of_value(error, schema, guess=guess, known=known)


def _term(error: ValidationError, schema: Schema) -> Iterator[Fault]:
    vocabulary = {found.title: found for found in schema.vocabularies.values()}[error.schema["title"]]
    if error.absolute_path[0] == "councils":  # which an addition does not know
        partners = schema.case_study["properties"]["councils"]["ofPartners"]
        if re.search(partners, str(error.instance), re.I):
            yield from _of_value(error, schema, guess="", known=schema.say("shape.oneOf.partners").message)
            return
    guess = _guess(schema, nearest(str(error.instance), vocabulary.terms.values()))
    known = schema.say("shape.oneOf.vocabulary", file=vocabulary.file).message
    yield from _of_value(error, schema, guess=guess, known=known)


def _guess(schema: Schema, ids: Sequence[str]) -> str:
    quoted = " or ".join(f'"{id}"' for id in ids)
    return schema.say("did-you-mean", guesses=quoted).message if ids else ""


def _of_value(error: ValidationError, schema: Schema, **more: object) -> Iterator[Fault]:
    """A fault of a value, or of a key where it is the key that has the wrong shape."""
    path, value = tuple(error.absolute_path), error.instance
    words = schema.say(
        f"shape.{_MESSAGES.get(str(error.validator), error.validator)}",
        value=shown(str(value)),
        length=len(value),
        limit=error.validator_value,
        **error.schema,
        **more,
    )
    if error.validator == "pattern" and error.schema.get("format") == "address":
        words = address_fault(value, schema, str(path[-1])) or words
    if "propertyNames" in error.absolute_schema_path:
        yield Fault((*path, value), words, of_key=True)
    else:
        yield Fault(path, words if value else _empty(path, schema, words.hint))


_FAULTS: dict[str, Callable[[ValidationError, Schema], Iterator[Fault]]] = {
    "type": _type,
    "additionalProperties": _additional,
    "required": _required,
    **dict.fromkeys(("minLength", "minItems", "minProperties", "maxItems", "maxProperties"), _of_value),
    "uniqueItems": _twice,
    "enum": _term,
    "oneOf": _choice,
    **dict.fromkeys(("pattern", "maxLength", "format"), _of_value),
}
"""By keyword of JSON Schema, the weightiest first. The schema uses no others."""


def _unknown(error: ValidationError) -> Iterator[str]:
    return (name for name in error.instance if name not in error.schema["properties"])


def _plain(name: str) -> str:
    return re.sub("[ _-]+", "_", re.sub("['’.]", "", name.lower()).strip())


def _close(name: str, allowed: Sequence[str] | dict[str, Any], cutoff: float = 0.7) -> list[str]:
    return difflib.get_close_matches(name.lower(), list(allowed), n=1, cutoff=cutoff)
