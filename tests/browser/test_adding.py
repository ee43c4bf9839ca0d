"""Who knows one thing more of a case study, and where they end: from its page by keyboard to a green `check`."""

import json
import re
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from playwright.sync_api import expect

from accessibility import NO_FAULTS, faults_in_every_look
from projects import NOON, Project, build, make_project

TREES = "case_studies/westover-trees.md"
CONTACT = "casebook@example.org"
TOLD = "In 2026 a storm felled 20 of the trees."
TYPED = {
    "Date": "February 2026",
    "Text": TOLD,
    "Title of the source": "Trees fall in storm",
    "Publisher": "Westover Star",
    "Kind of source": "Press",
    "Address (optional)": "https://example.org/storm",
    "Published (if Undated is missing)": "3rd Feb 2026",
}


@pytest.fixture(scope="module")
def with_contact(once):
    def fill(root):
        project = make_project(root)
        project.rewrite("mkdocs.yml", lambda text: f"{text}\nextra: {{contact: {CONTACT}}}\n")
        build(project)

    return Project(once("with-contact", fill))


@pytest.fixture
def open_at(open_tab, with_contact, serve):
    home = serve(with_contact.root / "site")

    def start(path, width=390, **options):
        page = open_tab(width, NOON, **options)
        page.goto(home + path)
        return page

    return start


def follow(page, words):
    """Press Enter on a link or button that has the focus by then, and no mouse."""
    page.get_by_role("link", name=words, exact=True).first.focus()
    page.keyboard.press("Enter")


def label(page):
    return page.evaluate("document.activeElement.labels?.[0]?.innerText ?? document.activeElement.innerText")


def by_keyboard(page, last):
    """Tab through the form, and type what is asked for where it is asked. Returned is what had the focus."""
    typed, passed = dict(TYPED), []
    while not passed or passed[-1] != last:
        page.keyboard.press("Tab")
        passed.append(label(page))
        if passed[-1] in typed:
            page.keyboard.type(typed.pop(passed[-1]))
        assert len(passed) < 40, passed
    assert not typed
    return passed


