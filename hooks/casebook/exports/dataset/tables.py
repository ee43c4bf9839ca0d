"""Tables of plain values, and the columns that describe them."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, reduce
from operator import attrgetter
from typing import Any

from casebook.model import NAMES, Choice, Field, Fields


@dataclass(frozen=True)
class Column:
    name: str
    kind: str
    """The type of its values, one of the codebook's `kinds`."""
    description: str = ""
    """By default, that of the field in the schema."""
    of: str = ""
    """The table that an id refers to, or the schema's list of a choice."""
    path: str = ""
    """The attribute path of the value in the row's subject. By default, the column's name."""
    field: str = ""
    """The field in the schema. By default, the column's name."""
    many: bool = False
    optional: bool = False
    choices: tuple[Choice, ...] = ()

    @property
    def value(self) -> Callable[[Any], Any]:
        path = self.path or self.name
        if self.kind == "year":
            date = attrgetter(path)
            return lambda subject: int(date(subject)[:4] or 0) or None
        if not self.many:
            return attrgetter(path)
        steps = path.split(".")
        return lambda subject: reduce(_step, steps, subject)

    @property
    def refers(self) -> bool:
        return self.kind == "id" and bool(self.of) and not self.many


PLACE = (
    Column("case_study", "id", "The case study that it is part of.", of="case_studies"),
    Column("place", "number", "Its place among the others of its kind in the case study, from 1."),
)


@dataclass(frozen=True, kw_only=True)
class Table:
    name: str
    title: str
    description: str
    field: str = ""
    """The field of a case study whose parts are its rows. By default, its rows are case studies."""
    columns: tuple[Column, ...] = PLACE
    keys: tuple[str, ...] = ()
    """The columns of the primary key, if they are not the first."""
    subjects: Callable[[], Iterable[Any]] = tuple
    """Returns the objects of the rows. It is called only when rows are needed."""

    @cached_property
    def rows(self) -> tuple[tuple[Any, ...], ...]:
        """Every row as plain values: text, numbers, lists of text, or None where there is nothing."""
        values = [column.value for column in self.columns]
        return tuple(tuple(_plain(value(subject)) for value in values) for subject in self.subjects())

    @property
    def is_part(self) -> bool:
        """Whether its rows are parts of a case study, which the first two columns identify."""
        return self.columns[: len(PLACE)] == PLACE

    @property
    def facts(self) -> tuple[Column, ...]:
        """The columns without those that identify the case study of a row."""
        return self.columns[len(PLACE) :] if self.is_part else self.columns

    @property
    def key(self) -> tuple[str, ...]:
        return self.keys or tuple(column.name for column in self.columns[: len(PLACE) if self.is_part else 1])

    @property
    def row(self) -> str:
        """What one row is called, as the name of a type: CaseStudy, Outcome, Reply."""
        return re.sub("ies$", "y", self.name).removesuffix("s").title().replace("_", "")

    @property
    def file(self) -> str:
        return f"{self.name.replace('_', '-')}.csv"

    def for_spreadsheets(self) -> "Table":
        """Return the table without its Markdown columns, whose text is too long for a cell."""
        return replace(self, columns=tuple(column for column in self.columns if column.kind != "markdown"))

    def described(self, about: Fields, choices: Mapping[str, tuple[Choice, ...]]) -> "Table":
        """Return the table with the descriptions and choices of the schema."""
        columns = (
            replace(
                column,
                description=column.description or _field(about, column.field or column.name).meaning,
                choices=choices[column.of] if column.kind == "choice" else (),
            )
            for column in self.columns
        )
        return replace(self, columns=tuple(columns))

    def completed(self, about: Fields) -> "Table":
        """Return the table with a further column for each field that has none, and for each date's year."""
        named = {(column.field or column.name).partition("/")[0] for column in self.columns}
        named |= {column.path.removeprefix("item.") for column in self.columns}
        left = (field for key, field in about.items() if key not in named and not field.fields)
        columns = (*self.columns, *(_column(field, self.is_part) for field in left))
        years = (_year(column) for column in columns if column.kind == "date")
        return replace(self, columns=(*columns, *years))


@dataclass(frozen=True)
class Part:
    case_study: str
    place: int
    item: Any


def _column(field: Field, is_of_part: bool) -> Column:
    many = field.kind in ("rows", "citations")
    if field.kind == "citations":
        kind, of = "id", "sources"
    elif field.kind in ("term", "rows"):
        kind, of = "id", field.facet
    elif field.kind == "choice":
        kind, of = "choice", field.list
    else:
        kind, of = _KINDS.get(field.format, field.format) or "text", ""
    name = NAMES.get(field.key, field.key)
    path = f"item.{name}" if is_of_part else ""
    is_optional = not (many or field.is_needed)
    return Column(name, kind, of=of, path=path, field=field.key, many=many, optional=is_optional)


def _year(date: Column) -> Column:
    """Return the column of a date's year, to count with: the date itself is as exact as its source."""
    text = f"The year alone of the date in {date.name}."
    return Column(f"{date.name}_year", "year", text, path=date.path or date.name, optional=date.optional)


_KINDS = {"month": "date", "partial-date": "date", "whole-number": "number", "year": "text"}
"""By format of a field, where they are not called the same."""


def _field(about: Fields, path: str) -> Field:
    key, _, rest = path.partition("/")
    return _field(about[key].fields, rest) if rest else about[key]


def _step(found: Any, name: str) -> Any:
    """Follow one step of a path; for a list, return the distinct results of its members."""
    if isinstance(found, tuple):
        return tuple(dict.fromkeys(getattr(member, name) for member in found))
    return getattr(found, name)


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str):  # most are
        return (value and value.strip()) or None
    if isinstance(value, tuple):
        return [_plain(member) for member in value]
    if isinstance(value, date):
        return value.isoformat()
    return getattr(value, "id", value)
