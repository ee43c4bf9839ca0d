"""Jinja2 as it reads the templates, and keeps what it has compiled: a fifth of the work for a small site."""

import re
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path as FilePath

from jinja2 import (
    BytecodeCache,
    Environment,
    FileSystemBytecodeCache,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
)
from jinja2.bccache import Bucket

from casebook import CODE
from casebook.content import Refused, out_of_place, system_fault

TEMPLATES = "docs/overrides"
_INDENT = re.compile("^ +", re.MULTILINE)  # for whoever reads a template: of a page, a twentieth


def environment(root: FilePath) -> Environment:
    """Return Jinja2's environment, in which all that is contributed is escaped."""
    return Environment(
        auto_reload=False,  # each build reads the templates once
        loader=_Loader(root / TEMPLATES),
        bytecode_cache=compiled(),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


class _Loader(FileSystemLoader):
    """Names templates' files from the project's root: compiled once, they serve every copy of it."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        text, _, is_current = super().get_source(environment, template)
        return _INDENT.sub("", text), f"{TEMPLATES}/{template}", is_current


class _Compiled(FileSystemBytecodeCache):
    """Keeps templates, with a digest of their text, in the user's own folder of temporary files."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):  # on a full disk, the next build compiles them again
            super().dump_bytecode(bucket)


@cache
def compiled() -> BytecodeCache | None:
    """Return what this version of our code has compiled; None if there is no folder that is safe."""
    code = blake2b(digest_size=8)
    for file in sorted(CODE.rglob("*.py")):
        code.update(file.read_bytes())
    with suppress(OSError, RuntimeError):
        return _Compiled(pattern=f"casebook-{code.hexdigest()}-%s")
    return None


class NotBuilt(Exception):
    """There is no new site, and why, in words. The last one is as it was."""


class TemplateFault(NotBuilt):
    """A template can't be rendered, and why: file, line and what Jinja2 says."""


@contextmanager
def faults_named(root: FilePath) -> Iterator[None]:
    """Say of a fault in a template where it is. Raises TemplateFault."""
    try:
        yield
    except Exception as error:
        fault = template_fault(error, root)
        if not fault:
            raise
        raise TemplateFault(fault) from error


def template_fault(error: Exception, root: FilePath) -> str:
    """Return which template raised the error, on which line, and why.

    Empty if it was raised by our own Python, even if a template called that: then the fault is ours.
    """
    theirs, ours = (f"{TEMPLATES}/", f"{root / TEMPLATES}/"), f"{CODE}/"
    calls = traceback.extract_tb(error.__traceback__)
    last = next((call for call in reversed(calls) if call.filename.startswith((*theirs, ours))), None)
    why = f'there is no template "{error.name}"' if isinstance(error, TemplateNotFound) else str(error)
    if last and last.filename.startswith(theirs):
        return f"{last.filename.removeprefix(f'{root}/')}:{last.lineno}: {why}"
    return f"{TEMPLATES}: {why}" if isinstance(error, TemplateError) else ""


def explain(error: Exception, root: FilePath) -> str:
    """Say what a template or the system complains of; nothing of an error that is a fault of ours."""
    match error:
        case NotBuilt():
            return str(error)
        case UnicodeDecodeError():  # MkDocs and Jinja2 don't say of which file
            return "\n".join(map(str, out_of_place(root)))
    fault = template_fault(error, root)
    return system_fault(error, root) if isinstance(error, OSError | Refused) and not fault else fault
