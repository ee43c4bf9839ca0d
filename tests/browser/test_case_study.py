"""The page of a case study in Chromium."""

import pytest

CHOSEN = {
    "England": "England",
    "2022": "2022",
    "Ended": "Ended",
    "Libraries": "Libraries",
    "Young people": "Young people",
    "Press": "Press",
    "Others that tell what it cost": "What it cost",
    "Others that tell what effort it took": "What effort it took",
    "Others that tell which terms were agreed": "Which terms were agreed",
}
"""Facts in brief, and what is chosen on the find page to which they lead."""


@pytest.fixture
def page(open_tab):
    return open_tab()


@pytest.fixture
def room(in_full, serve):
    return f"{serve(in_full.root / 'site')}case-studies/reading-room/"


@pytest.mark.parametrize("fact", CHOSEN)
def test_a_fact_in_brief_leads_to_the_others_that_share_it(page, room, fact):
    page.goto(room)
    page.locator(".facts").get_by_role("link", name=fact, exact=True).click()
    page.wait_for_url("**/find/?*")
    assert page.get_by_role("checkbox", checked=True, include_hidden=True).evaluate_all(
        "boxes => boxes.map(box => box.nextElementSibling.textContent)"
    ) == [CHOSEN[fact]]
    page.locator(".card", has_text="Readers run the Exampleton reading room").wait_for()


def test_the_council_in_brief_leads_to_its_page(page, room):
    page.goto(room)
    page.locator(".facts").get_by_role("link", name="Exampleton City Council", exact=True).click()
    page.wait_for_url("**/councils/exampleton/")
