"""YAML front matter, read strictly: every scalar stays the text that was typed.

An event builder, not a `SafeLoader`: no aliases, no tags, no retyping, no recursion in C, and the
line of every key. What YAML itself can't read is said in an author's words.
"""

import re
import sys
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any, NoReturn

import yaml

from casebook.content.characters import faults, name, shown
from casebook.content.problem import Problem

MAX_FIELD_DEPTH = 6
MAX_NODES = 2_000
"""Also of opening brackets, counted before libyaml sees them: it dies of some 300,000."""
MAX_FAULTS = 10
"""How many times one reading goes on after what YAML can't read."""

FieldPath = tuple[str | int, ...]
Place = tuple[int, int]
_At = yaml.Event | Place | None
_HARD_SPACE = "\u00a0"
_LINE_ENDS = dict.fromkeys((0x85, 0x2028, 0x2029), " ")
"""Of YAML alone, which would then count other lines than everybody else. No text may hold them."""
_NULLS = ("~", "null", "Null", "NULL")
"""What YAML writes for nothing."""
_DIRECTIVE = re.compile(r"^%", re.MULTILINE)


@dataclass(frozen=True)
class FrontMatter:
    data: Any
    """Mappings, lists and text; None where nothing could be read."""
    problems: tuple[Problem, ...]
    file: str
    _again: "Callable[[], _Builder]" = field(compare=False, repr=False)
    """Begins to read it once more."""

    @cached_property
    def places(self) -> Mapping[FieldPath, Place]:
        """Line and column, both from 1, of every key and list item.

        Found on a second reading: most front matter has no mistake, and kept for all they fill the memory.
        """
        builder = self._again()
        builder.build()
        return builder.places

    def place(self, path: FieldPath) -> Place:
        """Line and column of the path, or of the nearest thing around it that has one."""
        while path not in self.places and path:
            path = path[:-1]
        return self.places.get(path, (1, 1))

    def problem(
        self, path: FieldPath, rule: str, message: str, hint: str = "", field: FieldPath | None = None
    ) -> Problem:
        """A problem at the path, of the field there unless another is named."""
        name = field_name(path if field is None else field)
        return _problem(self.file, self.place(path), name, rule, message, hint)


class _CannotGoOn(Exception):
    """The rest of the front matter can't be read; the problem is recorded already."""


def read_front_matter(
    text: str, *, file: str, first_line: int = 1, most_nodes: int = MAX_NODES
) -> FrontMatter:
    """Read the YAML text that begins on `first_line` of `file`."""
    begin = partial(_Builder, text, file, first_line, most_nodes)
    builder = begin()
    return FrontMatter(builder.build(), tuple(builder.problems), file, begin)


def _problem(file: str, place: Place, field: str, rule: str, message: str, hint: str) -> Problem:
    line, column = place
    return Problem(file=file, line=line, column=column, field=field, rule=rule, message=message, hint=hint)


def field_name(path: FieldPath) -> str:
    """Return for example `outcomes[0].result` for ("outcomes", 0, "result")."""
    name = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return shown(name.removeprefix("."))


