"""The worksheet in Chromium: what somebody types is kept, and comes out again on paper and in files as it was typed."""

import gzip
import json
import re
from html.parser import HTMLParser

import cmarkgfm
import pytest
from playwright.sync_api import expect

from accessibility import NO_FAULTS, faults_in_every_look
from casebook.model import dates
from projects import REAL

HOSTILE = [
    "</textarea><script>document.title = 'PWN'</script>",
    '=HYPERLINK("https://example.org")',
    "👩🏽‍🌾 Ynys Môn & co",
    "# no heading",
    "- no list",
    "1. no list, 2) neither",
    "[no link](https://example.org) ![no picture](x) <b>no tag</b> &amp; no *stress* `code` | ~~cell~~",
    "",
    "===",
    "a last line",
]
NOTE = "\n".join(HOSTILE) + "\n" + "x" * 10_000
KEPT = "Your plan is kept in this browser. Nothing is sent."
COPY = """key => new Promise(found => {
  indexedDB.open("localism-casebook").onsuccess = ({ target: { result } }) => {
    result.transaction("copies").objectStore("copies").get(key).onsuccess = ({ target }) => found(target.result?.text);
  };
})"""
"""The second copy of what is kept under a key."""
IDS = ["capacity", "quality", "value", "accountability", "open-to-all"]
IDS += ["risk", "reciprocity", "culture", "reserve-powers", "legal-hurdles"]


@pytest.fixture(scope="module")
def address(built, serve):
    return serve(built.root / "site")


@pytest.fixture
def page(open_tab, address):
    page = open_tab()
    page.goto(f"{address}ask/")
    return page


def answer(page, question, state="", note="", action="", owner="", due=""):
    """Fill in one question, by the words that stand on the page."""
    if state:
        group = page.get_by_role("group", name=f"Does the plan answer it? on {question}")
        group.get_by_label(state, exact=True).check()
    page.get_by_label(f"Notes on {question}").fill(note)
    page.get_by_label(f"What we do next on {question}").fill(action)
    page.get_by_label(f"Who does it on {question}").fill(owner)
    page.get_by_label(f"By when on {question}").fill(due)


def fill(page):
    page.get_by_label("What is the plan called?").fill("A room & a <b>roof")
    page.get_by_label("Whose plan is it?").fill("Friends of the Reading Room")
    answer(page, "capacity and support", "Answered", "We have a librarian.")
    answer(page, "risk", "Partly", NOTE, "Ask the insurer", "Treasurer", "2027-01-31")


def values(page):
    """All that stands in the form, by name."""
    return page.evaluate(
        "Object.fromEntries([...document.getElementById('ask').elements].filter(e => e.name).map(e => [e.name, document.getElementById('ask').elements[e.name].value]))"
    )


def downloaded(page, button):
    with page.expect_download() as waiting:
        page.get_by_role("button", name=button, exact=True).click()
    text = waiting.value.path().read_text(encoding="utf-8")
    return waiting.value.suggested_filename, text


def choose(page, name, text):
    """Open a file of this text, as somebody does who chooses it."""
    file = {"name": name, "mimeType": "application/json", "buffer": text.encode()}
    page.get_by_label("Open a plan that was saved as a file").set_input_files(file)


def test_each_question_has_its_wording_its_prompts_and_its_cases(page):
    for id in IDS:
        assert page.locator(f"#question-{id} .official").count() == 1
        assert 2 <= page.locator(f"#question-{id} > ul > li").count() <= 3
    capacity = page.locator("#question-capacity")
    assert "What capacity and support do communities need" in capacity.inner_text()
    capacity.get_by_text("How others answered it").click()
    cases = capacity.locator(".ask__case a")
    assert cases.all_inner_texts() == [
        "Two councils let young people vote on a budget",
        "Readers run the Exampleton reading room",
        "Westover asks its streets about trees",
    ]
    struggled = capacity.get_by_text("One that struggled")
    assert struggled.bounding_box()["y"] < cases.last.bounding_box()["y"]
    assert page.locator("#question-culture details").count() == 0


