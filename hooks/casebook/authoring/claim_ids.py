"""Ids of claims: made of a claim's own words when it is written, and kept whatever becomes of it."""

import re
from collections.abc import Collection, Iterator
from pathlib import Path as FilePath

from casebook.authoring.scaffold import slug
from casebook.content import Document, FieldPath, file_name, parse_document, read_as_is, replace_file
from casebook.validation import Schema

_LONGEST = 40


def fix_ids(root: FilePath, schema: Schema, path: FilePath) -> int:
    """Write an id to each claim of the file that has none, and return to how many. Line ends stay."""
    fixed, count = with_ids(schema, file_name(root, path), read_as_is(path))
    if count:
        replace_file(path, fixed)
    return count


def with_ids(schema: Schema, file: str, text: str) -> tuple[str, int]:
    """Return the file's text in which every claim has an id, and how many had none."""
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n")
    if "\r" in plain:  # a line's end for YAML, and for nobody else
        text = plain = plain.replace("\r", "\n")
    document, _ = parse_document(file, FilePath(file).stem, plain)
    if not document:
        return text, 0
    lines = text.split("\n")
    taken = {id for pattern in schema.claim_ids for _, id in document.each(*pattern)}
    taken |= set(schema.vocabularies["questions"].terms)
    left_out = schema.case_study["$defs"]["claim-id"]["leftOut"].split()
    places = []
    for path, words in _without_id(schema, document):
        id = _free(_id(words, left_out), taken)
        taken.add(id)
        is_empty = document.at((*path, "id")) is not None
        places.append((document.front.place((*path, "id") if is_empty else path), is_empty, id))
    for (line, column), is_empty, id in sorted(places, reverse=True):
        lines[line - 1] = _written(lines[line - 1], column - 1, is_empty, id)
    return "\n".join(lines), len(places)


def _written(line: str, column: int, is_empty: bool, id: str) -> str:
    """Return the line, or two lines, with the id: where there is none, or where there is an empty one."""
    start, rest = line[:column], line[column:]
    if is_empty:
        return re.sub(r"\bid:[ ]*(?:\"\"|'')?", f"id: {id}", line, count=1)
    if rest.startswith("{"):
        return f"{start}{{id: {id}, {rest[1:].lstrip()}"
    end = "\r" if line.endswith("\r") else ""
    return f"{start}id: {id}{end}\n{' ' * column}{rest}"


def _without_id(schema: Schema, document: Document) -> Iterator[tuple[FieldPath, str]]:
    """Yield the path of each claim that has no id, and the words it is made of."""
    for pattern in schema.claim_ids:
        key = pattern[0]
        fields = schema.fields[key].fields
        words = next(field.key for field in fields.values() if field.is_plain and field.is_needed)
        for path, text in document.each(key, "*", words):
            if not document.at((*path[:2], "id")):
                yield path[:2], text


def _id(text: str, left_out: Collection[str]) -> str:
    """Return the first words that tell something, as many as an id may have."""
    words = slug(re.sub(r"(?<=\d),(?=\d)", "", text)).split("-")
    whole = "-".join(word for word in words if word not in left_out)
    return whole if len(whole) <= _LONGEST else whole[: _LONGEST + 1].rpartition("-")[0] or whole[:_LONGEST]


def _free(id: str, taken: set[str]) -> str:
    """Return the id, or with the first number that makes it nobody else's."""
    found, number = id or "claim", 1
    while found in taken:
        number += 1
        ending = f"-{number}"
        found = f"{id[: _LONGEST - len(ending)]}{ending}"
    return found
