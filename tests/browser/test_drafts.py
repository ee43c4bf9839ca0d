"""Nothing that somebody writes in the browser is lost in silence: the form, the worksheet and the pack in Chromium."""

import json
import os
import re
import signal
import subprocess
from urllib.parse import unquote

import pytest
from playwright.sync_api import expect
from test_form import GOOD, fill_in, submit, the_file
from test_worksheet import COPY, SHIFTS

from accessibility import NO_FAULTS, faults_in_every_look
from chromium import CHROMIUM_FLAGS, chromium
from projects import NOON

KEPT = "Your draft is kept in this browser. Nothing is sent."
KEEPS_NONE = "This browser keeps no drafts. Save yours as a file before you leave."
CHANGED = "Another tab has changed this draft. What you write here is not kept until you choose."
KEY = "casebook-draft"
PLANS = "casebook-plan-1"
PACK = "localism-casebook:pack:1"
DRAFT = {"version": 1, "slug": "", "front": {"title": "Theirs"}, "body": {}}
FULL = json.loads(next(path for path in GOOD if path.stem == "good-full").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def address(built, serve):
    return serve(built.root / "site")


@pytest.fixture
def context(open_tab):
    """A browser with one tab, on the tests' day."""
    return open_tab(day=NOON).context


def new_page(context):
    """Its tab, or another one once that has been used."""
    return next((page for page in context.pages if page.url == "about:blank"), None) or context.new_page()


@pytest.fixture
def form(context, address):
    """Open the form in a tab, where the browser keeps this."""

    def open_tab(kept=None):
        page = new_page(context)
        if kept is not None:
            text = kept if isinstance(kept, str) else json.dumps(kept)
            page.goto(f"{address}feeds/")
            page.evaluate("([key, text]) => localStorage.setItem(key, text)", [KEY, text])
        page.goto(f"{address}contribute/form/")
        page.locator("#form").wait_for()
        return page

    return open_tab


def kept(page, key=KEY):
    """What the browser keeps, as it stands there."""
    return page.evaluate("key => localStorage.getItem(key)", key)


def says(page, words):
    expect(page.locator("#kept")).to_have_text(words)


def did(page, words):
    expect(page.locator("#done")).to_have_text(words)


def title(page):
    return page.get_by_label("Title", exact=True)


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def focused(page):
    return page.evaluate("(document.activeElement.textContent || document.activeElement.id).trim()")


def choose(page, text, name="story.json"):
    text = text if isinstance(text, str) else json.dumps(text)
    file = {"name": name, "mimeType": "application/json", "buffer": text.encode()}
    page.locator("input[type=file]").set_input_files(file)


def downloaded(page, name):
    with page.expect_download() as waiting:
        press(page, name)
    return waiting.value.suggested_filename, waiting.value.path().read_text(encoding="utf-8")


def fill_storage(page):
    page.evaluate(
        "for (let more = 5_000_000; more > 100; more >>= 1) try { while (true) localStorage.setItem(`x${more}${localStorage.length}`, 'x'.repeat(more)) } catch {}"
    )


# Handing over


@pytest.mark.alone
def test_what_is_handed_over_is_what_stands_there_now(context, form):
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = form()
    fill_in(page)
    submit(page)
    title(page).fill("Neighbours row the ferry")
    assert page.locator("#send").is_visible()
    for way in ("#propose", "#issue"):
        href = unquote(page.locator(way).get_attribute("href"))
        assert the_file(page) in href
        assert "Neighbours run" not in href
    assert downloaded(page, "Download the file") == ("neighbours-row-the-ferry.md", the_file(page))
    press(page, "Copy the file")
    expect(page.locator("#copied")).to_have_text("Copied.")
    assert page.evaluate("navigator.clipboard.readText()") == the_file(page)
    page.get_by_label("What went wrong", exact=True).fill("It snowed.")
    assert page.locator("#copied").inner_text() == "", "what was copied stands there no more"
    assert downloaded(page, "Download the file")[1] == the_file(page)


@pytest.mark.alone
@pytest.mark.parametrize(
    "clipboard", ["{ writeText: () => Promise.reject(new DOMException('', 'NotAllowedError')) }", "undefined"]
)
def test_where_copying_is_refused_the_file_is_there_to_be_copied(context, form, clipboard):
    context.add_init_script(f"Object.defineProperty(navigator, 'clipboard', {{ value: {clipboard} }})")
    page = form(FULL)
    submit(page)
    press(page, "Copy the file")
    said = "The browser does not let this page copy. Copy the text below."
    expect(page.locator("#copied")).to_have_text(said)
    assert page.get_by_label("The file, to copy by hand").input_value() == the_file(page)
    assert page.evaluate("getSelection().toString()") == the_file(page)


# Two tabs


def test_a_tab_in_which_nothing_was_written_shows_what_another_writes(form):
    first, second = form(), form()
    title(second).fill("From the second")
    expect(title(first)).to_have_value("From the second")
    first.get_by_label("Summary").fill("From the first")
    draft = json.loads(kept(first))["front"]
    assert (draft["title"], draft["summary"]) == ("From the second", "From the first")
    says(first, KEPT)


def test_a_tab_in_which_something_was_written_asks_whose_is_to_stay(form):
    mine, theirs = form(), form()
    title(mine).fill("Mine")
    expect(title(theirs)).to_have_value("Mine")
    title(theirs).fill("Theirs")
    says(mine, CHANGED)
    title(mine).fill("Mine, too")
    assert json.loads(kept(mine))["front"]["title"] == "Theirs", "nothing is overwritten"
    press(mine, "Take theirs")
    expect(title(mine)).to_have_value("Theirs")
    says(mine, KEPT)
    assert focused(mine) == "Undo"
    mine.keyboard.press("Enter")
    expect(title(mine)).to_have_value("Mine, too")
    assert json.loads(kept(mine))["front"]["title"] == "Mine, too"
    says(theirs, CHANGED)
    press(theirs, "Keep mine")
    assert json.loads(kept(theirs))["front"]["title"] == "Theirs"
    assert focused(theirs) == "Undo"
    theirs.keyboard.press("Enter")
    expect(title(theirs)).to_have_value("Mine, too")
    press(theirs, "Redo")
    expect(title(theirs)).to_have_value("Theirs")
    says(mine, CHANGED)


def test_a_draft_deleted_in_another_tab_is_not_taken_from_this_one(form):
    page = form()
    title(page).fill("Mine")
    other = form()
    press(other, "Delete my draft")
    says(page, CHANGED)
    assert title(page).input_value() == "Mine"
    press(page, "Keep mine")
    expect(title(other)).to_have_value("")
    says(other, CHANGED)
    press(other, "Undo")
    expect(title(other)).to_have_value("Mine")


@pytest.mark.parametrize("clear", ["localStorage.clear()", f"localStorage.removeItem('{KEY}')"])
def test_what_stands_here_stays_when_the_storage_is_cleared(form, clear):
    page = form(DRAFT)
    other = form()
    other.evaluate(clear)
    says(page, CHANGED)
    assert title(page).input_value() == "Theirs"
    press(page, "Keep mine")
    assert json.loads(kept(page))["front"]["title"] == "Theirs"


@pytest.mark.parametrize("way", ["delete", "open", "undo"])
def test_whatever_replaces_mine_the_other_tabs_draft_stays_kept(form, way):
    mine, theirs = form(), form()
    title(mine).fill("Mine")
    expect(title(theirs)).to_have_value("Mine")
    if way == "undo":
        press(mine, "Delete my draft")
        press(theirs, "Take theirs")
        expect(title(theirs)).to_have_value("")
    title(theirs).fill("Theirs, and this tab is closed")
    says(mine, CHANGED)
    theirs.close()
    if way == "open":
        choose(mine, DRAFT)
        expect(title(mine)).to_have_value("Theirs")
    else:
        press(mine, "Undo" if way == "undo" else "Delete my draft")
    assert json.loads(kept(mine))["front"]["title"] == "Theirs, and this tab is closed"
    says(mine, CHANGED)
    press(mine, "Take theirs")
    assert title(mine).input_value() == "Theirs, and this tab is closed"


def test_in_a_full_browser_theirs_is_what_the_other_tab_wrote(form):
    mine = form(DRAFT)
    theirs = form()
    fill_storage(mine)
    mine.get_by_label("Summary").fill("x" * 2_000)
    says(mine, KEEPS_NONE)
    title(theirs).fill("New")
    says(mine, CHANGED)
    press(mine, "Take theirs")
    assert (title(mine).input_value(), mine.get_by_label("Summary").input_value()) == ("New", "")
    press(mine, "Undo")
    assert mine.get_by_label("Summary").input_value() == "x" * 2_000


@pytest.mark.parametrize("isTouched", [False, True])
def test_a_page_that_slept_looks_again_at_what_is_kept(form, isTouched):
    page = form()
    if isTouched:
        title(page).fill("Mine")
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [KEY, json.dumps(DRAFT)])
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    says(page, CHANGED if isTouched else KEPT)
    assert title(page).input_value() == ("Mine" if isTouched else "Theirs")


