"""Citations of a case study: as text in APA 7 style, and as files for reference managers.

The date of a citation is the day on which the facts were last checked.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from casebook.exports.publication import Site, SiteFile, version
from casebook.model import CaseStudy, format_date

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
    address: str
    """The permanent address of this version's file, or else that of the page; empty if unknown."""

    @property
    def day(self) -> str:
        """The day of the last check, as APA writes it: "2026, November 25"."""
        day, month, year = format_date(self.checked).split()
        return f"{year}, {month} {day}"

    @property
    def sentence(self) -> str:
        """The title, ending in a full stop unless it ends in other punctuation."""
        return self.title if self.title.endswith((".", "?", "!")) else f"{self.title}."


def cited(case: CaseStudy, site: Site) -> Citation:
    """Return the citation, with the most permanent address that is known."""
    page = f"{site.url}{case.path}" if site.url else ""
    return Citation(
        key=case.slug,
        author=site.name,
        title=case.title,
        summary=case.summary,
        checked=case.checked,
        address=version(case, site) or page,
    )


def bibtex(citation: Citation) -> str:
    """Return a BibTeX entry. Double braces preserve capitals, and keep the author from being split."""
    fields = {
        "author": f"{{{{{_latex(citation.author)}}}}}",
        "title": f"{{{{{_latex(citation.title)}}}}}",
        "year": f"{{{citation.checked.year}}}",
        "month": format_date(citation.checked).split()[1][:3].lower(),
        "url": citation.address and f"{{{citation.address}}}",
        "note": f"{{{_note(citation)}}}",
        "abstract": f"{{{_latex(citation.summary)}}}",
    }
    lines = ",\n".join(f"  {name} = {value}" for name, value in fields.items() if value)
    return f"@misc{{{citation.key},\n{lines}\n}}\n"


def ris(citation: Citation) -> str:
    """Return an RIS record, for EndNote, Zotero and other reference managers."""
    fields = {
        "TY": "ELEC",
        "ID": citation.key,
        "AU": citation.author,
        "TI": citation.title,
        "PY": str(citation.checked.year),
        "DA": f"{citation.checked:%Y/%m/%d}",
        "UR": citation.address,
        "N1": _note(citation),
        "AB": citation.summary,
        "LA": "en-GB",
    }
    lines = (f"{tag}  - {value}\n" for tag, value in fields.items() if value)
    return f"{''.join(lines)}ER  - \n"


def csl(citation: Citation) -> str:
    """Return CSL-JSON, which citation processors render in any style."""
    checked = citation.checked
    fields = {
        "id": citation.key,
        "type": "webpage",
        "author": [{"literal": citation.author}],
        "title": citation.title,
        "issued": {"date-parts": [[checked.year, checked.month, checked.day]]},
        "URL": citation.address,
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


def _note(citation: Citation) -> str:
    return f"Facts checked {format_date(citation.checked)}"


def _latex(text: str) -> str:
    return _LIGATURE.sub("{}", text.translate(_LATEX))
