"""What is asked of a finished site before it is shown: every link leads somewhere, nothing is forbidden."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import Path as FilePath
from urllib.parse import unquote

from casebook import policy
from casebook.characters import shown

_TAG = re.compile(r"<[a-z][^>]*>")
_ID = re.compile(r'\sid="([^"]*)"')
_LINK = re.compile(r'\s(?:href|src|action)="([^"]*)"')
_ELSEWHERE = re.compile(r"(https?|mailto|data):")


@dataclass(frozen=True)
class Proof:
    """What one page holds that can be wrong."""

    ids: tuple[str, ...]
    links: frozenset[str]
    forbidden: tuple[str, ...]


def faults(folder: FilePath, sources: Mapping[str, str], base: str = "/") -> list[str]:
    """Return every fault of the site in the folder, in words.

    `sources` has every page's path, and the file of the repository that makes it, if there is one.
    `base` is the path of the site's address: the page for what is not found links from there.
    """
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*")}
    names = sorted(there & _names(sources))
    proofs = {name: proof((folder / name).read_text(encoding="utf-8")) for name in names}
    ids = {name: frozenset(one.ids) for name, one in proofs.items()}
    found = [f"{name}: is missing" for name in sorted(_names(sources) - there)]
    for name, one in proofs.items():
        path = name.removesuffix("index.html")
        where = sources.get(path) or f"/{path}"
        found += [f"{where}: {fault}" for fault in _faults_of(name, one, there, ids, base)]
    return found


def _names(sources: Iterable[str]) -> set[str]:
    return {"404.html", *(f"{path}index.html" for path in sources)}


def proof(html: str) -> Proof:
    """Read one page."""
    tags = "".join(_TAG.findall(html))
    return Proof(
        ids=tuple(_ID.findall(tags)),
        links=frozenset(_LINK.findall(tags)),
        forbidden=tuple(policy.forbidden(tags)),
    )


def _faults_of(
    name: str, one: Proof, there: set[str], ids: Mapping[str, frozenset[str]], base: str
) -> Iterator[str]:
    for tag in one.forbidden:
        yield f"the content security policy forbids {shown(tag)}"
    for id, number in Counter(one.ids).items():
        if number > 1:
            yield f'{number} elements have the id "{shown(id)}"'
    for link in sorted(one.links):
        address, _, anchor = unescape(link).partition("#")
        if _ELSEWHERE.match(address):
            continue
        target = _target(name, address.partition("?")[0], base)
        if target not in there:
            yield f'the link "{shown(link)}" leads nowhere'
        elif anchor and target in ids and unquote(anchor) not in ids[target]:
            yield f'the link "{shown(link)}" leads to no such place on that page'


def _target(name: str, address: str, base: str) -> str:
    """The file in the site to which an address on a page leads."""
    if not address:
        return name
    folders = [] if address.startswith(base) else name.split("/")[:-1]
    address = unquote(address.removeprefix(base).removeprefix("./"))
    while address.startswith("../"):
        address = address[3:]
        del folders[-1:]
    target = "/".join([*folders, address])
    return f"{target}index.html" if target.endswith("/") or not target else target
