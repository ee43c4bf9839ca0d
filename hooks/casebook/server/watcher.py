"""Watches the project's folders for changes."""

import logging
import os
import re
from collections.abc import Callable
from pathlib import Path as FilePath
from queue import Empty, Queue
from typing import Self

from watchdog import events
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch
from watchdog.observers.polling import PollingObserver

from casebook.content import LEFT_BY_SYSTEMS

FOLDERS = ("case_studies", "schema", "docs", "hooks")
CONFIGURATION = "mkdocs.yml"
QUIET = 0.05
"""Seconds without an event after which a save is complete: editors write a file in several steps."""

_ELSEWHERE = "another device than your own folder's"
_SILENT = re.compile(
    rf"{_ELSEWHERE}|9p|afs|ceph|cifs|drvfs|fuse\..*|nfs\d?|overlay|prl_fs|smb\w*|vboxsf|virtiofs|vmhgfs"
)
"""File systems, by their names on Linux, on which others may change files without a word."""
_POLLS = "The system may not tell of changes ({}): they are looked for every second."
_LIMIT = "on Linux, raise fs.inotify.max_user_instances and fs.inotify.max_user_watches"

_CHANGES: list[type[events.FileSystemEvent]] = [
    *(events.FileCreatedEvent, events.FileDeletedEvent, events.FileModifiedEvent, events.FileMovedEvent),
    *(events.DirCreatedEvent, events.DirDeletedEvent, events.DirMovedEvent),
]
"""Without events of reading, which the build itself would cause without end."""
_LATE = "InotifyEmitter.queue_events() called when the thread is inactive"
"""Logged by watchdog as an error if a rename is pending when it stops. It is harmless."""
logging.getLogger("watchdog.observers.inotify").addFilter(lambda record: record.getMessage() != _LATE)


class Watcher(events.FileSystemEventHandler):
    """Collects changes from when it is entered as a context manager."""

    def __init__(self, root: FilePath, echo: Callable[[str], None] = print) -> None:
        self._root = root
        self._echo = echo
        self._names: Queue[str] = Queue()
        self._watches: dict[str, ObservedWatch] = {}

    def __enter__(self) -> Self:
        reason = next(filter(_SILENT.fullmatch, _file_systems(self._root)), "")
        try:
            self._start(PollingObserver() if reason else Observer())
        except OSError as error:
            reason = f"{error.strerror or error}; {_LIMIT}"
            self._start(PollingObserver())
        if reason:
            self._echo(_POLLS.format(reason))
        return self

    def _start(self, observer: BaseObserver) -> None:
        self._observer = observer
        self._watches.clear()
        observer.schedule(self, str(self._root), event_filter=_CHANGES)
        for folder in FOLDERS:
            self._watch(folder)
        observer.start()

    def __exit__(self, *_: object) -> None:
        self._observer.stop()
        self._observer.join()

    def end(self) -> None:
        """Let `wait` return an empty set."""
        self._names.put("")

    def wait(self) -> set[str]:
        """Wait for changes and then for a pause of QUIET seconds; return the files' names below the root."""
        names = {self._names.get()}
        while "" not in names:
            try:
                names.add(self._names.get(timeout=QUIET))
            except Empty:
                return names
        return set()

    def on_any_event(self, event: events.FileSystemEvent) -> None:
        """Queue the names of an event. Called in the observer's thread."""
        for path in filter(None, (event.src_path, event.dest_path)):
            name = FilePath(str(path)).relative_to(self._root).as_posix()
            folder, _, inside = name.partition("/")
            if folder in FOLDERS and not inside:
                self._watch(folder)
            if folder in (*FOLDERS, CONFIGURATION) and not LEFT_BY_SYSTEMS.fullmatch(FilePath(name).name):
                self._names.put(name)

    def _watch(self, folder: str) -> None:
        """Watch a folder again: it may have been removed and created anew."""
        if folder in self._watches:
            self._observer.unschedule(self._watches.pop(folder))
        if (self._root / folder).is_dir():
            path = str(self._root / folder)
            self._watches[folder] = self._observer.schedule(self, path, recursive=True, event_filter=_CHANGES)


def _file_systems(folder: FilePath) -> list[str]:
    """Return the kind of file system on which the folder lies, or what systems other than Linux tell."""
    device, mounts = folder.stat().st_dev, FilePath("/proc/self/mountinfo")
    if not mounts.exists():  # a network drive of macOS or Windows is another device, as a stick is
        return [] if device == FilePath.home().stat().st_dev else [_ELSEWHERE]
    number = f" {os.major(device)}:{os.minor(device)} "
    lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    return [line.partition(" - ")[2].split()[0] for line in lines if number in line]
