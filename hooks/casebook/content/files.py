"""The folder of case studies: which files may lie there, and what text is in them."""

import errno
import os
import re
import stat
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path as FilePath

from casebook.content.characters import shown
from casebook.content.problem import Problem

CASE_STUDIES = "case_studies"
MAX_BYTES = 256 * 1024
LONGEST_LINE = 20_000
MAX_NAME = 80
FILE_NAME = re.compile(r"(?![0-9]+\.)[a-z0-9]+(-[a-z0-9]+)*\.md")
RESERVED = frozenset(
    """404 about ask case-studies con contribute councils data find gaps index nations pack pledges powers
    questions readme robots schema search sitemap themes aux nul prn
    com1 com2 com3 com4 com5 com6 com7 com8 com9 lpt1 lpt2 lpt3 lpt4 lpt5 lpt6 lpt7 lpt8 lpt9""".split()
)
"""Addresses of the site's own, and names that Windows keeps for its devices."""

LEFT_BY_SYSTEMS = re.compile(
    r"""\.(?!(?:.*\.)?(?:md|markdown|txt)$).*|\.[_~#!].*|~\$.*|.*~|\#.*\#|.*\.md\#|.*___jb_(?:tmp|old)___|4913
    |[@\#](?:eaDir|SynoResource|Recycle)|Icon\r|__MACOSX|(?:Thumbs|ehthumbs(?:_vista)?)\.db(?:[-:].*)?
    |desktop\.ini|\$RECYCLE\.BIN|System\ Volume\ Information|lost\+found|Temporary\ Items
    |.*\.(?:bak|orig|rej|save|te?mp|sw[a-z]|crdownload|(?:file)?part|partial|download|ffs_\w+|lo?ck|lnk|!sync)""",
    re.VERBOSE | re.IGNORECASE,
)
"""What systems, editors and mergers leave in a folder: passed over, for no author made it."""

OF_THE_SITE = ("404.html", "CNAME", "robots.txt", "sitemap.xml")
"""What only the finished site may have at its root. From docs/, it would take the place of the site's own."""

_NOT_ORDINARY = "not an ordinary file: links and devices are not followed"
_REMEDIES = {
    "EACCES EPERM EROFS": "Mend its permissions, or those of the folder around it.",
    "ENOSPC EDQUOT EFBIG": "Make room, then run this again.",
    "EBUSY EXDEV": "A mount can't be replaced: unmount it, build, and copy what was built there.",
    "EISDIR": "A file is expected there: rename the folder.",
    "ENOENT": "If it was deleted by mistake, Git has it: git restore .",
}
"""By the system's names of errors."""
_OTHER_ENCODINGS = {
    "UTF-32": (b"\xff\xfe\0\0", b"\0\0\xfe\xff", b"-\0\0\0", b"\0\0\0-"),
    "UTF-16": (b"\xff\xfe", b"\xfe\xff", b"-\0", b"\0-"),
}
"""By how a file in them begins, with a byte order mark or with the hyphens of the front matter."""


class Refused(Exception):
    """The file can't be read at all."""

    path: FilePath | None = None
    """Of the file, where only that was read."""

    def __init__(self, rule: str, message: str, hint: str = "", line: int = 1) -> None:
        self.rule, self.message, self.hint, self.line = rule, message, hint, line

    def problem(self, file: str) -> Problem:
        return Problem(file=file, line=self.line, rule=self.rule, message=self.message, hint=self.hint)

    def __str__(self) -> str:
        return str(self.problem(shown(str(self.path), most=400)))


@contextmanager
def _refusing(path: FilePath) -> Iterator[None]:
    """Raise Refused, with the file's path, also for what the system complains of."""
    try:
        yield
    except OSError as error:
        refusal = Refused("file", f"can't be read: {error.strerror or error}", _remedy(error))
        refusal.path = path
        raise refusal from None
    except Refused as refusal:
        refusal.path = path
        raise


def find_files(root: FilePath) -> tuple[list[FilePath], list[Problem]]:
    """Return the files of case studies, sorted, and a problem for whatever else lies in their folder.

    So there is for what could bring a file from elsewhere into the site, or take the place of one of its own.
    """
    folder = root / CASE_STUDIES
    paths, problems = [], [*out_of_place(root)]
    for entry in _entries(folder):
        path = folder / entry.name
        try:
            with _refusing(path):
                _refuse(entry)
                refuse_name(entry.name)
        except Refused as refusal:
            problems.append(refusal.problem(file_name(root, path)))
            if refusal.rule != "name" or path.suffix.lower() not in (".md", ".markdown", ".txt"):
                continue  # what was meant as a case study is read, all the same
        paths.append(path)
    return paths, problems


def file_name(root: FilePath, path: FilePath) -> str:
    """Return the path as messages show it: relative to the root, nothing in it invisible."""
    return shown(path.relative_to(root).as_posix(), most=200)


def read_bytes(path: FilePath) -> bytes:
    """Return what the file holds. Raises Refused for links, devices, and what is too large or closed."""
    with _refusing(path):
        status = path.lstat()
        if not stat.S_ISREG(status.st_mode):
            raise Refused("file", _NOT_ORDINARY)
        if status.st_size > MAX_BYTES:
            raise Refused("size", f"larger than {MAX_BYTES // 1024} kB", "Shorten it.")
        return path.read_bytes()


def read_text(path: FilePath) -> str:
    """Return the file's text with LF line ends, in form NFC. Raises Refused for what is no such text."""
    with _refusing(path):
        text = read_as_is(path).removeprefix("\ufeff")
        text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
        if not text.strip():
            raise Refused("file", "the file is empty", "See CONTRIBUTING.md for how to begin.")
        for number, line in enumerate(text.split("\n"), start=1):
            if len(line) > LONGEST_LINE:
                message = f"line {number} is longer than {LONGEST_LINE:,} characters"
                raise Refused("size", message, "Break it up.", number)
        return text


