"""Addresses that are not a page's own are refused in every field that holds one, not in `url` alone."""

import json
import re

import pytest

from casebook.validation import examine
from casebook.validation.schema import load_schema
from casebook.validation.schema_errors import address_fault
from fuller import ROOM
from projects import REAL, TODAY

URL = "https://example.org/minutes?id=7&page=1"
UNKNOWN = "Open it, and copy the address of the page that others can read."
ARCHIVES = {
    "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fexampleton.uk%2Fparks&data=05": "Use https://exampleton.uk/parks",
    "https://bit.ly/parks": UNKNOWN,
    "https://intranet.exampleton.uk/parks": UNKNOWN,
    "https://staging.exampleton.uk/parks": UNKNOWN,
    "https://www-.exampleton.uk/parks": UNKNOWN,
    "https://docplayer.net/parks": UNKNOWN,
    "https://xn--exmpleton-0xa.uk/parks": UNKNOWN,
    "https://exampleton.uk:8080/parks": "Use https://exampleton.uk/parks",
    "https://m.exampleton.uk/parks": "Use https://www.exampleton.uk/parks",
    "https://en.m.wikipedia.org/wiki/Parks": "Use https://en.wikipedia.org/wiki/Parks",
    "https://exampleton.uk/parks/amp": "Use https://exampleton.uk/parks",
    "https://exampleton.uk/amp/parks": "Use https://exampleton.uk/parks",
    "https://exampleton.uk/parks/print": "Use https://exampleton.uk/parks",
    "https://exampleton.uk/parks?id=7&output=print": "Use https://exampleton.uk/parks?id=7",
    "https://exampleton.uk/parks?utm_source=letter": "Use https://exampleton.uk/parks",
    "https://exampleton.uk/100%zz": "Use https://exampleton.uk/100%25zz",
    "https://exampleton.uk/parks;https://westover.uk/trees": "Use https://exampleton.uk/parks",
    "https://doi.org/doi:10.1234/parks": "Use https://doi.org/10.1234/parks",
    "https://exampleton.uk/parks.": "Use https://exampleton.uk/parks",
    "https://exampleton.uk/parks%20": "Use https://exampleton.uk/parks",
    "https://exampleton.uk/parks_(2020))": "Use https://exampleton.uk/parks_(2020)",
    "https://exampleton.uk/parks?email=jo%40exampleton.uk&id=7": "Use https://exampleton.uk/parks?id=7",
    "https://outlook.office.com/mail/inbox": UNKNOWN,
    "https://www.linkedin.com/redir/redirect?url=https%3A%2F%2Fexampleton.uk%2Fparks": "Use https://exampleton.uk/parks",
    "https://url.uk.m.mimecastprotect.com/s/abc": UNKNOWN,
}
OFF = "If there is none, leave the field out: a source need not be on the web."
NO_ADDRESSES = {
    "https://exampleton.uk/parks https://westover.uk/trees": "Use https://exampleton.uk/parks",
    "https://exampleton.uk/parks , p. 4": "Use https://exampleton.uk/parks",
    "https://exampleton.uk/parks (accessed 5 May)": "Use https://exampleton.uk/parks",
    "https://exampleton.uk/parks — the report": "Use https://exampleton.uk/parks",
    "https://exampleton.uk/parks[1].pdf": "Use https://exampleton.uk/parks%5B1%5D.pdf",
    "https://exampleton.uk/parks (2).pdf": "Use https://exampleton.uk/parks%20(2).pdf",
    "https://exampleton.uk/parks–2": "Use https://exampleton.uk/parks%E2%80%932",
    "https://exampleton.uk/my parks.pdf": "Use https://exampleton.uk/my%20parks.pdf",
    "(https://exampleton.uk/parks)": "Use https://exampleton.uk/parks",
    "https://exampleton.uk/parks]": "Use https://exampleton.uk/parks",
    "[parks](https://exampleton.uk/parks)": "Use https://exampleton.uk/parks",
    "Available at https://exampleton.uk/parks": "Use https://exampleton.uk/parks",
    "https://https://exampleton.uk/parks": "Use https://exampleton.uk/parks",
    "HTTPS:/exampleton.uk/parks": "Use https://exampleton.uk/parks",
    "doi.org/doi:10.1234/parks": "Use https://doi.org/10.1234/parks",
    "ftp://exampleton.uk/parks": f"Look for the same page under https://. {OFF}",
    "C:\\parks.pdf": "Use the page's address on the web. If it has none, leave the field out: a source need not be on the web.",
    "jo@exampleton.uk": "Use the address of a page, or leave the field out.",
    "https://exampleton.uk/pa\u2026": "Open the page, and copy its whole address.",
    "www.exampleton.uk/my parks.pdf": "Use https://www.exampleton.uk/my%20parks.pdf",
    "www.exampleton.uk/my parks.pdf.": "Use https://www.exampleton.uk/my%20parks.pdf",
    "exampleton.uk/my parks.pdf": "Use https://exampleton.uk/my%20parks.pdf",
    "www.exampleton.uk/parks.": "Use https://www.exampleton.uk/parks",
    "http:/exampleton.uk/parks": "Use https://exampleton.uk/parks",
    "htps://exampleton.uk/my parks": "Use https://exampleton.uk/my%20parks",
    "htttps//exampleton.uk/parks": "Use https://exampleton.uk/parks",
    "https:///exampleton.uk/parks": "Use https://exampleton.uk/parks",
    "https : //exampleton.uk/parks": "Use https://exampleton.uk/parks",
    "https:\\\\exampleton.uk/my parks": "Use https://exampleton.uk/my%20parks",
    "https://http:/exampleton.uk/my parks": "Use https://exampleton.uk/my%20parks",
    "https://https://https://exampleton.uk/parks": "Use https://exampleton.uk/parks",
    "https://www.https://exampleton.uk/parks": "Use https://exampleton.uk/parks",
    "(www.exampleton.uk/my parks.pdf)": "Use https://www.exampleton.uk/my%20parks.pdf",
    "\u201cexampleton.uk/parks\u201d.": "Use https://exampleton.uk/parks",
    "<https://exampleton.uk/my parks>": "Use https://exampleton.uk/my%20parks",
    '"https://exampleton.uk/parks"': "Use https://exampleton.uk/parks",
    "[parks](www.exampleton.uk/my parks)": "Use https://www.exampleton.uk/my%20parks",
    '<a href="https://exampleton.uk/my parks">parks</a>': "Use https://exampleton.uk/my%20parks",
    "URL: www.exampleton.uk/parks": "Use https://www.exampleton.uk/parks",
    "See www.exampleton.uk/my parks": "Use https://www.exampleton.uk/my%20parks",
    "bit.ly/parks": UNKNOWN,
    "www.exampleton.uk/parks?utm_source=x y": "Use https://www.exampleton.uk/parks",
    "parks.pdf": "Open it, and copy the address of the page that others can read. If it is not on the web, leave the field out.",
    "https://exampleton.uk /parks": "Use https://exampleton.uk/parks",
    "h ttps:/ /exampleton.uk/parks": "Use https://exampleton.uk/parks",
    "*https://exampleton.uk/parks*": "Use https://exampleton.uk/parks",
    "https://exampleton.uk/a b, www.westover.uk/c": "Use https://exampleton.uk/a%20b",
    "n/a": f"Give the address of the page that was read. {OFF}",
}
COPY = "https://web.archive.org/web/20240503120000/https://m.exampleton.uk/parks/print"


