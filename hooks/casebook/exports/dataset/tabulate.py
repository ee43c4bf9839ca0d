"""The catalogue as the tables of the open data."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from casebook.exports.dataset.codebook import CASE_STUDIES, PARTS, TERMS
from casebook.exports.dataset.tables import Part, Table
from casebook.model import NAMES, Catalogue, Council, Field, fields_of


def tabulate(catalogue: Catalogue) -> tuple[Table, ...]:
    """Return every table: the case studies, their parts, then what they are tagged with."""
    choices = catalogue.choices
    cases = replace(CASE_STUDIES, subjects=lambda: catalogue.cases)
    fields = catalogue.fields
    parts = [_part(key, field, catalogue) for key, field in fields.items() if _is_part(field)]
    terms = (replace(one, subjects=partial(_terms, catalogue, one.name)) for one in TERMS)
    inside = [(cases, fields), *((table, fields[table.field].fields) for table in parts)]
    entry = catalogue.vocabulary_schema["$defs"]["entry"]
    of_entries = fields_of({**entry, "$defs": catalogue.vocabulary_schema["$defs"]})
    return (
        *(table.completed(about).described(about, choices) for table, about in inside),
        *(table.described(of_entries, choices) for table in terms),
    )


def _is_part(field: Field) -> bool:
    """Whether it is a table of its own: a list, or a group that is no column of the case study's."""
    return bool(field.fields) and field.key not in ("period", "withdrawn")


def _part(key: str, field: Field, catalogue: Catalogue) -> Table:
    name = NAMES.get(key, key)
    table = PARTS.get(key) or Table(name=name, title=field.title, description=field.help, field=key)
    return replace(table, subjects=partial(_parts, catalogue, name))


def _parts(catalogue: Catalogue, name: str) -> Iterator[Part]:
    for case in catalogue.cases:
        found = getattr(case, name)
        items = found if isinstance(found, tuple) else filter(None, [found])
        for place, item in enumerate(items, start=1):
            yield Part(case.slug, place, item)


def _terms(catalogue: Catalogue, name: str) -> tuple[Any, ...]:
    return _councils(catalogue) if name == Council.facet else getattr(catalogue, name)


def _councils(catalogue: Catalogue) -> tuple[Council, ...]:
    """Return the councils of cases and partners, and all their successors, in the register's order."""
    left = [council for case in catalogue.cases for council in case.councils]
    left += [one.council for case in catalogue.cases for one in case.partners if one.council]
    found = set()
    while left:
        council = left.pop()
        found.add(council.id)
        left += [catalogue.council[id] for id in council.successors if id not in found]
    return tuple(council for council in catalogue.councils if council.id in found)
