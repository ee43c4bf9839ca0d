"""The form of /contribute/form/ in Chromium: what it says is what `casebook check` says of the file that it writes."""

import json
import re
from datetime import UTC, datetime

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import EPOCH, REAL, make_project

DRAFTS = sorted((REAL / "tests" / "drafts").glob("*.json"))
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
NOON = datetime.fromtimestamp(int(EPOCH), UTC)


@pytest.fixture(scope="module")
def address(built, serve):
    return serve(built.root / "site") + "contribute/form/"


@pytest.fixture
def open_form(browser, address):
    """Open the form on the tests' day; afterwards, nothing may have gone wrong in it."""
    contexts, troubles = [], []

    def open_at(query="", width=1280, scheme="light", **options):
        context = browser.new_context(
            viewport={"width": width, "height": 800}, color_scheme=scheme, **options
        )
        contexts.append(context)
        page = context.new_page()
        page.clock.set_fixed_time(NOON)
        page.on("console", lambda message: troubles.append(message.text))
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.goto(address + query)
        if options.get("java_script_enabled", True):
            page.locator("#form").wait_for()
        return page

    yield open_at
    for context in contexts:
        context.close()
    assert troubles == []


@pytest.fixture(scope="module")
def checked(tmp_path_factory):
    """Run `casebook check` on the text of one file."""
    project = make_project(tmp_path_factory.mktemp("drafts"))

    def check(text):
        project.write("case_studies/of-the-form.md", text)
        done = project.run("check", "case_studies/of-the-form.md", "--format", "json")
        return json.loads(done.stdout)["problems"]

    return check


def import_draft(page, path):
    page.locator("#import").set_input_files(path)
    title = json.loads(path.read_text(encoding="utf-8"))["front"].get("title", "")
    page.wait_for_function("title => document.getElementById('title').value === title", arg=title)


def submit(page):
    page.get_by_role("button", name="Check and continue").click()


def said(page):
    """What the form says is wrong: field, words of the summary, and what stands beside the field."""
    return page.locator("#errors li a").evaluate_all(
        """links => links.map(link => {
          const control = document.getElementById(link.hash.slice(1)) ?? document.querySelector(link.hash);
          const slot = [...document.querySelectorAll('.ask__error')].find(one => one.children[1]?.textContent === link.textContent);
          return [link.dataset.field, link.textContent, slot.parentElement.textContent];
        })"""
    )


@pytest.mark.parametrize("path", DRAFTS, ids=[path.stem for path in DRAFTS])
def test_form_and_check_say_the_same(path, open_form, checked):
    page = open_form()
    import_draft(page, path)
    text = page.locator("#file").text_content()
    problems = checked(text)
    submit(page)
    found = said(page)
    assert [field for field, _, _ in found] == [problem["field"] for problem in problems]
    for (_, words, beside), problem in zip(found, problems, strict=True):
        assert words.endswith(f": {problem['message']}")
        assert problem["hint"] in beside
    assert len(found) == (0 if path.stem.startswith("good") else 1)
    assert page.locator("#send").is_visible() == path.stem.startswith("good")
