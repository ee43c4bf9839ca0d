"""The site in Chromium: it can be read at any width, in both schemes, and asks nobody else for anything."""

import gzip
import json
import re
import shutil
import subprocess

import pytest
from playwright.sync_api import expect
from test_worksheet import SHIFTS

from accessibility import NO_FAULTS, faults_in_every_look
from casebook.content.outline import MAX_LIST_DEPTH
from casebook.site.pages import pages
from chromium import new_context
from projects import REAL

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
    "councils/quiet-vale/",
    "nations/",
    "nations/england/",
    "case-studies/",
    "case-studies/reading-room/",
    "case-studies/reading-room/handout/",
    "about/letter/",
    "contribute/",
    "contribute/fields/",
    "contribute/needs-checking/",
    "contribute/example/",
    "gaps/",
    "feeds/",
    "about/accessibility/",
    "find/",
    "find/?question=capacity&theme=libraries&text=reading",
    "find/?theme=libraries&nation=scotland",
    "find/?question=capacity",
    "find/?text=Quiet+Vale",
    "about/",
    "about/style/",
    "about/coverage/",
    "case-studies/westover-trees/",
    "contribute/form/",
    "contribute/sheet/",
    "councils/exampleton/",
    "pack/",
    "pack/?case=reading-room&case=westover-trees&question=risk",
    "pledges/",
    "powers/",
    "themes/",
    "404.html",
    "ask/",
    "ask/libraries/",
    "ask/summary/",
    "data/",
    "data/codebook/",
]


@pytest.fixture(scope="module")
def address(built, serve):
    return serve(built.root / "site")


@pytest.fixture
def open_page(open_tab, address):
    """Open a page at a width and in a scheme."""

    def open_at(path, width=1280, scheme="light", java_script_enabled=True, **looks):
        page = open_tab(width, java_script_enabled=java_script_enabled)
        page.emulate_media(color_scheme=scheme, **looks)
        page.goto(address + path)
        return page

    return open_at


@pytest.fixture(scope="module")
def tab(browser, address):
    """A wide page in the light, and what goes wrong in it: also if it asks for what isn't there."""
    context, troubles = new_context(browser, color_scheme="light")
    page = context.new_page()
    page.on("response", lambda answer: answer.status < 400 or troubles.append(answer.url))
    yield page, troubles
    context.close()


@pytest.fixture
def open_in_tab(tab, address):
    """As open_page, in one tab for all tests."""
    page, troubles = tab

    def open_at(path):
        page.set_viewport_size({"width": 1280, "height": 800})
        page.emulate_media(color_scheme="light")
        page.goto(address + path)
        return page

    yield open_at
    page.goto("about:blank")
    seen = troubles.copy()
    troubles.clear()
    assert seen == []


SPACING = (
    "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }"
)


def test_every_kind_of_page_is_looked_at(built):
    made = list(pages(built.root, built.load()))
    kinds = {page.template for page in made if page.path in KINDS}
    assert {page.path for page in made if page.template not in kinds} == set()


@pytest.mark.parametrize("path", KINDS)
def test_axe_finds_no_fault_and_nothing_runs_off_a_phone(open_in_tab, path):
    """Not even where the reader has spaced the text more widely."""
    page = open_in_tab(path)
    assert faults_in_every_look(page) == NO_FAULTS
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.evaluate("rule => document.styleSheets[0].insertRule(rule)", SPACING)
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_axe_finds_no_fault_where_a_timeline_is_open(page, in_full, serve):
    page.goto(f"{serve(in_full.root / 'site')}case-studies/reading-room/")
    page.locator(".timeline summary").click()
    assert page.locator(".timeline ol").is_visible()
    assert faults_in_every_look(page) == NO_FAULTS


def test_axe_would_see_a_fault_in_the_dark_alone(browser):
    page = browser.new_page()
    page.set_content(
        '<html lang="en"><title>x</title><style>body { background: #fff; color: #333 }'
        "@media (prefers-color-scheme: dark) { p { color: #ccc } }</style><main><h1>Grey</h1><p>on white</p></main>"
    )
    found = faults_in_every_look(page)
    assert {look: [rule for rule, _ in broken] for look, broken in found.items()} == NO_FAULTS | {
        "dark 320": ["color-contrast"],
    }
    page.close()