class _Builder:
    def __init__(
        self, text: str, file: str, first_line: int, most_nodes: int, faults_left: int = MAX_FAULTS
    ) -> None:
        self.text, self.file, self.first_line = text, file, first_line
        self.faults_left = faults_left
        self.lines = text.split("\n")
        self.nodes_left = most_nodes
        self.places: dict[FieldPath, Place] = {}
        self.problems: list[Problem] = []

    def build(self) -> Any:
        try:
            self._refuse_floods()
            self._refuse_directives()
            self._refuse_git_marks()
            self.events = iter(yaml.parse(self.text.translate(_LINE_ENDS), Loader=yaml.CSafeLoader))
            return self._document()
        except yaml.MarkedYAMLError as error:
            line, column, message, hint = explain(error, self.lines, self.first_line)
            self._say((), "yaml", message, hint, (line, column))
            self._look_on(line, is_misfit=_MISFIT in message)
        except yaml.reader.ReaderError as error:
            line = self.first_line + self.text.count("\n", 0, self.text.find(chr(error.character)))
            self._say((), "yaml", f"{name(chr(error.character))} can't be read", "", (line, 1))
        except _CannotGoOn:
            pass
        return None

    def _look_on(self, faulty: int, is_misfit: bool) -> None:
        """Find what else YAML can't read, as if the faulty line were right; not what may follow from it."""
        place = faulty - self.first_line
        if not self.faults_left or place >= len(self.lines):
            return
        key = None if is_misfit else _KEY.match(self.lines[place])
        lines = [*self.lines[:place], f"{key[0]} x" if key else "", *self.lines[place + 1 :]]
        rest = _Builder("\n".join(lines), self.file, self.first_line, self.nodes_left, self.faults_left - 1)
        rest.build()
        if any(_NEVER_CLOSED in problem.message and problem.line < faulty for problem in rest.problems):
            self.problems.pop()  # it only stood where the quotation seemed to end
        known = {problem.message for problem in self.problems}
        further = (found for found in rest.problems if found.message not in known and found.line != faulty)
        self.problems += (found for found in further if _MISFIT not in found.message)

    def _refuse_floods(self) -> None:
        if self.text.count("[") + self.text.count("{") > self.nodes_left:
            self._stop((), f'more than {self.nodes_left} opening brackets "[" and "{{"')

    def _refuse_directives(self) -> None:
        for found in _DIRECTIVE.finditer(self.text):
            line = self.first_line + self.text.count("\n", 0, found.start())
            message = f"line {line} is a YAML directive"
            self._stop((), message, "Leave it out: front matter is one plain block.", (line, 1))

    def _refuse_git_marks(self) -> None:
        marks = [place for place, line in enumerate(self.lines) if _GIT_MARK.match(line)]
        for line in (self.first_line + place for place in marks):
            message = f"line {line} is a mark that Git leaves where two versions meet"
            self._say((), "yaml", message, _KEEP_ONE, (line, 1))
        if marks:
            raise _CannotGoOn

    def _document(self) -> Any:
        data: Any = None
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent) and data is not None:
                self._stop((), f'"---" on line {self._line(event)} begins a second block', "Keep one.", event)
            if isinstance(event, yaml.DocumentEndEvent) and event.explicit:
                self._stop((), f'"..." on line {self._line(event)} ends it early', "", event)
            if isinstance(event, yaml.NodeEvent):
                data = self._node(event, ())
        return {} if data is None else data

    def _node(self, event: yaml.Event, path: FieldPath) -> Any:
        self._refuse_tricks(event, path)
        self.nodes_left -= 1
        if self.nodes_left < 0:
            self._stop(path, "there is too much here to read", "Shorten the front matter.", event)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, path)
        if len(path) >= MAX_FIELD_DEPTH:
            self._stop(path, f"nested more than {MAX_FIELD_DEPTH} deep", "", event)
        if isinstance(event, yaml.SequenceStartEvent):
            return list(self._items(path))
        return self._mapping(path)

    def _refuse_tricks(self, event: yaml.Event, path: FieldPath) -> None:
        if isinstance(event, yaml.AliasEvent):
            message = f'the alias "*{event.anchor}" on line {self._line(event)} is not allowed'
            self._stop(path, message, f"Write the value out again. {_if_it_belongs('*')}", event)
        assert isinstance(event, (yaml.ScalarEvent, yaml.CollectionStartEvent))  # nothing else begins a value
        if event.anchor:
            message = f'the anchor "&{event.anchor}" on line {self._line(event)} is not allowed'
            self._stop(path, message, f"Take it out. {_if_it_belongs('&')}", event)
        if event.tag:
            message = f'the tag "{shown(event.tag)}" on line {self._line(event)} is not allowed'
            self._say(path, "tag", message, f"Take it out. {_if_it_belongs('!')}", event)

    def _items(self, path: FieldPath) -> Iterator[Any]:
        for index, event in enumerate(self.events):
            if isinstance(event, yaml.SequenceEndEvent):
                return
            self.places[(*path, index)] = self._place(event)
            yield self._node(event, (*path, index))

    def _mapping(self, path: FieldPath) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                return data
            key = self._key(event, path)
            if key in data:
                self._twice((*path, key), event)
            self.places.setdefault((*path, key), self._place(event))
            value = self._node(next(self.events), (*path, key))
            data.setdefault(key, value)
        return data

    def _key(self, event: yaml.Event, path: FieldPath) -> str:
        self._refuse_tricks(event, path)
        if not isinstance(event, yaml.ScalarEvent):
            message = f"the key on line {self._line(event)} is not plain text"
            self._stop(path, message, "", event)
        if _HARD_SPACE in event.value:
            message = f"the key on line {self._line(event)} holds {name(_HARD_SPACE)}"
            self._say(path, "key", message, "", event)
        return sys.intern(event.value)

    def _twice(self, path: FieldPath, event: yaml.Event) -> None:
        first = self.places[path][0]
        message = f"given twice, on line {first} and on line {self._line(event)}"
        self._say(path, "duplicate-key", message, "Keep one of the two.", event)

    def _scalar(self, event: yaml.ScalarEvent, path: FieldPath) -> str:
        if not event.style:
            self._refuse_lost_comment(event, path)
        if event.style == '"' and "\\" in self.text:
            self._refuse_escaped(event, path)
        is_null = not event.style and event.value in _NULLS
        text = "" if is_null else unicodedata.normalize("NFC", event.value.strip())
        return sys.intern(text) if len(text) <= 20 else text  # most so short are ids, dates and names

    def _refuse_lost_comment(self, event: yaml.ScalarEvent, path: FieldPath) -> None:
        assert event.end_mark  # the parser marks each event
        rest = self.lines[event.end_mark.line][event.end_mark.column :]
        if re.match(r"\s+#", rest) and (event.value or self.lines[event.end_mark.line].strip()[:1] != "#"):
            lost = f'" {shown(rest.strip())}" on line {self._line(event)}'
            message = f"{lost} would be lost as a comment" if event.value else f"empty: {lost} is a comment"
            self._say(path, "lost-comment", message, f"{QUOTE_IT[:-1]} if # belongs to it.", event)

    def _refuse_escaped(self, event: yaml.ScalarEvent, path: FieldPath) -> None:
        """Say what YAML escapes such as "\\u202E" hide from a scan of the raw text."""
        for offset, why in faults(event.value):
            if event.value[offset] not in self.text:
                self._say(path, "character", f"{why} (line {self._line(event)})", "", event)

    def _line(self, event: yaml.Event) -> int:
        return self._place(event)[0]

    def _place(self, event: yaml.Event) -> Place:
        assert event.start_mark  # the parser marks each event
        return self.first_line + event.start_mark.line, event.start_mark.column + 1

    def _say(self, path: FieldPath, rule: str, message: str, hint: str = "", at: _At = None) -> None:
        place = self._place(at) if isinstance(at, yaml.Event) else at or (self.first_line, 1)
        self.problems.append(_problem(self.file, place, field_name(path), rule, message, hint))

    def _stop(self, path: FieldPath, message: str, hint: str = "", at: _At = None) -> NoReturn:
        self._say(path, "yaml", message, hint, at)
        raise _CannotGoOn


