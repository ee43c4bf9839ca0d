"""Prompts at a terminal. Each answer is judged and kept; one that was given before is not asked for again."""

import contextlib
from collections.abc import Callable
from typing import Any

import click

from casebook.authoring.kept_answers import FILE, Answers
from casebook.authoring.line_editor import Line

BACK = "<"
"""What a line ends with to go back."""


class Back(Exception):
    """Somebody goes back to the question before, which is not answered any more."""


class Prompts:
    def __init__(self, line: Line, answers: Answers, keep: Callable[[], None]) -> None:
        """`keep` writes the answers down, or raises OSError."""
        self.line, self.answers, self.write_down = line, answers, keep
        self.repeated = 0
        """How many of the answers given were taken as they are."""
        self.chapter: list[str] = []
        self.unsaid: list[str] = []
        """What would have been said of the question, and of its chapter, were it not answered yet."""

    @property
    def is_repeating(self) -> bool:
        return self.repeated < len(self.answers.given)

    def tell(self, text: str) -> None:
        """Say it, or as soon as something is asked."""
        if self.is_repeating:
            self.unsaid.append(text)
        else:
            click.echo(text)

    def begin(self, chapter: str) -> None:
        """Say what the next few questions are about."""
        self.chapter, self.unsaid = [f"\n{chapter}"] if self.is_repeating else [], []
        if not self.is_repeating:
            click.echo(f"\n{chapter}")

    def explain(self, text: str) -> None:
        """Say what the next question is about."""
        self.unsaid = []
        self.tell(f"\n{text}")

    def ask(self, field: str, label: str, judged: Callable[[str], Any], default: str = "") -> Any:
        """Return what is judged right. `judged` raises click.UsageError for what is not."""
        if self.is_repeating:
            before, typed = self.answers.given[self.repeated]
            if before == field and not isinstance(value := _tried(judged, typed), click.UsageError):
                self.repeated += 1
                return value
            self.answers.ask_again(self.repeated)
        for text in (*self.chapter, *self.unsaid):
            click.echo(text)
        self.chapter, self.unsaid = [], []
        return self.asked(field, f"{label} [{default}]" if default else label, judged, default)

    def asked(self, field: str, label: str, judged: Callable[[str], Any], default: str) -> Any:
        typed = self.answers.expected(field)
        while True:
            typed = self.typed(field, f"{label}: ", typed)
            value = _tried(judged, typed or default)
            if not isinstance(value, click.UsageError):
                break
            self.answers.leave(field, typed)
            self.keep()
            click.echo(f"Error: {value.message}")
        self.answers.give(field, typed or default)
        self.repeated += 1
        self.keep()
        return value

    def typed(self, field: str, prompt: str, typed: str) -> str:
        """Read a line. Whatever ends it, what stands there is kept."""
        ahead = list(self.answers.ahead)

        def leave(stands: str) -> None:
            self.answers.ahead = list(ahead)
            self.answers.leave(field, stands)

        def note(stands: str) -> None:
            leave(stands)
            with contextlib.suppress(OSError):  # somebody is typing: it is said after the line, if need be
                self.write_down()

        try:
            typed = self.line.read(prompt, typed, note)
        except BaseException:
            if left := self.line.so_far():
                leave(left)
                self.keep()
            raise
        leave("")  # what was noted meanwhile is done with
        if not typed.endswith(BACK):
            return typed
        typed = typed.removesuffix(BACK).strip()
        if not self.answers.given:
            click.echo("This is the first question.")
            return self.typed(field, prompt, typed)
        self.answers.leave(field, typed)
        self.answers.ask_again(len(self.answers.given) - 1)
        self.keep()
        raise Back

    def keep(self) -> None:
        """Write the answers down, or say why not: the next will bring all before it with it."""
        try:
            self.write_down()
        except OSError as error:
            why = f"Your answers can't be kept in {FILE} just now: {error.strerror}."
            click.echo(f"{why} Mend that before you stop: after each answer, it is tried again.")


def _tried(judged: Callable[[str], Any], typed: str) -> Any:
    try:
        return judged(typed)
    except click.UsageError as fault:
        return fault