def test_an_officer_adds_one_line_by_keyboard_on_a_phone_to_a_green_check_without_an_account(
    open_at, project
):
    page = open_at("case-studies/westover-trees/")
    follow(page, "Add or correct")
    page.keyboard.press("Tab")
    assert label(page) == "What happened next"
    page.keyboard.press("Enter")
    page.locator("#form").wait_for()
    expect(page.get_by_role("heading", name="What is new")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert label(page) == "Date"
    assert page.locator("h1").inner_text() == "Add to a case study"
    assert page.locator("#adding a").inner_text() == "Westover asks its streets about trees"
    assert CONTACT in page.locator("main").inner_text()
    assert page.locator("#form :is(h2, h3):visible").all_inner_texts() == [
        "What is new", "What happened next", "Sources",
    ]  # fmt: skip
    assert (
        page.locator("#tasks, #brought, #which").evaluate_all("all => all.map(one => one.hidden)")
        == [True] * 3
    )
    page.locator("#updates").focus()  # the button behind the first row
    page.get_by_label("Date", exact=True).focus()
    page.keyboard.press("Shift+Tab")
    passed = by_keyboard(page, "Check and continue")
    assert {"Title", "Summary", "The problem", "Council 1", "Added"}.isdisjoint(passed)
    expect(page.get_by_label("Accessed")).to_have_value("2026-11-24")
    assert page.get_by_role("checkbox", checked=True).evaluate_all(
        "all => all.map(one => one.labels[0].innerText)"
    ) == ["westover-star"]
    assert page.locator("#looked").inner_text() == (
        "By adding this, you say that you have looked the case study through: its day of checking becomes 24 November 2026."
    )
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "send"
    assert page.locator("#answers dd p").all_inner_texts()[:2] == ["2026-02", TOLD]
    page.locator("#adding a").focus()  # where the bar of what is kept lies over nothing
    assert faults_in_every_look(page) == NO_FAULTS
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the addition").press("Enter")
    assert download.value.suggested_filename == "westover-trees-addition.json"
    mail = page.get_by_role("link", name="Send it by e-mail").get_attribute("href")
    assert mail.startswith(f"mailto:{CONTACT}?subject=Addition%20to%20westover-trees&body=")
    patch = download.value.path().read_text(encoding="utf-8")
    assert parse_qs(urlsplit(mail).query)["body"] == [patch]
    issue = page.get_by_role("link", name="Send it as an issue").get_attribute("href")
    assert patch in unquote(issue)
    assert len(issue) < 7500
    assert (
        page.get_by_role("link", name="Propose it on GitHub")
        .get_attribute("href")
        .endswith(f"/edit/main/{TREES}")
    )
    assert 'updates:\n  - id: "2026-storm-felled-20-trees"\n' in page.locator("#file").text_content()
    (project.root / "addition.json").write_text(patch, encoding="utf-8")
    done = project.call("apply", "addition.json")
    assert done.stdout.endswith("No problems in 1 case study.\n"), done.stderr
    assert TOLD in project.read(TREES)
    assert "\nchecked: 2026-11-24\n" in project.read(TREES)
    page.reload()
    expect(page.get_by_label("Text", exact=True)).to_have_value(TOLD)
    page.goto(page.url.replace("add=updates", "add=costs"))
    page.get_by_text("Add something else, too").wait_for()
    expect(page.get_by_label("Text", exact=True)).to_be_visible()  # what was kept is not sent unseen


def test_an_answer_begins_on_the_question_page_and_its_mistakes_are_said_as_check_does(open_at, project):
    page = open_at("questions/risk/")
    follow(page, "Add an answer")
    page.get_by_label("Which case study do you want to add to?").select_option(
        "Westover asks its streets about trees"
    )
    page.get_by_role("button", name="Go on").press("Enter")
    page.locator("#form").wait_for()
    box = page.get_by_label("Answer", exact=True).locator("visible=true")
    box.fill("It is open.")
    page.get_by_role("button", name="Check and continue").press("Enter")
    assert page.locator("#errors li").all_inner_texts() == [
        "Key questions answered, 6 Risk, Answer: too short: 11 characters, at least 40",
        "Key questions answered, 6 Risk, Sources of the answer: missing",
    ]
    assert page.locator("details[data-key=capacity]").is_hidden(), "it is answered there"
    box.fill("Streets were told that a dead tree would not be replaced.")
    page.get_by_text("Sources that are there already").locator("visible=true").press("Enter")
    page.get_by_label("report: Report on street trees").locator("visible=true").check()
    page.get_by_role("button", name="Check and continue").press("Enter")
    assert page.locator("#looked").is_hidden(), "no source is new"
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the addition").click()
    download.value.save_as(project.root / "addition.json")
    assert json.loads((project.root / "addition.json").read_text())["add"].keys() == {"questions"}
    assert project.call("apply", "addition.json").returncode == 0


def test_who_is_named_or_has_a_correction_or_checked_it_finds_a_way(open_at):
    page = open_at("case-studies/westover-trees/")
    add = page.get_by_role("region", name="Add or correct")
    assert (
        add.get_by_role("link", name="A correction")
        .get_attribute("href")
        .endswith("/issues/new?template=2-correct-a-case.yml&case=westover-trees")
    )
    mail = urlsplit(add.get_by_role("link", name="by e-mail").first.get_attribute("href"))
    assert (mail.path, parse_qs(mail.query)["subject"]) == (CONTACT, ["Correction: westover-trees"])
    assert "What it should say:" in parse_qs(mail.query)["body"][0]
    follow(page, "Tell us in private")
    private = page.get_by_role("link", name="Write to the maintainers in private")
    assert private.get_attribute("href").endswith("/security/advisories/new")
    assert "can be read by anybody, for good" in page.locator("main").inner_text()
    assert page.get_by_role("link", name="by e-mail").get_attribute("href").startswith(f"mailto:{CONTACT}")
    page.go_back()
    follow(page, "I checked it")
    page.get_by_role("button", name="Check and continue").press("Enter")
    assert page.locator("#file").text_content() == 'checked: "2026-11-24"\n'


def test_without_a_script_the_form_leads_to_the_forms_on_github_and_to_the_e_mail(open_at):
    page = open_at("contribute/form/?case=westover-trees&add=updates", java_script_enabled=False)
    ways = (
        page.locator("#waiting")
        .get_by_role("link")
        .evaluate_all("links => links.map(link => link.getAttribute('href'))")
    )
    assert [re.sub(r"^https.*template=", "", way) for way in ways] == [
        "../../contribute/sheet/", "1-suggest-a-case.yml", "2-correct-a-case.yml", f"mailto:{CONTACT}",
    ]  # fmt: skip


def test_where_no_address_is_set_nothing_speaks_of_e_mail(built):
    for path in (built.root / "site").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert "mailto:" not in text, path
        if path.parent.name != "feeds":  # which can be had by e-mail
            assert "by e-mail" not in text, path
