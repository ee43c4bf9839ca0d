"""The pack in Chromium: case studies side by side, for a report."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from projects import build, make_project

ROOM = "Readers run the Exampleton reading room"
TREES = "Westover asks its streets about trees"
VOTE = "Two councils let young people vote on a budget"
KEY = "localism-casebook:pack:1"
ALL = "?case=reading-room&case=westover-trees&case=joint-youth-vote"
NOTHING = """Nothing yet, so there is nothing to print or to copy. Press "Add to pack" on any case study, find some, \
or begin with councils like yours, below."""
SLOW = 11_000  # milliseconds, after which another try is offered


@pytest.fixture(scope="module")
def address(built, serve):
    return serve(built.root / "site")


@pytest.fixture
def page(open_tab):
    return open_tab(permissions=["clipboard-read", "clipboard-write"])


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
    expect(page).to_have_url(re.compile(re.escape("/pack/?case=reading-room") + "$"))
    page.get_by_role("button", name="Take out of pack Readers run").click()
    page.locator("#pack-empty").wait_for()
    expect(page).to_have_url(re.compile(re.escape("/pack/") + "$"))
    assert page.locator(".pack__table").count() == 0
    page.get_by_role("button", name="Undo").click()
    page.locator("#pack-list").get_by_role("link", name=ROOM).wait_for()
    assert page.get_by_role("link", name="Pack (1)").is_visible()


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
    expect(page).to_have_url(
        re.compile(re.escape("?case=reading-room&question=capacity&question=risk") + "$")
    )
    assert page.locator("#pack-count").inner_text() == "1 case study"


def answers(page):
    """The questions that are ticked, and those under which the report has answers."""
    ticked = page.locator(".pack__questions label:has(:checked)").all_inner_texts()
    heads = page.locator(".pack__table tbody th").all_inner_texts()
    return [one.strip() for one in ticked], [one for one in heads if one[0].isdigit()]


def test_the_boxes_say_which_answers_are_shown(page, address):
    page.goto(f"{address}pack/?case=reading-room")
    page.locator(".pack__table").wait_for()
    ticked, shown = answers(page)
    assert ticked == shown
    assert len(shown) == 10
    page.get_by_label("6 Risk").uncheck()
    expect(page.get_by_role("rowheader", name="6 Risk")).to_have_count(0)
    ticked, shown = answers(page)
    assert ticked == shown
    assert len(shown) == 9
    page.get_by_role("button", name="Show all answers").click()
    expect(page).to_have_url(f"{address}pack/?case=reading-room")
    page.get_by_role("button", name="Show no answers").click()
    expect(page).to_have_url(f"{address}pack/?case=reading-room&question=")
    page.reload()
    page.locator(".pack__table").wait_for()
    assert answers(page) == ([], [])


def test_what_a_case_cost_and_which_terms_were_agreed_stand_side_by_side(page, in_full, serve):
    page.goto(f"{serve(in_full.root / 'site')}pack/?case=reading-room&case=westover-trees&question=")
    page.locator(".pack__table").wait_for()
    costs = "£32,000 A librarian for one year (set-up, budget, 2022/23; paid by Exampleton City Council) [1]"
    heating = "£4,000 to £6,500 Heating of the room (running, claimed) [2]"
    assert row(page, "Costs and income") == [f"{costs}\n\n{heating}", "Not told"]
    assert row(page, "Terms agreed") == ["Length: A lease of 25 years [1]", "Not told"]
    heads = page.locator(".pack__table tbody th").all_inner_texts()
    assert heads.index("Terms agreed") == heads.index("Costs and income") + 1


def test_of_powers_nothing_is_said_where_no_case_names_any(page, address):
    page.goto(f"{address}pack/?case=joint-youth-vote")
    page.locator(".pack__table").wait_for()
    assert page.get_by_role("rowheader", name="Powers", exact=True).count() == 0
    page.goto(f"{address}pack/?case=joint-youth-vote&case=reading-room")
    counts(page, "2 case studies")
    assert row(page, "Powers") == ["None named", "Sample Act 2001, section 1"]
    alone = page.locator(".pack__facts dt", has_text=re.compile("^Powers$"))
    assert alone.locator("xpath=..").all_text_contents() == ["PowersSample Act 2001, section 1"]


def test_the_report_is_copied_as_markdown(page, address):
    page.goto(f"{address}pack/?case=reading-room&question=risk")
    page.locator(".pack__table").wait_for()
    page.get_by_role("button", name="Copy as Markdown").click()
    expect(page.locator("#pack-told")).to_have_text("Copied as Markdown.")
    text = page.evaluate("navigator.clipboard.readText()")
    assert "## Readers run the Exampleton reading room" in text
    assert (
        "**6 Risk.** The council kept the roof, so that one bad winter could not end it. \\[1, 2\\]" in text
    )
    assert (
        "2. Reading room doubles its hours. Exampleton Gazette. Press. It shows no date. Read 30 January 2026. <https://example.org/gazette>"
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
    page.get_by_label("Your council").fill("Xyz")
    page.get_by_label("Your council").press("Tab")
    page.locator("#pack-said", has_text="No council of that name").wait_for()


def test_what_is_only_like_a_name_is_for_somebody_to_choose(page, address):
    page.goto(f"{address}pack/")
    page.get_by_label("Your council").fill("Quite Vale")
    page.get_by_label("Your council").press("Tab")
    page.locator("#pack-said", has_text="Do you mean one of these?").wait_for()
    assert page.locator("#pack-found a").count() == 0
    page.get_by_role("button", name="Quiet Vale District Council").click()
    page.locator("#pack-found a").first.wait_for()
    assert page.get_by_label("Your council").input_value() == "Quiet Vale District Council"


def test_an_empty_pack_says_how_it_is_filled_and_offers_nothing_to_do_with_it(page, address, mine):
    page.goto(f"{address}pack/")
    counts(page, "0 case studies")
    buttons = [
        page.get_by_role("button", name=name) for name in ("Print", "Copy as Markdown", "Empty the pack")
    ]
    assert page.locator("#pack-empty").inner_text() == NOTHING
    assert [button.is_visible() for button in buttons] == [False] * 3
    mine("reading-room")
    page.goto(f"{address}pack/")
    counts(page, "1 case study")
    assert [button.is_visible() for button in buttons] == [True] * 3
    buttons[-1].click()
    counts(page, "0 case studies")
    assert [button.is_visible() for button in buttons] == [False] * 3


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


@pytest.mark.alone
def test_a_browser_that_keeps_nothing_still_shows_a_shared_pack(page, address):
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError') }})"
    )
    page.goto(f"{address}pack/?case=reading-room")
    page.locator(".pack__table").wait_for()
    page.get_by_role("button", name="Add to mine").click()
    page.locator("#pack-told", has_text="This browser keeps nothing").wait_for()
    assert page.get_by_role("link", name="Pack (1)").is_visible()
    page.goto(f"{address}case-studies/reading-room/")
    page.get_by_role("button", name=f"Add to pack {ROOM}").click()
    assert "This browser keeps nothing" in page.get_by_role("alert").inner_text()


@pytest.fixture
def mine(page, address):
    """Put case studies into the reader's own pack."""

    def keep(*slugs):
        page.goto(f"{address}feeds/")
        page.evaluate("([key, slugs]) => localStorage.setItem(key, slugs)", [KEY, json.dumps(slugs)])

    return keep


