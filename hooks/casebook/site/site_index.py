"""/find/site.json: what else the find page finds: {"pages": [...], "councils": [...]}."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path as FilePath
from typing import Any

from casebook.content import heading_id, parse_document, read_text
from casebook.exports import SiteFile, search_edition, stamped
from casebook.model import CaseStudy, Catalogue, Council, Term
from casebook.site.frame import Shell
from casebook.site.pages import Page

_NAMED = re.compile(r"\*\*(.+?)\*\*|^#+ +(.+)$", re.MULTILINE)
"""What a hand-written page explains: words in bold, and headings."""
_ENTRY = re.compile(r"^\*\*(.+?)\*\*\n:((?:.+\n)+)", re.MULTILINE)
"""A word that a hand-written page defines, and what it means; frame.with_anchors gives it its anchor."""


def site_index(root: FilePath, catalogue: Catalogue, pages: Iterable[Page], shell: Shell) -> SiteFile:
    """Return the file of every page but the case studies', and of every council with its names."""
    listed = [*_rendered(pages), *_written(root, shell)]
    content = {"pages": listed, "councils": [_council(council, catalogue) for council in catalogue.councils]}
    return stamped("find/site.json", search_edition(catalogue), content)


def _rendered(pages: Iterable[Page]) -> Iterator[dict[str, str]]:
    for page in pages:
        if page.path and page.is_indexed and page.number == 1 and not isinstance(page.subject, CaseStudy):
            names = page.subject.aliases if isinstance(page.subject, Term) else ()
            about = "" if isinstance(page.subject, Council) else page.description
            yield {"path": page.path, "title": page.title, "text": " ".join((about, *names)).strip()}


def _written(root: FilePath, shell: Shell) -> Iterator[dict[str, str]]:
    for path, file in shell.others.items():
        document, _ = parse_document(file, path, read_text(root / file))
        if document:
            title = str(document.data.get("title", path))
            text = f"{document.data.get('description', '')} {_names(_ENTRY.sub('', document.body))}"
            yield {"path": path, "title": title, "text": text.strip()}
            for word, meaning in _ENTRY.findall(document.body):
                address = f"{path}#{heading_id(word)}"
                yield {"path": address, "title": word, "in": title, "text": _names(meaning)}


def _names(text: str) -> str:
    return " ".join(bold or heading for bold, heading in _NAMED.findall(text))


def _council(council: Council, catalogue: Catalogue) -> dict[str, Any]:
    """Return its names, how many case studies it has, and what it is part of now if it was abolished."""
    heirs = (heir for heir in catalogue.successors(council) if heir is not council)
    now = [{"id": heir.id, "name": heir.name} for heir in heirs]
    told = {"has": len(catalogue.listed(council)), "now": now}
    known = {"id": council.id, "name": council.name, "names": [council.title, *council.aliases]}
    return known | {key: value for key, value in told.items() if value}
