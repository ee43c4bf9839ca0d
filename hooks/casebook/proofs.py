"""What is asked of a finished site before it is shown: every link leads somewhere, nothing is forbidden."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from pathlib import Path as FilePath
from posixpath import normpath
from urllib.parse import unquote

from casebook import policy
from casebook.characters import shown

_TAG = re.compile(r"<[a-z][^>]*>")
_ID = re.compile(r'\sid="([^"]*)"')
_LINK = re.compile(r'\s(?:href|src|action)="([^"]*)"')
_ELSEWHERE = re.compile(r"(https?|mailto|data):")


def faults(folder: FilePath, sources: Mapping[str, str], base: str = "/") -> list[str]:
    """Return every fault of the site in the folder, in words.

    `sources` has every page's path, and the file of the repository that makes it, if there is one.
    `base` is the path of the site's address: the page for what is not found links from there.
    """
    proofs = _Proofs({path.relative_to(folder).as_posix() for path in folder.rglob("*")}, base)
    names = {"404.html": ""} | {f"{path}index.html": file for path, file in sources.items()}
    found = [f"{name}: is missing" for name in sorted(names.keys() - proofs.there)]
    said = [
        (name, fault)
        for name in sorted(names.keys() & proofs.there)
        for fault in proofs.of_page(name, (folder / name).read_text(encoding="utf-8"))
    ]
    said += proofs.of_anchors()
    places = {name: names[name] or f"/{name.removesuffix('index.html')}" for name, _ in said}
    return [*found, *(f"{places[name]}: {fault}" for name, fault in said)]


@dataclass
class _Proofs:
    there: set[str]
    """Every file of the site."""
    base: str
    ids: dict[str, frozenset[str]] = field(default_factory=dict)
    """By page."""
    anchors: list[tuple[str, str, str, str]] = field(default_factory=list)
    """What can't be judged before all pages are read: page, link, the page it leads to, the place there."""

    def of_page(self, name: str, html: str) -> Iterator[str]:
        tags = "".join(_TAG.findall(html))
        for tag in policy.forbidden(tags):
            yield f"the content security policy forbids {shown(tag)}"
        ids = _ID.findall(tags)
        self.ids[name] = frozenset(ids)
        if len(self.ids[name]) < len(ids):
            twice = (id for id, number in Counter(ids).items() if number > 1)
            yield from (f'several elements have the id "{shown(id)}"' for id in twice)
        for link in sorted(set(_LINK.findall(tags))):
            yield from self._of_link(name, link)

    def _of_link(self, name: str, link: str) -> Iterator[str]:
        address, _, anchor = unescape(link).partition("#")
        if _ELSEWHERE.match(address):
            return
        target = self._target(name, address.partition("?")[0])
        if target not in self.there:
            yield f'the link "{shown(link)}" leads nowhere'
        elif anchor:
            self.anchors.append((name, link, target, unquote(anchor)))

    def of_anchors(self) -> list[tuple[str, str]]:
        """Return each page and its fault, for links to places within pages."""
        return [
            (name, f'the link "{shown(link)}" leads to no such place on that page')
            for name, link, target, anchor in self.anchors
            if target in self.ids and anchor not in self.ids[target]
        ]

    def _target(self, name: str, address: str) -> str:
        """The file of the site to which an address on a page leads."""
        if not address:
            return name
        folder = name.rpartition("/")[0]
        start = self.base if address.startswith(self.base) else "../" * len(folder.split("/")) * bool(folder)
        if address.startswith(start):  # as most do, and many are the same
            return _file("", address.removeprefix(start))
        return _file(folder, address)


@lru_cache(100_000)
def _file(folder: str, address: str) -> str:
    path = normpath(f"/{folder}/{unquote(address)}").strip("/")
    is_folder = not path or address.endswith(("/", "."))
    return f"{path}/index.html".lstrip("/") if is_folder else path