def read_as_is(path: FilePath) -> str:
    """Return the file's text to the byte. Raises Refused for what is not UTF-8 or can't be read."""
    with _refusing(path):
        return _decoded(read_bytes(path))


def system_fault(error: OSError | Refused, root: FilePath | None = None) -> str:
    """Return what the system complains of, of which file below the root, and what to do about it."""
    if isinstance(error, Refused):
        return str(error).removeprefix(f"{root or FilePath.cwd()}/")
    name = f": {shown(str(error.filename).removeprefix(f'{root}/'), most=400)}" if error.filename else ""
    return "\n    ".join(filter(None, (f"{error.strerror or error}{name}", _remedy(error))))


def _remedy(error: OSError) -> str:
    kind = errno.errorcode.get(error.errno or 0, "?")
    return next((remedy for kinds, remedy in _REMEDIES.items() if kind in kinds.split()), "")


def out_of_place(root: FilePath) -> Iterator[Problem]:
    """Yield a problem for what could bring a file from elsewhere into the site, or stop the build."""
    cases = root / CASE_STUDIES
    if not cases.is_dir():
        hint = f"Make it: mkdir {CASE_STUDIES}"
        yield Refused("file", "there is no such folder", hint).problem(CASE_STUDIES)
    for path in (cases, *sorted((root / "docs").rglob("*"))):
        try:
            with _refusing(path):
                _refuse_unfit(path)
        except Refused as refusal:
            yield refusal.problem(file_name(root, path))
    for path in (root / folder / name for folder in (".", "docs") for name in OF_THE_SITE):
        if path.exists():
            message = f'"{path.name}" is a name of the finished site, which has its own or needs none'
            yield Refused("file", message, "Delete the file.").problem(file_name(root, path))


def _refuse_unfit(path: FilePath) -> None:
    """Raise Refused for what MkDocs or Jinja2 would follow out of the project, or stumble over."""
    raw = os.fsencode(path.name)
    if path.is_symlink() or (path.exists() and not (path.is_file() or path.is_dir())):
        raise Refused("file", _NOT_ORDINARY)
    if raw.decode(errors="ignore").encode() != raw:
        raise Refused("file", "its name is not in UTF-8", "Rename it.")
    if path.suffix in (".md", ".html", ".css", ".js") and path.is_dir():
        raise Refused("file", f"a folder that ends in {path.suffix}, as files do", "Rename it.")
    if path.exists() and not _is_open(path):
        raise Refused("file", "can't be read: Permission denied", _REMEDIES["EACCES EPERM EROFS"])
    is_read = path.suffix in (".md", ".html") and not LEFT_BY_SYSTEMS.fullmatch(path.name)
    if is_read and path.is_file():
        _decoded(path.read_bytes())


def _is_open(path: FilePath) -> bool:
    """Whether we may read the file, or look into the folder."""
    return os.access(path, os.R_OK | os.X_OK if path.is_dir() else os.R_OK)


def _entries(folder: FilePath) -> list[os.DirEntry[str]]:
    """What lies in the folder, by name. Git keeps no empty folder: there may be none."""
    if folder.is_symlink() or not (folder.is_dir() and _is_open(folder)):
        return []
    with os.scandir(folder) as entries:
        kept = (entry for entry in entries if not LEFT_BY_SYSTEMS.fullmatch(entry.name))
        return sorted(kept, key=lambda entry: entry.name)


def _refuse(entry: os.DirEntry[str]) -> None:
    if entry.is_dir(follow_symlinks=False):
        name = shown(entry.name)
        inside = ", ".join(sorted(map(shown, os.listdir(entry)))[:5])
        listed = f" (in it: {', '.join(f'{name}/{file}' for file in inside.split(', '))})" if inside else ""
        raise Refused("file", f"a folder{listed}: case studies lie side by side in {CASE_STUDIES}/")
    if not entry.is_file(follow_symlinks=False):
        raise Refused("file", _NOT_ORDINARY)


def refuse_name(name: str) -> None:
    """Raise Refused if a case study's file may not be called so."""
    stem, _ = os.path.splitext(name)
    if stem.lower() in RESERVED:
        raise Refused("name", f'the name "{shown(stem)}" is reserved', "Choose another name.")
    if not FILE_NAME.fullmatch(name) or len(name) > MAX_NAME:
        message = f'"{shown(name)}" is not a name for a case study'
        example = "lower-case words and hyphens, ending in .md, such as bramley-baths.md"
        raise Refused("name", message, f"Use at most {MAX_NAME} characters: {example}.")


def _decoded(raw: bytes) -> str:
    """Return the text of these bytes. Raises Refused, with the line, for what is not UTF-8."""
    encoding = next((name for name, begins in _OTHER_ENCODINGS.items() if raw.startswith(begins)), "")
    if encoding:
        raise Refused("encoding", f"saved as {encoding}, not UTF-8", "Save it as UTF-8.")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        message = f"not UTF-8: byte 0x{raw[error.start]:02x} on line {line} can't be read"
        raise Refused("encoding", message, "Save it as UTF-8.", line) from None


Stamp = tuple[int, ...]
"""Is another after a change. Git goes by the same, to see what has changed."""


def stamp(known: os.stat_result) -> Stamp:
    """Return the file's kind and permissions, times of change to the nanosecond, size and number."""
    return (known.st_mode, known.st_ctime_ns, known.st_mtime_ns, known.st_size, known.st_ino)


def folder_stamp(known: os.stat_result) -> Stamp:
    """Return what changes as soon as something in the folder comes, goes or is replaced, wherever it lies."""
    return (known.st_mtime_ns, known.st_ino)
