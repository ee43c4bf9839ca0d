"""The schema of a case study, and the vocabularies that it points at."""

import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, dataclass, field, fields
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path as FilePath
from typing import Any, TypeVar, cast

from casebook.content import FieldPath, FrontMatter, Problem, Refused, file_name, read_front_matter, read_text
from casebook.model import (
    FACETS,
    Choice,
    Field,
    Fields,
    Reader,
    Term,
    choices_of,
    every_field,
    fields_of,
    nearest_field,
)
from casebook.validation import validators
from casebook.validation.markup import Kinds
from casebook.validation.messages import Words, filled

SCHEMA = "schema"
SHAPES = ("case-study", "vocabulary", "messages", "thesaurus")
"""The files of the schema without which nothing can be checked."""
T = TypeVar("T", bound=Term)
Pattern = tuple[str, ...]
"""The path of a field, in which "*" stands for any entry."""
MAX_NODES = 100_000
"""Vocabularies are the maintainers' own, and longer than any front matter."""


@dataclass(frozen=True)
class Vocabulary:
    title: str
    """What it is called in a sentence: "the ten key questions"."""
    file: str
    terms: Mapping[str, Term]
    source: str = ""
    population_year: str = ""

    def as_schema(self) -> dict[str, Any]:
        return {"title": self.title, "enum": list(self.terms)}

    def as_published(self) -> dict[str, Any]:
        return {"title": self.title, "oneOf": [_published(term) for term in self.terms.values()]}


@dataclass(frozen=True)
class Schema:
    """The case study's schema, with every vocabulary read."""

    case_study: Mapping[str, Any]
    vocabulary: Mapping[str, Any]
    vocabularies: Mapping[str, Vocabulary]
    messages: Mapping[str, str]
    """By name: what is wrong and, on a second line, how to mend it."""
    thesaurus: Mapping[str, tuple[str, ...]]
    """What else people may mean, by what they type."""

    @cached_property
    def validator(self) -> "validators.Draft202012Validator":
        return validators.explaining(self._folded(Vocabulary.as_schema))

    @cached_property
    def quick(self) -> validators.Validator:
        """Gives the same verdict, and has no words for a mistake."""
        return validators.quick(self._folded(Vocabulary.as_schema))

    @cached_property
    def choices(self) -> dict[str, dict[str, Choice]]:
        """By definition ("result", "evidence", "nation", ...), then by id."""
        return _choices(self.vocabulary) | _choices(self.case_study)

    @cached_property
    def finders(self) -> dict[type, Callable[[str, str], Any]]:
        """What returns a choice or a term, by its class."""
        terms = dict.fromkeys(FACETS.values(), lambda name, id: self.vocabularies[name].terms[id])
        return {Choice: lambda name, id: self.choices[name][id], **terms}

    def terms(self, cls: type[T]) -> Mapping[str, T]:
        return cast("Mapping[str, T]", self.vocabularies[cls.facet].terms)  # `load` has made them so

    def published(self) -> dict[str, Any]:
        """The schema as one self-contained file: vocabularies folded in, nothing to look up elsewhere."""
        return self._folded(Vocabulary.as_published)

    def _folded(self, form: Callable[[Vocabulary], dict[str, Any]]) -> dict[str, Any]:
        whole: dict[str, Any] = json.loads(json.dumps(self.case_study).replace('"vocabulary:', '"#/$defs/'))
        for facet, vocabulary in self.vocabularies.items():
            whole["$defs"][facet] = form(vocabulary)
        return whole

    @cached_property
    def fields(self) -> Fields:
        return fields_of(self.published())

    @cached_property
    def plain_fields(self) -> tuple[Pattern, ...]:
        return self._paths(lambda field: field.is_plain)

    @cached_property
    def dates(self) -> tuple[Pattern, ...]:
        return self._paths(lambda field: field.format in validators.DATES)

    @cached_property
    def addresses(self) -> tuple[Pattern, ...]:
        return self._paths(lambda field: field.format == "address")

    @cached_property
    def citations(self) -> tuple[Pattern, ...]:
        return self._paths(lambda field: field.kind == "citations")

    @cached_property
    def claim_ids(self) -> tuple[Pattern, ...]:
        return self._paths(lambda field: field.kind == "text" and field.key == "id")

    def _paths(self, is_meant: Callable[[Field], bool]) -> tuple[Pattern, ...]:
        return tuple(pattern(field.name) for field in every_field(self.fields) if is_meant(field))

    def relations(self, keyword: str) -> tuple[tuple[Pattern, ...], ...]:
        """The fields that the schema's own keyword relates: `inOrder`, `exactlyOne` or `atLeastOne`."""
        return tuple(tuple(map(pattern, names)) for names in self.case_study[keyword])

    @cached_property
    def refusals(self) -> tuple[Mapping[str, str], ...]:
        """The patterns of addresses that are not a page's own."""
        return tuple(self.case_study["$defs"]["address"]["refusals"])

    @cached_property
    def look_alike(self) -> dict[int, int]:
        """Letters and figures that look like a Latin letter in some typeface."""
        return str.maketrans(*self.case_study["properties"]["title"]["lookAlike"])

    @cached_property
    def look_alike_word(self) -> re.Pattern[str]:
        """A word of three letters or more that look like Latin ones, or one with a phonetic letter."""
        letters = "".join(letter for letter in map(chr, self.look_alike) if letter > "\u024f")
        phonetic = "".join(letter for letter in letters if unicodedata.name(letter).startswith("LATIN"))
        mixed = rf"(?=[^\W\d_]*[A-Za-z])[^\W\d_]*[{phonetic}][^\W\d_]*"
        return re.compile(rf"(?<![^\W\d_])(?:[{letters}]{{3,}}|{mixed})(?![^\W\d_])")

    @cached_property
    def markup(self) -> dict[str, Kinds]:
        """What would show as typed, in a plain field and in the body."""
        return {place: Kinds(self.case_study["markup"], place) for place in ("fields", "body")}

    @cached_property
    def personal_data(self) -> Kinds:
        """What may tell of a private person."""
        return Kinds(self.case_study["personalData"])

    @cached_property
    def says_nothing(self) -> re.Pattern[str]:
        """What stands in the place of a text under a heading."""
        return re.compile(self.case_study["saysNothing"], re.IGNORECASE)

    @cached_property
    def over(self) -> frozenset[str]:
        choices = self.case_study["$defs"]["status"]["oneOf"]
        return frozenset(choice["const"] for choice in choices if choice.get("isOver"))

    def say(self, name: str, /, **values: object) -> Words:
        return filled(name, self.messages, values)

    def help(self, path: FieldPath) -> str:
        """The description of the field at `path`, or of the nearest one around it; or nothing."""
        field = nearest_field(self.fields, path)
        return field.help if field else ""


