"""How `casebook new` begins a case study: from a title and options, from a draft, or from somebody's answers.

Each way returns the new file's name and its text, and has written nothing.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path as FilePath
from typing import Any

import click

from casebook import drafts, interview, scaffold, writing
from casebook.files import Refused
from casebook.loading import Examination, faults
from casebook.models import Problem
from casebook.schema import Schema

Beginning = tuple[str, str]
"""The file's name from the root, and its text."""
_BLANK = {
    "questions": {"answer": "", "sources": []},
    "pledges": {"how": "", "sources": []},
}
"""What is left to fill in under each question and pledge that an option names."""


def from_title(
    root: FilePath, found: Examination, title: str, given: Mapping[str, Any], today: date
) -> Beginning:
    """Begin with what the command line gave. What `check` would refuse of that is wrong use."""
    assert found.schema
    if not scaffold.slug(title):
        raise click.UsageError("The title needs at least one letter or digit.")
    file = _name(root, scaffold.slug(title))
    fields = {field: _field(field, value) for field, value in given.items()}
    text = scaffold.new(found.schema, {"title": title, **fields, "checked": today.isoformat()})
    problems = faults(text, scaffold.slug(title), found, today)
    wrong = [one for one in problems if one.field.split("[")[0] in ("title", *given)]
    if wrong:
        raise click.UsageError("\n".join(_words(wrong)))
    return file, text


def from_draft(root: FilePath, law: Schema, path: FilePath) -> Beginning:
    """Begin with a draft of the form's. Its fields stand in the schema's order."""
    try:
        draft = drafts.read(path)
    except drafts.NoDraft as fault:
        raise click.ClickException(f"{path.name}: {fault}. Nothing was written.") from None
    order = [*law.case_study["properties"], *draft.front]
    front = {field: draft.front[field] for field in dict.fromkeys(order) if field in draft.front}
    slug = draft.slug or scaffold.slug(str(front.get("title", "")))
    return _name(root, slug), writing.file_text(front, draft.body)


def from_answers(root: FilePath, found: Examination, today: date) -> Beginning:
    """Begin with what somebody answers at a terminal."""
    assert found.schema
    click.echo("A new case study. Stop at any time with Ctrl-C: nothing is written before the end.")
    try:
        front = interview.ask(root, found, today)
    except (click.Abort, KeyboardInterrupt):
        click.echo("\nStopped. Nothing was written, and nothing was kept.", err=True)
        raise click.exceptions.Exit(1) from None
    return _name(root, scaffold.slug(front["title"])), scaffold.new(found.schema, front)


def save(root: FilePath, file: str, text: str) -> None:
    """Write the new file, unless somebody else did so in the meantime."""
    try:
        scaffold.save(root, file, text)
    except FileExistsError:
        raise click.ClickException(f"{file} exists already; nothing was changed.") from None


def _name(root: FilePath, slug: str) -> str:
    try:
        return scaffold.name(root, slug)
    except Refused as refusal:
        raise click.ClickException(f"{refusal.message}. {refusal.hint}".rstrip()) from None


def _field(field: str, value: Any) -> Any:
    if field in _BLANK:
        return {id: _BLANK[field] for id in value}
    return value if isinstance(value, str) else list(value)


def _words(problems: Iterable[Problem]) -> Iterable[str]:
    for one in problems:
        yield f"{one.field}: {one.message}"
        if one.hint:
            yield f"    {one.hint}"