def test_what_a_link_brings_stays_when_another_tab_writes(form, address):
    page, other = form(), form()
    page.goto(f"{address}contribute/form/?theme=libraries&question=risk")
    theme = page.get_by_label("Theme 1", exact=True)
    expect(theme).to_have_value("Libraries")
    title(other).fill("Theirs")
    expect(title(page)).to_have_value("Theirs")
    assert theme.input_value() == "Libraries"
    assert page.locator("details[open]").get_attribute("data-key") == "risk"
    other.get_by_label("Theme 1", exact=True).fill("Parks")
    expect(theme).to_have_value("Parks")


# Deleting and replacing


def test_deleting_and_opening_can_be_undone(form):
    page = form(FULL)
    before = the_file(page)
    press(page, "Delete my draft")
    did(page, "Your draft is deleted.")
    says(page, "Nothing is written yet.")
    assert kept(page) is None
    assert focused(page) == "Undo"
    press(page, "Delete my draft")
    page.get_by_role("button", name="Undo").press("Enter")
    did(page, "Your draft is as it was.")
    assert the_file(page) == before
    choose(page, DRAFT)
    did(page, "“story.json” is opened.")
    assert focused(page) == "Undo"
    page.get_by_label("Summary").fill("Written afterwards")
    press(page, "Undo")
    assert the_file(page) == before
    press(page, "Redo")
    assert page.get_by_label("Summary").input_value() == "Written afterwards"
    page.reload()
    page.locator("#form").wait_for()
    assert page.get_by_label("Summary").input_value() == "Written afterwards"


