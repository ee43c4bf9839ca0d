"""What somebody prints, read back from the PDF: nothing is cut off, and nothing else is there."""

import re

import pypdfium2
import pytest

from benchmarks import corpus
from paper import Paper, printed, read, words_shown
from projects import Project, build, make_project

COLUMNS = 14
TABLE = "\n".join(
    f"| {' | '.join(f'{word} {number}' for number in range(COLUMNS))} |"
    for word in ("column", "value", "remark")
).replace("\n", f"\n|{'---|' * COLUMNS}\n", 1)
ADDRESS = f"https://example.org/{'a-long-way-down/' * 12}"


@pytest.fixture(scope="module")
def address(once, serve):
    """A site of a dozen made-up case studies, and of one with wide tables."""

    def fill(root):
        project = make_project(root)
        corpus.fill(root, 12)
        narrow = f"| Year | What was said |\n|---|---|\n| 2022 | {'kingfishers came back ' * 40}|\n| 2023 | {ADDRESS} |"
        project.replace(
            "case_studies/reading-room.md", "The roof leaked.", f"{TABLE}\n\n{narrow}\n\nIt leaked."
        )
        build(project)

    return serve(Project(once("printed", fill)).root / "site")


@pytest.fixture(scope="module")
def tab(browser):
    page = browser.new_page()
    yield page
    page.close()


@pytest.fixture
def page(tab):
    """One page for all tests, which keep nothing in the browser."""
    tab.emulate_media(media="null")
    return tab


def test_a_sheet_has_a_margin_where_the_browser_leaves_none(page, address):
    page.goto(f"{address}about/glossary/")
    for sheet in pypdfium2.PdfDocument(page.pdf(format="A4")):
        width, height = sheet.get_size()
        letters = sheet.get_textpage()
        boxes = [letters.get_charbox(number) for number in range(letters.count_chars())]
        left, bottom, right, top = zip(*(box for box in boxes if box[2] > box[0]), strict=True)
        assert min(min(left), min(bottom), width - max(right), height - max(top)) > 25 / 25.4 * 72 - 1


@pytest.mark.parametrize(
    ("number", "landscape"),
    [(1, False), (2, False), (2, True), (3, False), (4, False), (4, True), (12, False)],
)
def test_every_word_of_every_case_in_the_pack_is_on_paper(page, address, number, landscape):
    page.goto(f"{address}pack/?{'&'.join(f'case=case-{each}' for each in range(number))}")
    page.locator("#pack-count", has_text=re.compile(f"^{number} case stud")).wait_for()
    told = " ".join(
        page.locator("#pack-report :is(.pack__table th, .pack__table p, .sources li)").all_text_contents()
    )
    assert page.locator("#pack-report .sources").count() == number
    told = told.replace("None named", "")  # case by case, there is no row for powers where there are none
    paper = printed(page, landscape=landscape)
    assert [word for word in told.split() if word not in paper.squeezed] == []
    assert paper.lacks(words_shown(page)) == []
    assert paper.outside == ""


def test_up_to_two_cases_stand_side_by_side_on_paper_and_more_case_by_case(page, address):
    for number, is_table in ((2, True), (3, False)):
        page.emulate_media(media="screen")
        page.goto(f"{address}pack/?{'&'.join(f'case=case-{each}' for each in range(number))}")
        page.locator("#pack-count", has_text=re.compile(f"^{number} case studies$")).wait_for()
        page.emulate_media(media="print")
        assert page.locator(".pack__table").is_visible() == is_table
        facts = page.locator(".pack__facts")
        assert [facts.nth(each).is_visible() for each in range(number)] == [not is_table] * number


@pytest.mark.parametrize("landscape", [False, True])
def test_tables_of_a_case_study_are_whole_on_paper(page, address, landscape):
    page.goto(f"{address}case-studies/reading-room/")
    paper = printed(page, landscape=landscape)
    assert paper.lacks(words_shown(page)) == []
    assert paper.outside == ""
    rows = [f"{word} {number}" for word in ("column", "value", "remark") for number in range(COLUMNS)]
    assert paper.lacks(" ".join(rows)) == []
    assert paper.text.split().count("kingfishers") == 40, "a word that fits is not broken"


@pytest.mark.parametrize("landscape", [False, True])
@pytest.mark.parametrize(
    "path",
    ["", "questions/capacity/", "councils/", "data/", "data/codebook/", "contribute/example/", "find/"],
)
def test_every_word_of_other_pages_is_on_paper(page, address, path, landscape):
    page.goto(address + path)
    paper = printed(page, landscape=landscape)
    assert paper.lacks(words_shown(page)) == []
    assert paper.outside == ""


LONG = {"Title": 30, "Summary": 90, "Publisher": 40, "Address (optional)": 25, "What happened": 3_000}
"""Fields of the form, and how many words somebody has written there."""


def test_every_word_that_is_typed_into_the_form_is_on_paper(page, address):
    gone = {"gone": " ".join(f"gone-{number}" for number in range(300))}
    draft = {"version": 1, "front": {"questions": {"risk": {"answer": "Stays"}}}, "body": gone}
    page.goto(f"{address}feeds/")
    page.evaluate("draft => localStorage.setItem('casebook-draft', JSON.stringify(draft))", draft)
    page.goto(f"{address}contribute/form/")
    page.locator("#form").wait_for()
    typed = {label: [f"{label[:4]}-{number}" for number in range(words)] for label, words in LONG.items()}
    for label, words in typed.items():
        page.get_by_label(label, exact=True).fill(" ".join(words))
    for landscape in (False, True):
        paper = printed(page, landscape=landscape)
        form = Paper(paper.text.partition("How the page will look")[0], paper.outside)
        assert form.lacks(" ".join(word for words in typed.values() for word in words)) == []
        assert form.lacks(gone["gone"]) == []
        assert paper.outside == ""
    assert page.locator("#title").is_visible()
    assert page.locator("#form .ask__copy").count() == 0


def test_a_printed_case_study_leads_nowhere_else(page, address):
    page.goto(f"{address}case-studies/reading-room/")
    paper = printed(page)
    for words in ("More like this", "Search by the same tag", "On this page", "Add to pack", "Main"):
        assert words not in paper.text


def test_what_is_cut_off_would_be_seen(page):
    """Controls: a word that Chromium cuts off, and letters beyond the edge of a sheet."""
    page.goto("about:blank")  # without the style of the page before
    page.set_content(
        '<div style="width: 300px; overflow: auto"><p style="width: 900px; text-align: right">late</p></div>'
    )
    assert printed(page).lacks("late") == ["late"]
    page.set_content("<p>early and late</p>")
    pdf = pypdfium2.PdfDocument(page.pdf(format="A4"))
    assert read(pdf) == Paper("early and late", outside="")
    pdf[0].set_mediabox(0, 0, 40, 842)
    assert read(pdf).outside == "nd late"
