"""What somebody answered at a terminal, kept after each answer: whatever ends the interview, it can go on.

The file lies in the project's folder, and goes when the case study is written.
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
"""The field, and what was typed for it."""


@dataclass
class Answers:
    day: str
    """On which the last was given."""
    given: list[Answer] = field(default_factory=list)
    """In the order of the questions."""
    ahead: list[Answer] = field(default_factory=list)
    """What was typed for questions to come: before somebody went back, or was interrupted."""

    def give(self, field: str, typed: str) -> None:
        """Add an answer. What stood ahead for its question is done with."""
        self.given.append((field, typed))
        if (place := self._place(field)) is not None:
            del self.ahead[place]

    def expected(self, field: str) -> str:
        """Return what was typed for this question before, or nothing."""
        place = self._place(field)
        return "" if place is None else self.ahead[place][1]

    def leave(self, field: str, typed: str) -> None:
        """Hold what stands on the line of a question that is left without an answer."""
        place = self._place(field)
        if typed and place is not None:
            self.ahead[place] = (field, typed)
        elif typed:
            self.ahead.insert(0, (field, typed))

    def ask_again(self, first: int) -> None:
        """Put the answers from that number on ahead, in front of the others."""
        self.ahead[:0] = self.given[first:]
        del self.given[first:]

    def _place(self, field: str) -> int | None:
        """Return where the next answer ahead for this question stands."""
        return next((place for place, answer in enumerate(self.ahead) if answer[0] == field), None)


def lock(root: FilePath) -> FileLock:
    """Return what only one interview in this folder can hold."""
    return FileLock(root / _LOCK, timeout=0)


def read(root: FilePath, today: str) -> Answers:
    """Return what was kept: nothing, if there is no such file, or one that is none of ours."""
    try:
        kept = json.loads((root / FILE).read_text(encoding="utf-8"))
        given, ahead = ([_answer(*one) for one in kept[name]] for name in ("given", "ahead"))
        return Answers(date.fromisoformat(kept["day"]).isoformat(), given, ahead)
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return Answers(today)


def _answer(field: str, typed: str) -> Answer:
    """Raises ValueError for half a character, which could not be kept again, and TypeError for no text."""
    "".join((field, typed)).encode()
    return field, typed


def keep(root: FilePath, answers: Answers) -> None:
    """Write the answers down. Raises OSError if there is no room. Of none, no file stays."""
    if not (answers.given or answers.ahead):
        forget(root)
        return
    replace_file(root / FILE, json.dumps(asdict(answers), ensure_ascii=False, indent=1))


def set_aside(root: FilePath) -> str:
    """Give the kept answers another name, under which they stay. Return it."""
    names = (f"{UNFINISHED}{number}.json" for number in range(1, 1_000_000))
    name = next(name for name in names if not (root / name).exists())
    (root / FILE).rename(root / name)
    return name


def forget(root: FilePath) -> None:
    """Delete what was kept."""
    (root / FILE).unlink(missing_ok=True)
