"""Reads one line at a terminal: edited in place; a paste of several lines counts as one."""

import asyncio
import re
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from prompt_toolkit import PromptSession
from prompt_toolkit.application import Application
from prompt_toolkit.history import DummyHistory
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.utils import is_dumb_terminal

_PASTE_TIMEOUT = 0.05
"""Seconds after a line's end within which more input is of the same paste: nobody types as quickly."""
_SAVE_INTERVAL = 0.2
"""Seconds from a change to the call of `on_change`, which may take time: one for all changes of that time."""


class Line:
    """The text on the line, even after an exception has ended the reading of it."""

    on_change: Callable[[str], None]
    ending: str
    """What the line was when Enter was pressed."""

    def __init__(self) -> None:
        keys, history = KeyBindings(), DummyHistory()  # an answer is no command, to be given again
        keys.add("enter", eager=True)(self.end)
        self.session = PromptSession[str](history=history, key_bindings=keys, enable_suspend=True)
        self.session.default_buffer.on_text_changed += self.schedule
        self.is_scheduled = False

    def read(self, prompt: str, typed: str, on_change: Callable[[str], None]) -> str:
        """Return the line, which begins as `typed`.

        While it is edited, `on_change` receives its text, so that a closed terminal loses nothing.
        """
        self.on_change, self.is_scheduled = on_change, False
        is_shown = not is_dumb_terminal()  # where only what is typed is shown, and not what stands there
        self.session.prompt(prompt if is_shown else f"{prompt}{typed}", default=typed)
        return self.text()

    def schedule(self, _: object) -> None:
        if not self.is_scheduled:
            self.is_scheduled = True
            asyncio.get_running_loop().call_later(_SAVE_INTERVAL, self.note)

    def note(self) -> None:
        self.is_scheduled = False
        self.on_change(self.text())

    def end(self, event: KeyPressEvent) -> None:
        """End the line, unless more follows at once: a terminal may paste lines as if they were typed."""
        buffer = event.current_buffer
        if buffer.document.is_cursor_at_the_end and not buffer.text.endswith(" "):
            buffer.insert_text(" ")
        self.ending = buffer.text
        asyncio.get_running_loop().call_later(_PASTE_TIMEOUT, self.accept, event.app)

    def accept(self, app: Application[str]) -> None:
        if app.current_buffer.text == self.ending and not app.is_done:
            app.current_buffer.validate_and_handle()

    def text(self) -> str:
        """Return all that was typed, without line breaks. What is not UTF-8 shows as U+FFFD."""
        typed = self.session.default_buffer.text.encode(errors="surrogateescape").decode(errors="replace")
        return re.sub(r"\s*[\r\n]\s*", " ", typed).strip()


@contextmanager
def editor() -> Iterator[Line]:
    """In this context SIGHUP and SIGTERM raise SystemExit, as Ctrl-C raises KeyboardInterrupt."""
    before = {number: signal.signal(number, _exit) for number in (signal.SIGHUP, signal.SIGTERM)}
    try:
        yield Line()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _exit(number: int, _frame: object) -> None:
    sys.exit(128 + number)
