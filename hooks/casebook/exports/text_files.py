"""Text files that are rendered by the templates beside this module: feeds, citations, sitemap, robots.txt."""

import re
from pathlib import Path as FilePath
from typing import Any
from uuid import UUID, uuid5

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from casebook.exports.publication import LICENCE, SiteFile, plain_copy
from casebook.model import format_date

_MARKUP = re.compile(r"[\\`*_~\[\]<>&]")
_IDS = UUID("5b0f6f0e-5d5c-4e0b-9d0c-6a3f0f3c1b52")
"""The namespace of the entries' ids. Changing it would make every entry new to every feed reader."""
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
_ENVIRONMENT = Environment(
    loader=FileSystemLoader(FilePath(__file__).parent / "templates"),
    autoescape=select_autoescape(("xml", "opml"), default=False),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)
_ENVIRONMENT.globals |= {"licence": LICENCE, "plain_copy": plain_copy}
_ENVIRONMENT.filters |= {
    "in_words": format_date,
    "latex": lambda text: _LIGATURE.sub("{}", text.translate(_LATEX)),
    "plain": lambda text: _MARKUP.sub(r"\\\g<0>", text),
    "urn": lambda key: uuid5(_IDS, key).urn,
}


def text_file(path: str, **values: Any) -> SiteFile:
    """Return the file at that path, by the template of its name."""
    template = _ENVIRONMENT.get_template(path.rpartition("/")[2])
    return SiteFile(path=path, text=template.render(path=path, **values))
