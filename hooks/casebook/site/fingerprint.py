"""Scripts and styles are published together, in a folder named by what they hold.

Browsers keep files for minutes, and would run the scripts of one publication in the pages of another. All lie
in one folder, as deep as docs/assets/css and docs/assets/js: what they import and fetch is found from both.
"""

from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path as FilePath

_ROOMS = {"docs/assets/css": "*.css", "docs/assets/js": "*.js"}


def code_sources(root: FilePath) -> dict[str, FilePath]:
    """Return every script and style, by its path in that folder."""
    folders = ((root / name, kind) for name, kind in _ROOMS.items())
    found = ((path, folder) for folder, kind in folders for path in sorted(folder.rglob(kind)))
    return {path.relative_to(folder).as_posix(): path for path, folder in found}


def code_files(root: FilePath) -> dict[str, bytes]:
    """Return what each of them holds."""
    return {name: path.read_bytes() for name, path in code_sources(root).items()}


def code_folder(files: Mapping[str, bytes]) -> str:
    """Return where these are published, from the site's root."""
    digest = blake2b(digest_size=8)
    for name, data in files.items():
        digest.update(f"{name}\0{len(data)}\0".encode() + data)
    return f"assets/{digest.hexdigest()}/"
