"""Citations of a case study, in words and as files for reference managers.

They lead to its page, and name the copy of its file at the commit that is built as the one that stays. The
date of a citation is the day on which the facts were last checked. The day of access is one on which the page
is known to have stood so: that of the build would make every citation new with every build.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from casebook.exports.publication import Site, SiteFile, version
from casebook.exports.text_files import text_file
from casebook.model import CaseStudy, format_date

_SMALL = frozenset(
    "a an and as at but by down for from in into nor of on onto or over so the till to up via with".split()
)
"""The words that begin with a capital in a title only where it begins, or begins anew after a colon."""


@dataclass(frozen=True, kw_only=True)
class Citation:
    key: str
    author: str
    title: str
    summary: str
    checked: date
    accessed: date
    page: str = ""
    """The address of its page; empty if unknown."""
    copy: str = ""
    """The permanent address of this version's file; empty if unknown."""

    @property
    def address(self) -> str:
        return self.page or self.copy

    @property
    def sentence(self) -> str:
        """The title, ending in a full stop unless it ends in other punctuation."""
        return self.title if self.title.endswith((".", "?", "!")) else f"{self.title}."

    @property
    def capitals(self) -> str:
        """The title as OSCOLA writes it: with a capital for the first, the last and each important word."""
        words = self.title.split(" ")
        small = [
            word in _SMALL and not before.endswith(":")
            for before, word in zip((":", *words[:-1]), words, strict=True)
        ]
        small[-1] = False
        return " ".join(
            word if is_small or not (word.islower() and word[0].isascii()) else f"{word[0].upper()}{word[1:]}"
            for word, is_small in zip(words, small, strict=True)
        )

    def note(self, url: str = "%s") -> str:
        """Say what the fields of the formats can't; `url` is how an address is written."""
        checked = f"Facts checked {format_date(self.checked)}"
        return f"{checked}. This version stays at {url % self.copy}" if self.copy else checked


def cited(case: CaseStudy, site: Site) -> Citation:
    """Return the citation, with such addresses as are known."""
    return Citation(
        key=case.slug,
        author=site.name,
        title=case.title,
        summary=case.summary,
        checked=case.checked,
        accessed=max(case.added, case.checked),
        page=f"{site.url}{case.path}" if site.url else "",
        copy=version(case, site),
    )


def bibtex(citation: Citation) -> str:
    """Return BibTeX whose address classic styles print, too: they know no `url`."""
    return text_file("cite.bib", citation=citation).text


def csl(citation: Citation) -> str:
    """Return CSL-JSON, which citation processors render in any style."""
    fields = {
        "id": citation.key,
        "type": "webpage",
        "author": [{"literal": citation.author}],
        "title": citation.title,
        "container-title": citation.author,
        "issued": _parts(citation.checked),
        "URL": citation.address,
        "accessed": citation.address and _parts(citation.accessed),
        "note": citation.note(),
        "abstract": citation.summary,
        "language": "en-GB",
    }
    item = {name: value for name, value in fields.items() if value}
    return f"{json.dumps([item], ensure_ascii=False, indent=2)}\n"


def citation_files(case: CaseStudy, site: Site) -> Iterator[SiteFile]:
    """Yield the case study's citation in every format, beside its page."""
    citation = cited(case, site)
    yield text_file(f"{case.path}cite.bib", citation=citation)
    yield text_file(f"{case.path}cite.ris", citation=citation)
    yield SiteFile(path=f"{case.path}cite.csl.json", text=csl(citation))


def _parts(day: date) -> dict[str, list[list[int]]]:
    return {"date-parts": [[day.year, day.month, day.day]]}
