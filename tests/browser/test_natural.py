"""What people write as they are used to, in the form: dates, councils, and whole texts that they have already."""

import json

import pytest
from playwright.sync_api import expect
from test_form import said, submit, the_file

from casebook.validation import loading
from projects import REAL, TODAY, exports, meant_councils, written_dates


@pytest.fixture(scope="module")
def address(built, serve):
    return serve(built.root / "site") + "contribute/form/"


def ask_script(page, file, call):
    """What a call says to a module of the form's scripts, imported as `it`."""
    module = f"new URL('../{file}', document.querySelector('script[type=module]').src)"
    return page.evaluate(f"([given]) => import({module}).then((it) => {call[0]})", [call[1]])


def test_form_and_terminal_read_the_same_dates(form):
    table = json.loads((REAL / "schema/case-study.schema.json").read_text(encoding="utf-8"))["writtenDates"]
    rows = written_dates()
    call = "given.rows.map(([text, format]) => it.readDate(text, format, given.table, '2026-11-24'))"
    read = ask_script(form, "names/dates.js", (call, {"rows": rows, "table": table}))
    assert len(rows) > 60
    marks = {"isNone": "none", "isUnreal": "no such day"}
    meant = [one.get("kept", "") or next((marks[mark] for mark in marks if mark in one), "") for one in read]
    assert list(zip(meant, (one.get("either", []) for one in read), strict=True)) == [row[2:] for row in rows]


def test_form_and_terminal_know_the_same_councils(form, real_schema):
    catalogue = loading.load(real_schema, TODAY)
    file = next(file for file in exports(catalogue) if file.path == "contribute/form/terms.json")
    rows = meant_councils()
    call = "given.typed.map((one) => it.meant(one, given.terms.facets.councils, given.terms.generic).map(({ id }) => id))"
    typed = [text for text, _ in rows]
    found = ask_script(form, "names/meaning.js", (call, {"typed": typed, "terms": json.loads(file.text)}))
    assert dict(zip(typed, found, strict=True)) == dict(rows)


def leave(page, label, text):
    """Write into a field and leave it by the keyboard; return what then stands in it and below it."""
    box = page.get_by_label(label, exact=True).first
    box.fill(text)
    box.press("Tab")
    return box.input_value(), page.locator(f"#{box.get_attribute('id')}-kept").inner_text().strip()


@pytest.mark.parametrize(
    ("label", "text", "kept", "words"),
    [
        ("Accessed", "12/03/2019", "2019-03-12", "“12/03/2019” is kept as 2019-03-12: 12 March 2019."),
        ("From", "March 2019", "2019-03", "“March 2019” is kept as 2019-03: March 2019."),
        ("From", "2019-03", "2019-03", ""),
        ("From", "2011-12", "2011-12", "It is kept as December 2011. For the two years, write 2011/12."),
        ("From", "2011/12", "2011", "“2011/12” is kept as from 2011 to 2012."),
        ("From", "nonsense", "nonsense", ""),
        ("Council 1", "exampleton cc", "Exampleton City Council", "“exampleton cc” is kept as Exampleton City Council."),
        ("Council 1", "Exampleton City Council", "Exampleton City Council", ""),
        ("Told until (if To is missing)", "now", "2026-11", "“now” is kept as 2026-11: November 2026."),
        (
            "To (if Told until is missing)", "present", "",
            "“present” is no end: it goes on. When a source last speaks of it goes under “Told until”.",
        ),
    ],
)  # fmt: skip
def test_on_leaving_a_box_it_is_said_how_it_is_kept(form, label, text, kept, words):
    assert leave(form, label, text) == (kept, words)


def test_a_financial_year_fills_both_ends_of_the_period_but_never_over_what_stands_there(form):
    leave(form, "From", "FY2011/12")
    assert 'from: "2011"\n  to: "2012"' in the_file(form)
    leave(form, "From", "2014/15")
    assert form.locator("#period-from-kept button").all_inner_texts() == ["2014", "2015"]
    assert form.get_by_label("To (if Told until is missing)").input_value() == "2012"


