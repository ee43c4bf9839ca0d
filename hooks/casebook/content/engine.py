"""The Markdown engine: cmarkgfm, as on GitHub, with the memory given back that it keeps.

cmarkgfm frees neither the tree nor the HTML that its library makes (its issue 53): 25 kB for each body of a
case study. The library can, though cmarkgfm doesn't say so; where that is hidden, all else works.
"""

import ctypes
from typing import Any

from cmarkgfm import _cmark, cmark

OPTIONS = cmark.Options.CMARK_OPT_FOOTNOTES | cmark.Options.CMARK_OPT_VALIDATE_UTF8
WITH_LINES = OPTIONS | cmark.Options.CMARK_OPT_SOURCEPOS
"""Each block says from where to where it stands, as `data-sourcepos`."""

_EXTENSIONS = ("table", "strikethrough", "autolink")
_LIBRARY, _SYSTEM = ctypes.CDLL(_cmark.__file__), ctypes.CDLL(None)


def html(text: str, options: int = OPTIONS) -> str:
    """Render Markdown. Raw HTML is left out, and dangerous addresses are."""
    cmark.core_extensions_ensure_registered()
    parser = cmark.parser_new(options)
    try:
        for name in _EXTENSIONS:
            cmark.parser_attach_syntax_extension(parser, cmark.find_syntax_extension(name))
        cmark.parser_feed(parser, text)
        return _rendered(parser, options)
    finally:
        cmark.parser_free(parser)


def _rendered(parser: Any, options: int) -> str:
    root = cmark.parser_finish(parser)
    page = _cmark.lib.cmark_render_html(root, options, cmark.parser_get_syntax_extensions(parser))
    try:
        # The library makes no UTF-8 of &#xfffe; and &#xffff;.
        return bytes(_cmark.ffi.string(page)).decode(errors="replace")
    finally:
        _free(_SYSTEM, "free", page)
        _free(_LIBRARY, "cmark_node_free", root)


def _free(library: ctypes.CDLL, function: str, pointer: Any) -> None:
    free = getattr(library, function, None)
    if free:
        free(ctypes.c_void_p(int(_cmark.ffi.cast("uintptr_t", pointer))))