def test_the_deepest_lists_and_quotations_fit_a_phone(open_page):
    page = open_page("case-studies/reading-room/", width=320)
    for tag in ("ul><li", "blockquote"):
        deep = f"<{tag}>" * MAX_LIST_DEPTH + "<p>Accountability, responsibility and neighbourliness</p>"
        page.evaluate("deep => (document.querySelector('.story').innerHTML = deep)", deep)
        page.evaluate("rule => document.styleSheets[0].insertRule(rule)", SPACING)
        assert page.evaluate("document.documentElement.scrollWidth") == 320


@pytest.mark.parametrize("width", [320, 1120, 1180])
def test_the_gaps_fit_the_page_however_many_kinds_of_evidence_there_are(open_page, width):
    page = open_page("gaps/", width=width)
    page.evaluate("rule => document.styleSheets[0].insertRule(rule)", SPACING)
    kinds = "".join(
        f'<span class="unseen">Kind: </span><span aria-hidden="true">{letter}</span>12 ' for letter in "ERAPS"
    )
    page.locator(".gaps__proof").first.evaluate("(proof, kinds) => (proof.innerHTML = kinds)", kinds)
    assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_what_was_typed_into_find_fits_the_page_however_long_it_is(open_page, width):
    text = "https://example.org/" + "a" * 500
    page = open_page(f"find/?text={text}&theme=libraries", width=width)
    chip = page.get_by_role("button", name=f"Remove “{text}”")
    chip.wait_for()
    box = chip.bounding_box()
    assert box["x"] + box["width"] <= width
    assert page.evaluate("document.documentElement.scrollWidth") == width


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
    expect(page).to_have_url(re.compile(re.escape("#content") + "$"))


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
    expect(page).to_have_url(re.compile(re.escape("#source-gazette") + "$"))
    assert page.locator("#source-gazette").evaluate("e => e.matches(':target')")


def test_every_page_is_whole_without_javascript(open_page):
    page = open_page("questions/capacity/", java_script_enabled=False)
    row = page.locator(".answer", has=page.locator("a", has_text="Readers run the Exampleton reading room"))
    row.locator("summary").click()
    row.get_by_role("link", name="Readers run the Exampleton reading room").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Readers run the Exampleton reading room"


def test_without_javascript_the_find_page_lists_all_and_says_what_else_there_is(open_page):
    page = open_page("find/?text=reading", java_script_enabled=False)
    assert page.locator("#found > li").count() == 3
    needs = page.locator(".find__needs-script")
    assert needs.text_content().startswith("The filters need JavaScript.")
    assert needs.bounding_box()["height"] > 20
    page.locator("summary", has_text="Theme").click()
    assert page.get_by_role("checkbox", name="Libraries").is_visible()


def test_an_empty_place_of_the_gaps_leads_to_the_form_with_its_beginning(open_page):
    page = open_page("gaps/")
    page.get_by_role("link", name="add a case study on culture and skills in libraries").click()
    page.locator("#form").wait_for()
    assert page.get_by_role("combobox", name="Theme 1").input_value() == "Libraries"
    assert page.locator("details[open] > summary").inner_text().startswith("8 Culture and skills")


def test_no_single_key_does_anything(open_page):
    page = open_page("questions/capacity/")
    for key in ("n", "p", ".", ",", "s", "f", "/", "?"):
        page.keyboard.press(key)
    assert page.url.endswith("/questions/capacity/")
    assert page.evaluate("document.activeElement === document.body")


def test_every_stop_of_the_tab_key_lies_within_a_phones_width(open_page):
    """Nothing is off the screen, as a closed menu would be."""
    page = open_page("", width=320)
    for _ in range(30):
        page.keyboard.press("Tab")
        left, right = page.evaluate(
            "(e => { const b = e.getBoundingClientRect(); return [b.left, b.right] })(document.activeElement)"
        )
        assert 0 <= left < right <= 320, page.evaluate("document.activeElement.outerHTML")


def test_what_has_the_focus_is_shown_in_two_colours(open_page):
    page = open_page("questions/capacity/")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    outline, shadow = page.evaluate(
        "(e => { const s = getComputedStyle(e); return [s.outlineColor, s.boxShadow] })(document.activeElement)"
    )
    assert outline == "rgb(28, 26, 21)"
    assert "rgb(255, 210, 63)" in shadow