def test_a_row_that_was_filled_in_can_be_put_back(form):
    page = form(FULL)
    before, was_kept = the_file(page), json.loads(kept(page))
    press(page, "Remove source 1")
    did(page, "Source 1 is removed.")
    assert focused(page) == "Add a source"
    assert the_file(page) != before
    press(page, "Add a partner")
    press(page, "Remove partner 3")
    did(page, "Source 1 is removed.")  # an empty row is no loss
    press(page, "Undo")
    assert the_file(page) == before
    assert json.loads(kept(page)) == was_kept
    assert page.evaluate("document.activeElement.id").startswith("sources-")
    assert not page.get_by_role("button", name="Undo").is_visible()
    press(page, "Remove outcome 1")
    title(page).fill("Written afterwards")
    press(page, "Undo")
    assert title(page).input_value() == "Written afterwards"
    assert json.loads(kept(page))["front"]["outcomes"] == was_kept["front"]["outcomes"]


@pytest.fixture
def drop(context, tmp_path):
    """Drop a file or a folder into the middle of a page, as from the desktop."""

    def drop_on(page, name, text=None):
        path = tmp_path / name
        path.mkdir() if text is None else path.write_text(text, encoding="utf-8")
        data = {"items": [], "files": [str(path)], "dragOperationsMask": 1}
        session = context.new_cdp_session(page)
        for kind in ("dragEnter", "dragOver", "drop"):
            session.send("Input.dispatchDragEvent", {"type": kind, "x": 640, "y": 500, "data": data})

    return drop_on


