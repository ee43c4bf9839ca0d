"""Addresses that are not a page's own are refused in every field that holds one, not in `url` alone."""

import json
import re

import pytest

from casebook.validation import examine
from fuller import ROOM
from projects import TODAY

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
}
COPY = "https://web.archive.org/web/20240503120000/https://m.exampleton.uk/parks/print"


def problems_with(project, archive):
    project.replace(ROOM, URL, f"{URL}\n    archive: {archive}")
    return [(problem.field, problem.hint) for problem in examine(project.root, TODAY).problems]


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
