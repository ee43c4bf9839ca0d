"""The content security policy of every page: nothing but our own scripts, styles, fonts and pictures."""

import re
from collections.abc import Iterator

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "connect-src 'self'",
        "style-src 'self'",
        "font-src 'self'",
        "img-src 'self' data:",
        "base-uri 'none'",
        "form-action 'self'",
    )
)
"""No hashes: no page has a script, a style or a handler of its own, and a build that makes one fails."""

_TAG = re.compile(r'<[a-z](?:[^">]|"[^"]*")*>', re.IGNORECASE)
_VALUE = re.compile(r'"[^"]*"')
_INLINE = re.compile(r"\s(?:on[a-z]+|style)\s*=|^<style\b", re.IGNORECASE)
_SCRIPT = re.compile(
    r"^<script\b(?!.*\s(?:src=|type=\"application/(?:ld\+)?json\"))", re.IGNORECASE | re.DOTALL
)
_SUSPECT = re.compile(
    r"<script(?! type=\"(?:module\" src=|application/(?:ld\+)?json))|<style|\sstyle\s*=|\son[a-z]+\s*="
)


def forbidden(html: str) -> Iterator[str]:
    """Yield every opening tag that the policy would stop: scripts, styles and handlers in the page itself."""
    if not _SUSPECT.search(html.lower()):  # most pages: the tags need not be looked at
        return
    for found in _TAG.finditer(html):
        tag = found[0]
        if _SCRIPT.search(tag) or _INLINE.search(_VALUE.sub('""', tag)):
            yield tag
