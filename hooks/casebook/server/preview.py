"""The current state of the site; each file is rendered on request."""

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
from casebook.content import Refused, out_of_place, system_fault
from casebook.model import Catalogue
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

CONTENT, SCRIPTS, TEMPLATES, SHELL, CODE = "content", "scripts", "templates", "shell", "code"
_KINDS = {
    CODE: r"hooks/.*\.(py|yml|xml|opml|txt)|schema/(codebook|research)\.yml",
    CONTENT: r"(case_studies|schema)(/.*)?",
    SCRIPTS: r"docs/assets/(css|js)(/.*)?",
    TEMPLATES: r"docs/overrides/(?!main\.html|404\.html|partials/).*",
    SHELL: r"docs(/.*)?|mkdocs\.yml",
}
"""The names of each part's source files, as regular expressions. The first match counts."""
_MKDOCS_TEMPLATES = ("main.html", "404.html")
"""Templates with variables that only MkDocs provides."""


def kind(name: str) -> str:
    """Return the part of the site that a file of the project is a source of; empty if of none."""
    return next((kind for kind, names in _KINDS.items() if re.fullmatch(names, name)), "")


@dataclass(frozen=True)
class Failure:
    faults: tuple[str, ...]
    summary: str

    def __str__(self) -> str:
        return "\n".join((*self.faults, self.summary))


def describe(error: Exception) -> Failure:
    """Describe an error. The traceback of one that no author can have caused is printed on the terminal."""
    match error:
        case CatalogueError(examination=found):
            return Failure(tuple(map(str, found.problems)), summary_line(found))
        case TemplateFault():
            return Failure((str(error),), "A template can't be rendered.")
        case NotBuilt():
            fault, _, summary = str(error).rpartition("\n")
            return Failure((fault,), summary)
        case Refused() | OSError():  # it may have been replaced since it was checked
            return Failure((system_fault(error),), "A file can't be read.")
    traceback.print_exception(error)
    return Failure((f"{type(error).__name__}: {error}",), "A fault of the code: the terminal shows where.")


@dataclass(frozen=True)
class Preview:
    edition: Edition | None = None
    """The last one that could be built, if any."""
    others: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    failures: tuple[Failure, ...] = ()
    number: int = field(default=0, compare=False)
    """Larger than that of every earlier preview, even of an earlier server."""
    _lock: Any = field(default_factory=Lock, compare=False, repr=False)

    def file(self, path: str) -> bytes | None:
        """Return the contents of the file at that path, or None. Raises TemplateFault and OSError."""
        file = None
        if self.edition:
            with self._lock, faults_named(self.edition.root):
                file = self.edition.file(path)
        return file.contents if file else self.others.get(path)


class PreviewBuilder:
    """Builds each preview from the last one and the files that have changed."""

    def __init__(self, root: FilePath) -> None:
        self.preview = Preview()
        self._root = root
        self._cache = Cache()
        self._examination: Examination | None = None
        self._catalogue: Catalogue | None = None
        self._last: Edition | None = None
        self._shell: Shell | None = None
        self._others: Mapping[str, bytes] = {}
        self._templates: Any = None
        self._failures: dict[str, Failure] = {}

    def update(self, names: Collection[str]) -> bool:
        """Rebuild the parts of which these files are sources; return whether the preview differs."""
        due = {kind(name) for name in names} | self._failures.keys()
        if CONTENT in due or not self._examination:
            self._attempt(CONTENT, self._read)
        if self._catalogue and (SHELL in due or not self._shell or self._pages_differ()):
            self._attempt(SHELL, self._run_mkdocs)
        if SCRIPTS in due and self._shell:
            self._attempt(SCRIPTS, self._copy_scripts)
        if self._shell and (due & {SCRIPTS, TEMPLATES, SHELL} or not self._templates):
            self._attempt(TEMPLATES, self._compile)
        edition = self._edition()
        fresh = Preview(edition, self._others if edition else {}, tuple(self._failures.values()))
        if fresh == self.preview:
            return False
        self.preview = replace(fresh, number=max(self.preview.number + 1, time.time_ns() // 1_000_000))
        return True

    def _attempt(self, part: str, make: Callable[[], None]) -> None:
        """Rebuild a part. If that fails, the last one stays, and the next update tries again."""
        try:
            if strangers := part != CONTENT and [str(problem) for problem in out_of_place(self._root)]:
                raise NotBuilt("\n".join([*strangers, "Nothing is made until that is mended."]))
            make()
        except Exception as error:
            self._failures[part] = describe(error)
        else:
            self._failures.pop(part, None)

    def _read(self) -> None:
        track = nullcontext if self._examination else environment.checking
        today = environment.today()
        found = examine(self._root, today, track, self._cache.steps)
        if found != self._examination or not self._catalogue or self._catalogue.today != today:
            self._catalogue = catalogue_of(found, today, self._cache.steps)
            self._examination = found

    def _pages_differ(self) -> bool:
        """Whether pages were added or removed since the last preview: those of MkDocs may link to them."""
        return _addresses(self._edition()) != _addresses(self.preview.edition)

    def _run_mkdocs(self) -> None:
        assert self._catalogue
        with tempfile.TemporaryDirectory() as name:
            folder = FilePath(name)
            self._shell = build_shell(self._root, self._catalogue, folder)
            files = (file for file in folder.rglob("*") if file.is_file())
            self._others = {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}

    def _copy_scripts(self) -> None:
        """Publish the current scripts and styles, and point every page to their new folder."""
        assert self._shell
        files = code_files(self._root)
        old, new = self._shell.site.code, code_folder(files)
        rest = {path: data for path, data in self._others.items() if not path.startswith(old)}
        relinked = {path: data.replace(old.encode(), new.encode()) for path, data in rest.items()}
        self._others = relinked | {f"{new}{name}": data for name, data in files.items()}
        self._shell = moved(self._shell, new)

    def _compile(self) -> None:
        """Compile every template now, so that this preview never renders with a later version."""
        assert self._shell
        templates = load_templates(self._root, self._shell.site)
        with faults_named(self._root):
            for name in templates.list_templates(filter_func=lambda name: name not in _MKDOCS_TEMPLATES):
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
