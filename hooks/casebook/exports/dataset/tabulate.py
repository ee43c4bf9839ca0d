"""The catalogue as the tables of the open data, which schema/codebook.yml lists with their columns."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import product
from types import SimpleNamespace
from typing import Any

from casebook import CODE
from casebook.content import read_front_matter
from casebook.exports.dataset.tables import PLACE, Part, Table
from casebook.exports.publication import LICENCE
from casebook.model import NAMES, Catalogue, Field, Reader, fields_of

_SCHEMA = CODE.parents[1] / "schema"


@dataclass(frozen=True)
class Download:
    """A file of the open data, or several of one format."""

    path: str
    """Below /data/; {id} stands for the id of each case study."""
    media_type: str
    description: str
    schema: str = ""
    """What it holds, as one of the types that OpenAPI describes."""


@dataclass(frozen=True, kw_only=True)
class Package:
    """What there is to say of the data as a whole."""

    version: int
    name: str
    title: str
    description: str
    keywords: tuple[str, ...]
    licence: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A type of values, as people, JSON Schema and Frictionless know it."""

    description: str
    json: Mapping[str, str]
    csv: Mapping[str, str]
    constraints: Mapping[str, str] = field(default_factory=dict)
    """Of a cell in CSV."""


@dataclass(frozen=True, kw_only=True)
class Codebook:
    package: Package
    kinds: Mapping[str, Kind]
    case_studies: Table
    parts: tuple[Table, ...]
    lists: tuple[Table, ...]
    facets: Mapping[str, str]
    above: tuple[Download, ...]
    below: tuple[Download, ...]


def _data(name: str) -> Any:
    return read_front_matter((_SCHEMA / name).read_text(encoding="utf-8"), file=name).data


CODEBOOK = Reader().read(Codebook, _data("codebook.yml"))
RESEARCH = _data("research.yml")
"""The research questions that the data answers, as schema/research.schema.json describes them."""
_PARTS = {part.field: replace(part, columns=(*PLACE, *part.columns)) for part in CODEBOOK.parts}
"""By field of the schema."""


def tabulate(catalogue: Catalogue, commit: str = "") -> tuple[Table, ...]:
    """Return every table: the case studies, their parts, the lists and, last, this edition of the data."""
    choices = catalogue.choices
    cases = replace(CODEBOOK.case_studies, subjects=lambda: catalogue.cases)
    fields = catalogue.fields
    parts = [_part(key, field, catalogue) for key, field in fields.items() if _is_part(field)]
    made = {
        "choices": partial(_choices, catalogue),
        "gaps": partial(_gaps, catalogue),
        "edition": partial(_edition, catalogue, commit),
    }
    lists = (
        replace(table, subjects=made.get(table.name) or partial(getattr, catalogue, table.name))
        for table in CODEBOOK.lists
    )
    inside = [(cases, fields), *((table, fields[table.field].fields) for table in parts)]
    entry = catalogue.vocabulary_schema["$defs"]["entry"]
    of_entries = fields_of({**entry, "$defs": catalogue.vocabulary_schema["$defs"]})
    return (
        *(table.completed(about).described(about, choices) for table, about in inside),
        *(table.described(of_entries, choices) for table in lists),
    )


def _is_part(field: Field) -> bool:
    """Whether it is a table of its own: a list, or a group that is no column of the case study's."""
    return bool(field.fields) and field.key not in ("period", "withdrawn")


def _part(key: str, field: Field, catalogue: Catalogue) -> Table:
    name = NAMES.get(key, key)
    table = _PARTS.get(key) or Table(name=name, title=field.title, description=field.meaning, field=key)
    return replace(table, subjects=partial(_parts, catalogue, name))


def _parts(catalogue: Catalogue, name: str) -> Iterator[Part]:
    for case in catalogue.cases:
        found = getattr(case, name)
        items = found if isinstance(found, tuple) else filter(None, [found])
        for place, item in enumerate(items, start=1):
            yield Part(case.slug, place, item)


def _choices(catalogue: Catalogue) -> Iterator[SimpleNamespace]:
    for name, choices in catalogue.choices.items():
        for place, choice in enumerate(choices, start=1):
            yield SimpleNamespace(list=name, place=place, choice=choice)


def _gaps(catalogue: Catalogue) -> Iterator[SimpleNamespace]:
    kinds = catalogue.choices["best-evidence"]
    for question, theme in product(catalogue.questions, catalogue.themes):
        cases = catalogue.both(question, theme)
        proofs = Counter(case.evidence.id for case in cases)
        yield SimpleNamespace(
            question=question,
            theme=theme,
            cases=len(cases),
            evidence=SimpleNamespace(**{kind.id: proofs[kind.id] for kind in kinds}),
            not_found=sum(theme in case.themes for case in catalogue.not_found(question)),
        )


def _edition(catalogue: Catalogue, commit: str) -> Iterator[Any]:
    yield SimpleNamespace(
        version=CODEBOOK.package.version,
        licence=LICENCE,
        credit=catalogue.credit,
        commit=commit,
        built=catalogue.today,
        modified=catalogue.modified,
        population_year=catalogue.population_year,
    )
