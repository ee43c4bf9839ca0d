"""One line typed at a terminal: edited in place, and a paste of several lines is one.

Python's own `readline` edits it, which every Linux and macOS has; the console of Windows edits lines itself.
"""

import contextlib
import os
import re
import select
import signal
import sys
from collections.abc import Iterator

try:
    import readline
except ImportError:
    readline = None

_REST_OF_A_PASTE = 0.05
"""In how many seconds after a line's end more must come to be of the same paste. Nobody types as quickly."""
_ENDINGS = [getattr(signal, name) for name in ("SIGINT", "SIGHUP", "SIGTERM") if hasattr(signal, name)]


class Line:
    """What stands on the line, even when something ends the reading of it."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.is_edited = False

    def read(self, prompt: str, typed: str = "") -> str:
        """Return the line. What was `typed` before stands there already."""
        self.pieces = []
        self.edit(prompt, typed)
        while _more_waits():
            self.edit("", "")
        return self.so_far()

    def edit(self, prompt: str, typed: str) -> None:
        if readline:
            readline.set_startup_hook(lambda: readline.insert_text(typed))
        elif typed:
            prompt = f"{prompt}[{typed}] "  # Enter takes it
        self.is_edited = True
        line = input(prompt)
        self.is_edited = False
        self.pieces.append(line if readline else line or typed)

    def hold(self) -> None:
        if readline and self.is_edited:
            self.pieces.append(readline.get_line_buffer())
        self.is_edited = False

    def end(self, number: int, _frame: object) -> None:
        """End the reading as a signal asks. Once the exception is raised, what stands there is gone."""
        self.hold()
        if number == signal.SIGINT:
            raise KeyboardInterrupt
        sys.exit(128 + number)

    def so_far(self) -> str:
        """Return all that was typed, without line breaks."""
        return re.sub(r"\s*[\r\n]\s*", " ", "\n".join(self.pieces)).strip()


@contextlib.contextmanager
def editor() -> Iterator[Line]:
    """Meanwhile a closed terminal and a request to end raise SystemExit, as Ctrl-C does KeyboardInterrupt."""
    line = Line()
    if readline:
        readline.set_auto_history(False)
    if readline and os.environ.get("TERM", "dumb") != "dumb":
        readline.parse_and_bind("set enable-bracketed-paste on")  # Python switches it off
    before = {number: signal.signal(number, line.end) for number in _ENDINGS}
    try:
        yield line
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _more_waits() -> bool:
    try:
        return bool(select.select([sys.stdin], [], [], _REST_OF_A_PASTE)[0])
    except OSError:  # Windows can't tell of a console
        return False