def kept(page):
    return json.loads(page.evaluate(f"localStorage.getItem('{KEY}')") or "[]")


def counts(page, words):
    page.locator("#pack-count", has_text=re.compile(f"^{re.escape(words)}$")).wait_for()


def titles(page):
    return page.locator("#pack-list a").all_inner_texts()


def focused(page):
    return page.evaluate("document.activeElement.textContent.trim()")


# A link that brings a pack.


def test_a_link_is_shown_and_ones_own_pack_stays_as_it_is(page, address, mine):
    mine("reading-room")
    page.goto(f"{address}pack/?case=westover-trees&case=joint-youth-vote")
    counts(page, "2 case studies")
    assert page.locator("h1").inner_text() == "A pack from a link"
    assert titles(page) == [TREES, VOTE]
    assert page.get_by_role("link", name="Pack (1)").is_visible()
    assert kept(page) == ["reading-room"]
    page.reload()
    counts(page, "2 case studies")
    page.get_by_role("link", name="Show mine").click()
    page.locator("h1", has_text="Your pack").wait_for()
    counts(page, "1 case study")
    assert titles(page) == [ROOM]


def test_what_a_link_brings_is_added_to_ones_own_pack_and_that_can_be_undone(page, address, mine):
    mine("reading-room")
    page.goto(f"{address}pack/{ALL}&question=risk")
    counts(page, "3 case studies")
    page.get_by_role("button", name="Add to mine").click()
    page.locator("#pack-told", has_text="Added to your pack: 2 case studies.").wait_for()
    assert focused(page) == "Undo"
    assert kept(page) == ["reading-room", "westover-trees", "joint-youth-vote"]
    assert page.locator("h1").inner_text() == "Your pack"
    assert not page.get_by_role("button", name="Add to mine").is_visible()
    expect(page).to_have_url(re.compile(re.escape(f"{ALL}&question=risk") + "$"))
    page.keyboard.press("Enter")
    counts(page, "1 case study")
    assert kept(page) == ["reading-room"]
    page.go_back()
    page.locator("h1", has_text="A pack from a link").wait_for()


