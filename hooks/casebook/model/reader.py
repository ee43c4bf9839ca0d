"""Objects of our dataclasses, read from mappings, lists and text by the types of their fields."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin

from casebook.model.fields import Field, Fields
from casebook.model.models import NAMES

T = TypeVar("T")
_PLAIN: Mapping[type, Callable[[Any], Any]] = {
    str: str,
    int: int,
    bool: lambda text: text == "true",
    date: date.fromisoformat,
}


@dataclass(frozen=True)
class Reader:
    finders: Mapping[type, Callable[[str, str], Any]] = field(default_factory=dict)
    """By class: returns the object of it that an id names, of the list that the schema has for the field."""

    def read(self, cls: type[T], data: Mapping[str, Any], about: Fields | None = None, **given: Any) -> T:
        """Make an object of what is given, and of those fields in the data that the class has, too.

        `about` is what the schema says of them, if there is one. The data must have passed it.
        """
        types = _types(cls)  # type: ignore[arg-type]  # every class is hashable
        found = {
            name: self._value(*types[name], data[key], about[key] if about else None)
            for key in data
            if (name := NAMES.get(key, key) if about else key) in types and name not in given
        }
        return cls(**given, **found)

    def _value(self, origin: Any, wanted: Any, value: Any, about: Field | None) -> Any:
        if origin is tuple:
            return tuple(self._value(None, wanted, each, about) for each in value)
        if origin is Mapping:
            return {key: self._value(None, wanted, each, about) for key, each in value.items()}
        if wanted in _PLAIN:
            return _PLAIN[wanted](value)
        if wanted in self.finders:
            return self.finders[wanted](about.list if about else "", value)
        return self.read(wanted, value, about.fields if about else None)


@cache
def _types(cls: Any) -> dict[str, tuple[Any, Any]]:
    """Return the type of each field: what holds the values, if there may be many, and that of each value."""
    return {attribute.name: _type(attribute.type) for attribute in fields(cls)}


def _type(given: Any) -> tuple[Any, Any]:
    inner = [part for part in get_args(given) if part not in (NoneType, Ellipsis)]
    if get_origin(given) is UnionType:
        return _type(inner[0])
    return get_origin(given), inner[-1] if inner else given
