"""The content security policy of every page: nothing but our own scripts, styles, fonts and pictures."""

import re

POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; font-src 'self'; "
    "img-src 'self'; base-uri 'none'; form-action 'self'"
)
"""No hashes: no page has a script, a style or a handler of its own, and a build that makes one fails."""

_TAG = re.compile(r"""<[a-z][^>=]*+(?>=\s*+(?:"[^"]*"|'[^']*')?+[^>=]*+)*+>""", re.IGNORECASE)
"""As browsers do, a ">" is looked for outside of quoted values, and quotes count only after "="."""
_VALUE = re.compile(r"""=\s*(?:"[^"]*"|'[^']*'|[^\s>]*)""")
_INLINE = re.compile(r"[\s\"/](?:on[a-z]+|style)\s*=|^<style\b", re.IGNORECASE)
_SCRIPT = re.compile(
    r"^<script\b(?!.*\s(?:src=|type=\"application/(?:ld\+)?json\"))", re.IGNORECASE | re.DOTALL
)
_SUSPECT = re.compile(r"<s(?:cript|tyle)|[\s\"'/](?:style|on[a-z]+)\s*=", re.IGNORECASE)


def tags(html: str) -> list[str]:
    """Return every opening tag, as it is written."""
    return _TAG.findall(html)


def forbids(tag: str) -> bool:
    """Whether the policy would stop this opening tag, or the script, style or handler that it begins."""
    if not _SUSPECT.search(tag):  # most tags: they need not be looked at twice
        return False
    return bool(_SCRIPT.search(tag) or _INLINE.search(_VALUE.sub('=""', tag)))
