"""Scripts and styles are published together, in a folder named by what they hold.

Browsers keep files for minutes, and would run the scripts of one publication in the pages of another. All lie
in one folder, as deep as docs/assets/css and docs/assets/js: what they import and fetch is found from both.
"""

from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path as FilePath

_STYLES = ("tokens", "base", "frame", "components/*", "pages/*", "forced-colors", "print")
"""In the order in which they outweigh each other."""


def code_files(root: FilePath) -> dict[str, bytes]:
    """Return the content of every script by its path, and of all styles as one: a page waits for one file."""
    css, js = (root / "docs" / "assets" / name for name in ("css", "js"))
    styles = (path for name in _STYLES for path in sorted(css.glob(f"{name}.css")))
    joined = b"\n".join(path.read_bytes() for path in styles)
    scripts = {path.relative_to(js).as_posix(): path.read_bytes() for path in sorted(js.rglob("*.js"))}
    return {"casebook.css": joined} | scripts


def code_folder(files: Mapping[str, bytes]) -> str:
    """Return where these are published, from the site's root."""
    digest = blake2b(digest_size=8)
    for name, data in files.items():
        digest.update(f"{name}\0{len(data)}\0".encode() + data)
    return f"assets/{digest.hexdigest()}/"