def test_what_is_typed_is_there_again_and_the_page_says_where_it_is_kept(page):
    assert page.locator("#kept").inner_text() == "Nothing is written yet."
    fill(page)
    assert page.locator("#kept").inner_text() == KEPT
    assert page.locator("#progress").inner_text() == "1 of 10 answered"
    before = values(page)
    assert before["risk.note"] == NOTE
    page.reload()
    assert values(page) == before
    assert page.locator("#kept").inner_text() == KEPT
    assert page.locator("#progress").inner_text() == "1 of 10 answered"
    assert page.locator("[data-mark=risk]").inner_text() == "partly"
    assert page.title() != "PWN"


def test_how_far_it_is_is_told_to_those_who_listen(page):
    for status in ("#progress", "#kept"):
        assert page.locator(status).get_attribute("role") == "status"
    answer(page, "value", "Answered")
    assert page.locator("#progress").inner_text() == "1 of 10 answered"
    answer(page, "value", "Not yet")
    assert page.locator("#progress").inner_text() == "0 of 10 answered"


def test_another_tab_shows_the_same_plan(page, address):
    other = page.context.new_page()
    other.goto(f"{address}ask/summary/")
    page.bring_to_front()
    answer(page, "risk", "Answered", "The council keeps the roof.")
    other.get_by_text("The council keeps the roof.").wait_for()


def test_a_saved_file_brings_the_whole_plan_to_another_browser(page, open_context, address):
    fill(page)
    name, text = downloaded(page, "Save it as a file")
    assert name == "a-room-a-b-roof.json"
    plan = json.loads(text)
    assert plan["version"] == 1
    assert plan["answers"]["risk"] == {
        "state": "partly",
        "note": NOTE,
        "action": "Ask the insurer",
        "owner": "Treasurer",
        "due": "2027-01-31",
    }
    other = open_context().new_page()
    other.goto(f"{address}ask/")
    choose(other, name, text)
    other.get_by_text(KEPT).wait_for()
    assert values(other) == values(page)
    other.reload()
    assert values(other) == values(page)


GOOD = {"version": 1, "title": "", "organisation": "", "answers": {}}
MEND = " Nothing was changed. Choose a file that “Save it as a file” made."


WRONG = [
    ("Minutes of a meeting", "it is not a saved plan, or not the whole of it."),
    ("", "it is not a saved plan, or not the whole of it."),
    ("null", "it is not a saved plan."),
    ('["version"]', "it is not a saved plan."),
    ('{"version": 1, "answers": "all"}', "it is not a saved plan."),
    ('{"version": 2}', "it comes from a later version of this page. Load the page again."),
    (json.dumps(GOOD | {"title": 7}), "what stands at “title” is not text."),
    (json.dumps(GOOD | {"colour": "red"}), "“colour” is no part of a plan."),
    (json.dumps(GOOD | {"answers": []}), "it is not a saved plan."),
    (json.dumps(GOOD | {"answers": {"risk": "Mine"}}), "it is not a saved plan."),
    (
        json.dumps(GOOD | {"parked": {}}),
        "“parked” is not a list of parts, each with its field and its text.",
    ),
    ('{"version": 1, "answers": {"__proto__": {}}}', "“__proto__” can’t be the name of anything."),
    (
        '{"version": 1, "slug": "", "front": {}, "body": {}}',
        "it is the draft of a case study. The form on the page “Contribute” opens it.",
    ),
    (
        json.dumps(GOOD | {"answers": {"risk": {"note": ["a"]}}}),
        "what stands at “risk.note” is not text.",
    ),
    (
        json.dumps(GOOD | {"answers": {"risk": {"state": "done"}}}),
        "“risk.state” is “done”, and can only be not yet, partly, answered or empty.",
    ),
    (
        json.dumps(GOOD | {"answers": {"risk": {"due": "soon"}}}),
        "“risk.due” is “soon”, which is no date like 2027-01-31.",
    ),
    ("x" * 1_000_001, "it is too large to be a plan."),
]
"""What somebody may choose instead of a saved plan, and what is wrong with it."""


