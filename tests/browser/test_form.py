"""The form of /contribute/form/ in Chromium: what it says is what `casebook check` says of the file that it writes."""

import gzip
import json
import re
import unicodedata
from urllib.parse import unquote

import pytest
from playwright.sync_api import expect

from accessibility import NO_FAULTS, faults_in_every_look
from casebook.content import front_matter
from casebook.content.characters import faults
from casebook.model import every_field
from casebook.validation import loading
from casebook.validation.loading import examine
from casebook.validation.schema import load_schema
from projects import CORPUS, NOON, REAL, TODAY, exports, make_project, read_yaml
from schema_nodes import nodes

DRAFTS = sorted((CORPUS / "drafts").glob("*.json"))
GOOD = [path for path in DRAFTS if path.stem.startswith("good")]
REPOSITORY = read_yaml((REAL / "mkdocs.yml").read_text(encoding="utf-8").replace("!ENV", ""))["repo_url"]


@pytest.fixture(scope="module")
def address(built, serve):
    return serve(built.root / "site") + "contribute/form/"


@pytest.fixture(scope="module")
def shared_project(tmp_path_factory):
    return make_project(tmp_path_factory.mktemp("drafts"))


@pytest.fixture
def check(shared_project):
    """What `check` finds in the text of a file."""
    file = shared_project.root / "case_studies" / "of-the-form.md"

    def run(text):
        file.write_text(text, encoding="utf-8")
        return examine(shared_project.root, TODAY).only({f"case_studies/{file.name}"}).problems

    yield run
    file.unlink(missing_ok=True)


def open_draft(page, path):
    page.evaluate("document.getElementById('kept').textContent = ''")
    page.locator("#import").set_input_files(path)
    page.get_by_text("Your draft is kept in this browser.").wait_for()


def submit(page):
    page.get_by_role("button", name="Check and continue").click()


def the_file(page):
    return page.locator("#file").text_content()


def said(page):
    """What the form says is wrong, in its order: the field, and the words of the summary."""
    links = page.locator("#errors li a")
    return links.evaluate_all("links => links.map(link => [link.dataset.field, link.textContent])")


def beside(page, words):
    """All that stands at the field of which the summary says these words."""
    slot = page.locator(".ask__error").filter(has=page.get_by_text(words, exact=True))
    return slot.locator("..").text_content()


@pytest.fixture(scope="module")
def drafting(browser, address):
    """One page of the form, into which one draft after another is opened."""
    page = browser.new_page()
    page.clock.set_fixed_time(NOON)
    page.goto(address)
    page.locator("#form").wait_for()
    yield page
    page.close()


@pytest.mark.parametrize("path", DRAFTS, ids=[path.stem for path in DRAFTS])
def test_form_and_check_say_the_same(path, drafting, check):
    open_draft(drafting, path)
    problems = check(the_file(drafting))
    submit(drafting)
    found = said(drafting)
    assert [field for field, _ in found] == [problem.field for problem in problems]
    for (_, words), problem in zip(found, problems, strict=True):
        assert words.endswith(f": {labelled(problem.message)}")
        assert IN_FORM.get(problem.hint, problem.hint) in beside(drafting, words)
    is_good = path.stem.startswith("good")
    assert len(found) == (0 if is_good else 1)
    assert drafting.locator("#send").is_visible() == is_good


IN_FORM = {
    node["description"]: node["inForm"]
    for _, node in nodes(json.loads((REAL / "schema/case-study.schema.json").read_text(encoding="utf-8")))
    if "inForm" in node and "description" in node
}
"""What the form says where `check` speaks of the file."""
LABELS = {
    one: title
    for field in every_field(load_schema(REAL)[0].fields)
    for one, title in [
        (field.called, field.title),
        *((choice.id, choice.title) for choice in field.choices if field.key == "status"),
    ]
}


def labelled(message):
    """The message with the labels that the form has for names in the file."""
    if not re.search("so is|both be|is before|is after|is less|has an end", message):
        return message
    return re.sub(r'[a-z_]+(?:\.[a-z_]+)?(?=[")])', lambda name: LABELS.get(name[0], name[0]), message)


