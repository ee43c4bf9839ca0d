"""The pack in Chromium: case studies side by side, for a report."""

import pytest


@pytest.fixture(scope="module")
def address(built, serve):
    return serve(built.root / "site")


@pytest.fixture
def page(browser):
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    troubles = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    yield page
    context.close()
    assert troubles == []


def row(page, heading):
    """What the report says under a heading, a text for each case."""
    line = page.locator(".pack__table tbody tr").filter(
        has=page.get_by_role("rowheader", name=heading, exact=True)
    )
    return line.locator("td").all_inner_texts()


def test_a_case_study_is_put_into_the_pack_and_taken_out_again(page, address):
    page.goto(f"{address}case-studies/reading-room/")
    page.get_by_role("button", name="Add to pack Readers run the Exampleton reading room").click()
    assert page.get_by_role("link", name="Pack (1)").is_visible()
    page.get_by_role("link", name="Pack (1)").click()
    page.locator(".pack__table").wait_for()
    assert page.locator("#pack-count").inner_text() == "1 case study"
    assert page.url.endswith("/pack/?case=reading-room")
    page.get_by_role("button", name="Take out of pack Readers run").click()
    page.locator("#pack-empty").wait_for()
    assert page.url.endswith("/pack/")
    assert page.locator(".pack__table").count() == 0


def test_case_studies_stand_side_by_side_with_their_sources(page, address):
    page.goto(f"{address}pack/?case=reading-room&case=westover-trees")
    page.locator(".pack__table").wait_for()
    assert (
        row(page, "6 Risk")[0] == "The council kept the roof, so that one bad winter could not end it. [1, 2]"
    )
    assert row(page, "8 Culture and skills") == ["Not told", "Not told"]
    assert row(page, "Did it work?")[0] == "Worked: Open 40 hours a week instead of 20 [2] (Press)"
    assert row(page, "What went wrong")[0] == "The roof leaked. [2]"
    assert row(page, "Powers")[0] == "Sample Act 2001, section 1"
    sources = page.locator("#pack-report .sources").first.locator("li").all_inner_texts()
    assert sources[1].startswith("Reading room doubles its hours. Exampleton Gazette.")


def test_chosen_questions_stand_in_the_address_and_a_shared_address_brings_its_pack(page, address):
    page.goto(f"{address}pack/?case=reading-room&case=no-such-case&question=risk")
    page.locator(".pack__table").wait_for()
    assert page.get_by_role("rowheader", name="Capacity").count() == 0
    page.get_by_label("1 Capacity and support").check()
    page.get_by_role("rowheader", name="1 Capacity and support").wait_for()
    assert page.url.endswith("?case=reading-room&case=no-such-case&question=capacity&question=risk")
    assert page.locator("#pack-count").inner_text() == "1 case study"


def test_the_report_is_copied_as_markdown(page, address):
    page.goto(f"{address}pack/?case=reading-room&question=risk")
    page.locator(".pack__table").wait_for()
    page.get_by_role("button", name="Copy as Markdown").click()
    page.locator("#pack-count", has_text="Copied").wait_for()
    text = page.evaluate("navigator.clipboard.readText()")
    assert "## Readers run the Exampleton reading room" in text
    assert (
        "**6 Risk.** The council kept the roof, so that one bad winter could not end it. \\[1, 2\\]" in text
    )
    assert (
        "2. Reading room doubles its hours. Exampleton Gazette. Press. Read 30 January 2026. <https://example.org/gazette>"
        in text
    )


def test_councils_like_a_given_one_come_with_the_reason(page, address):
    page.goto(f"{address}pack/")
    page.get_by_label("Your council").fill("quiet vale")
    page.get_by_label("Your council").press("Tab")
    page.locator("#pack-found li").first.wait_for()
    first = page.locator("#pack-found li").first
    assert first.get_by_role("link").inner_text() == "Readers run the Exampleton reading room"
    assert first.locator(".soft").inner_text().strip() == "Exampleton City Council, also in England"
    page.get_by_role("button", name="Add to pack Readers run").click()
    page.locator(".pack__table").wait_for()
    page.get_by_label("Your council").fill("Nowhere")
    page.get_by_label("Your council").press("Tab")
    page.locator("#pack-said", has_text="No council of that name").wait_for()


def test_print_shows_the_report_alone(page, address):
    page.goto(f"{address}pack/?case=reading-room")
    page.locator(".pack__table").wait_for()
    page.emulate_media(media="print")
    assert not page.locator(".pack__choose").is_visible()
    assert page.locator(".pack__table").is_visible()


def test_without_javascript_no_button_is_seen(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}case-studies/reading-room/")
    assert not page.locator(".pack-add").first.is_visible()
    context.close()


def test_a_browser_that_keeps_nothing_still_shows_a_shared_pack(page, address):
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError') }})"
    )
    page.goto(f"{address}pack/?case=reading-room")
    page.locator(".pack__table").wait_for()
    page.goto(f"{address}case-studies/reading-room/")
    page.get_by_role("button", name="Add to pack Readers run").click()