def test_a_wrong_file_is_refused_in_plain_words_and_changes_nothing(page):
    answer(page, "risk", "Partly", "The council keeps the roof.")
    before = values(page)
    for number, (text, fault) in enumerate(WRONG):
        choose(page, f"{number}.json", text)
        expect(page.get_by_role("alert")).to_have_text(f"“{number}.json” can’t be opened: {fault}{MEND}")
        assert page.locator("#open").get_attribute("aria-invalid") == "true"
        assert values(page) == before


def test_a_right_file_takes_the_fault_away_and_can_be_undone(page):
    answer(page, "risk", note="Mine")
    choose(page, "wrong.json", "no")
    page.get_by_role("alert").get_by_text("can’t be opened").wait_for()
    choose(page, "right.json", json.dumps(GOOD | {"title": "Theirs"}))
    expect(page.locator("#done")).to_have_text("“right.json” is opened.")
    assert page.get_by_role("alert").text_content() == ""
    assert (values(page)["title"], values(page)["risk.note"]) == ("Theirs", "")
    page.get_by_role("button", name="Undo").click()
    assert (values(page)["title"], values(page)["risk.note"]) == ("", "Mine")
    page.reload()
    assert values(page)["risk.note"] == "Mine"


def test_deleting_leaves_nothing_in_the_browser_and_can_be_undone(page, address):
    fill(page)
    before = values(page)
    page.get_by_role("button", name="Delete everything").focus()
    page.keyboard.press("Enter")
    assert page.locator("#done").inner_text() == "Your plan is deleted."
    assert page.locator("#kept").inner_text() == "Nothing is written yet."
    assert set(values(page).values()) == {""}
    assert page.evaluate("localStorage.getItem('casebook-plan-1')") is None
    page.wait_for_function(f"async () => (await ({COPY})('casebook-plan-1')) === null")
    assert page.evaluate("document.activeElement.id") == "undo"
    page.keyboard.press("Enter")
    assert values(page) == before
    assert page.locator("#kept").inner_text() == KEPT
    page.get_by_role("button", name="Delete everything").click()
    page.goto(f"{address}ask/summary/")
    assert page.get_by_role("heading", level=1).inner_text() == "Where the plan stands"


def test_where_the_browser_keeps_nothing_the_page_says_so(open_context, address):
    context = open_context()
    context.add_init_script(
        "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }"
    )
    page = context.new_page()
    page.goto(f"{address}ask/")
    answer(page, "risk", note="The council keeps the roof.")
    assert (
        page.locator("#kept").inner_text()
        == "This browser keeps no plans. Save yours as a file before you leave."
    )
    assert "The council keeps the roof." in downloaded(page, "Save it as a file")[1]


@pytest.mark.alone
def test_a_plan_that_can_no_longer_be_read_is_said_to_be_so(page, address):
    page.evaluate("localStorage.setItem('casebook-plan-1', '{')")
    words = "What this browser kept can’t be read: it is not a saved plan, or not the whole of it."
    page.reload()
    choose_first = "What you write here is not kept until you choose."
    assert page.locator("#kept").inner_text() == f"{words} {choose_first}"
    answer(page, "risk", note="Mine")
    assert page.evaluate("localStorage.getItem('casebook-plan-1')") == "{"
    page.on("dialog", lambda dialog: dialog.accept())  # it asks whether to leave without what was written
    page.goto(f"{address}ask/summary/")
    assert page.locator("#about").inner_text() == words


