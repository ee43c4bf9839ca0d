"""What `casebook serve` adds to a page: it reloads itself, and on top stands what is wrong."""

import re
from pathlib import Path as FilePath

from markupsafe import Markup

from casebook.server.preview import Preview, Trouble

ADDRESS = "serve/"
"""Where the server's own files are, from its root. The site has nothing there."""
FILES = {file.name: file.read_bytes() for file in (FilePath(__file__).parent / "static").iterdir()}

_SCRIPT = Markup('<script src="/serve/reload.js" data-number="{}"></script>')
_STYLE = Markup('<link rel="stylesheet" href="/serve/panel.css">')
_PANEL = Markup('<div class="serve-panel" role="alert">{}</div>')
_SUMMARY = Markup("<p>{}</p>")
_FAULT = Markup("<pre>{}</pre>")
NOTHING = b"""<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Nothing to show yet</title></head>
<body><main><h1>Nothing to show yet</h1><p>This page will be here when all is mended.</p></main></body>
</html>
"""
"""A page for the time before there is a first edition."""


def dressed(page: bytes, now: Preview) -> bytes:
    """Return the page as this preview shows it."""
    head, top = _SCRIPT.format(now.number), ""
    if now.troubles:
        head += _STYLE
        top = _PANEL.format(Markup().join(map(_shown, now.troubles)))
    page = page.replace(b"</head>", f"{head}</head>".encode(), 1)
    return re.sub(rb"<body\b[^>]*>", lambda found: found[0] + top.encode(), page, count=1)


def _shown(trouble: Trouble) -> Markup:
    return _SUMMARY.format(trouble.summary) + Markup().join(map(_FAULT.format, trouble.faults))
