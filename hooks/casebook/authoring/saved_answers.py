"""The answers of an interview, saved after each one, so that an interrupted interview can be resumed.

Their file is in the project's folder, and is deleted when the case study is written.
"""

import json
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path as FilePath

from filelock import FileLock

from casebook.content import UNFINISHED, replace_file

FILE = f"{UNFINISHED}json"
_LOCK = f"{UNFINISHED}lock"

Answer = tuple[str, str]
"""The field, and the text typed for it."""


@dataclass
class Answers:
    day: str
    """Day of the last answer, as YYYY-MM-DD."""
    given: list[Answer] = field(default_factory=list)
    ahead: list[Answer] = field(default_factory=list)
    """What was typed for later questions, before going back or an interruption."""

    def add(self, field: str, typed: str) -> None:
        """Add an answer. It replaces the next one ahead for the same question."""
        self.given.append((field, typed))
        if (place := self._place(field)) is not None:
            del self.ahead[place]

    def expected(self, field: str) -> str:
        """Return what was typed for this question before; empty if nothing was."""
        place = self._place(field)
        return "" if place is None else self.ahead[place][1]

    def defer(self, field: str, typed: str) -> None:
        """Store the text on the line of a question that is not answered yet."""
        place = self._place(field)
        if typed and place is not None:
            self.ahead[place] = (field, typed)
        elif typed:
            self.ahead.insert(0, (field, typed))

    def reopen(self, first: int) -> None:
        """Move the answers from index `first` on to the front of those ahead."""
        self.ahead[:0] = self.given[first:]
        del self.given[first:]

    def _place(self, field: str) -> int | None:
        """Return the index of the next answer ahead for this question."""
        return next((place for place, answer in enumerate(self.ahead) if answer[0] == field), None)


def lock(root: FilePath) -> FileLock:
    """Return the lock that only one interview in this folder can hold."""
    return FileLock(root / _LOCK, timeout=0)


def read(root: FilePath, today: str) -> Answers:
    """Return the saved answers: none if the file is missing or of another format."""
    if not (root / FILE).is_file():  # there is none, or what would be waited for
        return Answers(today)
    try:
        saved = json.loads((root / FILE).read_text(encoding="utf-8"))
        given, ahead = ([_answer(*answer) for answer in saved[name]] for name in ("given", "ahead"))
        return Answers(date.fromisoformat(saved["day"]).isoformat(), given, ahead)
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return Answers(today)


def _answer(field: str, typed: str) -> Answer:
    """Raises ValueError for half a character, which can't be saved again, and TypeError if it is no text."""
    "".join((field, typed)).encode()
    return field, typed


def save(root: FilePath, answers: Answers) -> None:
    """Write the answers to the file; delete it if there are none. Raises OSError if the disk is full."""
    if not (answers.given or answers.ahead):
        delete(root)
        return
    replace_file(root / FILE, json.dumps(asdict(answers), ensure_ascii=False, indent=1))


def set_aside(root: FilePath) -> str:
    """Rename the file, so that it is kept; return its new name."""
    names = (f"{UNFINISHED}{number}.json" for number in range(1, 1_000_000))
    name = next(name for name in names if not (root / name).exists())
    (root / FILE).rename(root / name)
    return name


def delete(root: FilePath) -> None:
    """Delete the file, if there is one."""
    (root / FILE).unlink(missing_ok=True)