def test_the_summary_has_all_of_it_and_what_is_open_first(page):
    fill(page)
    answer(page, "open to all", "Not yet", "Nobody asked.")
    page.get_by_role("link", name="The summary for a meeting").click()
    page.get_by_role("heading", level=1, name="A room & a <b>roof").wait_for()
    assert (
        page.locator("#about")
        .inner_text()
        .startswith("Friends of the Reading Room · 1 of 10 answered · as of ")
    )
    rows = page.locator("tbody tr")
    order = rows.evaluate_all("rows => rows.map(row => row.dataset.question)")
    assert order == [id for id in IDS if id not in ("risk", "capacity")] + ["risk", "capacity"]
    risk = page.locator("[data-question=risk] td").all_inner_texts()
    assert risk[0] == "Partly"
    assert [" ".join(line.split()) for line in risk[1].split("\n")] == NOTE.split("\n")
    assert risk[2:] == ["Ask the insurer", "Treasurer", dates.format_date("2027-01-31")]


class Text(HTMLParser):
    """The words of a page as a reader sees them, its scripts and its links."""

    def __init__(self, html):
        super().__init__()
        self.lines, self.tags = [""], []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        if tag in ("br", "p", "td", "h1", "h2"):
            self.lines.append("")

    def handle_data(self, data):
        self.lines[-1] += data


def assert_all_of_it(html):
    page = Text(html)
    lines = [line.strip() for line in page.lines]
    for line in filter(None, [*NOTE.split("\n"), "A room & a <b>roof", "Ask the insurer", "Treasurer"]):
        assert line in lines, line
    assert {"script", "textarea", "b", "img", "a", "ol", "ul", "code", "em"} & set(page.tags) == set()
    return page


def test_word_gets_all_of_it_as_text(page, address):
    fill(page)
    page.goto(f"{address}ask/summary/")
    name, html = downloaded(page, "Download for Word")
    assert name == "a-room-a-b-roof.html"
    assert html.startswith('<!doctype html>\n<html lang="en-GB"><head><meta charset="utf-8">')
    tags = assert_all_of_it(html).tags
    assert tags.count("tr") == 11
    assert "button" not in tags


def test_markdown_gets_all_of_it_as_text(page, address):
    fill(page)
    page.goto(f"{address}ask/summary/")
    name, text = downloaded(page, "Download as Markdown")
    assert name == "a-room-a-b-roof.md"
    # An address that was typed may become a link: it is broken here, so that no other link is taken for it.
    html = cmarkgfm.github_flavored_markdown_to_html(text.replace("https://", "https:\u200b//"))
    tags = assert_all_of_it(html.replace("\u200b", "")).tags
    assert (tags.count("h1"), tags.count("h2")) == (1, 10)
    assert text.index("## 2 Better services: not yet") < text.index("## 6 Risk: partly")


def test_on_paper_no_note_is_cut_and_nothing_is_closed(page):
    fill(page)
    page.emulate_media(media="print")
    copy = page.locator("[id='risk.note'] + .ask__copy")
    assert copy.is_visible()
    assert copy.inner_text() == NOTE
    assert copy.evaluate("e => e.scrollHeight <= e.clientHeight + 1")
    assert not page.locator("[id='risk.note']").is_visible()
    assert page.locator("[id='value.note']").bounding_box()["height"] >= 80, "room to write"
    assert page.locator("#question-capacity .ask__case").first.bounding_box()["height"] > 0
    today = page.evaluate("new Date().toLocaleDateString('en-GB', {dateStyle: 'long'})")
    assert page.locator(".ask__paper").inner_text() == f"Printed on {today} from {page.url}"
    for gone in (".ask__way", ".ask__end", ".masthead"):
        assert not page.locator(gone).is_visible()


def test_the_printed_summary_fits_a_page_in_width(page, address):
    fill(page)
    page.goto(f"{address}ask/summary/")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 1045, "height": 700})  # A4 across, less its margins
    assert page.evaluate("document.documentElement.scrollWidth") == 1045
    pdf = page.pdf(prefer_css_page_size=True)
    boxes = set(re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf))
    assert {float(width) > float(height) for width, height in boxes} == {True}