def test_a_link_replaces_ones_own_pack_and_that_can_be_undone_even_later(page, address, mine):
    mine("reading-room", "joint-youth-vote")
    page.goto(f"{address}pack/?case=westover-trees")
    counts(page, "1 case study")
    page.get_by_role("button", name="Replace mine").click()
    assert page.locator("#pack-told").inner_text() == "Your pack was replaced. It had 2 case studies."
    assert kept(page) == ["westover-trees"]
    page.locator("#pack-list a").click()
    page.go_back()
    page.get_by_role("button", name="Undo").click()
    counts(page, "2 case studies")
    assert titles(page) == [ROOM, VOTE]
    assert kept(page) == ["reading-room", "joint-youth-vote"]


def test_ones_own_address_follows_ones_pack_through_back_and_reload(page, address, mine):
    mine("reading-room")
    page.goto(f"{address}pack/")
    counts(page, "1 case study")
    page.goto(f"{address}case-studies/westover-trees/")
    page.get_by_role("button", name=f"Add to pack {TREES}").click()
    page.go_back()
    counts(page, "2 case studies")
    page.reload()
    counts(page, "2 case studies")
    assert page.locator("h1").inner_text() == "Your pack"
    expect(page).to_have_url(re.compile(re.escape("?case=reading-room&case=westover-trees") + "$"))


def test_case_studies_that_are_not_here_are_named_and_dropped(page, address, mine):
    page.goto(f"{address}pack/?case=reading-room&case=no-such-case&case=nor-this")
    counts(page, "1 case study")
    said = "2 case studies in this link are not in the casebook: no-such-case, nor-this."
    assert page.locator("#pack-told").inner_text() == said
    expect(page).to_have_url(re.compile(re.escape("?case=reading-room") + "$"))
    mine("no-such-case", "nor-this")
    page.goto(f"{address}pack/")
    counts(page, "0 case studies")
    said = "2 case studies in your pack are not in the casebook: no-such-case, nor-this."
    assert page.locator("#pack-told").inner_text() == said
    assert page.locator(".ways .pack-number").inner_text() == ""
    assert kept(page) == []


def test_a_link_of_nothing_that_is_here_leads_to_ones_own_pack(page, address, mine):
    mine("reading-room")
    page.goto(f"{address}pack/?case=no-such-case")
    counts(page, "1 case study")
    assert (
        page.locator("#pack-told").inner_text()
        == "1 case study in this link is not in the casebook: no-such-case."
    )
    assert titles(page) == [ROOM]


@pytest.mark.alone
def test_a_link_of_too_many_is_cut_and_a_full_pack_says_so(page, address, mine):
    names = [f"made-up-{number}" for number in range(60)]
    case = """<header class="case-head"><h1>Made up</h1><p class="case-head__place"></p></header>"""
    page.route("**/case-studies/made-up-*/", lambda route: route.fulfill(body=case, content_type="text/html"))
    page.goto(f"{address}pack/?{'&'.join(f'case={name}' for name in names)}")
    counts(page, "50 case studies")
    said = "This link brings 60 case studies: only the first 50 are shown."
    assert page.locator("#pack-told").inner_text() == said
    mine(*names[5:54])
    page.goto(f"{address}pack/?{'&'.join(f'case={name}' for name in names[:8])}")
    counts(page, "8 case studies")
    page.get_by_role("button", name="Add to mine").click()
    said = "Added to your pack: 1 case study. It holds 50: 4 case studies did not fit."
    assert page.locator("#pack-told").inner_text() == said
    assert len(kept(page)) == 50
    page.goto(f"{address}case-studies/reading-room/")
    page.get_by_role("button", name=f"Add to pack {ROOM}").click()
    assert page.get_by_role("alert").inner_text() == "The pack is full: it holds 50 case studies."
    assert len(kept(page)) == 50