def test_a_file_dropped_anywhere_is_opened(form, drop):
    page = form()
    title(page).fill("Mine")
    drop(page, "story.json", json.dumps(DRAFT))
    did(page, "“story.json” is opened.")
    assert title(page).input_value() == "Theirs"
    press(page, "Undo")
    assert title(page).input_value() == "Mine"


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("minutes.rtf", "# Minutes", "it is not a saved draft, or not the whole of it."),
        ("folder", None, "the browser can’t read it."),
    ],
)
def test_whatever_else_is_dropped_the_page_stays(form, drop, name, text, words):
    page = form()
    title(page).fill("Mine")
    drop(page, name, text)
    mend = "Nothing was changed. Choose a file that “Save the draft as a file” made, a .md or a .txt."
    expect(page.locator("#fault")).to_have_text(f"“{name}” can’t be opened: {words} {mend}")
    expect(page.locator("#import")).to_be_focused()
    assert title(page).input_value() == "Mine"


def test_a_row_is_put_back_by_the_keys_that_undo(form):
    page = form(FULL)
    before = the_file(page)
    page.get_by_role("button", name="Remove outcome 1").press("Enter")
    assert focused(page) == "Add an outcome"
    page.keyboard.press("Control+Shift+Z")
    assert the_file(page) != before
    page.keyboard.press("Control+Z")
    assert the_file(page) == before
    page.get_by_role("button", name="Remove outcome 1").press("Enter")
    title(page).fill("")
    page.keyboard.type("Mine")
    page.keyboard.press("Control+Z")
    assert title(page).input_value() != "Mine", "the field undoes its own typing"
    assert page.get_by_role("button", name="Undo").is_visible()


def test_undo_leads_back_through_everything_that_was_replaced_or_taken_away(form):
    page = form()
    title(page).fill("Mine")
    choose(page, FULL)
    did(page, "“story.json” is opened.")
    for row in ("source 1", "outcome 1"):
        press(page, f"Remove {row}")
    title(page).fill("Changed")
    choose(page, DRAFT)
    did(page, "“story.json” is opened.")
    title(page).fill("Theirs, changed")
    press(page, "Undo")
    assert title(page).input_value() == "Changed"
    press(page, "Undo")
    press(page, "Undo")
    front = json.loads(kept(page))["front"]
    assert front == FULL["front"] | {"title": "Changed"}
    assert list(front["sources"]) == list(FULL["front"]["sources"])
    press(page, "Undo")
    assert title(page).input_value() == "Mine"
    assert focused(page) == "Redo"
    page.keyboard.press("Enter")
    assert title(page).input_value() == "Changed"
    press(page, "Redo")
    assert title(page).input_value() == "Theirs, changed"
    press(page, "Undo")
    press(page, "Delete my draft")
    press(page, "Undo")
    press(page, "Undo")
    assert title(page).input_value() == "Theirs, changed", (
        "what was undone can be brought back, whatever comes after"
    )


# The worksheet


@pytest.fixture
def worksheet(context, address):
    def open_tab():
        page = new_page(context)
        page.goto(f"{address}ask/")
        return page

    return open_tab


def note(page):
    return page.get_by_label("Notes on risk")


def test_two_tabs_of_the_worksheet_never_overwrite_each_other(worksheet):
    mine, theirs = worksheet(), worksheet()
    note(theirs).fill("First")
    expect(note(mine)).to_have_value("First")
    note(mine).fill("Mine")
    says(theirs, CHANGED.replace("draft", "plan"))
    note(theirs).fill("Theirs")
    assert json.loads(kept(mine, PLANS))["answers"]["risk"]["note"] == "Mine"
    press(theirs, "Keep mine")
    assert json.loads(kept(mine, PLANS))["answers"]["risk"]["note"] == "Theirs"
    press(mine, "Take theirs")
    expect(note(mine)).to_have_value("Theirs")
    press(mine, "Undo")
    expect(note(mine)).to_have_value("Mine")
    says(mine, "Your plan is kept in this browser. Nothing is sent.")


@pytest.mark.alone
def test_what_is_typed_before_the_script_is_here_is_added_to_what_is_kept(context, address):
    page = new_page(context)

    def type_early(words):
        def be_late(route):
            note(page).fill(words)
            route.continue_()

        page.route("**/ask/worksheet.js", be_late, times=1)
        page.goto(f"{address}ask/")
        did(page, "What you wrote while the page was loading is added.")

    type_early("Early")
    assert focused(page) != "Undo", "somebody may be typing"
    page.get_by_label("What is the plan called?").fill("A plan")
    type_early("Early, too")
    answers = page.get_by_label("What is the plan called?"), note(page)
    assert [one.input_value() for one in answers] == ["A plan", "Early, too"]
    assert json.loads(kept(page, PLANS))["answers"]["risk"]["note"] == "Early, too"
    press(page, "Undo")
    assert [one.input_value() for one in answers] == ["A plan", "Early"]


