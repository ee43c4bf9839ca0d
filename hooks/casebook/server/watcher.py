"""What changes in the project's folders, as it changes."""

import logging
import re
from pathlib import Path as FilePath
from queue import Empty, Queue
from types import TracebackType
from typing import Self

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import ObservedWatch

FOLDERS = ("case_studies", "schema", "docs", "hooks")
CONFIGURATION = "mkdocs.yml"
QUIET = 0.05
"""Seconds without a change after which whoever saves is done: editors write a file in several steps."""

_CHANGES: list[type[FileSystemEvent]] = [
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
]
"""To read a file is no change: who reads whatever was read would never end."""
_LATE = "InotifyEmitter.queue_events() called when the thread is inactive"
"""What watchdog calls an error where a rename was still to be told of as the watching ended: it is none."""
logging.getLogger("watchdog.observers.inotify").addFilter(lambda record: record.getMessage() != _LATE)
_EDITORS_OWN = re.compile(r"\..*\.sw[a-z]|\.#.*|#.*#|.*~|4913")


def is_editors_own(name: str) -> bool:
    """Whether the name is that of a file which Vim or Emacs keeps beside the one that is edited."""
    return bool(_EDITORS_OWN.fullmatch(name))


class Changes(FileSystemEventHandler):
    """The changes from the moment on at which it is entered."""

    def __init__(self, root: FilePath) -> None:
        self._root = root
        self._names: Queue[str] = Queue()
        self._observer = Observer()
        self._watches: dict[str, ObservedWatch] = {}

    def __enter__(self) -> Self:
        self._observer.schedule(self, str(self._root), event_filter=_CHANGES)
        for folder in FOLDERS:
            self._follow(folder)
        self._observer.start()
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._observer.stop()
        self._observer.join()

    def end(self) -> None:
        """Let `wait` return, with nothing."""
        self._names.put("")

    def wait(self) -> set[str]:
        """Wait for a change, and until all is quiet again; return the changed files' names below the root."""
        names = {self._names.get()}
        while "" not in names:
            try:
                names.add(self._names.get(timeout=QUIET))
            except Empty:
                return names
        return set()

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Take note of an event, in the observer's thread."""
        for path in filter(None, (event.src_path, event.dest_path)):
            name = FilePath(str(path)).relative_to(self._root).as_posix()
            folder, _, inside = name.partition("/")
            if folder in FOLDERS and not inside:
                self._follow(folder)
            if folder in (*FOLDERS, CONFIGURATION) and not is_editors_own(FilePath(name).name):
                self._names.put(name)

    def _follow(self, folder: str) -> None:
        """Watch a folder anew: it may have been removed, and may have come back as another one."""
        if folder in self._watches:
            self._observer.unschedule(self._watches.pop(folder))
        if (self._root / folder).is_dir():
            path = str(self._root / folder)
            self._watches[folder] = self._observer.schedule(self, path, recursive=True, event_filter=_CHANGES)