def test_without_javascript_it_is_a_worksheet_to_print_and_write_on(open_tab, address):
    page = open_tab(java_script_enabled=False)
    page.goto(f"{address}ask/")
    words = page.locator("noscript p")
    assert words.text_content().startswith("Without JavaScript this page keeps nothing that you type.")
    assert words.bounding_box()["height"] > 20
    for control in ("#progress", "#kept", "#save", "#delete", "#open"):
        assert not page.locator(control).is_visible()
    page.emulate_media(media="print")
    areas = page.locator("#ask textarea").all()
    assert len(areas) == 20
    assert min(area.bounding_box()["height"] for area in areas) >= 80
    assert page.locator("#question-capacity .ask__case").first.bounding_box()["height"] > 0
    page.goto(f"{address}ask/summary/")
    assert page.locator("tbody tr").count() == 10
    assert not page.locator("#word").is_visible()


def test_axe_finds_no_fault_in_any_state(page, address):
    wide = "document.documentElement.scrollWidth"
    fill(page)
    page.get_by_text("How others answered it").first.click()
    choose(page, "wrong.json", "no")
    page.get_by_role("alert").get_by_text("can’t be opened").wait_for()
    assert (faults_in_every_look(page), page.evaluate(wide)) == (NO_FAULTS, 320)
    page.get_by_role("button", name="Delete everything").click()
    assert faults_in_every_look(page) == NO_FAULTS
    page.get_by_role("button", name="Undo").click()
    page.goto(f"{address}ask/summary/")
    assert page.get_by_text("Treasurer").is_visible()
    assert (faults_in_every_look(page), page.evaluate(wide)) == (NO_FAULTS, 320)


SHIFTS = """new Promise(done => new PerformanceObserver(list => done(
  list.getEntries().reduce((sum, entry) => sum + entry.value, 0)
)).observe({type: 'layout-shift', buffered: true}) || setTimeout(() => done(0), 500))"""


@pytest.mark.parametrize("width", [320, 1280])
def test_a_full_plan_moves_nothing_as_it_loads(open_context, address, width):
    page = open_context(width=width).new_page()
    page.goto(f"{address}ask/")
    fill(page)
    for path in ("ask/", "ask/summary/"):
        page.goto(address + path)
        assert page.evaluate(SHIFTS) < 0.1


def test_it_can_be_filled_in_by_keyboard_alone(page):
    page.get_by_label("What is the plan called?").focus()
    page.keyboard.type("A room")
    for _ in range(2):  # whose plan it is, the cases
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # opens the cases
    assert page.locator("#question-capacity .ask__case").first.is_visible()
    for _ in range(5):  # three cases, the link to all of them, the first of the radios
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("A note")
    page.reload()
    kept = values(page)
    assert (kept["title"], kept["capacity.state"], kept["capacity.note"]) == ("A room", "partly", "A note")


@pytest.mark.parametrize("path", ["", "questions/risk/", "about/letter/"])
def test_the_worksheet_can_be_reached_from(open_tab, address, path):
    page = open_tab()
    page.goto(address + path)
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Ask").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Ask the ten questions of your own plan"


def test_a_questions_page_leads_to_its_place_on_the_worksheet(open_tab, address):
    page = open_tab()
    page.goto(f"{address}questions/risk/")
    page.get_by_role("link", name="Ask it of your own plan").click()
    page.locator("#question-risk:target").wait_for()
    page.goto(address)
    assert page.get_by_role("link", name="The worksheet").count() == 2  # among the ways in, and in the footer


def test_its_scripts_weigh_little():
    scripts = REAL / "docs/assets/js"
    used = [path for folder in ("ask", "storage", "export") for path in (scripts / folder).iterdir()]
    scripts = [path.read_bytes() for path in (*used, scripts / "dom/elements.js")]
    assert sum(len(gzip.compress(script)) for script in scripts) <= 12_700