def test_a_slip_in_the_year_is_kept_to_be_mended(worksheet, address):
    page = worksheet()
    due = page.get_by_label("By when on risk")
    due.fill("120266-03-10")
    note(page).fill("Mine")
    page.reload()
    assert (due.input_value(), note(page).input_value()) == ("120266-03-10", "Mine")
    page.goto(f"{address}ask/summary/")
    assert page.get_by_role("cell", name="10 March 120266", exact=True).is_visible()


def test_the_answer_to_a_question_that_is_gone_is_parked(worksheet):
    page = worksheet()
    answers = {"gone": {"note": "To a question", "due": ""}, "risk": {"note": "Stays", "place": "Town hall"}}
    plan = {"version": 1, "title": "", "organisation": "", "answers": answers}
    page.evaluate("([key, plan]) => localStorage.setItem(key, JSON.stringify(plan))", [PLANS, plan])
    page.reload()
    box = page.get_by_role("textbox", name="These parts of your plan have no place in the worksheet")
    assert box.input_value() == "gone.note: To a question\n\nrisk.place: Town hall"
    note(page).fill("Changed")
    page.reload()
    assert box.input_value() == "gone.note: To a question\n\nrisk.place: Town hall"
    text = downloaded(page, "Save it as a file")[1]
    assert json.loads(text)["parked"][0] == {"field": "gone.note", "text": "To a question"}
    press(page, "Throw them away")
    press(page, "Undo")
    assert faults_in_every_look(page) == NO_FAULTS
    press(page, "Delete everything")
    assert not box.is_visible()
    choose(page, text)
    expect(box).to_have_value("gone.note: To a question\n\nrisk.place: Town hall")


# What can't be read


def nested(deep):
    return {"title": "a"} if deep == 0 else {"a": nested(deep - 1)}


PLAN = {"version": 1, "title": "A plan", "organisation": "", "answers": {"risk": {"note": "Mine"}}}
WRONG = {
    "it is not a saved draft, or not the whole of it.": ["", "{", "Minutes of a meeting", '{"version": 1,'],
    "it is not a saved draft.": ["null", "[]", '"text"', "7", {}, {"version": "1", "front": {}, "body": {}}],
    "it comes from a later version of this page. Load the page again.": [DRAFT | {"version": 2}],
    "it is a plan. The worksheet on the page “Ask” opens it.": [PLAN],
    "“front” and “body” are not groups of fields.": [
        DRAFT | {"front": []},
        DRAFT | {"body": "text"},
        {"version": 1, "front": {}},
    ],
    "“colour” is no part of a draft.": [DRAFT | {"colour": "red"}],
    "“__proto__” can’t be the name of anything.": [
        '{"version": 1, "front": {"__proto__": {"title": "a"}}, "body": {}}',
        '{"version": 1, "front": {"sources": {"__proto__": {}}}, "body": {}}',
    ],
    "what stands at “front.title” is not text.": [
        DRAFT | {"front": {"title": 7}},
        DRAFT | {"front": {"title": None}},
        DRAFT | {"front": {"title": True}},
    ],
    "what stands at “title” is not text.": [DRAFT | {"front": {"title": ["a"]}}],
    "what stands at “outcomes” is not a list.": [
        DRAFT | {"front": {"outcomes": "a"}},
        DRAFT | {"front": {"outcomes": {"0": {}}}},
    ],
    "what stands at “outcomes.0” is not a group of fields.": [DRAFT | {"front": {"outcomes": ["a"]}}],
    "what stands at “questions.risk.sources” is not a list.": [
        DRAFT | {"front": {"questions": {"risk": {"sources": "a"}}}}
    ],
    "what stands at “sources” is not a group of fields.": [DRAFT | {"front": {"sources": ["a"]}}],
    "“body” holds more than text under its headings.": [
        DRAFT | {"body": {"The problem": ["a"]}},
        DRAFT | {"slug": {}},
    ],
    "“parked” is not a list of parts, each with its field and its text.": [
        DRAFT | {"parked": "a"},
        DRAFT | {"parked": [{"field": "a"}]},
    ],
    "“front.a.a” is nested more than 8 deep.": [DRAFT | {"front": nested(9)}],
    "it has 201 rows; the form holds at most 200.": [
        DRAFT | {"front": {"outcomes": [{"what": "a"}] * 201}},
        DRAFT | {"front": {"sources": {f"a{n}": {} for n in range(201)}}},
    ],
    "it has 10,004 parts, more than a draft can have.": [
        DRAFT | {"front": {"gone": ["a"] * 9_999}},
    ],
    "it is too large to be a draft.": [DRAFT | {"front": {"title": "a" * 1_000_000}}],
}


