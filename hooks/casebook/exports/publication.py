"""Where and how the site is published: its addresses, its licence and its files."""

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from casebook.model import CaseStudy

LICENCE = "https://creativecommons.org/licenses/by/4.0/"


@dataclass(frozen=True, kw_only=True)
class Site:
    """What is known at build time about where the site is published."""

    name: str
    description: str
    url: str = ""
    """Ends in a slash. Empty if unknown: links are then relative."""
    repository: str
    contact: str = ""
    """The e-mail address to which readers may write, if there is one."""
    edit_url: str = ""
    """The address for editing a file, up to the file's path."""
    commit: str = ""
    code: str = "assets/"
    """The folder of scripts and styles, from the site's root; see `fingerprint`."""


@dataclass(frozen=True, kw_only=True)
class SiteFile:
    """A generated file of the site: text, or else bytes, or else what yields them piece by piece."""

    path: str
    text: str = ""
    data: bytes = b""
    pieces: Callable[[], Iterable[bytes]] | None = None

    @property
    def contents(self) -> bytes:
        return b"".join(self.pieces()) if self.pieces else self.data or self.text.encode()


@dataclass(frozen=True)
class Group:
    """Files that are generated together, because they need the same data."""

    paths: str
    """A regular expression that matches all their paths, and no path of another group."""
    make: Callable[[], Iterable[SiteFile]]

    def holds(self, path: str) -> bool:
        return bool(re.fullmatch(self.paths, path))

    @cached_property
    def by_path(self) -> dict[str, SiteFile]:
        return {file.path: file for file in self.make()}


def version(case: CaseStudy, site: Site) -> str:
    """Return the permanent address of the case study's file at the commit that is built; empty if unknown."""
    return f"{site.repository}/blob/{site.commit}/{case.file}" if site.commit else ""


def plain_copy(case: CaseStudy) -> str:
    """Return the path, from the site's root, of the case study's Markdown file as contributed."""
    return f"{case.path.removesuffix('/')}.md"


def stamped(path: str, stamp: str, content: dict[str, Any]) -> SiteFile:
    """Return a JSON file of this content, with the edition first."""
    text = json.dumps({"edition": stamp, **content}, ensure_ascii=False, separators=(",", ":"), default=list)
    return SiteFile(path=path, text=f"{text}\n")
