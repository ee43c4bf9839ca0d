"""The frame of every page: rendered once for each depth of address, and filled for each page."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from html import unescape
from itertools import cycle
from pathlib import Path as FilePath
from typing import Any

from casebook.content import heading_id
from casebook.exports import Site

SLOTS = ("title", "description", "kind", "canonical", "head", "content")
_DEFINED = re.compile(r"<dt>(\s*<strong>(.+?)</strong>)")


def with_anchors(html: str) -> str:
    """Return a hand-written page in which each word that it defines has an anchor, for site_index.py."""
    return _DEFINED.sub(lambda found: f'<dt id="{heading_id(unescape(found[2]))}">{found[1]}', html)


def mark(slot: str) -> str:
    """Return what stands in a rendered template where the slot is: nothing that text can hold."""
    return f"\x02{slot}\x03"


@dataclass(frozen=True)
class Frame:
    """The HTML of a whole page, with slots."""

    parts: tuple[str, ...]
    """HTML and slots' names by turns; HTML comes first and last."""

    @classmethod
    def cut(cls, html: str) -> "Frame":
        """Cut the rendered template, less its indentation, at its marks."""
        return cls(tuple(re.sub(r"\s*\n\s*", "\n", html).replace("\x03", "\x02").split("\x02")))

    def filled(self, **values: str) -> str:
        """Return the page. The values are HTML."""
        turns = zip(self.parts, cycle((False, True)))
        return "".join(values[part] if is_slot else part for part, is_slot in turns)


@dataclass(frozen=True)
class Written:
    """What a maintainer wrote under docs/ for the address of a rendered page."""

    html: str
    file: str
    """In the repository."""


@dataclass(frozen=True)
class Shell:
    """What MkDocs makes for an edition."""

    site: Site
    frames: tuple[Frame, ...]
    """By depth: how many folders lie between the page and the site's root."""
    written: Mapping[str, Written] = field(default_factory=dict)
    """By the page's path."""
    others: Mapping[str, str] = field(default_factory=dict)
    """The pages that are written by hand alone: their files by their paths."""


def moved(shell: Shell, code: str) -> Shell:
    """The same shell, for scripts and styles in another folder."""
    frames = (
        Frame(tuple(part.replace(shell.site.code, code) for part in frame.parts)) for frame in shell.frames
    )
    return replace(shell, site=replace(shell.site, code=code), frames=tuple(frames))


def save(content: Mapping[str, Any], file: FilePath) -> None:
    """Write down what one program hands to the other: what will be made, or the shell as `asdict` has it."""
    file.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


def saved(file: FilePath) -> dict[str, Any]:
    """Read what `save` wrote."""
    content: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return content