def test_what_stands_above_a_field_is_not_said_again_when_it_is_wrong(open_form):
    page = open_form()
    page.get_by_label("What changed").fill("Two crossings a day")
    submit(page)
    for id, words, hint in (
        ("councils", "Councils: missing", "An abolished council"),
        ("questions", "Key questions answered: missing", "Open each question"),
    ):
        place = page.locator(f"#{id}-error")
        assert place.inner_text().split("\n")[-1] == words
        assert place.locator("..").inner_text().count(hint) == 1
    ticks = page.get_by_role("group", name="Sources of the outcome")
    assert ticks.inner_text().count("Tick those that say so.") == 1


def test_there_are_enough_drafts_to_trust():
    assert sum(path.stem.startswith("good") for path in DRAFTS) >= 3
    assert sum(path.stem.startswith("bad") for path in DRAFTS) >= 50


@pytest.mark.parametrize("path", GOOD, ids=[path.stem for path in GOOD])
def test_a_good_draft_comes_out_as_it_went_in(path, open_form):
    page = open_form()
    open_draft(page, path)
    with page.expect_download() as download:
        page.get_by_role("button", name="Save the draft as a file").click()
    draft = json.loads(path.read_text(encoding="utf-8"))
    assert json.loads(download.value.path().read_text(encoding="utf-8")) == draft
    assert download.value.suggested_filename == f"{draft['slug']}.json"


def test_an_id_that_is_none_or_given_twice_is_made_anew(open_form, tmp_path):
    draft = json.loads((CORPUS / "drafts/good-least.json").read_text(encoding="utf-8"))
    for outcome, id in zip(draft["front"]["outcomes"], ("In Capitals", "capacity"), strict=True):
        outcome["id"] = id
    file = tmp_path / "draft.json"
    file.write_text(json.dumps(draft), encoding="utf-8")
    page = open_form()
    open_draft(page, file)
    assert re.findall('id: "(.*)"', the_file(page)) == [
        "12-concerts-first-summer",
        "paint-peeled-after-one-winter",
    ]
    submit(page)
    assert page.locator("#send").is_visible()


def test_filled_in_broken_in_ten_ways_mended_and_downloaded(open_form, shared_project):
    """As an officer would: by its labels, one after another."""
    page = open_form()
    fill_in(page)
    assert page.locator("#left").inner_text() == "Nothing is left to do."
    for number, (label, wrong) in enumerate(BREAKS, start=1):
        page.get_by_label(label, exact=True).first.fill(wrong)
        assert page.locator("#errors").is_hidden(), "nothing is called wrong before somebody asks"
        assert (
            page.locator("#left").inner_text()
            == f"{number} {'thing' if number == 1 else 'things'} left to do."
        )
    submit(page)
    assert page.title().startswith("Error: ")
    assert page.locator("#errors").evaluate("e => e === document.activeElement")
    assert [words for _, words in said(page)] == BROKEN
    for label, _ in BREAKS:
        box = page.get_by_label(label, exact=True).first
        assert box.get_attribute("aria-invalid") == "true", label
    page.locator("#errors li a").first.click()
    assert page.evaluate("document.activeElement.id").endswith("-title")
    for number, (label, _) in enumerate(BREAKS, start=1):
        page.get_by_label(label, exact=True).first.fill(RIGHT[label])
        assert page.locator("#errors li").count() == 10 - number
    assert not page.title().startswith("Error: ")
    submit(page)
    assert page.evaluate("document.activeElement.id") == "send"
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the file").click()
    assert download.value.suggested_filename == "neighbours-run-the-ferry.md"
    download.value.save_as(shared_project.root / "case_studies" / "neighbours-run-the-ferry.md")
    done = shared_project.call("check", "case_studies/neighbours-run-the-ferry.md")
    (shared_project.root / "case_studies" / "neighbours-run-the-ferry.md").unlink()
    assert (done.returncode, done.stdout) == (0, "No problems in 1 case study.\n"), done.stdout


