"""Citations of a case study, in words and as files for reference managers.

They lead to its page, and name the copy of its file at the commit that is built as the one that stays. The
date of a citation is the day on which the facts were last checked. The day of access is one on which the page
is known to have stood so: that of the build would make every citation new with every build.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from casebook.exports.publication import Site, SiteFile, version
from casebook.model import CaseStudy, format_date

_SMALL = frozenset(
    "a an and as at but by down for from in into nor of on onto or over so the till to up via with".split()
)
"""The words that begin with a capital in a title only where it begins, or begins anew after a colon."""
_LATEX = str.maketrans(
    {character: f"\\{character}" for character in "&%$#_"}
    | {
        "\\": r"\textbackslash{}",
        "{": r"\lbrace{}",  # BibTeX would count the brace of \{ as an opening one
        "}": r"\rbrace{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "<": r"\ensuremath{<}",
        ">": r"\ensuremath{>}",
    }
)
_LIGATURE = re.compile(r"(?<=[-`'?!,])(?=[-`',])")
"""Where LaTeX would render two characters as one: "--" as a dash, "``" as a quotation mark."""


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
    def day(self) -> str:
        """The day of the last check, as APA writes it: "2026, November 25"."""
        day, month, year = format_date(self.checked).split()
        return f"{year}, {month} {day}"

    @property
    def sentence(self) -> str:
        """The title, ending in a full stop unless it ends in other punctuation."""
        return self.title if self.title.endswith((".", "?", "!")) else f"{self.title}."

    @property
    def capitals(self) -> str:
        """The title as OSCOLA writes it: with a capital for the first, the last and each important word."""
        words = self.title.split(" ")
        is_edge = [before.endswith(":") for before in (":", *words[:-1])]
        is_edge[-1] = True
        return " ".join(
            f"{word[:1].upper()}{word[1:]}" if word.islower() and (edge or word not in _SMALL) else word
            for word, edge in zip(words, is_edge, strict=True)
        )


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
    """Return a BibTeX entry. Double braces preserve capitals, and keep the author from being split.

    The classic styles print no `url`, and newer ones would print both: so the address is `howpublished`.
    """
    url = r"\url{%s}"
    fields = {
        "author": f"{{{{{_latex(citation.author)}}}}}",
        "title": f"{{{{{_latex(citation.title)}}}}}",
        "year": f"{{{citation.checked.year}}}",
        "month": format_date(citation.checked).split()[1][:3].lower(),
        "howpublished": citation.address and f"{{{url % citation.address}}}",
        "urldate": citation.address and f"{{{citation.accessed}}}",
        "note": f"{{{_note(citation, url)}}}",
        "abstract": f"{{{_latex(citation.summary)}}}",
    }
    lines = ",\n".join(f"  {name} = {value}" for name, value in fields.items() if value)
    return f"@misc{{{citation.key},\n{lines}\n}}\n"


def ris(citation: Citation) -> str:
    """Return an RIS record, for EndNote, Zotero and other reference managers."""
    fields = {
        "TY": "ELEC",
        "ID": citation.key,
        "AU": f"{citation.author},",  # the comma keeps a name whole: nothing is its first name
        "TI": citation.title,
        "T2": citation.author,
        "PY": str(citation.checked.year),
        "DA": f"{citation.checked:%Y/%m/%d}",
        "UR": citation.address,
        "Y2": citation.address and f"{citation.accessed:%Y/%m/%d}",
        "N1": _note(citation),
        "AB": citation.summary,
        "LA": "en-GB",
    }
    lines = (f"{tag}  - {value}\n" for tag, value in fields.items() if value)
    return f"{''.join(lines)}ER  - \n"


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
        "note": _note(citation),
        "abstract": citation.summary,
        "language": "en-GB",
    }
    item = {name: value for name, value in fields.items() if value}
    return f"{json.dumps([item], ensure_ascii=False, indent=2)}\n"


FORMATS = {"bib": bibtex, "ris": ris, "csl.json": csl}


def citation_files(case: CaseStudy, site: Site) -> Iterator[SiteFile]:
    """Yield the case study's citation in every format, beside its page."""
    citation = cited(case, site)
    for extension, render in FORMATS.items():
        yield SiteFile(path=f"{case.path}cite.{extension}", text=render(citation))


def _note(citation: Citation, url: str = "%s") -> str:
    checked = f"Facts checked {format_date(citation.checked)}"
    return f"{checked}. This version stays at {url % citation.copy}" if citation.copy else checked


def _parts(day: date) -> dict[str, list[list[int]]]:
    return {"date-parts": [[day.year, day.month, day.day]]}


def _latex(text: str) -> str:
    return _LIGATURE.sub("{}", text.translate(_LATEX))
