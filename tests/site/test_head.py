"""What pages say of themselves to programs, read as a program reads it: by an HTML parser and a JSON parser."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
import yaml
from hypothesis import given

from casebook.site.csp import forbids, tags
from casebook.site.pages import pages
from casebook.site.rendering import load_templates, render_head
from hostile_texts import TEXTS
from projects import SITE, make_project


class Head(HTMLParser):
    """The links, the meta elements and the linked data of a piece of HTML."""

    def __init__(self, html):
        super().__init__()
        self.links, self.meta, self.data, self.others = [], {}, "", []
        self._in_script = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "link":
            self.links.append((given["rel"], given.get("type"), given["href"]))
        elif tag == "meta":
            self.meta.setdefault(given["name"], []).append(given["content"])
        elif given == {"type": "application/ld+json"}:
            self._in_script = True
        else:
            self.others.append(tag)

    def handle_endtag(self, tag):
        self._in_script = False

    def handle_data(self, data):
        if self._in_script:
            self.data += data
        else:
            assert data.strip() == ""


VOCABULARY = yaml.safe_load((Path(__file__).parent / "schema-org.yml").read_text(encoding="utf-8"))
VALUES = {
    "Boolean": lambda value: isinstance(value, bool),
    "Date": lambda value: re.fullmatch(r"\d{4}(-\d\d){0,2}", value),
    "Integer": lambda value: isinstance(value, int),
    "Text": lambda value: isinstance(value, str),
    "URL": lambda value: re.fullmatch(r"(https?://|\.\.?/)\S*", value),
}


def kinds(name):
    """A type of schema.org with all that it is a kind of."""
    return [name, *(kinds(VOCABULARY[name]["is"]) if "is" in VOCABULARY[name] else [])]


def hold_to_vocabulary(value, wanted):
    if wanted in VALUES:
        assert VALUES[wanted](value), (wanted, value)
        return
    names = kinds(value["@type"])
    assert wanted in names
    properties = {key: kind for name in names for key, kind in VOCABULARY[name].get("properties", {}).items()}
    for key, held in value.items():
        if not key.startswith("@"):
            for one in held if isinstance(held, list) else [held]:
                hold_to_vocabulary(one, properties[key])


@pytest.fixture(scope="module")
def say(tmp_path_factory):
    """Say what the head of the page at an address holds, perhaps with other words in its case study."""
    project = make_project(tmp_path_factory.mktemp("heads"))
    catalogue = project.load()
    every = {page.path: page for page in pages(project.root, catalogue)}

    def of(path, site=SITE, **words):
        page = every[path]
        if words:
            page = replace(page, subject=replace(page.subject, **words))
        html = render_head(page, catalogue, load_templates(project.root, site))
        assert not any(map(forbids, tags(html)))
        found = Head(html)
        assert found.others == []
        if found.data:
            hold_to_vocabulary(json.loads(found.data), "Thing")
        return found

    return of


CASE = "case-studies/reading-room/"
EXAMPLETON = {
    "@type": "AdministrativeArea",
    "@id": f"{SITE.url}councils/exampleton/",
    "url": f"{SITE.url}councils/exampleton/",
    "name": "Exampleton City Council",
    "identifier": "E08000001",
}


def test_a_case_study_names_its_sources_its_places_and_its_questions(say):
    data = json.loads(say(CASE).data)
    assert data["@type"] == "Article"
    assert data["headline"] == "Readers run the Exampleton reading room"
    assert data["dateModified"] == "2026-01-31"
    assert data["temporalCoverage"] == "2022/2024"
    assert [(one["name"], one["url"]) for one in data["about"]] == [
        ("Capacity and support", f"{SITE.url}questions/capacity/"),
        ("Risk", f"{SITE.url}questions/risk/"),
    ]
    assert data["spatialCoverage"] == [EXAMPLETON]
    assert data["citation"] == [
        {
            "@type": "CreativeWork",
            "name": "Cabinet minutes, item 7",
            "publisher": {"@type": "Organization", "name": "Exampleton City Council"},
            "url": "https://example.org/minutes?id=7&page=1",
            "datePublished": "2022-05",
        },
        {
            "@type": "CreativeWork",
            "name": "Reading room doubles its hours",
            "publisher": {"@type": "Organization", "name": "Exampleton Gazette"},
            "url": "https://example.org/gazette",
        },
    ]
    assert data["encoding"]["contentUrl"] == f"{SITE.url}case-studies/reading-room.md"
    assert data["archivedAt"] == f"{SITE.repository}/blob/{SITE.commit}/case_studies/reading-room.md"


def test_what_still_runs_has_an_open_end(say):
    assert json.loads(say("case-studies/westover-trees/").data)["temporalCoverage"] == "2015/.."


def test_a_case_study_has_dublin_core(say):
    assert say(CASE).meta == {
        "dcterms.title": ["Readers run the Exampleton reading room"],
        "dcterms.abstract": [
            "A made-up council hands its reading room to those who read in it, and it opens twice as long."
        ],
        "dcterms.creator": ["The Localism Casebook"],
        "dcterms.available": ["2026-01-31"],
        "dcterms.issued": ["2026-01-31"],
        "dcterms.modified": ["2026-01-31"],
        "dcterms.identifier": [f"{SITE.url}{CASE}"],
        "dcterms.language": ["en-GB"],
        "dcterms.license": ["https://creativecommons.org/licenses/by/4.0/"],
        "dcterms.subject": ["Libraries", "Young people"],
        "dcterms.spatial": ["Exampleton City Council"],
    }


def test_the_home_page_says_how_to_search(say):
    data = json.loads(say("").data)
    assert (data["@type"], data["url"]) == ("WebSite", SITE.url)
    assert data["potentialAction"]["target"]["urlTemplate"] == "https://casebook.example/find/?text={text}"


def test_the_data_page_describes_a_data_set(say):
    data = json.loads(say("data/").data)
    assert (data["@type"], data["url"]) == ("Dataset", "https://casebook.example/data/")
    assert data["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert (data["version"], data["datePublished"], data["dateModified"]) == ("1", "2026-01-31", "2026-01-31")
    files = {
        each["contentUrl"].removeprefix(data["url"]): each["encodingFormat"] for each in data["distribution"]
    }
    assert {"casebook.json", "casebook.sqlite", "case-studies.csv", "outcomes.csv"} < files.keys()
    assert files["councils.csv"] == "text/csv"


def test_the_page_of_a_council_a_theme_or_a_question_says_what_it_is_about_and_lists_its_cases(say):
    for path, about in {
        "councils/exampleton/": EXAMPLETON,
        "themes/libraries/": {
            "@type": "DefinedTerm",
            "@id": f"{SITE.url}themes/libraries/",
            "url": f"{SITE.url}themes/libraries/",
            "name": "Libraries",
        },
        "questions/risk/": {
            "@type": "DefinedTerm",
            "@id": f"{SITE.url}questions/risk/",
            "url": f"{SITE.url}questions/risk/",
            "name": "Risk",
        },
    }.items():
        data = json.loads(say(path).data)
        assert (data["@type"], data["url"], data["dateModified"]) == (
            "CollectionPage",
            f"{SITE.url}{path}",
            "2026-01-31",
        )
        assert data["about"] | about == data["about"]
        listed = [one["url"] for one in data["mainEntity"]["itemListElement"]]
        assert f"{SITE.url}{CASE}" in listed
        assert data["mainEntity"]["numberOfItems"] == len(listed)


def test_a_page_with_a_feed_says_so(say):
    every = ("alternate", "application/atom+xml", "../../feed.xml")
    own = ("alternate", "application/atom+xml", "../../questions/risk/feed.xml")
    assert say("questions/risk/").links == [own, every]
    assert say("questions/culture/").links == [every]
    assert ("alternate", "text/markdown", "../../case-studies/reading-room.md") in say(CASE).links


def test_without_an_address_what_is_linked_is_relative(say):
    nowhere = replace(SITE, url="", commit="")
    data = json.loads(say(CASE, nowhere).data)
    assert data["url"] == "../../case-studies/reading-room/"
    assert "archivedAt" not in data
    assert json.loads(say("", nowhere).data)["url"] == "./"


@given(text=TEXTS)
def test_any_text_is_read_back_as_it_was(text, say):
    found = say(CASE, title=text, summary=text)
    data = json.loads(found.data)
    assert (data["headline"], data["abstract"]) == (text, text)
    assert (found.meta["dcterms.title"], found.meta["dcterms.abstract"]) == ([text], [text])
