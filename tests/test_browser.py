"""The site in Chromium: it can be read at any width, in both schemes, and asks nobody else for anything."""

import re
import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe

KINDS = [
    "",
    "questions/",
    "questions/capacity/",
    "questions/culture/",
    "pledges/promote-good-practice/",
    "themes/libraries/",
    "powers/sample-act-2001-s1/",
    "councils/",
    "councils/westover/",
    "case-studies/",
    "case-studies/reading-room/",
    "about/letter/",
    "contribute/",
    "gaps/",
    "about/accessibility/",
    "find/",
    "find/?question=capacity&theme=libraries&text=reading",
    "find/?theme=libraries&nation=scotland",
]


@pytest.fixture(scope="module")
def address(built, serve):
    return serve(built.root / "site")


@pytest.fixture
def open_page(browser, address):
    """Open a page at a width and in a scheme; afterwards, nothing may have gone wrong in it."""
    contexts, troubles = [], []

    def open_at(path, width=1280, scheme="light", **options):
        context = browser.new_context(
            viewport={"width": width, "height": 800}, color_scheme=scheme, **options
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: troubles.append(message.text))
        page.on("request", lambda request: request.url.startswith(address) or troubles.append(request.url))
        page.on("response", lambda answer: answer.status < 400 or troubles.append(answer.url))
        page.goto(address + path)
        return page

    yield open_at
    for context in contexts:
        context.close()
    assert troubles == []


SPACING = (
    "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }"
)
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", KINDS)
def test_axe_finds_no_fault(open_page, path, scheme, width):
    page = open_page(path, width=width, scheme=scheme)
    found = Axe().run(page, options={"runOnly": STANDARDS, "resultTypes": ["violations"]})
    assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found.response["violations"]] == []


def test_axe_would_see_a_fault(browser):
    page = browser.new_page()
    page.set_content('<main><h1>Grey</h1><p style="color: #999">on white</p></main>')
    found = Axe().run(page, options={"runOnly": STANDARDS})
    assert "color-contrast" in {fault["id"] for fault in found.response["violations"]}
    page.close()


@pytest.mark.parametrize("path", KINDS)
def test_nothing_runs_off_a_phone(open_page, path):
    page = open_page(path, width=320)
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_wide_spacing_of_text_cuts_nothing_off(open_page):
    page = open_page("case-studies/reading-room/", width=320)
    page.evaluate("rule => document.styleSheets[0].insertRule(rule)", SPACING)
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_body_text_is_at_least_17_pixels(open_page):
    page = open_page("case-studies/reading-room/")
    size = page.locator(".story p").first.evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
    assert size >= 17


def test_the_skip_link_comes_first_and_leads_to_the_text(open_page):
    page = open_page("questions/capacity/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the text"
    box = page.locator(".skip").bounding_box()
    assert box["y"] >= 0
    page.keyboard.press("Enter")
    assert page.url.endswith("#content")


def test_every_stop_of_the_tab_key_can_be_seen(open_page):
    page = open_page("case-studies/reading-room/", width=320)
    for _ in range(25):
        page.keyboard.press("Tab")
        box = page.evaluate(
            "(e => { const b = e.getBoundingClientRect(); return [b.width, b.height] })(document.activeElement)"
        )
        assert min(box) > 0, page.evaluate("document.activeElement.outerHTML")


def test_a_citation_leads_to_its_source(open_page):
    page = open_page("case-studies/reading-room/")
    page.locator(".story .cite a").nth(2).click()
    assert page.url.endswith("#source-gazette")
    assert page.locator("#source-gazette").evaluate("e => e.matches(':target')")


def test_every_page_is_whole_without_javascript(open_page):
    page = open_page("questions/capacity/", java_script_enabled=False)
    page.get_by_role("link", name="Readers run the Exampleton reading room").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Readers run the Exampleton reading room"


def test_the_policy_stops_a_script_that_should_not_be_there(browser, built, tmp_path):
    """A control: the driver would see a script run, and the policy stops it."""
    site = tmp_path / "site"
    shutil.copytree(built.root / "site", site)
    page_file = site / "about" / "index.html"
    html = page_file.read_text(encoding="utf-8")
    script = "<script>document.title = 'PWN'</script></body>"
    page = browser.new_page()
    page_file.write_text(html.replace("</body>", script), encoding="utf-8")
    page.goto(page_file.as_uri())
    assert page.title() == "About the casebook – The Localism Casebook"
    page_file.write_text(
        re.sub("<meta http-equiv.*?>", "", html).replace("</body>", script), encoding="utf-8"
    )
    page.goto(page_file.as_uri())
    assert page.title() == "PWN"
    page.close()


def test_print_shows_addresses_and_leaves_out_the_ways_round(open_page):
    page = open_page("case-studies/reading-room/")
    page.emulate_media(media="print")
    assert not page.locator(".masthead").is_visible()
    after = page.locator("#source-gazette a").evaluate("e => getComputedStyle(e, '::after').content")
    assert "example.org/gazette" in after