@pytest.fixture(scope="module")
def schema():
    return load_schema(REAL)[0]


def problems_with(project, archive):
    project.replace(ROOM, URL, f"{URL}\n    archive: {archive}")
    return [(problem.field, problem.hint) for problem in examine(project.root, TODAY).problems]


@pytest.mark.parametrize(("text", "hint"), NO_ADDRESSES.items())
def test_what_is_no_address_is_mended_as_it_was_meant(schema, text, hint):
    assert address_fault(text, schema).hint == hint


def test_two_faults_of_one_address_are_named_in_one_run(schema):
    said = address_fault("www.exampleton.uk/my parks.pdf.", schema).message
    assert said == (
        '"www.exampleton.uk/my parks.pdf." does not begin with https:// and holds " ", which is %20 in an address '
        "and is followed by a mark that ends a sentence"
    )


@pytest.mark.parametrize(("archive", "hint"), ARCHIVES.items())
def test_an_archive_address_of_each_refused_kind_is_refused_with_the_address_to_use(project, archive, hint):
    assert problems_with(project, archive) == [("sources.minutes.archive", hint)]


def test_an_archived_copy_is_right_there_whatever_it_is_a_copy_of(project):
    assert problems_with(project, COPY) == []


def test_no_two_sources_have_one_archived_copy(project):
    project.replace(ROOM, "https://example.org/gazette", f"https://example.org/gazette\n    archive: {COPY}")
    again = "Keep one of the two, and cite it in both places."
    assert [hint for _, hint in problems_with(project, COPY)] == [again]


def test_each_refused_kind_is_tried(project):
    schema = json.loads(project.read("schema/case-study.schema.json"))
    for kind in schema["$defs"]["address"]["refusals"]:
        assert any(re.search(kind["pattern"], url) for url in (*ARCHIVES, COPY)), kind["is"]