RIGHT = {
    "Title": "Neighbours run the ferry",
    "Summary": "A made-up council hands its ferry over to the people who cross with it, and pays for its coat of paint.",
    "Council 1": "Exampleton City Council",
    "Theme 1": "Transport",
    "From": "2021",
    "Told until (if To is missing)": "2024",
    "Title of the source": "Ferry minutes",
    "Publisher": "Exampleton City Council",
    "Address (optional)": "https://example.org/ferry",
    "Accessed": "2026-01-30",
    "The problem": "The ferry was to stop.[^exampleton-city-council]",
    "What was done": "Neighbours took the oars.[^exampleton-city-council]",
    "What happened": "It goes twice a day.[^exampleton-city-council]",
    "What went wrong": "It rained.[^exampleton-city-council]",
    "What others can learn": "Take a coat.[^exampleton-city-council]",
    "Answer": "The council paid for one ferryman to teach the neighbours to row.",
    "What changed": "Two crossings a day",
}
BREAKS = [
    ("Title", ""),
    ("Summary", "Too short."),
    ("Council 1", "Exampelton"),
    ("From", "2021-13"),
    ("Title of the source", ""),
    ("Address (optional)", "example.org"),
    ("Accessed", "2027-01-30"),
    ("What went wrong", "<b>It rained.</b>"),
    ("Answer", "It paid for it."),
    ("What changed", "Crossings"),
]
BROKEN = [
    "Source 1, Title of the source: missing",
    'Source 1, Address: "example.org" does not begin with https://',
    'Source 1, Accessed: "2027-01-30" is in the future (today is 2026-11-24)',
    "Title: missing",
    "Summary: too short: 10 characters, at least 60",
    'Council 1: "Exampelton" is not one of the councils in the register.',
    'Period, From: "2021-13" is not a real date',
    'The story, What went wrong: "<b>" is raw HTML, which is not allowed',
    "Key questions answered, 1 Capacity and support, Answer: too short: 15 characters, at least 40",
    "Outcome 1, What changed: too short: 9 characters, at least 10",
]


def fill_in(page):
    page.locator("summary", has_text="Capacity and support").click()
    for label, words in RIGHT.items():
        page.get_by_label(label, exact=True).first.fill(words)
        page.get_by_label(label, exact=True).first.blur()
    page.get_by_label("Kind of source").select_option("council")
    for choice in ("Still running", "Worked", "Self-reported"):
        page.get_by_role("radio", name=choice).first.check()
    page.get_by_label("It shows no date").check()
    for box in ("questions-capacity-sources", "outcomes"):
        page.locator(f'[id^="{box}"][type=checkbox]').first.check()


def test_a_council_is_found_by_keyboard_by_an_old_name(open_form):
    page = open_form()
    box = page.get_by_role("combobox", name="Council 1")
    box.press_sequentially("EXC")
    assert page.locator("[role=option]:visible").all_inner_texts() == ["Exampleton City Council"]
    box.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") == page.locator("[role=option]:visible").get_attribute(
        "id"
    )
    box.press("Enter")
    assert box.input_value() == "Exampleton City Council"
    assert page.locator("[role=option]:visible").count() == 0
    box.fill("westo")
    assert page.locator("[role=option]:visible").all_inner_texts() == [
        "Westover Borough Council (abolished 2021)"
    ]
    box.press("Escape")
    assert box.get_attribute("aria-expanded") == "false"
    page.get_by_role("button", name="Add a council").press("Enter")
    assert page.evaluate("document.activeElement.labels[0].innerText") == "Council 2"
    page.keyboard.type("exampleton")
    assert 'councils: ["westo", "exampleton"]' in the_file(page)


def test_a_source_that_is_renamed_stays_ticked_and_one_taken_out_does_not(open_form):
    page = open_form()
    fill_in(page)
    page.get_by_text("More about this source").click()
    name = page.get_by_label("Short name (optional)")
    assert name.input_value() == "exampleton-city-council"
    name.fill("minutes")
    assert the_file(page).count('sources: ["minutes"]') == 2
    page.get_by_role("button", name="Add a source").click()
    page.get_by_label("Publisher").nth(1).fill("Exampleton City Council")
    page.get_by_label("Publisher").nth(1).blur()
    page.get_by_text("More about this source").nth(1).click()
    name.nth(1).fill("minutes")
    name.nth(1).blur()
    assert name.nth(1).input_value() == "minutes-2", "no two have one name"
    page.get_by_role("button", name="Remove source 1").click()
    assert page.evaluate("document.activeElement.innerText") == "Add a source"
    assert 'sources: ["minutes"]' not in the_file(page)


