"""Prompts at a terminal. Each answer is validated and saved; saved ones are replayed without a prompt."""

import contextlib
from collections.abc import Callable
from typing import Any

import click

from casebook.authoring.line_editor import Line
from casebook.authoring.saved_answers import FILE, Answers

BACK = "<"
"""The end of a line that goes back."""


class GoBack(Exception):
    """Return to the previous question, whose answer is open again."""


class Prompts:
    def __init__(self, line: Line, answers: Answers, save_answers: Callable[[], None]) -> None:
        """`save_answers` may raise OSError."""
        self.line, self.answers, self.save_answers = line, answers, save_answers
        self.replayed = 0
        """How many saved answers were used without a prompt."""
        self.section: list[str] = []
        self.deferred: list[str] = []
        """The heading and the explanations that are shown only if the question must be prompted for."""

    @property
    def is_replaying(self) -> bool:
        return self.replayed < len(self.answers.given)

    def echo(self, text: str) -> None:
        """Show the text now, or else before the next prompt."""
        if self.is_replaying:
            self.deferred.append(text)
        else:
            click.echo(text)

    def start_section(self, heading: str) -> None:
        self.section, self.deferred = [f"\n{heading}"] if self.is_replaying else [], []
        if not self.is_replaying:
            click.echo(f"\n{heading}")

    def explain(self, text: str) -> None:
        self.deferred = []
        self.echo(f"\n{text}")

    def prompt(self, field: str, label: str, parse: Callable[[str], Any], default: str = "") -> Any:
        """Return the parsed answer. `parse` raises click.UsageError for invalid text."""
        if self.is_replaying:
            before, typed = self.answers.given[self.replayed]
            if before == field and not isinstance(value := _parsed(parse, typed), click.UsageError):
                self.replayed += 1
                return value
            self.answers.reopen(self.replayed)
        for text in (*self.section, *self.deferred):
            click.echo(text)
        self.section, self.deferred = [], []
        label = f"{label} [{default}]" if default else label
        return self.prompt_until_valid(field, label, parse, default)

    def prompt_until_valid(self, field: str, label: str, parse: Callable[[str], Any], default: str) -> Any:
        typed = self.answers.expected(field)
        while True:
            typed = self.read_line(field, f"{label}: ", typed)
            value = _parsed(parse, typed or default)
            if not isinstance(value, click.UsageError):
                break
            self.answers.defer(field, typed)
            self.save()
            click.echo(f"Error: {value.message}")
        self.answers.add(field, typed or default)
        self.replayed += 1
        self.save()
        return value

    def read_line(self, field: str, prompt: str, typed: str) -> str:
        """Read a line. Its text is saved even if an exception ends the reading. Raises GoBack."""
        ahead = list(self.answers.ahead)

        def defer(text: str) -> None:
            self.answers.ahead = list(ahead)
            self.answers.defer(field, text)

        def on_change(text: str) -> None:
            defer(text)
            with contextlib.suppress(OSError):  # a message would garble the line
                self.save_answers()

        try:
            typed = self.line.read(prompt, typed, on_change)
        except BaseException:
            if text := self.line.text():
                defer(text)
                self.save()
            raise
        defer("")  # the text saved while typing is obsolete
        if not typed.endswith(BACK):
            return typed
        typed = typed.removesuffix(BACK).strip()
        if not self.answers.given:
            click.echo("This is the first question.")
            return self.read_line(field, prompt, typed)
        self.answers.defer(field, typed)
        self.answers.reopen(len(self.answers.given) - 1)
        self.save()
        raise GoBack

    def save(self) -> None:
        """Save all answers, or show why that fails: the next answer tries again."""
        try:
            self.save_answers()
        except OSError as error:
            why = f"Your answers can't be kept in {FILE} just now: {error.strerror}."
            click.echo(f"{why} Mend that before you stop: after each answer, it is tried again.")


def _parsed(parse: Callable[[str], Any], typed: str) -> Any:
    try:
        return parse(typed)
    except click.UsageError as error:
        return error
