"""Where and how the casebook is published: its address, those that follow from it, its licence."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from casebook.model import CaseStudy

LICENCE = "https://creativecommons.org/licenses/by/4.0/"


@dataclass(frozen=True, kw_only=True)
class Site:
    """What is known of the place of publication when the site is built."""

    name: str
    description: str
    url: str = ""
    """Ends in a slash. Empty if nobody knows: links are then relative."""
    repository: str
    edit_url: str = ""
    """The address at which a file is changed, less the file's name."""
    commit: str = ""
    """The commit that is built, if it is known."""
    code: str = "assets/"
    """The folder of scripts and styles, from the site's root; see `fingerprint`."""


@dataclass(frozen=True, kw_only=True)
class SiteFile:
    """A file made for the site: its text or, where it has none, its bytes."""

    path: str
    text: str = ""
    data: bytes = b""

    @property
    def contents(self) -> bytes:
        """What is written."""
        return self.data or self.text.encode()


@dataclass(frozen=True)
class Group:
    """Files that are made in one go: what one of them needs makes the others, too."""

    paths: str
    """A regular expression that fits all their paths, and none of another group's."""
    make: Callable[[], Iterable[SiteFile]]

    def holds(self, path: str) -> bool:
        """Whether a file of that path could only be one of these."""
        return bool(re.fullmatch(self.paths, path))

    @cached_property
    def by_path(self) -> dict[str, SiteFile]:
        """The files, made when somebody first asks."""
        return {file.path: file for file in self.make()}


def version(case: CaseStudy, site: Site) -> str:
    """The permanent address of the case study's file at the commit that is built; empty if not known."""
    return f"{site.repository}/blob/{site.commit}/{case.file}" if site.commit else ""


def plain_copy(case: CaseStudy) -> str:
    """The address of the case study's file as it was contributed, from the site's root."""
    return f"{case.path.removesuffix('/')}.md"


def xml_file(path: str, root: Element) -> SiteFile:
    """A file that holds this element and is fit to be read by people, too."""
    ElementTree.indent(root)
    text = ElementTree.tostring(root, encoding="unicode")
    return SiteFile(path=path, text=f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n')
