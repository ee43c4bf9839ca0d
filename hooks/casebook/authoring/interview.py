"""A new case study, asked for in a terminal: one field after another, each judged by the words of `check`."""

import contextlib
import copy
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path as FilePath
from typing import Any

import click

from casebook.authoring import scaffold
from casebook.authoring.prompts import Back, Prompts
from casebook.content import FieldPath, Problem, Refused, field_name, file_text, shown
from casebook.model import Council, Question, Term, matches, nearest, nearest_field
from casebook.validation import Examination, Schema, faults

Front = dict[str, Any]
Judge = Callable[[Mapping[str, Any]], Sequence[Problem]]
"""What `check` would say of this front matter."""
MOST_SHOWN = 12
"""How many matches are offered to choose from; of more, more must be typed."""


def ask(root: FilePath, found: Examination, today: date, prompts: Callable[[], Prompts]) -> Front:
    """Return the front matter that somebody gave. Who goes back begins again, with all answers but one."""
    schema = found.schema
    assert schema
    while True:
        talk = _Interview(schema, lambda front: _judged(front, root, found, today), prompts())
        with contextlib.suppress(Back):
            return talk.everything(today.isoformat())


class _Interview:
    def __init__(self, schema: Schema, judge: Judge, prompts: Prompts) -> None:
        self.schema, self.judge, self.prompts = schema, judge, prompts
        self.front: Front = {}

    def everything(self, today: str) -> Front:
        self.line("title")
        self.line("summary")
        self.terms("councils")
        self.terms("themes")
        self.line("period", "from")
        self.line("period", "to", needed=False)
        self.line("status", among="status")
        self.questions()
        self.outcome()
        self.sources(today)
        return self.front | {"checked": today}

    def line(self, *path: str | int, needed: bool = True, default: str = "", among: str = "") -> None:
        """Ask for one line of text, until it is as it should be; `among` names the few allowed values."""
        self.explain(path, "" if needed else " Enter leaves it out.")
        self.put(path, needed, default, among)

    def put(self, path: FieldPath, needed: bool = True, default: str = "", among: str = "") -> None:
        for one in self.schema.choices[among].values() if among else ():
            self.prompts.tell(f"  {one.id}: {one.title}. {one.summary}".rstrip())

        def judged(typed: str) -> str:
            if needed or typed.strip():
                self.refuse(_with(self.front, path, typed), path)
            return typed.strip()

        typed = self.prompt(path, judged, default)
        if typed:
            self.front = _with(self.front, path, typed)

    def terms(self, facet: str) -> None:
        """Ask for terms of a vocabulary by part of their names, until Enter."""
        self.explain((facet,), " Type part of a name; Enter when you have them all.")
        vocabulary = self.schema.vocabularies[facet].terms
        if len(vocabulary) <= 2 * MOST_SHOWN:
            for term in vocabulary.values():
                self.prompts.tell(f"  {_named(term)}")
        while typed := self.prompt((facet,), lambda typed: self.enough(facet, typed)):
            id = self.meant(facet, typed, vocabulary)
            added = self.added(facet, id)
            if id and not self.say(added, (facet,)):
                self.front = added
                self.prompts.tell(f"  {_named(vocabulary[id])}")

    def added(self, facet: str, *ids: str) -> Front:
        return _with(self.front, (facet,), [*self.front.get(facet, []), *ids])

    def enough(self, facet: str, typed: str) -> str:
        """Refuse an empty line while nothing is chosen."""
        if not typed.strip():
            self.refuse(self.added(facet), (facet,))
        return typed.strip()

    def meant(self, facet: str, typed: str, vocabulary: Mapping[str, Term]) -> str:
        """Return the id that somebody meant, or nothing."""
        found = matches(typed, vocabulary.values())
        if len(found) == 1:
            return found[0]
        if len(found) > MOST_SHOWN:
            self.prompts.tell(f'"{shown(typed)}" is in {len(found)} names. Type more of the name.')
            return ""
        if not found:
            self.say(self.added(facet, typed), (facet,))
        return self.picked(facet, found or nearest(typed, vocabulary.values()), vocabulary)

    def picked(self, facet: str, ids: Sequence[str], vocabulary: Mapping[str, Term]) -> str:
        """Return the id whose number is typed, or what another name means, or nothing."""
        numbered = {str(number): id for number, id in enumerate(ids, start=1)}
        for number, id in numbered.items():
            self.prompts.tell(f"  {number}  {_named(vocabulary[id])}")
        label = "Its number, or another name (Enter for none)"
        typed = self.prompts.ask(f"{facet}, number", label, str.strip) if ids else ""
        if typed in numbered or not typed:
            return numbered.get(typed, "")
        return self.meant(facet, typed, vocabulary)

    def questions(self) -> None:
        """Ask the ten questions, one by one, and again if none was answered."""
        self.explain(("questions", "*", "answer"), " Enter skips a question; answer one at least.")
        while not self.front.get("questions"):
            for term in self.schema.vocabularies["questions"].terms.values():
                assert isinstance(term, Question)
                self.prompts.begin(f"{term.number}. {term.title}. {term.text}")
                self.put(("questions", term.id, "answer"), needed=False)
                if self.front.get("questions", {}).get(term.id):
                    self.citations("questions", term.id, "sources")
            if not self.front.get("questions"):
                self.say(_with(self.front, ("questions",), {}), ("questions",))

    def outcome(self) -> None:
        """Ask for one outcome; more can be written into the file."""
        self.prompts.begin("The outcome")
        self.front["outcomes"] = [{}]
        place = ("outcomes", 0)
        self.line(*place, "what")
        self.line(*place, "result", among="result")
        self.line(*place, "evidence", among="evidence")
        self.citations(*place, "sources")

    def citations(self, *path: str | int) -> None:
        """Ask for the ids of sources, which are described later."""
        self.explain(path, " Choose short ids, such as council-2012; you describe each source at the end.")

        def judged(typed: str) -> list[str]:
            ids = typed.replace(",", " ").split()
            self.refuse(_with(self.front, path, ids), path)
            self.refuse(self.front | {"sources": {id: {} for id in ids}}, ("sources",))
            return ids

        self.front = _with(self.front, path, self.prompt(path, judged))

    def sources(self, today: str) -> None:
        """Ask for what is to be known of every source that was cited."""
        answers = self.front["questions"].values()
        cited = [id for one in (*answers, *self.front["outcomes"]) for id in one["sources"]]
        for id in dict.fromkeys(cited):
            self.prompts.begin(f"The source {id}")
            self.line("sources", id, "title")
            self.line("sources", id, "publisher")
            self.line("sources", id, "kind", among="source-kind")
            self.line("sources", id, "url", needed=False)
            self.line("sources", id, "published", needed=False)
            self.line("sources", id, "accessed", default=today)

    def explain(self, path: FieldPath, more: str = "") -> None:
        self.prompts.explain(f"{self.schema.help(path)}{more}")

    def title(self, path: FieldPath) -> str:
        field = nearest_field(self.schema.fields, path)
        assert field, path
        return field.title

    def prompt(self, path: FieldPath, judged: Callable[[str], Any], default: str = "") -> Any:
        return self.prompts.ask(field_name(path), self.title(path), judged, default)

    def faults(self, front: Front, path: FieldPath) -> list[str]:
        """What `check` says of the field at `path`, and of characters: all others are clean by now."""
        field = field_name(path)
        return [
            "\n  ".join(filter(None, (one.message, one.hint)))
            for one in self.judge(front)
            if one.rule in ("character", "yaml") or one.field == field or one.field.startswith(f"{field}[")
        ]

    def refuse(self, front: Front, path: FieldPath) -> None:
        for words in self.faults(front, path):
            raise click.UsageError(words)

    def say(self, front: Front, path: FieldPath) -> bool:
        """Say the first fault, and whether there is one."""
        found = self.faults(front, path)
        if found:
            self.prompts.tell(f"Error: {found[0]}")
        return bool(found)


def _judged(front: Mapping[str, Any], root: FilePath, found: Examination, today: date) -> list[Problem]:
    """What `check` would say of this front matter, and whether its title can name a file."""
    slug = scaffold.slug(front["title"])
    try:
        scaffold.name(root, slug)
    except Refused as refusal:
        return [Problem(file="", line=1, field="title", rule="file", message=refusal.message)]
    return faults(file_text(front, {}), slug, found, today)


def _named(term: Term) -> str:
    name = term.name if isinstance(term, Council) else term.title
    ended = f", abolished {term.end.year}" if isinstance(term, Council) and term.end else ""
    return f"{name} ({term.id}{ended})"


def _with(front: Mapping[str, Any], path: FieldPath, value: Any) -> Front:
    """Return the front matter with `value` at `path`."""
    whole = copy.deepcopy(dict(front))
    node: Any = whole
    for part in path[:-1]:
        node = node[part] if isinstance(part, int) else node.setdefault(part, {})
    node[path[-1]] = value
    return whole
