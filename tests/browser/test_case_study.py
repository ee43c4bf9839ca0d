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


@pytest.mark.parametrize("width", [360, 768])
def test_on_a_narrow_screen_the_facts_stand_before_the_outcomes(page, room, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(room)
    tops = page.locator("main h2").evaluate_all(
        "heads => heads.map(head => [head.textContent, head.getBoundingClientRect().top])"
    )
    assert [words for words, _ in tops][:3] == ["In brief", "On this page", "Did it work?"]
    assert tops == sorted(tops, key=lambda head: head[1])


def test_on_a_wide_screen_the_facts_stand_beside_the_outcomes(page, room):
    page.goto(room)
    facts, outcomes = (page.locator(f".case__{part}").bounding_box() for part in ("facts", "outcomes"))
    assert facts["y"] == outcomes["y"]
    assert facts["x"] > outcomes["x"] + outcomes["width"]


def test_what_a_kind_of_evidence_is_stands_once_and_each_claim_leads_there(page, room):
    page.goto(room)
    explained = "A newspaper, broadcaster or trade journal reports it."
    assert page.locator("main").inner_text().count(explained) == 1
    ways = page.locator(".outcome").get_by_role("link", name="Press", exact=True)
    assert ways.count() == len(["the outcome", "the output"])
    ways.first.click()
    assert page.locator(":target + dd").inner_text() == (
        f"{explained} What is missing: A study or an audit: nothing but reports in the press is cited for this."
    )


def test_the_timeline_leads_to_each_fact_and_is_not_on_paper(page, room):
    page.goto(room)
    page.locator(".contents").get_by_role("link", name="In order of time").click()
    page.get_by_text("5 dated facts").click()
    assert page.locator(".timeline li").all_inner_texts() == [
        "2022 It began",
        "September 2022 12 readers were trained",
        "2022/23 £32,000: A librarian for one year",
        "2024 It ended",
        "February 2025 The lease was made longer, to 50 years.",
    ]
    page.get_by_role("link", name="£32,000: A librarian for one year").click()
    assert page.locator(":target").inner_text().startswith("£32,000 A librarian for one year")
    page.emulate_media(media="print")
    assert not page.locator(".timeline").is_visible()


def test_on_a_narrow_screen_what_is_secondary_in_brief_opens_and_is_whole_on_paper(page, room):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(room)
    costs, status = page.locator("[data-fact=costs]"), page.locator(".facts dt", has_text="How it stands")
    assert status.is_visible()
    assert not costs.is_visible()
    page.locator(".facts-more > summary").click()
    assert costs.is_visible()
    page.locator(".facts-more > summary").click()
    page.emulate_media(media="print")
    assert costs.is_visible()
    page.emulate_media(media="screen")
    page.set_viewport_size({"width": 1280, "height": 800})
    assert costs.is_visible()


def test_the_address_of_a_cost_shows_it_on_a_narrow_screen_too(page, room):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{room}#claim-librarian")
    page.locator("#claim-librarian").wait_for()


@pytest.mark.parametrize("scripts", [True, False])
def test_the_list_of_all_has_a_row_for_each_that_opens(open_tab, built, serve, scripts):
    page = open_tab(360, java_script_enabled=scripts)
    page.goto(f"{serve(built.root / 'site')}case-studies/")
    rows = page.locator(".answers-list > li")
    assert rows.locator("h3 a").all_inner_texts()[0] == "Readers run the Exampleton reading room"
    assert rows.locator(".answer__place").first.inner_text() == "Exampleton, 2022"
    rest = rows.first.locator("details > p").first
    assert not rest.is_visible()
    rows.first.locator("summary").click()
    assert rest.is_visible()
    assert rows.count() == 3