def test_a_button_cites_a_source_where_the_writing_is(open_form):
    page = open_form()
    fill_in(page)
    text = page.get_by_label("What happened", exact=True)
    text.evaluate("e => e.setSelectionRange(5, 5)")
    button = page.get_by_role("group", name="Cite a source in What happened").get_by_role("button")
    button.click()
    button.click()  # once more, where it stands already
    cited = "[^exampleton-city-council]"
    assert text.input_value() == f"It go{cited}es twice a day.{cited}"
    assert text.evaluate("e => e === document.activeElement")


def test_the_draft_is_there_again_until_it_is_deleted(open_form):
    page = open_form()
    fill_in(page)
    before = the_file(page)
    assert page.locator("#kept").inner_text() == "Your draft is kept in this browser. Nothing is sent."
    page.reload()
    page.locator("#form").wait_for()
    assert the_file(page) == before
    page.get_by_role("button", name="Delete my draft").click()
    assert "ferry" not in the_file(page)
    page.reload()
    page.locator("#form").wait_for()
    assert page.get_by_label("Title", exact=True).input_value() == ""


@pytest.mark.alone
def test_without_storage_it_says_so_and_works(open_form):
    page = open_form()
    page.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw new Error('no') }})")
    page.reload()
    page.locator("#form").wait_for()
    fill_in(page)
    assert page.locator("#kept").inner_text().startswith("This browser keeps no drafts.")
    assert page.locator("#left").inner_text() == "Nothing is left to do."


def test_a_hostile_draft_is_shown_as_text(open_form, tmp_path):
    page = open_form()
    evil = "<img src=x onerror=\"document.title='PWN'\">"
    sources = {"constructor": {"title": evil, "url": evil}, evil: {}}
    front = {"title": evil, "councils": [evil], "outcomes": [{"what": evil, "result": evil}], evil: [evil]}
    front |= {"sources": sources, "questions": {evil: {"answer": evil}}, "themes": [evil]}
    draft = {"version": 1, "front": front, "body": {"The problem": evil, "Another": evil}}
    (tmp_path / "evil.json").write_text(json.dumps(draft), encoding="utf-8")
    page.locator("#import").set_input_files(tmp_path / "evil.json")
    expect(page.locator("#title")).to_have_value(re.compile("^<img"))
    submit(page)
    assert evil in page.locator("#preview").text_content()
    assert evil in page.locator("#parked-text").input_value()
    assert page.locator("article img").count() == 0
    assert page.title().startswith("Error: Write")


def test_an_empty_place_of_the_gaps_is_the_forms_beginning(open_form):
    page = open_form("?question=risk&theme=libraries&theme=nonsense&question=%3Cb%3E")
    assert page.locator("details[open]").get_attribute("data-key") == "risk"
    assert page.get_by_role("combobox", name="Theme 1").input_value() == "Libraries"
    assert 'themes: ["libraries"]' in the_file(page)


def test_every_value_is_read_back_as_it_was_written(open_form):
    """Whatever a text holds, the strict reader gets it back from the file, and complains at most of its characters."""
    page = open_form()
    write = """texts => import(new URL('../form/file.js', document.querySelector('script[type=module]').src)).then(({fileText}) =>
      fileText({front: {title: texts}, body: {}}, {schema: {properties: {title: {}}}, headings: []}))"""
    assert len(VALUES) > 40
    front = page.evaluate(write, VALUES).split("---\n")[1]
    found = front_matter.read_front_matter(front, file="x")
    assert {problem.rule for problem in found.problems} <= {"character"}
    assert found.data["title"] == [unicodedata.normalize("NFC", value.strip()) for value in VALUES]