@dataclass(frozen=True)
class Surroundings:
    schema: Schema
    slugs: frozenset[str]
    """The slugs of all case studies, to which links may lead."""
    today: date

    @property
    def say(self) -> Callable[..., Words]:
        return self.schema.say


def pattern(name: str) -> Pattern:
    """Return the path of the field so named; "*" stands for any entry."""
    return tuple(name.replace("[]", ".*").replace("<id>", "*").split("."))


@dataclass(frozen=True)
class _Folder:
    """The schema's files: folders are equal if their files are, wherever they lie."""

    root: FilePath = field(compare=False)
    files: tuple[tuple[str, bytes], ...]


def load_schema(root: FilePath) -> tuple[Schema | None, list[Problem]]:
    """Read the schema. There is a Schema unless a vocabulary or the messages have problems.

    Of equal files it is the same one: a command may examine a project twice, before a change and after it.
    """
    paths = sorted(path for path in (root / SCHEMA).glob("*") if path.suffix in (".json", ".yml"))
    try:
        if all(path.is_file() and not path.is_symlink() for path in paths):
            return _loaded(_Folder(root, tuple((path.name, path.read_bytes()) for path in paths)))
    except OSError:  # an editor may be replacing one, or it may not be read: whoever reads it says so
        pass
    return _load_schema(root)


@lru_cache(maxsize=2)
def _loaded(folder: _Folder) -> tuple[Schema | None, list[Problem]]:
    return _load_schema(folder.root)


