"""Jinja2 as it reads the templates, and keeps what it has compiled: a fifth of the work for a small site."""

from collections.abc import Callable
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path as FilePath

from jinja2 import BytecodeCache, Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket

TEMPLATES = "docs/overrides"


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
        return text, f"{TEMPLATES}/{template}", is_current


class _Compiled(FileSystemBytecodeCache):
    """Keeps templates, with a digest of their text, in the user's own folder of temporary files."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):  # where there is no room, the next build compiles them again
            super().dump_bytecode(bucket)


@cache
def compiled() -> BytecodeCache | None:
    """Return what this version of our code has compiled; None if there is no folder that is safe."""
    code = blake2b(digest_size=8)
    for file in sorted(FilePath(__file__).parent.glob("*.py")):
        code.update(file.read_bytes())
    with suppress(OSError, RuntimeError):
        return _Compiled(pattern=f"casebook-{code.hexdigest()}-%s")
    return None
