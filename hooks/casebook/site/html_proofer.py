"""Checks a finished site before it is published: every link has a target, and the policy forbids nothing."""

import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from pathlib import Path as FilePath
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

from casebook.content import shown
from casebook.site import csp

_COMMENT = re.compile(r"<!--(?:-?>|.*?--!?>)", re.DOTALL)
_ATTRIBUTE = re.compile(r"""([^\s=<>"']+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+))""")
_LINKS = frozenset(("href", "src", "action"))
_NOT_FOUND = "404.html"
"""Is shown at any address, so that nothing on it can be found from where it lies."""
_FEW = 3
_ELSEWHERE = re.compile("(https?|mailto|tel|data):", re.IGNORECASE)


@dataclass(frozen=True)
class Proof:
    """What a page holds that can be wrong."""

    ids: tuple[str, ...]
    links: tuple[str, ...]
    """Each once."""
    forbidden: tuple[str, ...]


def faults(folder: FilePath, sources: Mapping[str, str], url: str = "") -> list[str]:
    """Return every fault of the site in the folder, in words. One that many pages share is reported once.

    `sources` has every page's path, and the file of the repository that makes it, if there is one.
    `url` is the site's address, if it is known; it ends in a slash. The page for what is not found links from
    there.
    """
    where = {_NOT_FOUND: f"/{_NOT_FOUND}"}
    where |= {f"{path}index.html": file or f"/{path}" for path, file in sources.items()}
    there = frozenset(files_in(folder))
    pages_there = (name for name in sorted(where) if name in there)
    proofs = {name: proof((folder / name).read_text(encoding="utf-8")) for name in pages_there}
    ids = {name: frozenset(found.ids) for name, found in proofs.items()}
    pages: dict[str, list[str]] = {}
    for name in sorted(where):
        page = proofs.get(name)
        found = _faults_of(name, page, there, ids, url) if page else ["the page is missing"]
        for fault in found:
            pages.setdefault(fault, []).append(where[name])
    return [line for fault, places in pages.items() for line in _told(fault, places)]


def proof(html: str) -> Proof:
    """Read one page."""
    tags = [*filter(None, map(_tag, csp.tags(_COMMENT.sub("", html))))]
    links = dict.fromkeys(link for tag in tags for link in tag.links)
    return Proof(
        ids=tuple(id for tag in tags for id in tag.ids),
        links=tuple(sorted(links)),
        forbidden=tuple(forbidden for tag in tags for forbidden in tag.forbidden),
    )


@lru_cache(maxsize=10_000)
def _tag(tag: str) -> Proof | None:
    """The same of one tag, if it has any of that. Most tags have not, or stand on every page."""
    found = [(name.lower(), "".join(values)) for name, *values in _ATTRIBUTE.findall(tag)]
    ids = tuple(unescape(value) for name, value in found if name == "id")
    links = tuple(unescape(value) for name, value in found if name in _LINKS)
    forbidden = (tag,) if csp.forbids(tag) else ()
    return Proof(ids, links, forbidden) if ids or links or forbidden else None


def files_in(folder: FilePath) -> Iterator[str]:
    """Yield the path of every file in the folder, from there."""
    for place, _, names in os.walk(folder):
        inside = FilePath(place).relative_to(folder).as_posix()
        yield from (name if inside == "." else f"{inside}/{name}" for name in names)


def _faults_of(
    name: str, page: Proof, there: frozenset[str], ids: Mapping[str, frozenset[str]], url: str
) -> Iterator[str]:
    for tag in page.forbidden:
        yield f"the content security policy forbids {shown(tag)}"
    for id, number in Counter(page.ids).items():
        if number > 1:
            yield f'{number} elements have the id "{shown(id)}"'
    for link in page.links:
        if name == _NOT_FOUND and link.endswith(".css") and f"/{link.lstrip('./')}" in page.links:
            continue  # one of the ways to the styles that are linked from the root, too
        address, _, anchor = link.partition("#")
        target = _target(name, address.partition("?")[0], url)
        if target and target not in there:
            yield f'the link "{shown(link)}" leads nowhere'
        elif target in ids and anchor and unquote(anchor) not in ids[target]:
            yield f'the link "{shown(link)}" leads to no such place on that page'


def _target(name: str, address: str, url: str) -> str:
    """The file in the site to which an address on a page leads; empty for one elsewhere."""
    base, up = urlsplit(url).path or "/", "../" * name.count("/")
    if url and address.startswith(url):
        address = base + address.removeprefix(url)
    elif _ELSEWHERE.match(address):
        return ""
    if not address:
        return name
    if address.startswith(base):
        return _file("", address.removeprefix(base))
    if up and address.startswith(up):  # most links: from the root, they are the same on many pages
        return _file("", address.removeprefix(up))
    return _file(name if name == _NOT_FOUND else dirname(name), address)


@lru_cache(maxsize=10_000)
def _file(folder: str, address: str) -> str:
    target = normpath(join(folder, unquote(address)))
    is_folder = address.rpartition("/")[2] in ("", ".", "..")
    return normpath(join(target, "index.html")) if is_folder else target


def _told(fault: str, places: list[str]) -> Iterator[str]:
    """Say where the fault is. What many pages share comes from the templates by which they are rendered."""
    if len(places) > _FEW:
        yield f"{places[0]}: {fault}. So it is on {len(places) - 1} more pages: look in docs/overrides/."
    else:
        yield from (f"{place}: {fault}" for place in places)
