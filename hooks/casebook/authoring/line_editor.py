"""One line typed at a terminal: edited in place, and a paste of several lines is one.

Python's own `readline` edits it, which every Linux and macOS has; the console of Windows edits lines itself.
"""

import contextlib
import io
import os
import re
import select
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from types import FrameType, ModuleType

readline: ModuleType | None
try:
    import readline
except ImportError:
    readline = None

_REST_OF_A_PASTE = 0.05
"""In how many seconds after a line's end more must come to be of the same paste. Nobody types as quickly."""
_LOOKS = 0.2
"""After how many seconds it is looked again at what stands on the line."""


_Handler = Callable[[int, FrameType | None], None]


class _GoneOn(Exception):
    """The shell had the terminal meanwhile, and has left it as it likes it. Says what stood on the line."""


class Line:
    """What stands on the line, even when something ends the reading of it."""

    note: Callable[[str], None]
    noted: str

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.is_edited = False
        handlers: dict[str, _Handler] = dict.fromkeys(("SIGINT", "SIGHUP", "SIGTERM"), self.end)
        handlers |= {"SIGALRM": self.look, "SIGCONT": self.go_on}
        self.handlers = {
            getattr(signal, name): handler for name, handler in handlers.items() if hasattr(signal, name)
        }

    def read(self, prompt: str, typed: str, note: Callable[[str], None]) -> str:
        """Return the line. What was `typed` before stands there already.

        While it is typed, `note` is told what stands there: a closed terminal has no last word.
        """
        self.pieces, self.note, self.noted = [], note, typed
        self.edit(prompt, typed)
        while _more_waits():
            self.edit("", "")
        return self.so_far()

    def edit(self, prompt: str, typed: str) -> None:
        if readline:
            readline.set_startup_hook(lambda: _insert(typed))
        elif typed:
            prompt = f"{prompt}[{typed}] "  # Enter takes it
        self.is_edited = True
        try:
            line = input(prompt)
        except _GoneOn as before:
            self.listen()
            self.edit(prompt, str(before))
            return
        finally:
            self.is_edited = False
        self.pieces.append(_as_text(line) if readline else line or typed)

    def look(self, *_: object) -> None:
        """Note what stands there, if it is something else by now."""
        _wake_every(0)  # on a slow disk, one look would interrupt another
        if readline and self.is_edited:
            stands = _joined([*self.pieces, _as_text(readline.get_line_buffer())])
            if stands != self.noted:
                self.note(stands)
                self.noted = stands
        _wake_every(_LOOKS)

    def go_on(self, *_: object) -> None:
        """After Ctrl-Z, begin to read the line anew, with what stood there."""
        if readline and self.is_edited:
            self.is_edited = False
            self.be_deaf()
            raise _GoneOn(_as_text(readline.get_line_buffer()))

    def listen(self) -> None:
        for number, handler in self.handlers.items():
            signal.signal(number, handler)

    def be_deaf(self) -> None:
        """Pass over signals: while a handler's exception is raised, `input` can't bear that of another."""
        for number in self.handlers:
            signal.signal(number, lambda *_: None)
        signal.raise_signal(signal.SIGINT)  # with it, Python lets go of those that it has noted already
        for number in self.handlers:
            signal.signal(number, signal.SIG_IGN)

    def hold(self) -> None:
        if readline and self.is_edited:
            self.pieces.append(_as_text(readline.get_line_buffer()))
        self.is_edited = False

    def end(self, number: int, _frame: object) -> None:
        """End the reading as a signal asks. Once the exception is raised, what stands there is gone."""
        self.be_deaf()
        self.hold()
        if number == signal.SIGINT:
            raise KeyboardInterrupt
        sys.exit(128 + number)

    def so_far(self) -> str:
        """Return all that was typed, without line breaks."""
        return _joined(self.pieces)


@contextlib.contextmanager
def editor() -> Iterator[Line]:
    """Meanwhile a closed terminal and a request to end raise SystemExit, as Ctrl-C does KeyboardInterrupt."""
    line = Line()
    assert isinstance(sys.stdin, io.TextIOWrapper)  # as a terminal's is
    sys.stdin.reconfigure(errors="surrogateescape")
    if readline:
        readline.set_auto_history(False)
    if readline and os.environ.get("TERM", "dumb") != "dumb":
        readline.parse_and_bind("set enable-bracketed-paste on")  # Python switches it off
    before = {number: signal.getsignal(number) for number in line.handlers}
    try:
        line.listen()
        _wake_every(_LOOKS)
        yield line
    finally:
        _wake_every(0)
        for number, handler in before.items():
            signal.signal(number, handler)


def _joined(pieces: Iterable[str]) -> str:
    return re.sub(r"\s*[\r\n]\s*", " ", "\n".join(pieces)).strip()


def _insert(text: str) -> None:
    assert readline  # which calls this
    try:
        readline.insert_text(text)
    except UnicodeEncodeError:
        readline.insert_text(text.encode().decode("ascii", errors="surrogateescape"))


def _as_text(typed: str) -> str:
    """Return what was typed, without bytes in the place of what the locale can't read.

    In the locale C that is every letter but those of ASCII; the terminal sends UTF-8 all the same.
    """
    return typed.encode(errors="surrogateescape").decode(errors="replace")


def _wake_every(seconds: float) -> None:
    """Have SIGALRM sent again and again, where there is such a thing; every 0 seconds, never."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds, seconds)


def _more_waits() -> bool:
    try:
        return bool(select.select([sys.stdin], [], [], _REST_OF_A_PASTE)[0])
    except OSError:  # Windows can't tell of a console
        return False
