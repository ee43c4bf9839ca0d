"""The catalogue as the tables of the open data, which codebook.yml lists with their columns and files."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path as FilePath
from typing import Any

from casebook.content import read_front_matter
from casebook.exports.dataset.tables import PLACE, Part, Table
from casebook.model import NAMES, Catalogue, Council, Field, Reader, fields_of

_FILE = FilePath(__file__).with_name("codebook.yml")


@dataclass(frozen=True)
class Download:
    """A file of the open data, or several of one format."""

    path: str
    """Below /data/; {id} stands for the id of each case study."""
    media_type: str
    description: str
    schema: str = ""
    """The JSON Schema that describes it."""


@dataclass(frozen=True, kw_only=True)
class Codebook:
    case_studies: Table
    parts: tuple[Table, ...]
    terms: tuple[Table, ...]
    above: tuple[Download, ...]
    below: tuple[Download, ...]


CODEBOOK = Reader().read(Codebook, read_front_matter(_FILE.read_text(encoding="utf-8"), file=_FILE.name).data)
_PARTS = {part.field: replace(part, columns=(*PLACE, *part.columns)) for part in CODEBOOK.parts}
"""By field of the schema."""


def tabulate(catalogue: Catalogue) -> tuple[Table, ...]:
    """Return every table: the case studies, their parts, then what they are tagged with."""
    choices = catalogue.choices
    cases = replace(CODEBOOK.case_studies, subjects=lambda: catalogue.cases)
    fields = catalogue.fields
    parts = [_part(key, field, catalogue) for key, field in fields.items() if _is_part(field)]
    terms = (replace(table, subjects=partial(_terms, catalogue, table.name)) for table in CODEBOOK.terms)
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
    table = _PARTS.get(key) or Table(name=name, title=field.title, description=field.help, field=key)
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
    left += [partner.council for case in catalogue.cases for partner in case.partners if partner.council]
    found = set()
    while left:
        council = left.pop()
        found.add(council.id)
        left += [catalogue.council[id] for id in council.successors if id not in found]
    return tuple(council for council in catalogue.councils if council.id in found)