QUOTE_IT = "Put the whole value between double quotes."
_KEEP_ONE = "Keep one of the two versions, and take the three marks out."
_KEY = re.compile(r"[ ]*(?:- +)*[\w-]+:(?= )")
_MISFIT = "does not fit the lines above it"
_NEVER_CLOSED = "is never closed"
_GIT_MARK = re.compile(r"(?:<{7}|={7}|>{7}|\|{7})(?: |$)")
_UNSPACED = re.compile(r" *(?:- +)*[A-Za-z][\w-]*(?::(?=[^\s/:])| *=)")
_WHOLE = r"(?:\[[^]]*\]|\{[^}]*\}|[|>][-+\d]*)\s*(?:$|#)"
_FIRST = re.compile(rf"[ ]*+(?:- +)*+(?:[\w-]+: +)?(?!{_WHOLE})([][{{}}&*!|>%@`?:,#-])")
"""A character that must be quoted to begin a value, unless it begins a whole list, group or folded text."""
_ENDS_EARLY = re.compile(r"""[^'"]*:\s+(['"])[^'"]*\1\s*[^\s,#\]}]""")


def _if_it_belongs(mark: str) -> str:
    return f"If {mark} belongs to the text, p{QUOTE_IT[1:]}"


def explain(error: yaml.MarkedYAMLError, lines: list[str], first_line: int) -> tuple[int, int, str, str]:
    """Return line, column, message and hint."""
    context, problem = error.context or "", error.problem or ""
    opened = "quoted scalar" in context or "flow" in context
    began_earlier = opened or "simple key" in context  # which is a line without its colon
    mark = (began_earlier and error.context_mark) or error.problem_mark or error.context_mark
    assert mark  # the parser marks each error
    typed = lines[mark.line] if mark.line < len(lines) else ""
    line = first_line + mark.line
    if opened:
        message, hint = _unclosed(context, problem, line)
    else:
        message, hint = _misread(problem, line, typed, mark.column)
        near = [at for at in (mark.line, mark.line - 1) if _UNSPACED.match("".join(lines[at : at + 1]))]
        if _MISFIT in message and near:
            line = first_line + near[0]
            message, hint = f"line {line} lacks a colon, or the space after it", 'Write "field: value".'
    return line, mark.column + 1, message, hint


def _unclosed(context: str, problem: str, line: int) -> tuple[str, str]:
    if "flow" in context:
        return (
            f"the bracket opened on line {line} is not closed, or a comma is missing in it",
            f"Close it, and put a comma between items. {_if_it_belongs('it')}",
        )
    if "end of stream" in problem:
        return f"the quotation mark opened on line {line} {_NEVER_CLOSED}", "Close the quote."
    return (
        f"the value in quotation marks on line {line} has a backslash that can't be read",
        "Leave out the backslash.",
    )


def _misread(problem: str, line: int, typed: str, column: int) -> tuple[str, str]:
    key = typed.strip().removeprefix("- ").partition(":")[0]
    value = f'the value of "{shown(key)}" on line {line}' if ":" in typed else f"what stands on line {line}"
    if _ENDS_EARLY.match(typed):
        return (
            f"{value} has a quote that ends early",
            "Use double quotes outside and single quotes inside, or double the inner quote.",
        )
    if "mapping values are not allowed" in problem and ":" in typed[:column]:
        return f'{value} holds ": " and is not in quotes', QUOTE_IT
    if "\t" in typed[: column + 1]:
        return f"line {line} is indented with a tab", "Use spaces."
    begins = _FIRST.match(typed)
    first = typed[column] if "cannot start any token" in problem else begins and begins[1]
    if first:
        return f'{value} begins with "{first}", which YAML keeps for itself', QUOTE_IT
    return (
        f"line {line} {_MISFIT}",
        "Look at its indent (spaces at the start), and for a missing colon, bracket or quote.",
    )