def test_what_is_no_draft_is_refused_in_plain_words_and_changes_nothing(form):
    page = form(FULL)
    before, was_kept = the_file(page), kept(page)
    fault = page.locator("#fault")
    for words, texts in WRONG.items():
        for text in texts:
            page.evaluate("document.getElementById('fault').textContent = ''")
            choose(page, text)
            mend = "Nothing was changed. Choose a file that “Save the draft as a file” made, a .md or a .txt."
            expect(fault).to_have_text(f"“story.json” can’t be opened: {words} {mend}")
    assert (the_file(page), kept(page)) == (before, was_kept)
    choose(page, DRAFT)
    expect(title(page)).to_have_value("Theirs")
    assert fault.text_content() == ""


def test_what_cant_be_read_outlasts_a_file_that_is_opened_and_a_draft_that_is_deleted(form):
    page = form('{"version": 1, ')
    choose(page, DRAFT)
    did(page, "“story.json” is opened.")
    press(page, "Delete my draft")
    assert kept(page) == '{"version": 1, '
    assert downloaded(page, "Save it as a file")[1] == '{"version": 1, '


@pytest.mark.parametrize("text", ["{", DRAFT | {"version": 2}, DRAFT | {"front": {"outcomes": "a"}}, PLAN])
def test_what_was_kept_and_cant_be_read_is_not_overwritten(form, text):
    page = form(text)
    raw = kept(page)
    expect(page.locator("#kept")).to_have_text(re.compile("^What this browser kept can’t be read: [iw]"))
    title(page).fill("Mine")
    assert kept(page) == raw
    assert downloaded(page, "Save it as a file") == ("draft-that-was-kept.json", raw)
    press(page, "Keep mine")
    says(page, KEPT)
    assert json.loads(kept(page))["front"]["title"] == "Mine"
    press(page, "Undo")
    assert kept(page) == raw
    assert title(page).input_value() == "Mine"
    assert focused(page) != ""


# What has no place any more

GONE = {
    "title": "A title",
    "status": "no-such-status",
    "colour": "Red",
    "themes": ["no-such-theme"],
    "councils": ["no-such-council"],
    "period": {"from": "2021", "season": "Spring"},
    "questions": {
        "gone": {"answer": "An answer to a question", "sources": ["a"]},
        "risk": {"answer": "Stays"},
    },
    "pledges": {"gone": {"how": "By a pledge"}},
    "outcomes": [{}, {"what": "An outcome", "proof": "None"}],
}
PARKED = """status: no-such-status

colour: Red

period.season: Spring

questions.gone.answer: An answer to a question

questions.gone.sources.0: a

pledges.gone.how: By a pledge

outcomes.1.proof: None

body.A heading: A story"""


