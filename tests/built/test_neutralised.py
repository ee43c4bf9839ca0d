"""What is published of attacks that `check` lets through: text where text stands, and nothing that acts.

`PWN` marks every attack. The browser drives the same site in tests/browser/test_attacks.py.
"""

import csv
import json
import re
import sqlite3
from contextlib import closing
from html.parser import HTMLParser
from urllib.parse import urlsplit

import bibtexparser
import cmarkgfm
import pytest
import rispy
from lxml import etree

from casebook.site.csp import forbids, tags
from hostile import BODIES, PLAIN, case_study, cases
from projects import build, make_project

TEXT_ATTRIBUTES = {"content", "aria-label", "value", "placeholder", "alt", "title", "data-title"}
ADDRESSES = {"href", "action", "src", "cite", "poster", "data"}
VOID = set("area base br col embed hr img input link meta source track wbr".split())


class Skeleton(HTMLParser):
    """What of a page would act on a reader, apart from its words.

    Fails if an element is left open, so that a browser sees the same tree.
    """

    def __init__(self, page):
        super().__init__()
        self.tags, self.attributes, self.ids, self.addresses = set(), set(), [], []
        self.within, self.text, self.data, self.footers = [], [], [], 0
        self.feed(page)
        self.close()
        assert self.within == []
        self.words = " ".join("".join(self.text).split())

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        names = [name for name, _ in attrs]
        assert len(set(names)) == len(names), f"<{tag}> has an attribute twice"
        for name, value in attrs:
            self._attribute(tag, name, value or "")
        self.footers += tag == "footer" and not {"main", "article"} & set(self.within)
        if tag not in VOID:
            self.within.append(tag)

    def _attribute(self, tag, name, value):
        self.attributes.add((tag, name))
        if name == "id":
            self.ids.append(value)
        if name in ADDRESSES:
            self.addresses.append(value)
        elif name not in TEXT_ATTRIBUTES:
            assert "PWN" not in value, f"{name} of <{tag}> is {value}"

    def handle_endtag(self, tag):
        assert self.within.pop() == tag

    def handle_data(self, data):
        if "script" in self.within:
            assert "<" not in data
            self.data.append(json.loads(data))
        else:
            assert "style" not in self.within
            self.text.append(data)

    def handle_comment(self, data):
        assert "PWN" not in data

    def handle_pi(self, data):
        pytest.fail(f"<?{data}>")

    unknown_decl = handle_pi


@pytest.fixture(scope="module")
def site(attacked):
    return attacked.root / "site"


def files(site, *patterns):
    found = sorted(path for pattern in patterns for path in site.rglob(pattern))
    assert found
    return found


def pages(site):
    return {
        path.relative_to(site).as_posix(): path.read_text(encoding="utf-8") for path in files(site, "*.html")
    }


def test_the_site_is_full_of_attacks(attacked):
    names = {path.stem for path in (attacked.root / "case_studies").glob("*.md")}
    assert {f"plain-{name}" for name in PLAIN} | {f"body-{name}" for name in BODIES} <= names


@pytest.fixture(scope="module")
def skeletons(site):
    return {name: Skeleton(page) for name, page in pages(site).items()}


@pytest.fixture(scope="module")
def harmless(tmp_path_factory):
    """Pages of a project whose case studies hold nothing but words: in one of them, in every field."""
    project = make_project(tmp_path_factory.mktemp("harmless"))
    project.write("case_studies/plain-words.md", case_study("Nothing but words"))
    build(project)
    return {name: Skeleton(page) for name, page in pages(project.root / "site").items()}


def test_no_element_or_attribute_is_there_that_harmless_pages_lack(skeletons, harmless):
    for kind in ("tags", "attributes"):
        known = set().union(*(getattr(page, kind) for page in harmless.values()))
        assert [
            (name, getattr(page, kind) - known)
            for name, page in skeletons.items()
            if getattr(page, kind) - known
        ] == []


def test_no_text_swallows_the_foot_of_the_page(skeletons):
    assert {page.footers for page in skeletons.values()} == {1}


def test_no_id_is_the_pages_own_or_there_twice(skeletons, harmless):
    known = {id for page in harmless.values() for id in page.ids}
    for page in skeletons.values():
        assert len(set(page.ids)) == len(page.ids)
        assert [id for id in set(page.ids) - known if not re.match("(body|source|claim)-", id)] == []


def test_every_address_is_safe_and_leads_where_it_says(skeletons):
    for page in skeletons.values():
        for address in page.addresses:
            parts = urlsplit(address)
            assert (parts.scheme, bool(parts.netloc)) in {("https", True), ("http", True), ("", False)}, (
                address
            )


def test_no_page_acts_against_the_policy(site):
    assert [tag for page in pages(site).values() for tag in tags(page) if forbids(tag)] == []


@pytest.mark.parametrize("name", PLAIN)
def test_plain_text_is_shown_as_typed(name, skeletons):
    """On its own page in every field; on the index pages as a card; in the linked data."""
    own = skeletons[f"case-studies/plain-{name}/index.html"]
    assert own.words.count(PLAIN[name]) >= 20
    assert PLAIN[name] in skeletons["themes/libraries/index.html"].words
    (data,) = own.data
    assert (data["headline"], data["citation"][0]["name"]) == (PLAIN[name], PLAIN[name])