VALUES = [
    *"no yes ~ null 010 1:20 2019 1e3 .inf 2012-05-16 - ? : # & * ! | > % @ ` { } [ ] , ' \" \\ <<".split(),
    "a: b", "a #b", "'a' \"b\" \\n", "---", "...", "{{ x }}", "<b>", "£3.7m", "Ynys Môn", "\u65e5\u672c", "\U0001f600",
    "a\x85b", "a\u2028b", "a\u2029b", "a\ufeffb", "a\x00b", "a\x1bb", "a\x7fb", "a\x9fb", "a\nb", "a\tb", "e\u0301", "a\u00a0b",
]  # fmt: skip


def test_the_checks_know_every_keyword_that_a_draft_can_break():
    schema = json.loads((REAL / "schema/case-study.schema.json").read_text(encoding="utf-8"))
    script = (REAL / "docs/assets/js/form/schema-errors.js").read_text(encoding="utf-8")
    code = re.sub(r"//.*|/\*.*?\*/", "", script) + (REAL / "schema/messages.yml").read_text(encoding="utf-8")
    used = {key for _, node in nodes(schema) for key in node}
    unbreakable = {
        "type",
        "minItems",
        "minProperties",
        "$schema",
        "$id",
        "title",
        "examples",
        "inForm",
        "inData",
        "entry",
        "plainText",
        "byMaintainers",
        "alsoCalled",
        "sections",
    }
    others = "\n".join(
        path.read_text(encoding="utf-8")
        for path in (REAL / "docs/assets/js/form").iterdir()
        if path.stem != "schema-errors"
    )
    own = {
        "atLeastOne",
        "exactlyOne",
        "inOrder",
        "leftOut",
        "lookAlike",
        "markup",
        "ofPartners",
        "personalData",
        "refusals",
        "saysNothing",
        "writtenDates",
    }
    assert [
        key for key in sorted(used - unbreakable - own) if not re.search(rf"(?<!\w){re.escape(key)}\b", code)
    ] == []
    assert own <= used
    assert [key for key in sorted(own) if not re.search(rf"[.\"]{key}\b|\b{key} }}", others)] == []


LATE = "The form takes long to load."
FAILED = "The form could not be loaded."
UPDATED = "The casebook was updated after this page was loaded."
TROUBLES = [
    ("case-study.schema.json*", lambda route: route.abort(), FAILED),
    ("terms.json", lambda route: route.fulfill(body="<h1>Log in</h1>", content_type="text/html"), FAILED),
    ("cases.json", lambda route: route.fulfill(status=404, body="<h1>Not here</h1>"), FAILED),
    ("messages.json", lambda route: None, LATE),
    ("cases.json", lambda route: route.fulfill(json=route.fetch().json() | {"edition": "another"}), UPDATED),
    ("form/page.js", lambda route: route.abort(), FAILED),
    ("form/rules.js", lambda route: None, LATE),
]


@pytest.mark.alone
@pytest.mark.parametrize(("file", "trouble", "words"), TROUBLES)
def test_a_form_that_is_not_loaded_says_so_and_is_tried_again(open_form, file, trouble, words):
    page = open_form()
    page.get_by_label("Title", exact=True).fill("Half a title")
    draft = page.evaluate("localStorage.getItem('casebook-draft')")
    page.clock.install(time=NOON)
    page.route(f"**/{file}", trouble)
    page.reload(wait_until="commit")
    page.locator("#errors").wait_for(state="attached")
    if words == LATE:
        if "json" in file:
            expect(page.locator("#trouble")).to_have_text("The form is loading …")
        page.clock.fast_forward(11_000)
    expect(page.locator("#trouble")).to_have_text(words)
    assert page.locator("#waiting").get_by_role("link", name="the blank sheet").is_visible()
    assert page.locator("#form").is_hidden()
    assert page.evaluate("localStorage.getItem('casebook-draft')") == draft
    page.route(f"**/{file}", lambda route: route.continue_())
    page.get_by_role("button", name="Load the page again" if words == UPDATED else "Try again").press("Enter")
    expect(page.get_by_label("Title", exact=True)).to_have_value("Half a title")
    expect(page.locator("#trouble")).to_have_text("")
    if "json" in file and words != UPDATED:
        expect(page.get_by_role("link", name="Sources", exact=True).first).to_be_focused()


