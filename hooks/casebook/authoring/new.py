"""How `casebook new` creates a case study: from a title and options, from a draft, or from an interview.

Each function writes the new file, whole or not at all, and returns its name.
"""

import contextlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from pathlib import Path as FilePath
from typing import Any

import click
from filelock import Timeout

from casebook.authoring import drafts, interview, saved_answers, scaffold
from casebook.authoring.additions import addable, with_addition
from casebook.authoring.claim_ids import with_ids
from casebook.authoring.drafts import Draft
from casebook.authoring.line_editor import editor
from casebook.authoring.prompts import BACK, Prompts
from casebook.authoring.saved_answers import FILE, Answers
from casebook.content import Problem, Refused, file_text, replace_file, shown, sweep
from casebook.model import Term, format_date, meant
from casebook.validation import Examination, Schema, faults

_TO_GO_BACK = f"To go back to the question before, end a line with {BACK} and press Enter."
_WELCOME = f"""A new case study. Your answers are kept in {FILE} until its file is written:
stop at any time with Ctrl-C, and go on another day.
{_TO_GO_BACK}"""
_ADDING = f"""Nothing is written before the last question: Ctrl-C leaves the case study as it is.
{_TO_GO_BACK}"""
_BLANK = {
    "questions": {"answer": "", "sources": []},
    "pledges": {"how": "", "sources": []},
}
"""The fields to fill in under each question and pledge that an option names."""


def from_title(root: FilePath, found: Examination, title: str, given: Mapping[str, Any], today: date) -> str:
    """Create a file from the command's arguments. Raises UsageError for those that `check` would reject."""
    assert found.schema
    if not scaffold.slug(title):
        raise click.UsageError("The title needs at least one letter or digit.")
    file = _name(root, scaffold.slug(title))
    fields = {field: _field(found.schema, field, value) for field, value in given.items()}
    text = scaffold.render(
        found.schema, {"title": title, **fields, "added": today.isoformat(), "checked": today.isoformat()}
    )
    problems = faults(text, scaffold.slug(title), found, today)
    wrong = [problem for problem in problems if problem.field.split("[")[0] in ("title", *given)]
    if wrong:
        raise click.UsageError("\n".join(_lines(wrong)))
    return _saved(root, file, text)


def from_draft(root: FilePath, schema: Schema, path: FilePath) -> str:
    """Create a file from a draft of the form or a text, with its fields in the schema's order."""
    try:
        draft = drafts.read(path)
    except drafts.DraftError as error:
        raise click.ClickException(f"{path.name}: {error}. Nothing was written.") from None
    order = [*schema.case_study["properties"], *draft.front]
    front = {field: draft.front[field] for field in dict.fromkeys(order) if field in draft.front}
    slug = draft.slug or scaffold.slug(str(front.get("title", "")))
    file = _name(root, slug)
    text, _ = with_ids(schema, file, file_text(front, draft.body))
    _saved(root, file, text)
    _show_parked(file, draft)
    return file


def from_update(root: FilePath, found: Examination, slug: str, today: date) -> str:
    """Add to a case study what is asked for at the terminal, and return its file. Raises NotApplied."""
    assert found.schema
    document = next((case for case in found.documents if case.slug == slug), None)
    if not document:
        raise click.UsageError(f'There is no case study "{shown(slug)}".')
    keys = [key for key in addable(found.schema) if key != "sources"]
    click.echo(_ADDING)
    with editor() as line:
        prompts = partial(Prompts, line, Answers(today.isoformat()), lambda: None)
        add = interview.run_addition(document, keys, found, today, prompts)
    replace_file(root / document.file, with_addition(root, found.schema, document, add))
    return document.file


def _show_parked(file: str, draft: Draft) -> None:
    if not draft.parked:
        return
    click.echo(f"These parts of the draft have no place in a case study any more, and are not in {file}:")
    for field, text in draft.parked:
        lines = [shown(line, 10 * len(text)) for line in text.splitlines()]
        click.echo("\n      ".join([f"  {shown(field)}:", *lines]))


def from_answers(root: FilePath, found: Examination, today: date) -> str:
    """Create a file from an interview at the terminal, which may resume an earlier one."""
    assert found.schema
    with _locked(root), editor() as line:
        try:
            answers = _resumed(root, today)
            click.echo(_WELCOME)
            prompts = partial(Prompts, line, answers, partial(saved_answers.save, root, answers))
            front = interview.run(root, found, today, prompts)
            file = _name(root, scaffold.slug(front["title"]))
            text, _ = with_ids(found.schema, file, scaffold.render(found.schema, front))
            _saved(root, file, text)
        except BaseException as error:
            _show_stopped(root)
            if isinstance(error, (click.Abort, KeyboardInterrupt, EOFError)):
                raise click.exceptions.Exit(1) from None
            raise
        saved_answers.delete(root)
    return file


@contextlib.contextmanager
def _locked(root: FilePath) -> Iterator[None]:
    try:
        with saved_answers.lock(root):
            sweep(root)
            yield
    except Timeout:
        message = "Another `casebook new` is asking for answers in this folder. Finish or stop that one."
        raise click.ClickException(message) from None


def _resumed(root: FilePath, today: date) -> Answers:
    """Return the saved answers if they are to be resumed, or else none; the file is then renamed."""
    answers = saved_answers.read(root, today.isoformat())
    count = len(answers.given)
    progress = (
        f"You answered {count} {'question' if count == 1 else 'questions'}"
        if count
        else "You began an answer"
    )
    offer = f"{progress} on {format_date(answers.day)}. Go on with {'them' if count > 1 else 'it'}?"
    if (answers.given or answers.ahead) and click.confirm(offer, default=True):
        answers.day = today.isoformat()
        return answers
    if (root / FILE).exists():
        click.echo(f"What was kept before stays in {saved_answers.set_aside(root)}.\n")
    return Answers(today.isoformat())


def _show_stopped(root: FilePath) -> None:
    kept = f" Your answers are kept in {FILE}: `casebook new` goes on with them."
    with contextlib.suppress(OSError):  # the terminal may be gone
        click.echo(f"\nStopped. No file was written.{kept if (root / FILE).exists() else ''}", err=True)


def _saved(root: FilePath, file: str, text: str) -> str:
    """Write the new file, unless it has been created in the meantime."""
    try:
        scaffold.save(root, file, text)
    except FileExistsError:
        raise click.ClickException(f"{file} exists already; nothing was changed.") from None
    except OSError as error:
        raise click.ClickException(f"{file} can't be written: {error.strerror}. Nothing of it was.") from None
    return file


def _name(root: FilePath, slug: str) -> str:
    try:
        return scaffold.name(root, slug)
    except Refused as refusal:
        raise click.ClickException(f"{refusal.message}. {refusal.hint}".rstrip()) from None


def _field(schema: Schema, field: str, value: Any) -> Any:
    if isinstance(value, str):
        return value
    ids = [_id(typed, schema.vocabularies[field].terms) for typed in value]
    return {id: _BLANK[field] for id in ids} if field in _BLANK else ids


def _id(typed: str, terms: Mapping[str, Term]) -> str:
    """Return the id of the term that is surely meant, or what was typed, of which the checks speak."""
    found = meant(typed, terms.values())
    return found[0] if typed not in terms and len(found) == 1 else typed


def _lines(problems: Iterable[Problem]) -> Iterable[str]:
    for problem in problems:
        yield f"{problem.field}: {problem.message}"
        if problem.hint:
            yield f"    {problem.hint}"