def test_nothing_moves_for_those_who_asked_for_stillness(open_page):
    page = open_page("find/", reduced_motion="reduce")
    moving = page.evaluate(
        "[...document.querySelectorAll('*')].filter(e => { const s = getComputedStyle(e); return s.animationName !== 'none' || s.transitionDuration !== '0s' }).length"
    )
    assert moving == 0


def test_in_forced_colours_the_map_and_the_cards_keep_their_shapes(open_page):
    page = open_page("councils/", forced_colors="active")
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    for tile in (".map__quiet", ".map__tile polygon"):
        assert page.locator(tile).first.evaluate("e => getComputedStyle(e).fill") != ground
    page = open_page("find/", forced_colors="active")
    assert page.locator(".card").first.evaluate("e => getComputedStyle(e).borderLeftWidth") == "1px"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_in_forced_colours_the_groups_of_find_show_that_they_open(open_page, scheme):
    page = open_page("find/", scheme=scheme, forced_colors="active")
    summary = page.locator(".facet summary").nth(1)
    with_arrow = summary.screenshot()
    page.evaluate("document.styleSheets[0].insertRule('summary::after { visibility: hidden }')")
    assert summary.screenshot() != with_arrow
    summary.click()
    assert page.locator(".facet").nth(1).get_attribute("open") is not None


@pytest.mark.alone
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize(
    "path", ["", "case-studies/reading-room/", "find/?question=capacity&text=reading", "gaps/"]
)
def test_the_page_stays_where_it_is_as_it_loads(open_page, path, width):
    page = open_page(path, width=width)
    assert page.evaluate(SHIFTS) < 0.1


def test_a_case_study_weighs_little(browser, address):
    """At most 75 kB compressed with an empty cache; our scripts are at most 51.5, less the form's, which test_form.py weighs."""
    context = browser.new_context()
    page = context.new_page()
    weights = {}
    page.on("response", lambda answer: weights.update({answer.url: len(gzip.compress(answer.body()))}))
    page.goto(f"{address}case-studies/reading-room/", wait_until="networkidle")
    assert sum(weights.values()) <= 75_000, weights
    scripts = [
        path for path in (REAL / "docs/assets/js").rglob("*.js") if path.parent.name not in ("form", "names")
    ]
    assert sum(len(gzip.compress(path.read_bytes())) for path in scripts) <= 51_500
    context.close()


QUICK_TO_START = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss8m"]
"""Java need not make code fast that runs for two seconds: half the work. Slow code takes more room on its stack."""


def test_the_html_is_valid(built):
    """The Nu HTML checker, on every page."""
    checker = REAL / "tests/npm/node_modules/vnu-jar/build/dist/vnu.jar"
    if not (checker.exists() and shutil.which("java")):
        pytest.skip("the HTML checker needs npm and Java: make test")
    done = subprocess.run(
        [
            "java",
            *QUICK_TO_START,
            "-jar",
            checker,
            "--format",
            "json",
            "--skip-non-html",
            built.root / "site",
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    messages = json.loads(done.stderr)["messages"]
    errors = {(one["url"].split("/site/")[1], one["message"]) for one in messages if one["type"] == "error"}
    assert sorted(errors) == []


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


def test_print_opens_what_is_closed(open_page):
    page = open_page("about/style/")
    page.evaluate("document.querySelector('details').open = false")
    page.emulate_media(media="print")
    assert page.get_by_text("Chosen").bounding_box()["height"] > 0


def test_print_shows_addresses_and_leaves_out_the_ways_round(open_page):
    page = open_page("case-studies/reading-room/")
    page.emulate_media(media="print")
    assert not page.locator(".masthead").is_visible()
    after = page.locator("#source-gazette a").evaluate("e => getComputedStyle(e, '::after').content")
    assert "example.org/gazette" in after


def test_the_heads_of_the_gaps_stay_in_view_on_a_wide_screen_and_are_a_list_on_a_phone(open_page):
    page = open_page("gaps/", width=1280)
    page.set_viewport_size({"width": 1280, "height": 300})
    page.locator(".gaps tbody tr").last.scroll_into_view_if_needed()
    head = page.locator(".gaps thead th").nth(3).bounding_box()
    assert 0 <= head["y"] < 100
    page = open_page("gaps/", width=320)
    assert not page.locator(".gaps thead").is_visible()
    cell = page.locator(".gaps td").first
    assert cell.evaluate("e => getComputedStyle(e, '::before').content") == '"1 Capacity and support"'