def test_a_pack_changed_in_another_tab_is_followed(page, address, mine):
    mine("reading-room")
    page.goto(f"{address}pack/")
    counts(page, "1 case study")
    other = page.context.new_page()
    other.goto(f"{address}case-studies/westover-trees/")
    other.get_by_role("button", name=f"Add to pack {TREES}").click()
    counts(page, "2 case studies")
    expect(page).to_have_url(re.compile(re.escape("?case=reading-room&case=westover-trees") + "$"))
    page.get_by_role("button", name=f"Take out of pack {TREES}").click()
    other.get_by_role("button", name=f"Add to pack {TREES}").wait_for()
    assert other.get_by_role("link", name="Pack (1)").is_visible()


@pytest.mark.alone
def test_what_two_tabs_change_at_the_same_moment_is_changed_by_both(page, address, mine):
    """The other tab writes as if it had not seen what this one wrote; later, it has seen it."""
    mine("joint-youth-vote")
    page.clock.install()
    page.goto(f"{address}case-studies/")
    page.locator("#content details").evaluate_all("rows => rows.forEach(row => { row.open = true; })")
    page.clock.pause_at(datetime.now(UTC) + timedelta(hours=1))
    other = page.context.new_page()
    other.goto(f"{address}feeds/")

    def write(*slugs):
        other.evaluate("([key, slugs]) => localStorage.setItem(key, slugs)", [KEY, json.dumps(slugs)])

    page.get_by_role("button", name=f"Add to pack {TREES}").click()
    write("joint-youth-vote", "reading-room")
    expect(other.locator(".ways .pack-number")).to_have_text(" (3)")
    assert kept(page) == ["joint-youth-vote", "reading-room", "westover-trees"]
    page.get_by_role("button", name=f"Take out of pack {VOTE}").click()
    write("joint-youth-vote", "westover-trees")
    expect(other.locator(".ways .pack-number")).to_have_text(" (1)")
    assert kept(page) == ["westover-trees"]
    page.clock.run_for(1_000)
    write()
    page.get_by_role("button", name=f"Add to pack {TREES}").wait_for()
    assert kept(page) == []


def test_what_is_kept_in_the_browser_may_be_anything(page, address):
    for value in ("[1, null, {}, [], 'x']", '[1, null, {}, [], "reading-room", "reading-room"]', "{", "7"):
        page.goto(f"{address}feeds/")
        page.evaluate("([key, value]) => localStorage.setItem(key, value)", [KEY, value])
        page.goto(f"{address}pack/")
        counts(page, "1 case study" if "room" in value else "0 case studies")


def test_what_was_kept_and_is_no_pack_is_set_aside_and_can_be_saved(page, address):
    page.goto(f"{address}case-studies/reading-room/")
    page.evaluate(f"localStorage.setItem('{KEY}', '{{')")
    page.get_by_role("button", name=f"Add to pack {ROOM}").click()
    assert kept(page) == ["reading-room"]
    page.goto(f"{address}pack/")
    counts(page, "1 case study")
    assert (
        page.locator("#pack-told").inner_text()
        == "What this browser kept as your pack can’t be read. It is set aside."
    )
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Save it as a file").click()
    assert waiting.value.path().read_text(encoding="utf-8") == "{"
    assert focused(page) == "In the pack"
    assert page.locator("#pack-told").inner_text() == ""
    page.reload()
    counts(page, "1 case study")
    assert not page.get_by_role("button", name="Save it as a file").is_visible()


def test_undo_never_takes_away_what_another_tab_has_added_since(page, address, mine):
    mine("reading-room", "westover-trees")
    page.goto(f"{address}pack/")
    counts(page, "2 case studies")
    page.get_by_role("button", name="Empty the pack").click()
    page.get_by_role("button", name="Undo").wait_for()
    page.goto(f"{address}case-studies/joint-youth-vote/")
    page.get_by_role("button", name=f"Add to pack {VOTE}").click()
    page.go_back()
    counts(page, "1 case study")
    assert not page.get_by_role("button", name="Undo").is_visible()
    assert kept(page) == ["joint-youth-vote"]


