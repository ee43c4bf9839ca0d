"""What `casebook serve` adds to a page: a script that reloads it, and a panel of failures at the top."""

import re
from pathlib import Path as FilePath

from markupsafe import Markup

from casebook.server.preview import Failure, Preview

ADDRESS = "serve/"
"""The path of the server's own files. The site uses no path below it."""
FILES = {file.name: file.read_bytes() for file in (FilePath(__file__).parent / "static").iterdir()}

_SCRIPT = Markup('<script src="/serve/reload.js" data-number="{}"></script>')
_STYLE = Markup('<link rel="stylesheet" href="/serve/panel.css">')
_PANEL = Markup('<div class="serve-panel" role="alert">{}</div>')
_SUMMARY = Markup("<p>{}</p>")
_FAULT = Markup("<pre>{}</pre>")
NOTHING = FILES["nothing.html"]
"""The page that is shown while no edition could be built."""


def add(page: bytes, preview: Preview) -> bytes:
    """Return the HTML page with the script, and with the panel if the preview has failures."""
    head, top = _SCRIPT.format(preview.number), ""
    if preview.failures:
        head += _STYLE
        top = _PANEL.format(Markup().join(map(_shown, preview.failures)))
    return _insert(_insert(page, rb"(?=</head>)", head), rb"<body\b[^>]*>", top)


def _insert(page: bytes, place: bytes, text: str) -> bytes:
    """Insert the text behind the first match, or at the start: a page without a head reloads itself, too."""
    found = re.search(place, page)
    start = found.end() if found else 0
    return page[:start] + text.encode() + page[start:]


def _shown(failure: Failure) -> Markup:
    return _SUMMARY.format(failure.summary) + Markup().join(map(_FAULT.format, failure.faults))