@pytest.mark.alone
def test_what_has_no_place_any_more_is_parked(context, form):
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = form(DRAFT | {"front": GONE, "body": {"A heading": "A story"}})
    box = page.get_by_role("textbox", name="These parts of your draft have no place in the form")
    assert box.input_value() == PARKED
    assert page.get_by_label("Theme 1").input_value() == "no-such-theme"
    assert page.get_by_label("Council 1").input_value() == "no-such-council"
    title(page).fill("Another title")
    page.reload()
    page.locator("#form").wait_for()
    assert box.input_value() == PARKED
    press(page, "Copy them")
    expect(page.locator("#parked-said")).to_have_text("Copied.")
    assert page.evaluate("navigator.clipboard.readText()") == PARKED
    draft = json.loads(downloaded(page, "Save the draft as a file")[1])
    assert draft["parked"][4] == {"field": "questions.gone.sources.0", "text": "a"}
    press(page, "Throw them away")
    assert not box.is_visible()
    assert "parked" not in json.loads(kept(page))
    press(page, "Undo")
    assert box.input_value() == PARKED
    assert box.evaluate("box => box === document.activeElement")
    assert faults_in_every_look(page) == NO_FAULTS
    press(page, "Delete my draft")
    assert not box.is_visible()
    choose(page, draft)
    expect(box).to_have_value(PARKED)


@pytest.mark.parametrize("id", ["__proto__", "constructor", "x" * 100, "🎉" * 50])
def test_whatever_is_typed_as_the_id_of_a_source_can_be_read_again(form, id):
    page = form()
    for number in (1, 2):
        if number == 2:
            press(page, "Add a source")
        page.get_by_text("More about this source").nth(number - 1).click()
        page.get_by_label("Short name (optional)").nth(number - 1).fill(id)
        page.get_by_label("Publisher").nth(number - 1).fill(f"Publisher {number}")
    page.reload()
    page.locator("#form").wait_for()
    says(page, KEPT)
    assert [page.get_by_label("Publisher").nth(at).input_value() for at in (0, 1)] == [
        "Publisher 1",
        "Publisher 2",
    ]


def test_no_more_rows_are_added_than_can_be_read_again(form):
    page = form(DRAFT | {"front": {"partners": [{"name": f"Partner {number}"} for number in range(195)]}})
    add = page.get_by_role("button", name="Add a partner")
    add.click()  # beside the first row of councils, of themes, of sources and of outcomes
    page.keyboard.type("The last one")
    assert page.locator("[data-row]").count() == 200
    add.click()
    expect(page.locator("#left")).to_have_text("The form holds at most 200 rows. Remove one first.")
    assert page.locator("[data-row]").count() == 200
    for label in ("Council 1", "Theme 1"):
        page.get_by_label(label, exact=True).fill("Any")
    page.get_by_label("Publisher").fill("Any")
    page.get_by_label("From").fill("2020")
    page.reload()
    page.locator("#form").wait_for()
    says(page, KEPT)
    partners = json.loads(kept(page))["front"]["partners"]
    assert (len(partners), partners[-1]) == (196, {"name": "The last one"})


# Kept is said only when it is

FORBIDDEN = {
    "forbidden": "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError') } })",
    "not read": "Storage.prototype.getItem = Storage.prototype.setItem = () => { throw new DOMException('no', 'SecurityError') }",
    "full": "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }",
    "none": "Object.defineProperty(window, 'localStorage', { value: null })",
}


@pytest.mark.alone
@pytest.mark.parametrize("script", FORBIDDEN.values(), ids=FORBIDDEN)
def test_where_nothing_is_kept_the_page_says_so_and_asks_before_it_is_left(context, form, script):
    context.add_init_script(script)
    page = form()
    says(page, KEEPS_NONE)
    title(page).fill("Mine")
    says(page, KEEPS_NONE)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.locator(".brand").click()
    expect(title(page)).to_have_value("Mine")
    assert asked == ["beforeunload"]
    downloaded(page, "Save the draft as a file")
    page.locator(".brand").click()
    page.wait_for_url("**/")
    assert asked == ["beforeunload"]


def test_a_browser_that_is_full_says_so_once_it_is(context, form):
    page = form()
    title(page).fill("Kept")
    says(page, KEPT)
    fill_storage(page)
    page.get_by_label("What happened", exact=True).fill("x" * 2_000)
    says(page, KEEPS_NONE)
    assert json.loads(kept(page))["front"]["title"] == "Kept"
    assert page.get_by_label("What happened", exact=True).input_value() == "x" * 2_000
    page.evaluate(
        "for (const key of Object.keys(localStorage)) if (key.startsWith('x')) localStorage.removeItem(key)"
    )
    title(page).fill("Kept again")
    says(page, KEPT)
    assert json.loads(kept(page))["body"] == {"What happened": "x" * 2_000}