def test_what_nobody_can_see_is_taken_out(open_form):
    page = open_form()
    page.get_by_label("Title", exact=True).fill("Neigh\u00adbours\u200b run\u202e it\ufeff")
    assert 'title: "Neighbours run it"' in the_file(page)


INVISIBLE = """() => import(new URL('../form/text.js', document.querySelector('script[type=module]').src)).then(({ prose }) => {
  const ranges = [];
  for (let code = 0; code < 0x110000; code++) {
    if (prose(`a${String.fromCodePoint(code)}b`) !== "ab") continue;
    if (ranges.at(-1)?.[1] === code - 1) ranges.at(-1)[1] = code;
    else ranges.push([code, code]);
  }
  return ranges;
})"""
"""All that the form takes out, as ranges of code points."""


def test_form_and_check_know_the_same_characters_that_nobody_can_see(open_form):
    """All of Unicode, but for what ends a line, in the form."""
    every = "".join(f"a{chr(code)}b" for code in range(0x110000))
    refused = {
        ord(every[at]) for at, why in faults(every) if why.endswith("is invisible or turns text round")
    }
    taken_out = {code for first, last in open_form().evaluate(INVISIBLE) for code in range(first, last + 1)}
    assert refused - taken_out == {ord(end) for end in "\r\u2028\u2029"}
    newer = taken_out - refused  # to a browser of an older Unicode than the library's
    assert {unicodedata.category(chr(code)) for code in newer} <= {"Cn"}


def test_a_short_file_goes_into_the_address_and_a_long_one_says_why_not(open_form):
    page = open_form()
    fill_in(page)
    submit(page)
    for way, link in (
        ("#propose", "/new/main/case_studies?filename=neighbours-run-the-ferry.md&value="),
        ("#issue", "/issues/new?title="),
    ):
        href = page.locator(way).get_attribute("href")
        assert href.startswith(REPOSITORY + link)
        assert len(href) < 7500
        assert the_file(page) in unquote(href)
    page.get_by_label("What happened", exact=True).fill("Words £ " * 2000)
    submit(page)
    assert (
        page.locator("#propose").get_attribute("href")
        == f"{REPOSITORY}/new/main/case_studies?filename=neighbours-run-the-ferry.md"
    )
    assert (
        page.locator("#propose-how").inner_text().startswith("The file is too long for a link that holds it")
    )
    assert page.locator("#issue-how").inner_text().startswith("The file is too long for a link that holds it")


def test_the_file_can_be_copied(open_form):
    page = open_form(permissions=["clipboard-read", "clipboard-write"])
    fill_in(page)
    submit(page)
    page.get_by_role("button", name="Copy the file").click()
    page.get_by_text("Copied.").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == the_file(page)


def test_the_files_name_is_free(open_form):
    page = open_form()
    fill_in(page)
    for title, name in (
        ("Reading room", "reading-room-2"),
        ("Find", "find-2"),
        ("日本", "case-study"),
        ("Leeds\u2013Bradford, Straße Łódź", "leeds-bradford-strasse-lodz"),
    ):
        page.get_by_label("Title", exact=True).fill(title)
        submit(page)
        with page.expect_download() as download:
            page.get_by_role("button", name="Download the file").click()
        assert download.value.suggested_filename == f"{name}.md"


def test_without_javascript_it_leads_to_the_sheet(open_form):
    page = open_form(java_script_enabled=False)
    assert page.locator("#form").is_hidden()
    assert (
        page.get_by_role("link", name="the story")
        .get_attribute("href")
        .startswith(f"{REPOSITORY}/issues/new?")
    )
    page.locator("#waiting").get_by_role("link", name="the blank sheet").click()
    text = page.locator("article").inner_text()
    schema = json.loads((REAL / "schema/case-study.schema.json").read_text(encoding="utf-8"))
    for name, field in schema["properties"].items():
        assert (field["title"] in text) is not field.get("byMaintainers", False), name
    for question in read_yaml((REAL / "schema/questions.yml").read_text(encoding="utf-8"))["entries"]:
        assert question["text"] in text


