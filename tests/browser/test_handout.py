"""A case study on one side of A4, printed by Chromium and read back."""

import re

import pypdfium2
import pytest

from fuller import ROOM, with_fields
from paper import read, words_shown
from projects import Project, build, make_project

WORDS = "The council said in 2023 that residents and local bodies would have a say in who got the assets; "
OUTCOME = "{{id: o-{}, what: '{:.300}', result: did-not-work, evidence: press, sources: [gazette]}}"
COST = "{{id: c-{}, what: '{:.200}', gbp_from: 1234567, gbp_to: 2345678, kind: running, basis: forecast, sources: [gazette]}}"


@pytest.fixture
def page(open_tab):
    return open_tab()


def on_one_side(page):
    pdf = pypdfium2.PdfDocument(page.pdf(format="A4"))
    assert len(pdf) == 1
    paper = read(pdf)
    assert paper.outside == ""
    return paper


def test_a_handout_says_what_to_know_and_where_the_rest_is(page, in_full, serve):
    address = serve(in_full.root / "site")
    page.goto(f"{address}case-studies/reading-room/")
    page.get_by_role("link", name="One-page handout").click()
    page.wait_for_url(f"{address}case-studies/reading-room/handout/")
    assert " ".join(on_one_side(page).text.split()) == (
        "Readers run the Exampleton reading room Exampleton City Council · 2022–2024 "
        "A made-up council hands its reading room to those who read in it, and it opens twice as long. "
        "Did it work? ✓ Worked Open 40 hours a week instead of 20 (press) "
        "What went wrong The roof leaked. "
        "Costs and income £32,000 A librarian for one year (set-up, budget, 2022/23) "
        "£4,000 to £6,500 Heating of the room (running, claimed) "
        "What others can learn Keep the roof. Whom to ask Library service of Exampleton "
        "The Localism Casebook. Its sources and the whole story: "
        "https://casebook.example/case-studies/reading-room/. Facts checked 31 January 2026."
    )
    page.get_by_role("link", name="Back to the case study").click()
    page.wait_for_url(f"{address}case-studies/reading-room/")


def test_what_does_not_fit_is_cut_at_whole_items(page, once, serve):
    """Of as much as the schema lets somebody tell."""

    def fill(root):
        project = make_project(root)
        text = re.sub(r"\noutcomes:\n.*?\npowers:", "\npowers:", project.read(ROOM), flags=re.DOTALL)
        outcomes = ", ".join(OUTCOME.format(number, WORDS * 4) for number in range(20))
        costs = ", ".join(COST.format(number, WORDS * 3) for number in range(20))
        text = with_fields(text, f"outcomes: [{outcomes}]\ncosts: [{costs}]\nask: '{WORDS * 2:.120}'\n")
        text = re.sub("summary: .*", f"summary: '{WORDS * 4:.300}'", text)
        text = text.replace(
            "The roof leaked.", " ".join(f"{WORDS} &lt;b&gt; {number}." for number in range(30))
        )
        project.write(ROOM, text)
        build(project)

    address = serve(Project(once("handout-of-much", fill)).root / "site")
    page.goto(f"{address}case-studies/reading-room/handout/")
    paper = on_one_side(page)
    assert paper.lacks(words_shown(page)) == []
    cut = [one for one in page.locator(".handout li").all_inner_texts() if "more on the page" in one]
    assert cut == ["… and 15 more on the page", "… and 16 more on the page"]
    wrong = page.locator("dt:text-is('What went wrong') + dd").inner_text()
    assert wrong.endswith("the assets; <b> 6. … and 23 more sentences on the page")


def test_the_fullest_handouts_of_the_collection_have_one_side(page, serve, real_site):
    files = sorted(real_site.glob("case-studies/*/handout/index.html"), key=lambda file: file.stat().st_size)
    assert len(files) > 12
    address = serve(real_site)
    for file in files[-12:]:
        path = file.parent.relative_to(real_site).as_posix()
        page.goto(f"{address}{path}/")
        assert on_one_side(page).lacks(words_shown(page)) == [], path
        assert len(page.locator("#content").inner_html().encode()) < 6_000, path
        page.emulate_media(media="null")