# A network that is slow, or fails, or brings something else.


FAILURES = {
    "no answer": lambda route: route.abort(),
    "not found": lambda route: route.fulfill(status=404),
    "an error": lambda route: route.fulfill(status=500, body="<h1>Sorry</h1>"),
    "a login page": lambda route: route.fulfill(body="<h1>Log in</h1>", content_type="text/html"),
    "nothing": lambda route: route.fulfill(body="", content_type="text/html"),
}


@pytest.mark.alone
@pytest.mark.parametrize("fail", FAILURES.values(), ids=FAILURES)
def test_a_case_study_that_fails_is_named_and_the_rest_is_shown(page, address, mine, fail):
    mine("reading-room", "westover-trees", "joint-youth-vote")
    page.route("**/case-studies/westover-trees/", fail)
    page.goto(f"{address}pack/")
    counts(page, "2 case studies, and 1 that could not be loaded")
    assert titles(page) == [ROOM, TREES, VOTE]
    item = page.locator("#pack-list > li").nth(1)
    assert "could not be loaded" in item.inner_text()
    assert page.locator(".pack__missing").inner_text() == f"Not in this report: {TREES}."
    assert page.locator(".pack__table [scope=col]").all_inner_texts() == [ROOM, VOTE]
    again = item.get_by_role("button", name="Try again")
    again.click()
    counts(page, "2 case studies, and 1 that could not be loaded")  # again: the button stays while it loads
    page.unroute("**/case-studies/westover-trees/")
    again.focus()
    page.keyboard.press("Enter")
    counts(page, "3 case studies")
    assert page.locator(".pack__table [scope=col]").all_inner_texts() == [ROOM, TREES, VOTE]
    assert focused(page) == f"Take out of pack{TREES}"
    assert page.locator(".pack__missing").count() == 0
    assert kept(page) == ["reading-room", "westover-trees", "joint-youth-vote"]


@pytest.mark.alone
def test_where_all_fails_nothing_is_lost_and_no_number_is_wrong(page, address, mine):
    mine("reading-room", "westover-trees")
    page.route(re.compile("/case-studies/|cases.json"), lambda route: route.abort())
    page.goto(f"{address}pack/")
    counts(page, "0 case studies, and 2 that could not be loaded")
    assert titles(page) == ["reading-room", "westover-trees"]
    assert not page.locator("#pack-empty").is_visible()
    assert page.get_by_role("link", name="Pack (2)").is_visible()
    assert kept(page) == ["reading-room", "westover-trees"]
    page.unroute(re.compile("/case-studies/|cases.json"))
    for each in range(2):
        page.locator("#pack-list li").nth(each).get_by_role("button", name="Try again").click()
    counts(page, "2 case studies")


@pytest.mark.alone
def test_a_case_study_that_hangs_holds_up_nothing_and_comes_late_without_moving_the_focus(
    page, address, mine
):
    held = []
    page.clock.install()
    page.route("**/case-studies/westover-trees/", lambda route: held.append(route))
    mine("reading-room", "westover-trees", "joint-youth-vote")
    page.goto(f"{address}pack/")
    page.locator(".pack__table [scope=col]").nth(1).wait_for()
    counts(page, "Loading 3 case studies …")
    assert page.locator(".pack__table [scope=col]").all_inner_texts() == [ROOM, VOTE]
    assert page.locator(".pack__missing").inner_text() == "Not in this report: westover-trees."
    page.clock.fast_forward(SLOW)
    counts(page, "2 case studies, and 1 still loading")
    assert "takes long to load" in page.locator("#pack-list > li").nth(1).inner_text()
    assert page.get_by_role("button", name=f"Try again {TREES}").is_visible()
    page.get_by_role("button", name="Copy as Markdown").click()
    expect(page.locator("#pack-told")).to_have_text("Copied as Markdown.")
    link = page.locator(".pack__table [scope=col] a", has_text=VOTE)
    link.focus()
    node, cell = link.element_handle(), page.locator(".pack__table td").nth(2).element_handle()
    held[0].continue_()
    counts(page, "3 case studies")
    assert page.locator(".pack__table [scope=col]").all_inner_texts() == [ROOM, TREES, VOTE]
    assert page.locator("#pack-told").inner_text() == "Copied as Markdown."
    assert node.evaluate("link => link === document.activeElement")
    assert cell.evaluate("cell => cell.isConnected")


