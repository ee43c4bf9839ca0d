"""What programs are told, on a site whose address is known."""

import datetime
import json
import re
from dataclasses import replace
from urllib.parse import parse_qsl
from xml.etree import ElementTree

import cmarkgfm
import pytest
from hypothesis import given
from lxml import html
from markupsafe import Markup

from casebook.exports.publication import plain_copy
from casebook.exports.text_files import text_file
from citation_readers import in_style
from hostile_texts import TEXTS
from projects import EPOCH, SITE, make_project, run

NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """The small project, built for an address at a commit."""
    project = make_project(tmp_path_factory.mktemp("published"))
    done = run("-m", "casebook", "build", cwd=project.root, SITE_URL=SITE.url, SOURCE_COMMIT=SITE.commit)
    assert done.returncode == 0, done.stderr
    return project


def days(site):
    root = ElementTree.fromstring((site / "sitemap.xml").read_text(encoding="utf-8"))
    return {
        url.findtext(f"{NAMESPACE}loc").removeprefix(SITE.url): url.findtext(f"{NAMESPACE}lastmod")
        for url in root
    }


def test_the_sitemap_has_every_page_but_of_councils_without_cases_and_the_day_of_its_last_change(published):
    site = published.root / "site"
    listed = days(site)
    assert sorted(listed) == sorted(
        path.parent.relative_to(site).as_posix().removeprefix(".") + "/" if path.parent != site else ""
        for path in site.rglob("index.html")
        if path.parent.name not in ("quiet-vale", "handout")
    )
    assert '<meta name="robots" content="noindex">' in (site / "councils/quiet-vale/index.html").read_text()
    assert listed["case-studies/reading-room/"] == "2026-01-31"
    assert listed["questions/risk/"] == "2026-01-31"
    assert listed["questions/culture/"] is None
    assert listed["about/glossary/"] is None
    assert not (site / "sitemap.xml.gz").exists()


def test_a_later_build_of_the_same_says_the_same(published, tmp_path):
    done = run(
        *("-m", "mkdocs", "build", "--strict", "--site-dir", str(tmp_path)),
        cwd=published.root,
        SITE_URL=SITE.url,
        SOURCE_COMMIT=SITE.commit,
        SOURCE_DATE_EPOCH=str(int(EPOCH) + 86400),
    )
    assert done.returncode == 0, done.stderr
    for name in ("sitemap.xml", "feed.xml", "feeds.opml", "llms.txt", "case-studies/reading-room/index.html"):
        assert (tmp_path / name).read_bytes() == (published.root / "site" / name).read_bytes(), name


def test_a_site_without_an_address_has_no_sitemap(built):
    assert list((built.root / "site").glob("sitemap*")) == []
    assert (built.root / "site/robots.txt").read_text(encoding="utf-8") == "User-agent: *\nAllow: /\n"


def test_robots_are_told_where_the_sitemap_is():
    assert text_file("robots.txt", site=SITE).text == (
        "User-agent: *\nAllow: /\n\nSitemap: https://casebook.example/sitemap.xml\n"
    )


def test_every_address_of_the_sitemap_is_read_back():
    made = text_file(
        "sitemap.xml", pages=[("https://casebook.example/?a=1&b=<2>", datetime.date(2026, 1, 31))]
    )
    (url,) = ElementTree.fromstring(made.text)
    assert [part.text for part in url] == ["https://casebook.example/?a=1&b=<2>", "2026-01-31"]


def test_a_case_study_is_published_as_contributed_byte_for_byte(project):
    path = project.root / "case_studies" / "reading-room.md"
    contributed = b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n")
    path.write_bytes(contributed)
    assert project.run("build").returncode == 0
    assert (project.root / "site/case-studies/reading-room.md").read_bytes() == contributed


@pytest.mark.parametrize("style", ["apa", "harvard-cite-them-right", "oscola"])
def test_each_citation_on_a_page_is_what_a_citation_processor_makes_of_the_file_beside_it(published, style):
    for page in sorted((published.root / "site/case-studies").glob("*/cite.csl.json")):
        items = json.loads(page.read_text(encoding="utf-8"))
        assert items[0]["URL"] == f"{SITE.url}case-studies/{page.parent.name}/"
        if style == "apa":  # it leaves out a website that is its own author, which no processor knows
            del items[0]["container-title"]
        (written,) = html.parse(page.with_name("index.html")).xpath(f"//dd[@data-style='{style}']")
        assert written.text_content() == in_style(style, items)


def test_a_reference_manager_reads_an_organisation_as_the_author(published):
    """Zotero takes COinS before all else that it finds in a page."""
    tree = html.parse(published.root / "site/case-studies/reading-room/index.html")
    (record,) = tree.xpath("//span[@class='Z3988']/@title")
    assert dict(parse_qsl(record, strict_parsing=True)) == {
        "ctx_ver": "Z39.88-2004",
        "rft_val_fmt": "info:ofi/fmt:kev:mtx:dc",
        "rft.type": "webpage",
        "rft.title": "Readers run the Exampleton reading room",
        "rft.aucorp": "The Localism Casebook",
        "rft.source": "The Localism Casebook",
        "rft.date": "2026-01-31",
        "rft.identifier": f"{SITE.url}case-studies/reading-room/",
        "rft.description": (
            "A made-up council hands its reading room to those who read in it, and it opens twice as long."
        ),
        "rft.rights": "CC BY 4.0",
        "rft.language": "en-GB",
    }
    assert tree.xpath("//time/@datetime") == ["2026-01-31", "2026-01-31"]


def test_every_page_says_its_address(published):
    site = published.root / "site"
    for page in site.rglob("index.html"):
        path = page.parent.relative_to(site).as_posix().removeprefix(".")
        address = f"{SITE.url}{path}/" if path else SITE.url
        assert html.parse(page).xpath("//meta[@property='og:url']/@content") == [address]


@pytest.fixture(scope="module")
def listed(tmp_path_factory):
    """Say how Markdown shows the line of a case study with this title and summary."""
    made_up = make_project(tmp_path_factory.mktemp("listed")).load()

    def show(text):
        case = replace(made_up.cases[0], title=text, summary=text)
        lines = text_file("llms.txt", site=SITE, catalogue=replace(made_up, cases=(case,))).text.splitlines()
        (line,) = (line for line in lines if f"({SITE.url}{plain_copy(case)})" in line)
        return cmarkgfm.markdown_to_html(line)

    return show


@given(text=TEXTS)
def test_any_text_is_read_back_as_it_was(text, listed):
    shown = listed(text)
    assert re.findall("<(/?[a-z]+)", shown) == ["ul", "li", "a", "/a", "/li", "/ul"]
    assert Markup(shown).striptags() == f"{text}: {text}"