def test_the_bar_stays_in_view_and_hides_nothing_that_has_the_focus(form):
    page, other = form(FULL), form()
    page.set_viewport_size({"width": 360, "height": 640})
    title(page).fill("Mine")
    title(page).evaluate("field => field.scrollIntoView({ block: 'start' })")
    title(other).fill("Theirs")
    says(page, CHANGED)  # the bar is at its highest
    bar = page.locator("#keeping")
    page.wait_for_function(
        "() => document.getElementById('title').getBoundingClientRect().top >= document.getElementById('keeping').offsetHeight"
    )
    page.get_by_role("button", name="Check and continue").focus()
    for _ in range(40):
        page.keyboard.press("Shift+Tab")
        assert bar.evaluate("bar => bar.getBoundingClientRect().top") == 0
        bottom = page.evaluate("document.activeElement.getBoundingClientRect().bottom")
        seen = bottom - bar.bounding_box()["height"]
        assert seen >= 16, page.evaluate("document.activeElement.outerHTML")
    before = page.evaluate("scrollY")
    page.get_by_role("button", name="Keep mine").focus()
    assert page.evaluate("scrollY") == before, "what is in the bar is in view"
    assert faults_in_every_look(page, within="#keeping") == NO_FAULTS
    assert page.evaluate("document.documentElement.scrollWidth") == 320


PARKING = {"version": 1, "title": "", "organisation": "", "answers": {"gone": {"note": "To a question"}}}


@pytest.mark.parametrize(
    ("path", "key", "value", "last"),
    [
        ("contribute/form/", KEY, DRAFT, "#form"),
        ("ask/", PLANS, PARKING, "#parked"),
        ("pack/", PACK, [], "#pack-empty"),
        ("pack/", PACK, ["reading-room", "westover-trees"], ".pack__table"),
    ],
)
def test_what_the_browser_keeps_moves_nothing_as_it_is_shown(context, address, path, key, value, last):
    page = new_page(context)
    page.goto(f"{address}feeds/")
    page.evaluate("([key, value]) => localStorage.setItem(key, JSON.stringify(value))", [key, value])
    page.goto(address + path)
    page.locator(last).wait_for()
    assert page.evaluate(SHIFTS) < 0.1


@pytest.fixture
def killed(browser, tmp_path):
    """Visit a site in a browser of one profile, and kill it when all is done: what it had not yet written is gone."""

    def visit(do):
        flags = [*CHROMIUM_FLAGS, "--remote-debugging-port=0", f"--user-data-dir={tmp_path}"]
        command, pipe = [chromium(), *flags], subprocess.PIPE
        with subprocess.Popen(command, stderr=pipe, text=True, start_new_session=True) as process:
            try:
                told = next(line for line in process.stderr if "listening on" in line)
                connected = browser.browser_type.connect_over_cdp(told.split()[-1])
                do(connected.contexts[0].new_page())
            finally:
                os.killpg(process.pid, signal.SIGKILL)
                process.stderr.read()  # until the last of its processes has gone

    return visit


def test_what_was_typed_is_there_again_after_the_browser_was_killed(killed, address):
    def write(page):
        def is_copied(key, words):
            page.wait_for_function(
                f"async ([key, words]) => (await ({COPY})(key))?.includes(words)", arg=[key, words]
            )

        page.goto(f"{address}ask/")
        note(page).fill("Mine")
        is_copied(PLANS, "Mine")
        page.goto(f"{address}case-studies/reading-room/")
        press(page, "Add to pack Readers run the Exampleton reading room")
        is_copied(PACK, "reading-room")
        page.goto(f"{address}contribute/form/")
        title(page).press_sequentially("Mine, too")
        is_copied(KEY, "Mine, too")

    def read(page):
        page.goto(f"{address}ask/summary/")
        expect(page.locator("table")).to_contain_text("Mine")
        page.goto(f"{address}ask/")
        expect(note(page)).to_have_value("Mine")
        page.goto(f"{address}contribute/form/")
        expect(title(page)).to_have_value("Mine, too")
        says(page, KEPT)
        expect(page.get_by_role("link", name="Pack (1)")).to_be_visible()

    killed(write)
    killed(read)