@pytest.mark.alone
def test_titles_that_hang_or_fail_hold_up_nothing(page, address):
    held = []
    page.clock.install()
    page.route("**/cases.json", lambda route: held.append(route))
    with page.expect_request("**/cases.json"):
        page.goto(f"{address}pack/?case=reading-room&case=no-such-case")
    page.locator(".pack__table").wait_for()
    counts(page, "Loading 2 case studies …")
    page.clock.fast_forward(SLOW)
    counts(page, "1 case study, and 1 still loading")
    held[0].continue_()
    counts(page, "1 case study")
    assert (
        page.locator("#pack-told").inner_text()
        == "1 case study in this link is not in the casebook: no-such-case."
    )


COUNCILS_FAILURES = FAILURES | {
    "nothing yet": lambda route: None,
}


@pytest.mark.alone
@pytest.mark.parametrize("failure", COUNCILS_FAILURES)
def test_the_list_of_councils_may_fail_and_is_asked_for_again(page, address, failure):
    page.clock.install()
    page.route("**/terms.json", COUNCILS_FAILURES[failure])
    page.goto(f"{address}pack/")
    field = page.get_by_label("Your council")
    field.fill("quiet vale")
    said = "The list of councils could not be loaded."
    if failure == "nothing yet":
        page.get_by_text("The list of councils is loading …").wait_for()
        page.clock.fast_forward(SLOW)
        said = "The list of councils takes long to load."
    page.get_by_text(said, exact=True).wait_for()
    page.route("**/terms.json", lambda route: route.continue_())
    page.get_by_role("button", name="Try again").press("Enter")
    page.locator("#pack-found li").first.wait_for()
    assert (
        page.locator("#pack-said").inner_text()
        == "Quiet Vale District Council: 3 of 3 case studies, the most alike first"
    )
    assert field.evaluate("field => field === document.activeElement")


@pytest.mark.alone
def test_a_list_of_councils_of_another_edition_is_not_taken(page, address):
    page.route("**/terms.json", lambda route: route.fulfill(json={"edition": "another", "facets": {}}))
    page.goto(f"{address}pack/")
    page.get_by_label("Your council").fill("quiet vale")
    page.get_by_text("The casebook was updated after this page was loaded.").wait_for()
    page.unroute("**/terms.json")
    page.get_by_role("button", name="Load the page again").click()
    page.get_by_label("Your council").fill("quiet vale")
    page.get_by_text("Quiet Vale District Council: 3 of 3 case studies, the most alike first").wait_for()


SCRIPT_FAILURES = {
    "The pack could not be loaded.": lambda route: route.abort(),
    "The pack takes long to load.": lambda route: None,
}


@pytest.mark.alone
@pytest.mark.parametrize("said", SCRIPT_FAILURES)
def test_a_pack_whose_script_is_not_there_says_so(page, address, mine, said):
    mine("reading-room")
    page.clock.install()
    page.route("**/pack/report.js", SCRIPT_FAILURES[said])
    page.goto(f"{address}pack/", wait_until="commit")
    page.locator("#pack").wait_for(state="attached")
    page.clock.fast_forward(SLOW)
    page.get_by_text(said, exact=True).wait_for()
    page.route("**/pack/report.js", lambda route: route.continue_())
    page.get_by_role("button", name="Try again").press("Enter")
    counts(page, "1 case study")
    assert titles(page) == [ROOM]
    assert not page.locator("#again").is_visible()


@pytest.mark.alone
def test_where_copying_is_refused_the_text_is_there_to_be_copied(page, address):
    page.add_init_script(
        "navigator.clipboard.writeText = () => Promise.reject(new DOMException('', 'NotAllowedError'))"
    )
    page.goto(f"{address}pack/?case=reading-room&case=westover-trees")
    counts(page, "2 case studies")
    page.get_by_role("button", name="Copy as Markdown").click()
    page.locator("#pack-told", has_text="does not let this page copy").wait_for()
    text = page.get_by_label("The report as Markdown")
    assert f"## {ROOM}" in text.input_value()
    assert text.evaluate(
        "e => e.selectionEnd - e.selectionStart === e.value.length && e === document.activeElement"
    )


# Focus and place.