def _load_schema(root: FilePath) -> tuple[Schema | None, list[Problem]]:
    needed = (root / SCHEMA / f"{name}.schema.json" for name in SHAPES)
    paths = sorted({*needed, *(root / SCHEMA).glob("*.json")})
    if faults := [problem for path in paths for problem in _no_json(root, path)]:
        return None, faults
    vocabulary = _json(root / SCHEMA / "vocabulary.schema.json")
    messages, problems = _read(root, "messages", _json(root / SCHEMA / "messages.schema.json"))
    thesaurus, faults = _read(root, "thesaurus", _json(root / SCHEMA / "thesaurus.schema.json"))
    problems += faults
    vocabularies = {}
    choices = _choices(vocabulary)
    reader = Reader({Choice: lambda name, id: choices[name][id]})
    about = fields_of({**vocabulary["$defs"]["entry"], "$defs": vocabulary["$defs"]})
    for facet, cls in FACETS.items():
        found, faults = _read(root, facet, vocabulary)
        if found and not faults:
            faults = [*_repeated_ids(found), *_other_fields(found, cls)]
        problems += faults
        if found and not faults:
            terms = {entry["id"]: reader.read(cls, entry, about) for entry in found.data["entries"]}
            vocabularies[facet] = reader.read(Vocabulary, found.data, file=found.file, terms=terms)
    if problems or not (messages and thesaurus):
        return None, problems
    case_study = _json(root / SCHEMA / "case-study.schema.json")
    meanings = {word: tuple(entry["means"]) for entry in thesaurus.data["entries"] for word in entry["words"]}
    return Schema(case_study, vocabulary, vocabularies, messages.data, meanings), []


def _read(root: FilePath, name: str, shape: dict[str, Any]) -> tuple[FrontMatter | None, list[Problem]]:
    """Read a file of the maintainers', and hold it against the schema of its shape."""
    file = f"{SCHEMA}/{name}.yml"
    try:
        found = read_front_matter(read_text(root / file), file=file, most_nodes=MAX_NODES)
    except Refused as refusal:
        return None, [refusal.problem(file)]
    problems = list(found.problems)
    if not problems and not validators.quick(shape).is_valid(found.data):
        problems += _shape_problems(found, shape)
    return found, problems


def _published(term: Term) -> dict[str, str]:
    words = {"description": term.summary} if term.summary else {}
    return {"const": term.id, "title": term.title, **words}


def _json(path: FilePath) -> Any:
    return json.loads(read_text(path))


def _no_json(root: FilePath, path: FilePath) -> Iterator[Problem]:
    try:
        _json(path)
    except Refused as refusal:
        yield refusal.problem(file_name(root, path))
    except (ValueError, RecursionError) as error:
        fault = Refused("vocabulary", f"not JSON: {error}", line=getattr(error, "lineno", 1))
        yield fault.problem(file_name(root, path))


def _choices(schema: Mapping[str, Any]) -> dict[str, dict[str, Choice]]:
    lists = {name: choices_of(node) for name, node in schema["$defs"].items() if "oneOf" in node}
    return {name: {choice.id: choice for choice in choices} for name, choices in lists.items()}


def _shape_problems(found: FrontMatter, shape: Mapping[str, Any]) -> Iterator[Problem]:
    """The maintainers read jsonschema's own words here, with the line."""
    for error in validators.explaining(shape).iter_errors(found.data):
        yield found.problem(tuple(error.absolute_path), "vocabulary", error.message[:200])


def _repeated_ids(found: FrontMatter) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, entry in enumerate(found.data["entries"]):
        if entry["id"] in seen:
            yield found.problem(("entries", index), "vocabulary", f'the id "{entry["id"]}" is given twice')
        seen.add(entry["id"])


def _other_fields(found: FrontMatter, cls: type[Term]) -> Iterator[Problem]:
    """What an entry of this vocabulary lacks, or has and may not: the schema's entry is one for them all."""
    known = {field.name: field.default is MISSING for field in fields(cls)}
    for index, entry in enumerate(found.data["entries"]):
        for name in sorted(entry.keys() - known.keys()):
            path, message = ("entries", index, name), f"no entry of {cls.facet} has this field"
            yield found.problem(path, "vocabulary", message)
        for name, is_required in known.items():
            if is_required and name not in entry:
                yield found.problem(("entries", index), "vocabulary", f"{name} is missing")