def test_two_years_where_one_is_asked_are_a_question_that_the_next_key_answers(form):
    box, words = leave(form, "Told until (if To is missing)", "2011/12")
    assert (box, words.split("\n")[0]) == ("2011/12", "Which of these is “2011/12”?")
    form.keyboard.press("Tab")
    form.keyboard.press("Enter")
    assert form.get_by_label("Told until (if To is missing)").input_value() == "2012"
    assert form.evaluate("document.activeElement.id") == "told_until"
    assert 'told_until: "2012"' in the_file(form)


def test_an_abolished_council_is_never_taken_without_asking(form):
    box, words = leave(form, "Council 1", "Westover")
    assert box == "Westover"
    assert words.split("\n")[0].startswith(
        "Which council is “Westover”? Westover Borough Council was there from"
    )
    assert form.locator(".ask__kept button").all_inner_texts() == [
        "Exampleton City Council",
        "Westover Borough Council (abolished 2021)",
    ]
    form.keyboard.press("Tab")
    form.keyboard.press("Tab")
    form.keyboard.press("Enter")
    assert 'councils: ["westover"]' in the_file(form)


def test_a_parish_that_is_named_as_a_council_becomes_a_partner(form):
    leave(form, "Council 1", "Frome Town Council")
    form.get_by_role("button", name="Put it under partners").press("Enter")
    assert form.get_by_label("Name", exact=True).input_value() == "Frome Town Council"
    assert form.get_by_label("Name", exact=True).is_visible()
    assert 'partners:\n  - name: "Frome Town Council"\n    kind: "parish"' in the_file(form)
    assert form.get_by_label("Council 1", exact=True).input_value() == ""


def test_what_was_not_left_is_kept_alike_when_it_is_checked(form):
    form.get_by_label("From", exact=True).fill("June 2016")
    form.get_by_label("From", exact=True).press("Enter")
    assert form.get_by_label("From", exact=True).input_value() == "2016-06"


WORD = """Neighbours run the ferry

Council: Exampleton
Status: still running
When: 2011 to 2015
A note to myself.

1. The problem
The ferry was to stop.

What was done:
Neighbours took the oars.

WHAT HAPPENED
It goes twice a day.

What went wrong
It rained.

What others can learn
Take a coat.

Sources
1. Ferry minutes, https://example.org/ferry.
"""


def test_a_text_from_word_is_taken_apart_and_nothing_of_it_is_lost(form):
    form.get_by_label("Title", exact=True).fill("Mine")
    form.get_by_text("Have you written it already?").click()
    form.get_by_label("Paste your text here").fill(WORD)
    form.get_by_role("button", name="Put it into the form").click()
    expect(form.locator("#done")).to_have_text("Your text is put into the form.")
    for label, text in {
        "Title": "Neighbours run the ferry",
        "Council 1": "Exampleton City Council",
        "From": "2011",
        "To (if Told until is missing)": "2015",
        "The problem": "The ferry was to stop.",
        "What was done": "Neighbours took the oars.",
        "What happened": "It goes twice a day.",
        "What went wrong": "It rained.",
        "What others can learn": "Take a coat.",
        "Title of the source": "Ferry minutes",
        "Address (optional)": "https://example.org/ferry",
    }.items():
        box = form.get_by_label(label, exact=True).first
        assert (box.input_value(), box.is_visible()) == (text, True), label
    assert form.get_by_role("radio", name="Still running").is_checked()
    assert form.locator("#parked-text").is_visible()
    assert form.locator("#parked-text").input_value() == "text above the headings: A note to myself."
    form.get_by_role("button", name="Undo").press("Enter")
    assert form.get_by_label("Title", exact=True).input_value() == "Mine"


def test_a_file_of_a_case_study_is_opened_in_the_form(form, built):
    text = (built.root / "case_studies/reading-room.md").read_text(encoding="utf-8")
    form.locator("#import").set_input_files(
        {"name": "story.md", "mimeType": "text/markdown", "buffer": text.encode()}
    )
    expect(form.locator("#done")).to_have_text("“story.md” is opened.")
    submit(form)
    assert [field for field, _ in said(form)] == ["title"], "of which there is one already"
    assert form.locator("#parked").is_hidden()
