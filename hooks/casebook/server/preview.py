"""The site of this moment, of which each file is made when somebody asks for it."""

import re
import tempfile
import time
import traceback
from collections.abc import Callable, Collection, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path as FilePath
from threading import Lock
from typing import Any

from casebook import environment
from casebook.model import Catalogue
from casebook.server.watcher import is_editors_own
from casebook.site import (
    Edition,
    NotBuilt,
    Shell,
    TemplateFault,
    build_shell,
    code_files,
    code_folder,
    faults_named,
    load_templates,
    moved,
)
from casebook.validation import Cache, CatalogueError, Examination, catalogue_of, examine, summary_line

CONTENT, SCRIPTS, ASSETS, TEMPLATES, SHELL, CODE = (
    "content",
    "scripts",
    "assets",
    "templates",
    "shell",
    "code",
)
_KINDS = {
    CONTENT: r"(case_studies|schema)(/.*)?",
    SCRIPTS: r"docs/assets/(css|js)(/.*)?",
    ASSETS: r"docs/assets/.*",
    TEMPLATES: r"docs/overrides/(?!main\.html|404\.html|partials/).*",
    SHELL: r"docs(/.*)?|mkdocs\.yml",
    CODE: r"hooks/.*\.py",
}
"""What each part of the site is made from. The first that fits a file's name counts."""
_MKDOCS_OWN = ("main.html", "404.html")
"""Templates that speak of what only MkDocs knows."""


def kind(name: str) -> str:
    """What a file of the project is to the site; empty if nothing."""
    return next((kind for kind, names in _KINDS.items() if re.fullmatch(names, name)), "")


@dataclass(frozen=True)
class Trouble:
    """What keeps the latest change from being shown, in words."""

    faults: tuple[str, ...]
    summary: str

    def __str__(self) -> str:
        return "\n".join((*self.faults, self.summary))


def trouble(error: Exception) -> Trouble:
    """Put an error into words. What no author can have done is shown on the terminal in full."""
    match error:
        case CatalogueError(examination=found):
            return Trouble(tuple(map(str, found.problems)), summary_line(found))
        case NotBuilt():
            words, _, summary = str(error).rpartition("\n")
            return Trouble((words,), summary)
        case TemplateFault():
            return Trouble((str(error),), "A template can't be rendered.")
        case OSError():
            return Trouble((str(error),), "A file can't be read.")
    traceback.print_exception(error)
    return Trouble((f"{type(error).__name__}: {error}",), "A fault of the code: the terminal shows where.")


@dataclass(frozen=True)
class Preview:
    """What is shown between two changes."""

    edition: Edition | None = None
    """The last good one; none if there was none yet."""
    others: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    """MkDocs' part of the site, by path."""
    troubles: tuple[Trouble, ...] = ()
    number: int = field(default=0, compare=False)
    """Grows from one to the next, even from one server to the next."""
    _lock: Any = field(default_factory=Lock, compare=False, repr=False)

    def file(self, path: str) -> bytes | None:
        """Make the file with that path; None if there is none. Raises TemplateFault and OSError."""
        made = None
        if self.edition:
            with self._lock, faults_named(self.edition.root):
                made = self.edition.file(path)
        return made.contents if made else self.others.get(path)


class Press:
    """Makes one preview after another, each from the last one and what has changed."""

    def __init__(self, root: FilePath) -> None:
        self.preview = Preview()
        self._root = root
        self._memory = Cache()
        self._found: Examination | None = None
        self._catalogue: Catalogue | None = None
        self._last: Edition | None = None
        self._shell: Shell | None = None
        self._others: Mapping[str, bytes] = {}
        self._templates: Any = None
        self._troubles: dict[str, Trouble] = {}

    def update(self, names: Collection[str]) -> bool:
        """Look again at all that the changed files are for; return whether there is anything new to show."""
        due = {kind(name) for name in names} | self._troubles.keys()
        if CONTENT in due or not self._found:
            self._attempt(CONTENT, self._read)
        if self._catalogue and (SHELL in due or not self._shell or self._has_moved()):
            self._attempt(SHELL, self._run_mkdocs)
        if ASSETS in due:
            self._attempt(ASSETS, lambda: self._copy(names))
        if SCRIPTS in due and self._shell:
            self._attempt(SCRIPTS, self._copy_scripts)
        if self._shell and (due & {SCRIPTS, ASSETS, TEMPLATES, SHELL} or not self._templates):
            self._attempt(TEMPLATES, self._compile)
        edition = self._edition()
        fresh = Preview(edition, self._others if edition else {}, tuple(self._troubles.values()))
        if fresh == self.preview:
            return False
        self.preview = replace(fresh, number=max(self.preview.number + 1, time.time_ns() // 1_000_000))
        return True

    def _attempt(self, part: str, make: Callable[[], None]) -> None:
        """Make a part anew. If that can't be done, the last one stays, and there will be another attempt."""
        try:
            make()
        except Exception as error:
            self._troubles[part] = trouble(error)
        else:
            self._troubles.pop(part, None)

    def _read(self) -> None:
        track = nullcontext if self._found else environment.checking
        today = environment.today()
        found = examine(self._root, today, track, self._memory.steps)
        problems = (one for one in found.problems if not is_editors_own(FilePath(one.file).name))
        found = replace(found, problems=tuple(problems))
        if found != self._found or not self._catalogue or self._catalogue.today != today:
            self._catalogue = catalogue_of(found, today, self._memory.steps)
            self._found = found

    def _has_moved(self) -> bool:
        """Whether pages have come or gone since the last preview: those of MkDocs may link to them."""
        return _addresses(self._edition()) != _addresses(self.preview.edition)

    def _run_mkdocs(self) -> None:
        assert self._catalogue
        with tempfile.TemporaryDirectory() as name:
            folder = FilePath(name)
            self._shell = build_shell(self._root, self._catalogue, folder)
            files = (file for file in folder.rglob("*") if file.is_file())
            self._others = {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}

    def _copy(self, names: Collection[str]) -> None:
        """Do for the changed assets what MkDocs would do."""
        others = dict(self._others)
        for name in (name for name in names if kind(name) == ASSETS):
            path, file = name.removeprefix("docs/"), self._root / name
            others = {other: data for other, data in others.items() if not f"{other}/".startswith(f"{path}/")}
            if file.is_file():
                others[path] = file.read_bytes()
        self._others = others

    def _copy_scripts(self) -> None:
        """Publish scripts and styles as they are now, and lead every page there."""
        assert self._shell
        files = code_files(self._root)
        old, new = self._shell.site.code, code_folder(files)
        rest = {path: data for path, data in self._others.items() if not path.startswith(old)}
        led = {path: data.replace(old.encode(), new.encode()) for path, data in rest.items()}
        self._others = led | {f"{new}{name}": data for name, data in files.items()}
        self._shell = moved(self._shell, new)

    def _compile(self) -> None:
        """Read every template: this preview never renders with a later one."""
        assert self._shell
        templates = load_templates(self._root, self._shell.site)
        with faults_named(self._root):
            for name in templates.list_templates(filter_func=lambda name: name not in _MKDOCS_OWN):
                templates.get_template(name)
        self._templates = templates

    def _edition(self) -> Edition | None:
        if not (self._catalogue and self._shell and self._templates):
            return None
        edition = Edition(self._root, self._catalogue, self._shell, self._templates)
        if edition != self._last:
            self._last = edition
        return self._last


def _addresses(edition: Edition | None) -> set[str]:
    return {page.path for page in edition.pages} if edition else set()
