"""Citations, read back by the parsers that reference managers and LaTeX users have."""

import json
from dataclasses import replace
from datetime import date

import pytest
import yaml
from hypothesis import given

from casebook.exports.citations import Citation, bibtex, cited, csl
from casebook.exports.text_files import text_file
from citation_readers import read_bibtex, read_ris
from hostile_texts import TEXTS
from projects import REAL, SITE, TODAY, make_project

PAGE = "https://casebook.example/case-studies/reading-room/"
VERSION = (
    "https://github.com/localism-casebook/localism-casebook/blob/"
    "0123456789abcdef0123456789abcdef01234567/case_studies/reading-room.md"
)


def ris(citation):
    return text_file("cite.ris", citation=citation).text


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    catalogue = make_project(tmp_path_factory.mktemp("citations")).load()
    return next(case for case in catalogue.cases if case.slug == "reading-room")


def test_bibtex_says_what_was_checked_when_where_it_is_and_where_it_stays(case):
    assert read_bibtex(bibtex(cited(case, SITE))) == {
        "type": "misc",
        "key": "reading-room",
        "author": "The Localism Casebook",
        "title": "Readers run the Exampleton reading room",
        "year": "2026",
        "month": "jan",
        "howpublished": PAGE,
        "urldate": "2026-01-31",
        "note": f"Facts checked 31 January 2026. This version stays at {VERSION}",
        "abstract": case.summary,
    }


def test_ris_says_the_same(case):
    record = read_ris(ris(cited(case, SITE)))
    assert record == {
        "type_of_reference": "ELEC",
        "id": "reading-room",
        "authors": ["The Localism Casebook,"],
        "title": "Readers run the Exampleton reading room",
        "secondary_title": "The Localism Casebook",
        "year": "2026",
        "date": "2026/01/31",
        "urls": [PAGE],
        "access_date": "2026/01/31",
        "notes": [f"Facts checked 31 January 2026. This version stays at {VERSION}"],
        "abstract": case.summary,
        "language": "en-GB",
    }


def test_csl_says_who_publishes_it_and_on_which_day_it_stood_there(case):
    (item,) = json.loads(csl(cited(replace(case, added=date(2026, 2, 3)), SITE)))
    assert item["author"] == [{"literal": "The Localism Casebook"}]
    assert item["container-title"] == "The Localism Casebook"
    assert item["issued"] == {"date-parts": [[2026, 1, 31]]}
    assert item["accessed"] == {"date-parts": [[2026, 2, 3]]}
    assert item["URL"] == PAGE


@pytest.mark.parametrize(
    ("title", "capitals"),
    [
        ("Readers run it, and the room stays on", "Readers Run It, and the Room Stays On"),
        ("A vote: the last of 3,000 in an MP’s room", "A Vote: The Last of 3,000 in an MP’s Room"),
    ],
)
def test_oscola_has_capitals(case, title, capitals):
    assert cited(replace(case, title=title), SITE).capitals == capitals


def test_a_title_that_asks_gets_no_full_stop(case):
    asked = replace(case, title="Who runs the reading room?")
    assert cited(asked, SITE).sentence == "Who runs the reading room?"


def test_without_a_site_the_version_is_cited_and_without_a_commit_no_address(case):
    version = cited(case, replace(SITE, url=""))
    nowhere = cited(case, replace(SITE, commit="", url=""))
    assert read_ris(ris(version))["urls"] == [VERSION]
    assert read_ris(ris(cited(case, replace(SITE, commit=""))))["notes"] == ["Facts checked 31 January 2026"]
    assert not {"urls", "access_date"} & read_ris(ris(nowhere)).keys()
    assert not {"howpublished", "urldate"} & read_bibtex(bibtex(nowhere)).keys()
    assert not {"URL", "accessed"} & json.loads(csl(nowhere))[0].keys()


FIXED = {"key": "x", "author": SITE.name, "checked": TODAY, "accessed": TODAY, "page": SITE.url}


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