def test_the_form_has_a_place_for_every_field_of_the_schema(open_form):
    page = open_form()
    for key in ("partners", "outputs", "outcomes", "costs", "terms", "powers", "updates", "replies"):
        page.locator(f"section:has(> details > button#{key}) summary, button#{key}").first.click()
        page.locator(f"button#{key}").click()
    schema = json.loads((REAL / "schema/case-study.schema.json").read_text(encoding="utf-8"))
    top = page.locator("#form").evaluate(
        "form => [...form.querySelectorAll('[data-key]')].map(node => node.dataset.key)"
    )
    theirs = {name for name, field in schema["properties"].items() if field.get("byMaintainers")}
    assert set(schema["properties"]) - set(top) == theirs == {"former", "retired", "withdrawn"}
    for name in (
        "partner",
        "answer",
        "deed",
        "output",
        "outcome",
        "cost",
        "term",
        "source",
        "update",
        "reply",
    ):
        assert set(schema["$defs"][name]["properties"]) <= set(top), name


def test_on_a_phone_the_list_of_what_is_wrong_is_read_from_its_beginning(open_form):
    page = open_form(width=360)
    submit(page)
    heading = page.get_by_role("heading", name="There is a problem")
    expect(heading).to_be_in_viewport(ratio=1)
    bar = page.locator("#keeping").bounding_box()
    assert heading.bounding_box()["y"] >= bar["y"] + bar["height"]


def test_axe_finds_no_fault_in_any_state(open_form):
    """But for the empty one, which is among the pages of tests/browser/test_every_page.py."""
    page = open_form()
    wide = "document.documentElement.scrollWidth"
    for key in ("partners", "outputs", "outcomes", "costs", "terms", "powers", "updates", "replies"):
        page.locator(f"section:has(> details > button#{key}) summary, button#{key}").first.click()
        page.locator(f"button#{key}").click()
    submit(page)
    assert (faults_in_every_look(page), page.evaluate(wide)) == (NO_FAULTS, 320)
    fill_in(page)
    page.get_by_role("combobox", name="Council 1").fill("e")
    page.get_by_role("combobox", name="Council 1").press("ArrowDown")
    page.get_by_label("Told until (if To is missing)").fill("2011/12")
    page.get_by_label("Told until (if To is missing)").press("Tab")
    for closed in page.locator("details").all():
        closed.evaluate("e => e.open = true")
    assert (faults_in_every_look(page), page.evaluate(wide)) == (NO_FAULTS, 320)
    open_draft(page, GOOD[0])
    submit(page)
    assert page.locator("#send").is_visible()
    assert (faults_in_every_look(page, within="#send"), page.evaluate(wide)) == (NO_FAULTS, 320)


VALIDATOR = (
    "schema-errors",
    "rules",
    "relations",
    "addresses",
    "body",
    "matching",
    "nesting",
    "messages",
    "markup",
    "dates",
)


LATER = ("additions", "brought", "front-matter")


def test_its_scripts_weigh_little():
    """Compressed: the form itself at most 25.3 kB, what checks a draft at most 16.4, and what few need and load later, 6.

    A third of the checks keeps what Word, Outlook and other sites leave in a text from being found out only by `check`.
    """
    weights = {
        path.stem: len(gzip.compress(path.read_bytes()))
        for folder in ("form", "names")
        for path in (REAL / "docs/assets/js" / folder).iterdir()
    }
    checks = sum(weights[name] for name in VALIDATOR)
    later = sum(weights[name] for name in LATER)
    assert checks <= 16_400
    assert later <= 6_000
    assert sum(weights.values()) - checks - later <= 25_300


