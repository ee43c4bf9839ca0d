"""Copies of the site: from a folder without a server, below a path of a host that the build was not told of, on nginx."""

import re
import shutil
import subprocess
from urllib.parse import unquote

import pytest
from lxml import html
from playwright.sync_api import expect

from projects import REAL

pytestmark = pytest.mark.alone
FONT = re.compile("Source Sans 3")


@pytest.fixture(scope="module")
def offline(built, tmp_path_factory):
    root = tmp_path_factory.mktemp("copy")
    shutil.copytree(built.root / "site", root / "site")
    command = ("make", "--silent", "--file", REAL / "Makefile", "--assume-old", "site", "offline")
    subprocess.run(command, cwd=root, check=True, timeout=60)
    return root / "offline"


def test_every_link_in_a_folder_leads_to_a_file(offline):
    pages = sorted(offline.rglob("index.html"))
    assert len(pages) > 40
    for page in pages:
        for link in html.parse(page).xpath("//@href | //@src | //form/@action"):
            if not re.match("[a-z]+:|#", link):
                path = unquote(re.split("[?#]", link)[0])
                assert (page.parent / path).is_file(), (page, link)


def test_a_reader_finds_a_case_study_in_a_folder(offline, browser):
    page = browser.new_page()
    page.goto(f"file://{offline}/index.html")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="All cases").click()
    page.get_by_role("link", name="Readers run the Exampleton reading room").first.click()
    expect(page).to_have_title("Readers run the Exampleton reading room – The Localism Casebook")
    expect(page.locator("body")).to_have_css("font-family", FONT)
    page.get_by_role("link", name="One-page handout").click()
    expect(page).to_have_title("Readers run the Exampleton reading room – The Localism Casebook")
    expect(page).to_have_url(f"file://{offline}/case-studies/reading-room/handout/index.html")
    page.close()


def test_what_is_not_found_below_a_path_that_the_build_was_not_told_of_has_its_style(built, browser):
    site, page = built.root / "site", browser.new_page()

    def answer(route):
        below = route.request.url.partition("/localism/")[2]
        is_there = below and (site / below).is_file()
        route.fulfill(status=200 if is_there else 404, path=site / (below if is_there else "404.html"))

    page.route("http://host.example/**", answer)
    for path in ("gone", "a/gone", "a/b/gone/", "a/b/c/d"):
        page.goto(f"http://host.example/localism/{path}")
        expect(page.locator("h1")).to_have_text("There is no page here")
        expect(page.locator("body")).to_have_css("font-family", FONT)
    page.close()


def test_the_sample_for_nginx_knows_every_kind_of_file(in_full):
    site = in_full.root / "site"
    sample = (site / "about/nginx.conf").read_text(encoding="utf-8")
    types = re.search(r"types \{(.+?)\}", sample, re.DOTALL)[1]
    known = {ending for line in types.strip().split(";") for ending in line.split()[1:]}
    there = {path.suffix.removeprefix(".") for path in site.rglob("*") if path.is_file()}
    assert there <= known
    assert {"csv", "md", "bib", "ris", "sqlite"} <= there