def test_taking_out_by_keyboard_goes_on_to_the_next_and_in_the_end_to_what_to_do(page, address, mine):
    mine("reading-room", "westover-trees", "joint-youth-vote")
    page.goto(f"{address}pack/")
    counts(page, "3 case studies")
    page.get_by_role("button", name=f"Take out of pack {TREES}").focus()
    page.keyboard.press("Enter")
    counts(page, "2 case studies")
    assert focused(page) == f"Take out of pack{VOTE}"
    page.keyboard.press("Enter")
    counts(page, "1 case study")
    assert focused(page) == f"Take out of pack{ROOM}"
    page.keyboard.press("Enter")
    counts(page, "0 case studies")
    assert focused(page).startswith("Nothing yet, so")
    assert page.locator("#pack-told").inner_text() == f"Taken out of your pack: {ROOM}."


def test_emptying_the_pack_leads_to_the_way_back(page, address, mine):
    mine("reading-room", "westover-trees")
    page.goto(f"{address}pack/")
    counts(page, "2 case studies")
    page.get_by_role("button", name="Empty the pack").click()
    counts(page, "0 case studies")
    assert focused(page) == "Undo"
    page.keyboard.press("Enter")
    counts(page, "2 case studies")
    assert kept(page) == ["reading-room", "westover-trees"]


@pytest.mark.alone
def test_a_button_pressed_while_others_come_and_go_is_clicked(page, address, mine):
    held = []
    page.route("**/case-studies/reading-room/", lambda route: held.append(route))
    mine("reading-room", "westover-trees")
    page.goto(f"{address}pack/")
    page.locator(".pack__table").wait_for()
    button = page.get_by_role("button", name=f"Take out of pack {TREES}")
    report = page.locator(".pack__table td p").first.element_handle()
    box = button.bounding_box()
    page.mouse.move(box["x"] + 5, box["y"] + 5)
    page.mouse.down()
    held[0].continue_()
    counts(page, "2 case studies")
    page.mouse.up()
    counts(page, "1 case study")
    assert titles(page) == [ROOM]
    assert not report.evaluate("part => part.isConnected")


def test_what_was_found_stays_under_the_mouse_when_the_field_is_left(page, address):
    page.goto(f"{address}pack/")
    page.get_by_label("Your council").press_sequentially("quiet vale")
    page.locator("#pack-found li").first.wait_for()
    page.get_by_role("button", name=f"Add to pack {ROOM}").click()
    counts(page, "1 case study")
    assert focused(page) == f"Take out of pack{ROOM}"


def test_a_pack_that_is_cleared_elsewhere_can_be_brought_back(page, address):
    page.goto(address)
    page.evaluate('key => localStorage.setItem(key, \'["reading-room","westover-trees"]\')', KEY)
    page.goto(f"{address}pack/")
    page.locator(".pack__table").wait_for()
    other = page.context.new_page()
    other.goto(f"{address}feeds/")
    other.evaluate("localStorage.clear()")
    expect(page.locator("#pack-told")).to_have_text("Another tab has taken 2 case studies out of your pack.")
    page.get_by_role("button", name="Undo").click()
    page.locator("#pack-list").get_by_role("link", name=ROOM).wait_for()
    assert page.evaluate("key => localStorage.getItem(key)", KEY) == '["reading-room","westover-trees"]'


PLACE = '  population: "{}"\n  rural_urban: urban\n  deprivation: "1"\n'


def test_places_alike_in_people_countryside_and_deprivation_come_before_those_of_the_nation(
    tmp_path, serve, page
):
    project = make_project(tmp_path)
    file = "schema/councils.yml"
    project.replace(file, "checked:", 'population_year: "2020"\nchecked:')
    project.replace(file, "  hex: [1, 1]\n", "  hex: [1, 1]\n" + PLACE.format(150_000))
    project.replace(file, "  hex: [1, 3]\n", "  hex: [1, 3]\n" + PLACE.format(100_000))
    build(project)
    site = serve(project.root / "site")
    page.goto(f"{site}pack/")
    page.get_by_label("Your council").fill("Quiet Vale")
    page.locator("#pack-found li").first.wait_for()
    told = page.locator("#pack-found li .soft").all_inner_texts()
    assert told[0].strip() == "Exampleton City Council, alike in people, countryside and deprivation"
    page.goto(f"{site}councils/exampleton/")
    assert (
        "150,000 people (2020). Urban. The most deprived fifth of councils."
        in page.locator("main").inner_text()
    )
