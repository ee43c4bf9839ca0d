"""An addition to a case study, as the site's form makes it: JSON from any source, written into the file.

    {"version": 1, "case": "bramley-baths", "add": {"updates": [{...}], "sources": {"dispatch": {...}}}}

`add` holds what is new, in the schema's form: items of lists, entries by their ids, the day of a check.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path as FilePath
from typing import Any

from casebook.authoring.claim_ids import with_ids
from casebook.authoring.drafts import VERSION, DraftError, read_json, refuse_unwritable
from casebook.authoring.insertion import NotApplied, inserted
from casebook.content import FILE_NAME, Document, Problem, file_text, parse_document, replace_file, shown
from casebook.model import format_date
from casebook.validation import Examination, Schema, faults, shape_problems

_PARTS = {"version", "case", "add"}
_NO_ADDITION = f"""it is no addition: it needs "version": {VERSION}, "case" and "add" alone
    A whole case study is written by `casebook new --from`, and an addition by this."""


def addable(schema: Schema) -> list[str]:
    """The fields that an addition may hold: lists of groups, groups by their ids, and the day of a check."""
    fields = (field for field in schema.fields.values() if not field.is_by_maintainers)
    return [
        field.key
        for field in fields
        if field.key == "checked" or (field.kind in ("rows", "keyed") and field.fields)
    ]


def apply(root: FilePath, found: Examination, path: FilePath, today: date) -> str:
    """Write the addition into its case study, if that passes `check`; return its file. Raises NotApplied."""
    assert found.schema
    slug, add = _read(found.schema, path, today)
    document = next((case for case in found.documents if case.slug == slug), None)
    if not document:
        gone = f'there is no case study "{slug}", or it can\'t be read'
        raise NotApplied(_problem(path.name, "case", gone, "It may have another name now: look at its page."))
    if clashes := [_problem(path.name, *words) for words in _clashes(document, add)]:
        raise NotApplied(*clashes)
    text = with_addition(root, found.schema, document, add)
    if problems := faults(text.removeprefix("\ufeff").replace("\r\n", "\n"), slug, found, today):
        raise NotApplied(*problems)
    replace_file(root / document.file, text)
    return document.file


def with_addition(root: FilePath, schema: Schema, document: Document, add: Mapping[str, Any]) -> str:
    """Return the text of the file with the addition. Raises NotApplied."""
    text = re.sub(r"\r(?!\n)", "\n", (root / document.file).read_bytes().decode("utf-8"))
    sources = {id: one for id, one in add.get("sources", {}).items() if id not in document.source_ids}
    updates = sorted(add.get("updates", ()), key=lambda one: str(one.get("date")))
    checked = add.get("checked", "") if add.get("checked", "") > document.text("checked") else ""
    fresh = {**add, "sources": sources, "updates": updates, "checked": checked}
    text = inserted(text, document, list(schema.fields), {key: one for key, one in fresh.items() if one})
    return with_ids(schema, document.file, text)[0]


def _read(schema: Schema, path: FilePath, today: date) -> tuple[str, Mapping[str, Any]]:
    """Return the slug, and what is to be added. Raises NotApplied: of its shape, in the words of `check`."""
    try:
        data = read_json(path)
        if not (isinstance(data, dict) and data.keys() == _PARTS and data["version"] == VERSION):
            raise DraftError(_NO_ADDITION)
        slug, add = data["case"], data["add"]
        if not (isinstance(slug, str) and FILE_NAME.fullmatch(f"{slug}.md")):
            raise DraftError(f'case: "{shown(str(slug))}" is not lower-case words and hyphens')
        if not (isinstance(add, dict) and add):
            raise DraftError('"add" must be a group of fields, one at least')
        refuse_unwritable(add, ("add",))
    except DraftError as error:
        raise NotApplied(_problem(path.name, "", str(error))) from None
    document, problems = parse_document(path.name, slug, file_text(add, {}))
    problems += shape_problems(document, _schema(schema), today) if document else []
    if problems:
        raise NotApplied(*(replace(problem, line=1, column=1) for problem in problems))
    return slug, add


def _schema(schema: Schema) -> Schema:
    """The case study's own, of which nothing is needed, and only what can be added is known."""
    known = schema.case_study["properties"]
    loose: dict[str, Any] = {keyword: [] for keyword in ("required", "inOrder", "exactlyOne", "atLeastOne")}
    properties = {key: known[key] for key in addable(schema)}
    return replace(schema, case_study={**schema.case_study, **loose, "properties": properties})


def _clashes(document: Document, add: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Yield field, message and hint of what has changed there since the addition was made."""
    has, ready = f"{document.file} has this already", "It was written before: nothing needs to be added."
    lists = ((key, value) for key, value in add.items() if isinstance(value, list))
    for key, place in ((key, place) for key, value in lists for place in range(len(value))):
        if add[key][place] in (document.at((key,)) or ()):
            yield f"{key}[{place}]", has, ready
    for key, id in ((key, id) for key, value in add.items() if isinstance(value, dict) for id in value):
        there = document.at((key, id))
        if there == add[key][id] and key != "sources":
            yield f"{key}.{id}", has, ready
        elif there and key != "sources":
            yield f"{key}.{id}", f"{document.file} has this by now", "Ask for a correction of it."
        elif there and there != add[key][id]:
            title = shown(document.text(key, id, "title"))
            hint = "Give the new one another name, here and where it is cited."
            yield f"{key}.{id}", f'another source has this name: "{title}"', hint
    if add.keys() == {"checked"} and document.text("checked") >= add["checked"]:
        day = format_date(document.text("checked"))
        yield "checked", f"{document.file} was checked on {day}", "Nothing needs to be added."


def _problem(file: str, field: str, message: str, hint: str = "") -> Problem:
    return Problem(file=file, line=1, field=field, rule="addition", message=message, hint=hint)
