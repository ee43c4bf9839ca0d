"""New items, entries and values, written into the text of a case study: all else stays, byte for byte."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from casebook.content import Document, FieldPath, Problem, yaml_block
from casebook.model import runs_forwards

_Insertion = tuple[int, list[str]]
"""How many lines of the file stand before it, and its own lines."""
_GONE = "\0"
"""A line that is taken out; no text may hold the character."""


class NotApplied(Exception):
    """Nothing was written. Its arguments are the problems."""


def inserted(text: str, document: Document, order: Sequence[str], add: Mapping[str, Any]) -> str:
    """Return the text with items added to lists, entries to groups, and other values in place of the old.

    `order` has every field of a case study in the schema's order. Raises NotApplied.
    """
    lines = text.split("\n")
    end = "\r" if lines[0].endswith("\r") else ""
    found: list[_Insertion] = []
    for key in (key for key in order if key in add):
        if isinstance(add[key], str):
            _replace(lines, document, key, add[key])
        else:
            found += _insertions(lines, document, order, key, add[key])
    for id in document.data.get("not_found", ()):
        if id in add.get("questions", {}):
            _take_out(lines, document, id)
    for line, block in sorted(reversed(found), key=lambda one: one[0], reverse=True):
        lines[line:line] = [f"{new}{end}" for new in block]
    return "\n".join(line for line in lines if line != _GONE)


def _replace(lines: list[str], document: Document, key: str, value: str) -> None:
    """Write the value in the place of one that stands on the line of its key."""
    line = document.front.place((key,))[0] - 1
    old = re.escape(document.text(key))
    pattern = rf"^({key}:[ ]+)(['\"]?){old}\2(?=\s|$)"
    changed, number = re.subn(pattern, rf"\g<1>\g<2>{value}\g<2>", lines[line])
    if not number:
        raise NotApplied(_problem(document, key, "does not stand plainly on the line of its name"))
    lines[line] = changed


def _take_out(lines: list[str], document: Document, id: str) -> None:
    """Take a question that is answered now out of those that were asked and not found."""
    line = document.front.place(("not_found",))[0] - 1
    listed = re.fullmatch(r"not_found:[ ]*\[([^\]#]*)\][ ]*(\r?)", lines[line])
    if not listed:
        raise NotApplied(_problem(document, "not_found", f'has "{id}", and does not stand on one line'))
    others = [other for other in map(str.strip, listed[1].split(",")) if other.strip("'\"") != id]
    lines[line] = f"not_found: [{', '.join(others)}]{listed[2]}" if others else _GONE


def _insertions(
    lines: list[str], document: Document, order: Sequence[str], key: str, value: Any
) -> Iterator[_Insertion]:
    before = document.data.get(key)
    end = _end(lines, document, order, key)
    if before is None:
        yield end, list(yaml_block({key: value}))
        return
    path: FieldPath = (key, next(iter(before), "") if isinstance(before, dict) else 0)
    first = document.front.place(path)[0] - 1
    if not before or first == document.front.place((key,))[0] - 1:
        raise NotApplied(_problem(document, key, "stands on one line, into which nothing can be put"))
    indent = re.match(" *", lines[first])[0]  # type: ignore[index]  # it always matches
    for entry in (
        [{id: new} for id, new in value.items()] if isinstance(value, dict) else [[new] for new in value]
    ):
        later = _later(document, entry[0].get("date", "")) if key == "updates" else ()
        _, *block = yaml_block({key: entry})
        yield next(iter(later), end), [f"{indent}{line[2:]}" for line in block]


def _later(document: Document, day: str) -> Iterator[int]:
    """The lines on which the updates begin that came later: the oldest stands first."""
    for path, date in document.each("updates", "*", "date"):
        if not runs_forwards(date, day):
            yield document.front.place(path[:2])[0] - 1


def _end(lines: list[str], document: Document, order: Sequence[str], key: str) -> int:
    """Where the field ends, or would stand: before the next one, and the comments above that."""
    tops = {name: document.front.place((name,))[0] - 1 for name in document.data}
    fence = document.body_line - 1
    if key in tops:
        end = min((line for line in tops.values() if line > tops[key]), default=fence)
    else:
        later = order[order.index(key) :]
        end = min((line for name, line in tops.items() if name in later), default=fence)
    while lines[end - 1].startswith("#") or not lines[end - 1].strip():
        end -= 1
    return end


def _problem(document: Document, key: str, message: str) -> Problem:
    hint = "Write it out, one entry below the other, and apply the addition again."
    return document.problem((key,), "addition", message, hint)
