"""Reads one line at a terminal: edited in place; a paste of several lines counts as one.

Python's own `readline` edits it, which every Linux and macOS has.
"""

import contextlib
import io
import os
import re
import readline
import select
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from types import FrameType

_PASTE_TIMEOUT = 0.05
"""Seconds after a line's end within which more input is of the same paste: nobody types as quickly."""
_POLL_INTERVAL = 0.2
"""Seconds between two readings of the text on the line."""
_Handler = Callable[[int, FrameType | None], None]


class _Resumed(Exception):
    """The shell has had the terminal, and may have changed its settings. The message is the line's text."""


class Line:
    """The text on the line, even after an exception has ended the reading of it."""

    on_change: Callable[[str], None]
    noted: str

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.is_edited = False
        ends = (signal.SIGINT, signal.SIGHUP, signal.SIGTERM)
        self.handlers: dict[signal.Signals, _Handler] = dict.fromkeys(ends, self.terminate)
        self.handlers |= {signal.SIGALRM: self.poll, signal.SIGCONT: self.resume}

    def read(self, prompt: str, typed: str, on_change: Callable[[str], None]) -> str:
        """Return the line, which begins as `typed`.

        While it is edited, `on_change` receives its text, so that a closed terminal loses nothing.
        """
        self.pieces, self.on_change, self.noted = [], on_change, typed
        self.edit(prompt, typed)
        while _has_input():
            self.edit("", "")
        return self.text()

    def edit(self, prompt: str, typed: str) -> None:
        readline.set_startup_hook(lambda: _insert(typed))
        self.is_edited = True
        try:
            line = input(prompt)
        except _Resumed as before:
            self.install_handlers()
            self.edit(prompt, str(before))
            return
        finally:
            self.is_edited = False
        self.pieces.append(_decoded(line))

    def poll(self, *_: object) -> None:
        """Pass the text to `on_change`, if it has changed."""
        _set_timer(0)  # on a slow disk, one poll would interrupt another
        if self.is_edited:
            text = _joined([*self.pieces, _decoded(readline.get_line_buffer())])
            if text != self.noted:
                self.on_change(text)
                self.noted = text
        _set_timer(_POLL_INTERVAL)

    def resume(self, *_: object) -> None:
        """After Ctrl-Z, start reading the line again, with the same text."""
        if self.is_edited:
            self.is_edited = False
            self.ignore_signals()
            raise _Resumed(_decoded(readline.get_line_buffer()))

    def install_handlers(self) -> None:
        for number, handler in self.handlers.items():
            signal.signal(number, handler)

    def ignore_signals(self) -> None:
        """Ignore signals: while a handler's exception is raised, `input` can't handle that of another."""
        for number in self.handlers:
            signal.signal(number, lambda *_: None)
        signal.raise_signal(signal.SIGINT)  # with it, Python drops those that are pending already
        for number in self.handlers:
            signal.signal(number, signal.SIG_IGN)

    def stop_editing(self) -> None:
        if self.is_edited:
            self.pieces.append(_decoded(readline.get_line_buffer()))
        self.is_edited = False

    def terminate(self, number: int, _frame: object) -> None:
        """Stop reading on a signal. The text is stored before the exception, which clears the line."""
        self.ignore_signals()
        self.stop_editing()
        if number == signal.SIGINT:
            raise KeyboardInterrupt
        sys.exit(128 + number)

    def text(self) -> str:
        """Return all that was typed, without line breaks."""
        return _joined(self.pieces)


@contextlib.contextmanager
def editor() -> Iterator[Line]:
    """In this context SIGHUP and SIGTERM raise SystemExit, as Ctrl-C raises KeyboardInterrupt."""
    line = Line()
    assert isinstance(sys.stdin, io.TextIOWrapper)  # as a terminal's is
    sys.stdin.reconfigure(errors="surrogateescape")
    readline.set_auto_history(False)
    if os.environ.get("TERM", "dumb") != "dumb":
        readline.parse_and_bind("set enable-bracketed-paste on")  # Python switches it off
    before = {number: signal.getsignal(number) for number in line.handlers}
    try:
        line.install_handlers()
        _set_timer(_POLL_INTERVAL)
        yield line
    finally:
        _set_timer(0)
        for number, handler in before.items():
            signal.signal(number, handler)


def _joined(pieces: Iterable[str]) -> str:
    return re.sub(r"\s*[\r\n]\s*", " ", "\n".join(pieces)).strip()


def _insert(text: str) -> None:
    try:
        readline.insert_text(text)
    except UnicodeEncodeError:
        readline.insert_text(text.encode().decode("ascii", errors="surrogateescape"))


def _decoded(typed: str) -> str:
    """Return the text, with the bytes that the locale could not decode read as UTF-8.

    In the locale C these are all but ASCII, though the terminal sends UTF-8.
    """
    return typed.encode(errors="surrogateescape").decode(errors="replace")


def _set_timer(seconds: float) -> None:
    """Have SIGALRM sent at this interval; 0 stops it."""
    signal.setitimer(signal.ITIMER_REAL, seconds, seconds)


def _has_input() -> bool:
    return bool(select.select([sys.stdin], [], [], _PASTE_TIMEOUT)[0])