@pytest.mark.alone
def test_what_reads_a_text_from_elsewhere_is_loaded_when_somebody_brings_one(open_form):
    page = open_form()
    loaded = []
    page.on("request", lambda request: loaded.append(request.url.rpartition("/")[2].removesuffix(".js")))
    page.reload()
    page.locator("#form").wait_for()
    assert "draft-form" in loaded
    assert set(LATER).isdisjoint(loaded)
    page.route("**/brought.js", lambda route: route.abort())
    page.get_by_text("Have you written it already?").click()
    page.get_by_label("Paste your text here").fill("A ferry stays afloat")
    page.get_by_role("button", name="Put it into the form").click()
    expect(page.locator("#unbrought")).to_have_text(
        "It can’t be put into the form: what reads it could not be loaded."
    )
    expect(page.get_by_label("Paste your text here")).to_have_value("A ferry stays afloat")
    page.unroute("**/brought.js")
    page.get_by_role("button", name="Put it into the form").click()
    expect(page.get_by_label("Title", exact=True)).to_have_value("A ferry stays afloat")
    expect(page.locator("#unbrought")).to_have_text("")


def test_the_whole_register_fits_into_the_form(real_schema):
    """No two entries of a vocabulary are shown under one name: a choice would be ambiguous."""
    catalogue = loading.load(real_schema, TODAY)
    terms = next(file for file in exports(catalogue) if file.path == "contribute/form/terms.json")
    assert len(gzip.compress(terms.text.encode())) <= 20_000
    for facet in json.loads(terms.text)["facets"].values():
        labels = [term["label"] for term in facet]
        assert len(labels) == len(set(labels))


PASTE = """([field, text]) => {
  const data = new DataTransfer();
  data.setData('text/plain', text);
  field.focus();
  field.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));
}"""


def paste(page, label, text):
    box = page.get_by_label(label, exact=True).first
    box.fill("")
    page.evaluate(PASTE, [box.element_handle(), text])
    return box.input_value()


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Parks &amp; trees&nbsp;here", "Parks & trees here"),
        ("Parks **and** *trees*", "Parks and trees"),
        ("[Parks](https://example.org) and `trees`", "Parks and trees"),
        ("# Parks\tand trees", "Parks and trees"),
        ("<b>Parks</b> and\u00a0trees", "Parks and trees"),
        ("_Parks_ and __trees__", "Parks and trees"),
    ],
)
def test_what_is_pasted_into_a_field_becomes_plain_text(open_form, text, meant):
    assert paste(open_form(), "Title", text) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("\u2022\tOne tree\n\u2022\tTwo trees", "- One tree\n- Two trees"),
        ("\uf0b7\tOne tree\no\tTwo trees\n\u00a7\tThree", "- One tree\n- Two trees\n- Three"),
        ("1.\tOne tree\n2.\tTwo trees", "1. One tree\n2. Two trees"),
        ("\tA paragraph\u00a0of Word\twith tabs", "A paragraph of Word with tabs"),
        ("One &amp; two &lt;b&gt; &ndash; three", "One &amp; two &lt;b&gt; \u2013 three"),
        ("**Kept** as [it](https://example.org) is", None),
    ],
)
def test_what_is_pasted_into_the_story_keeps_its_lists(open_form, text, meant):
    page = open_form()
    page.get_by_label("The problem", exact=True).fill("")
    assert paste(page, "The problem", text) == (meant or "")  # what stays as it is, the browser pastes


def test_a_paste_can_be_undone(open_form):
    page = open_form()
    page.get_by_label("Title", exact=True).fill("")
    paste(page, "Title", "Parks &amp; trees")
    page.keyboard.press("Control+z")
    assert page.get_by_label("Title", exact=True).input_value() == ""


def test_what_may_tell_of_a_person_is_said_before_anything_is_sent_and_refused_by_nobody(open_form):
    page = open_form()
    fill_in(page)
    told = page.locator("#private")
    assert told.is_hidden()
    page.get_by_label("Answer", exact=True).first.fill(
        "The council paid for one ferryman: ask jo at council dot gov dot uk, or Mrs Bloggs."
    )
    assert told.locator("li").all_inner_texts() == [
        '"jo at council dot gov dot uk" may be an e-mail address. Nothing here may tell of a private person: name the office or the body. What an office or an author published may stay.',
        '"Mrs Bloggs" may be a name after a title. Nothing here may tell of a private person: name the office or the body. What an office or an author published may stay.',
    ]
    submit(page)
    assert page.locator("#send").is_visible()
