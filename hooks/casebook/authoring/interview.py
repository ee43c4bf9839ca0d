"""Prompts for a new case study at a terminal, field by field, and validates each by the rules of `check`."""

import contextlib
import copy
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path as FilePath
from typing import Any

import click

from casebook.authoring import scaffold
from casebook.authoring.prompts import GoBack, Prompts
from casebook.content import Document, FieldPath, Problem, Refused, field_name, file_text, shown
from casebook.model import (
    LOOKED_THROUGH,
    Council,
    Question,
    Term,
    format_date,
    matches,
    meant,
    nearest,
    nearest_field,
    read_date,
)
from casebook.validation import DATES, Examination, Schema, faults

Front = dict[str, Any]
Check = Callable[[Mapping[str, Any]], Sequence[Problem]]
"""Finds the problems that `check` would report in this front matter."""
MAX_SHOWN = 12
"""The most matches offered to choose from; if there are more, more of the name must be typed."""


def run(root: FilePath, found: Examination, today: date, prompts: Callable[[], Prompts]) -> Front:
    """Return the front matter of a new case study."""
    schema, check = found.schema, lambda front: _problems(front, root, found, today)
    assert schema
    return _until_done(lambda: _Interview(schema, check, prompts(), today, {}).run())


def run_addition(
    document: Document, keys: Sequence[str], found: Examination, today: date, prompts: Callable[[], Prompts]
) -> Front:
    """Return what is to be added to one of these fields of the case study, and its new sources."""
    schema, check = found.schema, lambda front: faults(file_text(front, {}), document.slug, found, today)
    assert schema
    return _until_done(lambda: _Interview(schema, check, prompts(), today, document.data).run_addition(keys))


def _until_done(interview: Callable[[], Front]) -> Front:
    """Call it again whenever somebody goes back: it replays all answers but the last."""
    while True:
        with contextlib.suppress(GoBack):
            return interview()