def test_what_stands_below_an_attack_can_be_read(skeletons, attacked):
    bodies = {f"body-{name}": ["TAIL-TEXT stays readable."] for name in BODIES}
    listed = {case["install_as"].removesuffix(".md"): case.get("keep", []) for case in cases("neutralise")}
    for name, kept in (bodies | listed).items():
        page = skeletons.get(f"case-studies/{name}/index.html")
        assert bool(page) == (attacked.root / f"case_studies/{name}.md").exists()
        assert [words for words in kept if page and words not in page.words] == []


def test_json_holds_it_as_text(site):
    for path in files(site, "*.json"):
        assert [key for key in keys(json.loads(path.read_bytes())) if "PWN" in key] == [], path.name
    told = json.loads((site / "data/casebook.json").read_bytes())
    titles = {case["id"]: case["title"] for case in told["case_studies"]}
    assert {name: titles[f"plain-{name}"] for name in PLAIN} == PLAIN


def keys(data):
    if isinstance(data, dict):
        yield from data
    for child in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from keys(child)


def test_feeds_hold_it_as_text(site, built):
    known = {
        (one.tag, *one.attrib) for path in files(built.root / "site", "feed.xml") for one in xml(path).iter()
    }
    for path in files(site, "feed.xml"):
        for element in xml(path).iter():
            assert (element.tag, *element.attrib) in known
            assert [value for value in element.attrib.values() if "PWN" in value] == []
            assert element.get("type", "text") in ("text", "html", "application/atom+xml", "text/html")
    titles = {element.text for element in xml(site / "feed.xml").iter("{http://www.w3.org/2005/Atom}title")}
    assert set(PLAIN.values()) <= titles


def xml(path):
    return etree.fromstring(path.read_bytes(), etree.XMLParser(resolve_entities=False))


def test_spreadsheets_run_nothing(site):
    for path in files(site, "*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            header, *rows = csv.reader(file)
        assert {len(row) for row in rows} <= {len(header)}
        assert [cell for row in rows for cell in row if cell[:1] in tuple("=+-@\t\r")] == []
    with (site / "data/case-studies.csv").open(encoding="utf-8-sig", newline="") as file:
        titles = {row["id"]: row["title"] for row in csv.DictReader(file)}
    assert {name: titles[f"plain-{name}"].removeprefix("'") for name in ("formula", "at", "plus", "img")} == {
        name: PLAIN[name] for name in ("formula", "at", "plus", "img")
    }
    assert titles["plain-apostrophe"] == PLAIN["apostrophe"]


def test_the_database_is_the_same_but_for_its_rows(site, built):
    with closing(sqlite3.connect(site / "data/casebook.sqlite")) as ours:
        with closing(sqlite3.connect(built.root / "site/data/casebook.sqlite")) as harmless:
            shape = "SELECT type, name, sql FROM sqlite_master ORDER BY name"
            assert ours.execute(shape).fetchall() == harmless.execute(shape).fetchall()
        titles = dict(ours.execute("SELECT id, title FROM case_studies"))
    assert {name: titles[f"plain-{name}"] for name in PLAIN} == PLAIN


def test_references_are_one_entry_each_with_the_fields_of_any(site, built):
    assert entries(site, read_bibtex) == entries(built.root / "site", read_bibtex)
    assert entries(site, read_ris) == entries(built.root / "site", read_ris)


def entries(site, read):
    return {read(path.read_text(encoding="utf-8")) for path in files(site, READ_AS[read])}


def read_bibtex(text):
    library = bibtexparser.parse_string(text)
    assert library.failed_blocks == []
    (entry,) = library.entries
    return tuple(entry.fields_dict)


def read_ris(text):
    (record,) = rispy.loads(text)
    return tuple(record)


READ_AS = {read_bibtex: "*.bib", read_ris: "*.ris"}


def test_the_list_for_programs_is_a_list_of_links(site):
    text = (site / "llms.txt").read_text(encoding="utf-8")
    found = Skeleton(cmarkgfm.markdown_to_html(text))
    assert found.tags == {"h1", "h2", "blockquote", "p", "ul", "li", "a"}
    assert [address for address in found.addresses if "PWN" in address] == []
    assert [text for text in PLAIN.values() if text not in found.words] == []


def test_copies_are_what_was_contributed(attacked):
    for path in files(attacked.root / "case_studies", "*.md"):
        copy = attacked.root / "site/case-studies" / path.name
        assert copy.read_bytes() == path.read_bytes()


def test_nothing_else_holds_any_of_it(site):
    looked_at = {".html", ".json", ".xml", ".csv", ".sqlite", ".bib", ".ris", ".txt", ".md"}
    others = [path for path in files(site, "*") if path.is_file() and path.suffix not in looked_at]
    assert {path.suffix for path in others} >= {".js", ".css", ".svg", ".png", ".woff2"}
    assert [path.name for path in others if b"PWN" in path.read_bytes()] == []