class _Interview:
    def __init__(
        self, schema: Schema, check: Check, prompts: Prompts, today: date, front: Mapping[str, Any]
    ) -> None:
        self.schema, self.check, self.prompts, self.today = schema, check, prompts, today
        self.front, self.day = dict(front), today.isoformat()

    def run(self) -> Front:
        self.prompt_field("title")
        self.prompt_field("summary")
        self.prompt_terms("councils")
        self.prompt_terms("themes")
        self.prompt_field("period", "from")
        self.prompt_field("status", among="status")
        is_over = self.front["status"] in self.schema.over
        self.prompt_field(*(("period", "to") if is_over else ("told_until",)))
        self.prompt_questions()
        self.prompt_outcome()
        claims = (*self.front["questions"].values(), *self.front["outcomes"])
        self.prompt_sources([id for claim in claims for id in claim["sources"]])
        return self.front | {"added": self.day, "checked": self.day}

    def run_addition(self, keys: Sequence[str]) -> Front:
        """Prompt for one item of one of the fields, held against the case study without the others there."""
        self.prompts.explain("What is new?")
        key = self.prompt_which("add", {key: self.schema.fields[key].title for key in keys})
        known, sources = self.front.pop(key, {}), self.front.pop("sources", {})
        if key == "checked":
            self.prompt_field(key, default=self.day)
            return {key: self.front[key]}
        field = self.schema.fields[key]
        place: FieldPath = (key, 0)
        if field.kind == "keyed":
            terms = self.schema.vocabularies[key].terms
            place = (key, self.prompt_which(key, {id: _named(terms[id]) for id in terms if id not in known}))
        else:
            self.front[key] = [{}]
        self.prompts.echo(f"The sources there are: {', '.join(sources)}.")
        for part in (part for name, part in field.fields.items() if name != "id"):
            if part.kind == "citations":
                self.prompt_citations(*place, part.key)
            else:
                among = part.list if part.kind == "choice" else ""
                self.prompt_field(*place, part.key, needed=part.is_needed, among=among)
        cited = self.front[key][place[1]].get("sources", ())
        checked = str(self.front.get("checked", ""))
        self.front["checked"] = self.day  # later than that, no source can be read
        self.prompt_sources([id for id in cited if id not in sources])
        found = {name: self.front[name] for name in (key, "sources") if name in self.front}
        return found | self.prompt_agreement(checked)

    def prompt_agreement(self, checked: str) -> Front:
        """Prompt for agreement, if a source was read after this day of checking; return the new one."""
        day = max((source["accessed"] for source in self.front.get("sources", {}).values()), default="")
        if day <= checked:
            return {}
        self.prompts.explain(f"{LOOKED_THROUGH} {format_date(day)}.")
        self.prompts.prompt("agreed", "Enter writes it", str)
        return {"checked": day}

    def prompt_which(self, field: str, named: Mapping[str, str]) -> str:
        """Prompt for one of these by its number or id."""
        numbered = {str(number): id for number, id in enumerate(named, start=1)}
        for number, id in numbered.items():
            self.prompts.echo(f"  {number}  {named[id]}")

        def parse(typed: str) -> str:
            id = numbered.get(typed.strip(), typed.strip())
            if id not in named:
                raise click.UsageError("Type one of the numbers.")
            return id

        return str(self.prompts.prompt(field, "Its number", parse))

    def prompt_field(self, *path: str | int, needed: bool = True, default: str = "", among: str = "") -> None:
        """Explain a field and prompt until its text is valid; `among` names the list of allowed values."""
        self.explain(path, "" if needed else " Enter leaves it out.")
        self.prompt_value(path, needed, default, among)

    def prompt_value(self, path: FieldPath, needed: bool = True, default: str = "", among: str = "") -> None:
        for choice in self.schema.choices[among].values() if among else ():
            self.prompts.echo(f"  {choice.id}: {choice.title}. {choice.summary}".rstrip())

        def parse(typed: str) -> str:
            kept = self.kept(path, typed.strip())
            if needed or kept:
                self.refuse(_with(self.front, path, kept), path)
            return kept

        typed = self.prompt(path, parse, default)
        if typed:
            self.front = _with(self.front, path, typed)

    def kept(self, path: FieldPath, typed: str) -> str:
        """Return the text as it is kept: a date as the file has it. Refuse what may be two."""
        field = nearest_field(self.schema.fields, path)
        if not field or field.format not in (*DATES, "year"):
            return typed
        read = read_date(typed, field.format, self.schema.case_study["writtenDates"], self.today)
        if read.either:
            raise click.UsageError(f'"{shown(typed)}" may be {" or ".join(read.either)}. Type which.')
        if read.kept and read.kept != typed:
            self.prompts.echo(f'  "{shown(typed)}" is kept as {read.kept}: {format_date(read.kept[:10])}.')
        return read.kept or typed

    def prompt_terms(self, facet: str) -> None:
        """Prompt for terms of a vocabulary by part of their names, until an empty line."""
        self.explain((facet,), " Type part of a name; Enter when you have them all.")
        vocabulary = self.schema.vocabularies[facet].terms
        if len(vocabulary) <= 2 * MAX_SHOWN:
            for term in vocabulary.values():
                self.prompts.echo(f"  {_named(term)}")
        while typed := self.prompt((facet,), lambda typed: self.require_one(facet, typed)):
            id = self.resolve(facet, typed, vocabulary)
            added = self.added(facet, id)
            if id and not self.show_fault(added, (facet,)):
                self.front = added
                self.prompts.echo(f"  {_named(vocabulary[id])}")

    def added(self, facet: str, *ids: str) -> Front:
        return _with(self.front, (facet,), [*self.front.get(facet, []), *ids])

    def require_one(self, facet: str, typed: str) -> str:
        """Refuse an empty line while nothing is chosen."""
        if not typed.strip():
            self.refuse(self.added(facet), (facet,))
        return typed.strip()

    def resolve(self, facet: str, typed: str, vocabulary: Mapping[str, Term]) -> str:
        """Return the id of the term that the text names; empty if there is none."""
        found = meant(typed, vocabulary.values()) or matches(typed, vocabulary.values())
        if len(found) == 1:
            found = meant(found[0], vocabulary.values())  # an abolished council: with its successors
        if len(found) == 1:
            return found[0]
        if len(found) > MAX_SHOWN:
            self.prompts.echo(f'"{shown(typed)}" is in {len(found)} names. Type more of the name.')
            return ""
        if not found:
            self.show_fault(self.added(facet, typed), (facet,))
        return self.choose(facet, found or nearest(typed, vocabulary.values()), vocabulary)

    def choose(self, facet: str, ids: Sequence[str], vocabulary: Mapping[str, Term]) -> str:
        """Return the id whose number is typed, or that another name resolves to; empty for neither."""
        numbered = {str(number): id for number, id in enumerate(ids, start=1)}
        for number, id in numbered.items():
            self.prompts.echo(f"  {number}  {_named(vocabulary[id])}")
        label = "Its number, or another name (Enter for none)"
        typed = self.prompts.prompt(f"{facet}, number", label, str.strip) if ids else ""
        if typed in numbered or not typed:
            return numbered.get(typed, "")
        return self.resolve(facet, typed, vocabulary)

    def prompt_questions(self) -> None:
        """Prompt for an answer to each of the ten questions, and again if none was answered."""
        self.explain(("questions", "*", "answer"), " Enter skips a question; answer one at least.")
        while not self.front.get("questions"):
            for term in self.schema.vocabularies["questions"].terms.values():
                assert isinstance(term, Question)
                self.prompts.start_section(f"{term.number}. {term.title}. {term.text}")
                self.prompt_value(("questions", term.id, "answer"), needed=False)
                if self.front.get("questions", {}).get(term.id):
                    self.prompt_citations("questions", term.id, "sources")
            if not self.front.get("questions"):
                self.show_fault(_with(self.front, ("questions",), {}), ("questions",))

    def prompt_outcome(self) -> None:
        """Prompt for one outcome; more can be added in the file."""
        self.prompts.start_section("The outcome")
        self.front["outcomes"] = [{}]
        place = ("outcomes", 0)
        self.prompt_field(*place, "what")
        self.prompt_field(*place, "result", among="result")
        self.prompt_field(*place, "evidence", among="evidence")
        self.prompt_citations(*place, "sources")

    def prompt_citations(self, *path: str | int) -> None:
        """Prompt for the ids of sources, whose fields follow in `prompt_sources`."""
        self.explain(path, " Choose short ids, such as council-2012; you describe each source at the end.")

        def parse(typed: str) -> list[str]:
            ids = typed.replace(",", " ").split()
            self.refuse(_with(self.front, path, ids), path)
            self.refuse(self.front | {"sources": {id: {} for id in ids}}, ("sources",))
            return ids

        self.front = _with(self.front, path, self.prompt(path, parse))

    def prompt_sources(self, cited: Sequence[str]) -> None:
        for id in dict.fromkeys(cited):
            self.prompts.start_section(f"The source {id}")
            self.prompt_field("sources", id, "title")
            self.prompt_field("sources", id, "publisher")
            self.prompt_field("sources", id, "kind", among="source-kind")
            self.prompt_field("sources", id, "url", needed=False)
            self.prompt_field("sources", id, "published", needed=False)
            if not self.front["sources"][id].get("published"):
                self.front["sources"][id]["undated"] = "true"
            self.prompt_field("sources", id, "accessed", default=self.day)

    def explain(self, path: FieldPath, more: str = "") -> None:
        self.prompts.explain(f"{self.schema.help(path)}{more}")

    def prompt(self, path: FieldPath, parse: Callable[[str], Any], default: str = "") -> Any:
        field = nearest_field(self.schema.fields, path)
        assert field, path
        return self.prompts.prompt(field_name(path), field.title, parse, default)

    def faults(self, front: Front, path: FieldPath) -> list[str]:
        """Return what `check` finds in the field at `path`, and in characters. Earlier fields are valid."""
        field = field_name(path)
        return [
            "\n  ".join(filter(None, (problem.message, problem.hint)))
            for problem in self.check(front)
            if problem.rule in ("character", "yaml") or f"{problem.field}[".startswith(f"{field}[")
        ]

    def refuse(self, front: Front, path: FieldPath) -> None:
        for message in self.faults(front, path):
            raise click.UsageError(message)

    def show_fault(self, front: Front, path: FieldPath) -> bool:
        """Show the first fault; return whether there is one."""
        found = self.faults(front, path)
        if found:
            self.prompts.echo(f"Error: {found[0]}")
        return bool(found)


def _problems(front: Mapping[str, Any], root: FilePath, found: Examination, today: date) -> list[Problem]:
    """Return the problem of the title as a file name, or else those that `check` finds."""
    slug = scaffold.slug(front["title"])
    try:
        scaffold.name(root, slug)
    except Refused as refusal:
        return [Problem(file="", line=1, field="title", rule="file", message=refusal.message)]
    return faults(file_text(front, {}), slug, found, today)


def _named(term: Term) -> str:
    ended = f", abolished {term.end.year}" if isinstance(term, Council) and term.end else ""
    return f"{term.name} ({term.id}{ended})"


def _with(front: Mapping[str, Any], path: FieldPath, value: Any) -> Front:
    whole = copy.deepcopy(dict(front))
    node: Any = whole
    for part in path[:-1]:
        node = node[part] if isinstance(part, int) else node.setdefault(part, {})
    node[path[-1]] = value
    return whole
