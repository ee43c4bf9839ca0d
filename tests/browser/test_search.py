"""Somebody looks for case studies, in Chromium, on the small project: with a mouse, and with a network as it comes."""

import re

import pytest
from playwright.sync_api import expect

READING_ROOM = "Readers run the Exampleton reading room"
VOTE = "Two councils let young people vote on a budget"
TREES = "Westover asks its streets about trees"


@pytest.fixture(scope="module")
def find(built, serve):
    """The address of the find page."""
    return serve(built.root / "site") + "find/"


def titles(page):
    return page.locator("#found .card__title")


def type_without_enter(page, text):
    page.get_by_role("searchbox", name="Words").press_sequentially(text)
    page.get_by_role("button", name=f"Remove “{text}”").wait_for()
    page.locator("#found[aria-busy=false]").wait_for()


def press_and_release(page, part):
    """As a hand does it: what the press sets off has been done before the button comes up again."""
    box = part.bounding_box()
    page.mouse.move(box["x"] + min(10, box["width"] / 2), box["y"] + box["height"] / 2)
    page.mouse.down()
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))")
    page.locator("#found[aria-busy=false]").wait_for()
    page.mouse.up()


@pytest.mark.parametrize("text", ["trees", "reading"])
def test_the_first_click_on_a_result_opens_it(page, find, text):
    page.goto(find)
    type_without_enter(page, text)
    first = titles(page).first.inner_text()
    press_and_release(page, titles(page).first.get_by_role("link"))
    expect(page.get_by_role("heading", level=1)).to_have_text(first)
    page.go_back()
    expect(page).to_have_url(f"{find}?text={text}")
    expect(page.get_by_role("searchbox", name="Words")).to_have_value(text)


@pytest.mark.alone
@pytest.mark.parametrize(
    ("text", "late", "came"),
    [
        ("trees", "**/find/site.json", "#elsewhere summary"),
        ("roof", "**/case-studies/**", ".card__passage"),
    ],
)
def test_what_comes_late_above_a_result_waits_until_the_mouse_is_let_go(page, find, text, late, came):
    held = []
    page.route(late, lambda route: held.append(route))
    page.goto(find)
    with page.expect_request(late):
        type_without_enter(page, text)
    first = page.get_by_role("button", name="Add to pack").first
    first.scroll_into_view_if_needed()
    box = first.bounding_box()
    page.mouse.move(box["x"] + 10, box["y"] + box["height"] / 2)
    page.mouse.down()
    with page.expect_response(late):
        for route in held:
            route.continue_()
    page.unroute(late)
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))")
    assert first.bounding_box() == box
    page.mouse.up()
    page.get_by_role("button", name="Take out of pack").first.wait_for()
    page.locator(came).first.wait_for()


@pytest.mark.alone
def test_a_result_that_is_pressed_is_opened_though_others_come_meanwhile(page, find):
    held = []
    page.goto(find)
    page.wait_for_load_state("networkidle")
    page.route("**/find/words/**", lambda route: held.append(route))
    with page.expect_request("**/find/words/**"):
        page.get_by_role("searchbox", name="Words").fill("trees")
    first = titles(page).first.get_by_role("link")
    title = first.inner_text()
    assert title != TREES
    box = first.bounding_box()
    page.mouse.move(box["x"] + 10, box["y"] + box["height"] / 2)
    page.mouse.down()
    with page.expect_response("**/find/words/**"):
        for route in held:
            route.continue_()
    page.evaluate(
        "() => new Promise(done => setTimeout(() => requestAnimationFrame(() => setTimeout(done))))"
    )
    page.mouse.up()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def test_the_first_click_on_a_marked_word_of_a_title_opens_it(page, find):
    page.goto(find)
    type_without_enter(page, "trees")
    press_and_release(page, titles(page).locator("mark").first)
    expect(page.get_by_role("heading", level=1)).to_have_text(TREES)


def test_the_first_click_puts_a_result_into_the_pack(page, find):
    page.goto(find)
    type_without_enter(page, "young")
    press_and_release(page, page.get_by_role("button", name=f"Add to pack {VOTE}"))
    page.get_by_role("button", name=f"Take out of pack {VOTE}").wait_for()


def test_the_first_click_on_a_chip_takes_its_choice_away(page, find):
    page.goto(f"{find}?question=capacity")
    type_without_enter(page, "trees")
    press_and_release(page, page.get_by_role("button", name="Remove Capacity and support"))
    expect(page).to_have_url(f"{find}?text=trees")
    expect(page.locator("#chips button")).to_have_text(["“trees”"])


def test_the_first_click_on_a_chip_takes_the_words_away(page, find):
    page.goto(find)
    type_without_enter(page, "trees")
    press_and_release(page, page.get_by_role("button", name="Remove “trees”"))
    expect(titles(page)).to_have_text([READING_ROOM, VOTE, TREES])


def test_the_first_click_on_a_filter_chooses_it(page, find):
    page.goto(find)
    type_without_enter(page, "trees")
    press_and_release(page, page.get_by_label("Capacity and support").locator("xpath=.."))
    expect(page).to_have_url(f"{find}?text=trees&question=capacity")


ORDERS = """async () => {
  const { reconcile } = await import(new URL("../dom/reconcile.js", document.querySelector("script[type=module]").src));
  const parent = document.createElement("div");
  const made = Object.fromEntries([..."abcdefgh"].map((name) => [name, Object.assign(document.createElement("i"), { title: name })]));
  const watcher = new MutationObserver(() => {});
  watcher.observe(parent, { childList: true });
  const touched = (order) => {
    reconcile(parent, [...order].map((name) => made[name]));
    const names = watcher.takeRecords().flatMap((one) => [...one.addedNodes, ...one.removedNodes]).map((node) => node.title);
    if ([...parent.children].map((node) => node.title).join("") !== order) throw new Error(order);
    return [...new Set(names)].sort().join("");
  };
  return ["abc", "abc", "bca", "cab", "cab", "cdab", "dba", "", "hgfedcba", "abcdefgh"].map(touched);
}"""


def test_only_what_comes_goes_or_changes_places_is_touched(page, find):
    page.goto(find)
    assert page.evaluate(ORDERS) == ["abc", "", "a", "b", "", "d", "bc", "abd", "abcdefgh", "abcdefg"]


SLOW = 11_000  # milliseconds, after which another try is offered


def fail(route):
    route.abort()


def hang(route):
    """It never comes."""


def mend(page, file):
    """From now on it is answered; what hangs goes on to hang, as it would not without any route."""
    page.route(file, lambda route: route.continue_())


def bring_another_edition(route):
    data = route.fetch().json()
    route.fulfill(json=data | {"edition": "another"})


def searching(page):
    expect(page.locator("#count")).to_have_text("Searching …")
    expect(page.locator("#found")).to_be_hidden()


def knows_nothing(page, words):
    expect(page.locator("#trouble")).to_have_text(words)
    expect(page.locator("#count")).to_have_text("")
    expect(page.locator("#found")).to_be_hidden()


def found(page, *wanted):
    expect(page.locator("#count")).to_have_text(
        f"{len(wanted)} case {'study' if len(wanted) == 1 else 'studies'}"
    )
    expect(titles(page)).to_have_text(list(wanted))
    expect(page.locator("#trouble")).to_have_text("")
    expect(page.locator("#again")).to_be_hidden()


LOOKED_UP = {
    "find/?text=trees": ["**/find/words.json", "**/find/words/t.json"],
    "find/?question=open-to-all": ["**/find/facets.json"],
}
LOOK_UPS = [(path, file) for path, files in LOOKED_UP.items() for file in files]
RESULTS = {"find/?text=trees": [TREES, READING_ROOM], "find/?question=open-to-all": [TREES]}


@pytest.fixture
def home(find):
    return find.removesuffix("find/")


TROUBLES = {
    "fails": (fail, "The search could not be loaded.", "Try again"),
    "takes long": (hang, "The search takes long to load.", "Try again"),
    "is of another edition": (
        bring_another_edition,
        "The casebook was updated after this page was loaded.",
        "Load the page again",
    ),
}


@pytest.mark.alone
@pytest.mark.parametrize(("trouble", "words", "button"), TROUBLES.values(), ids=TROUBLES)
@pytest.mark.parametrize(("path", "file"), LOOK_UPS)
def test_a_search_without_an_answer_says_so_and_is_tried_again(
    page, home, path, file, trouble, words, button
):
    page.clock.install()
    page.route(file, trouble)
    page.goto(home + path)
    if trouble is hang:
        searching(page)
        page.clock.fast_forward(SLOW)
    knows_nothing(page, words)
    page.get_by_role("button", name=re.compile("^Remove ")).click()
    found(page, READING_ROOM, VOTE, TREES)
    page.go_back()
    knows_nothing(page, words)
    mend(page, file)
    page.get_by_role("button", name=button).press("Enter")
    found(page, *RESULTS[path])
    if button == "Try again":
        expect(page.get_by_role("searchbox", name="Words")).to_be_focused()


@pytest.mark.alone
@pytest.mark.parametrize(("path", "file"), LOOK_UPS)
def test_an_answer_that_comes_late_is_taken_and_the_rest_works_meanwhile(page, home, path, file):
    held = []
    page.clock.install()
    page.route(file, lambda route: held.append(route))
    page.goto(home + path)
    searching(page)
    page.get_by_role("button", name=re.compile("^Remove ")).click()
    found(page, READING_ROOM, VOTE, TREES)
    page.go_back()
    page.clock.fast_forward(SLOW)
    expect(page.locator("#trouble")).to_have_text("The search takes long to load.")
    held[0].continue_()
    found(page, *RESULTS[path])


@pytest.mark.alone
def test_what_failed_is_fetched_anew_for_the_next_search(page, find):
    page.route("**/find/words.json", fail)
    page.goto(f"{find}?text=tree")
    expect(page.locator("#trouble")).to_have_text("The search could not be loaded.")
    page.unroute("**/find/words.json")
    page.get_by_role("searchbox", name="Words").fill("trees")
    found(page, TREES, READING_ROOM)


@pytest.mark.alone
def test_a_file_of_the_last_edition_that_the_browser_had_kept_is_fetched_anew(page, find):
    kept = []

    def bring(route):
        kept.append(route)
        bring_another_edition(route) if len(kept) == 1 else route.continue_()

    page.route("**/find/words.json", bring)
    page.goto(f"{find}?text=trees")
    found(page, TREES, READING_ROOM)
    assert len(kept) == 2


SCRIPT_TROUBLES = {
    "fails": (fail, "The search could not be loaded. The list below is of all case studies."),
    "takes long": (hang, "The search takes long to load. The list below is of all case studies."),
}


@pytest.mark.alone
@pytest.mark.parametrize(("trouble", "words"), SCRIPT_TROUBLES.values(), ids=SCRIPT_TROUBLES)
@pytest.mark.parametrize("script", ["find/page.js", "find/ranking.js"])
def test_without_its_script_the_page_says_that_it_lists_all(page, find, script, trouble, words):
    page.clock.install()
    page.route(f"**/{script}", trouble)
    page.goto(f"{find}?question=capacity", wait_until="commit")
    if trouble is hang:
        expect(page.locator("#count")).to_have_text("The search is loading …")
        expect(page.locator("#found")).to_be_hidden()
        page.clock.fast_forward(SLOW)
    expect(page.locator("#trouble")).to_have_text(words)
    expect(page.locator("#count")).to_have_text("3 case studies")
    expect(titles(page)).to_have_text([READING_ROOM, VOTE, TREES])
    expect(page.locator("#found")).to_be_visible()
    page.get_by_role("searchbox", name="Words").fill("vote")
    mend(page, f"**/{script}")
    page.get_by_role("button", name="Try again").press("Enter")
    found(page, VOTE)
    expect(page.locator("#chips button")).to_have_text(["“vote”", "Capacity and support", "Clear all"])


@pytest.mark.alone
def test_a_script_that_comes_late_takes_over(page, find):
    held = []
    page.clock.install()
    page.route("**/find/page.js", lambda route: held.append(route))
    page.goto(f"{find}?text=trees", wait_until="commit")
    expect(page.locator("#count")).to_have_text("The search is loading …")
    page.clock.fast_forward(SLOW)
    expect(page.get_by_role("button", name="Try again")).to_be_visible()
    held[0].continue_()
    found(page, TREES, READING_ROOM)


@pytest.mark.alone
def test_before_a_script_has_come_nothing_looks_like_the_answer_and_what_is_typed_stays(page, find):
    held = []
    page.route("**/find/page.js", lambda route: held.append(route))
    page.goto(f"{find}?question=capacity", wait_until="commit")
    expect(page.locator("#count")).to_have_text("The search is loading …")
    expect(page.locator("#found")).to_be_hidden()
    page.get_by_role("searchbox", name="Words").fill("vote")
    held[0].continue_()
    found(page, VOTE)
    expect(page.get_by_role("searchbox", name="Words")).to_have_value("vote")


@pytest.mark.alone
@pytest.mark.parametrize("trouble", [fail, bring_another_edition])
def test_without_the_filters_numbers_what_is_found_by_words_is_shown_and_no_number_is_wrong(
    page, find, trouble
):
    page.route("**/find/facets.json", trouble)
    page.goto(f"{find}?text=trees")
    expect(page.locator("#again")).to_be_visible()
    expect(page.locator("#count")).to_have_text("2 case studies")
    expect(titles(page)).to_have_text([TREES, READING_ROOM])
    expect(page.locator(".facet__count").first).to_be_hidden()
    page.unroute("**/find/facets.json")
    page.locator("#again").click()
    found(page, TREES, READING_ROOM)
    expect(page.locator(".facet__count").first).to_be_visible()


@pytest.mark.alone
@pytest.mark.parametrize("trouble", [fail, hang, lambda route: route.fulfill(status=404, body="none")])
def test_without_a_case_studys_own_page_its_card_is_whole(page, find, trouble):
    page.route("**/case-studies/**", trouble)
    page.goto(f"{find}?text=roof")
    found(page, READING_ROOM)
    expect(page.locator(".card__passage")).to_have_count(0)


@pytest.mark.alone
def test_a_passage_that_failed_is_fetched_for_the_next_search(page, find):
    page.route("**/case-studies/**", fail)
    page.goto(find)
    with page.expect_event("requestfailed"):
        page.get_by_role("searchbox", name="Words").fill("roof")
    page.unroute("**/case-studies/**")
    page.get_by_role("searchbox", name="Words").fill("roof leaked")
    expect(page.locator(".card__passage")).to_contain_text("roof")


def screenful(page):
    """The titles that can be seen, each with how far from the top."""
    return page.locator("#found .card__title").evaluate_all(
        """all => all.map(one => [one.textContent, Math.round(one.getBoundingClientRect().top)])
          .filter(([, top]) => top > 0 && top < innerHeight)"""
    )


def is_back(page, before):
    expect(page.locator("#found[aria-busy=false]")).to_be_visible()
    expect(page.locator("#found .card__title a", has_text=before[0][0])).to_be_in_viewport()
    after = dict(screenful(page))
    assert all(abs(after.get(title, 10_000) - top) <= 2 for title, top in before), (before, after)


@pytest.mark.parametrize("is_by_keyboard", [True, False])
def test_back_from_a_case_study_leads_to_where_it_was_found(page, thousand, is_by_keyboard):
    page.goto(f"{thousand}?question=capacity")
    page.get_by_role("button", name="Show 20 more").click()
    expect(page.locator("#found > li")).to_have_count(40)
    expect(page.locator("#found[aria-busy=false]")).to_be_visible()
    link = page.locator("#found .card__title a").nth(31)
    title = link.inner_text()
    link.focus() if is_by_keyboard else link.scroll_into_view_if_needed()
    before = screenful(page)
    page.keyboard.press("Enter") if is_by_keyboard else press_and_release(page, link)
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    page.go_back()
    expect(page.locator("#found > li")).to_have_count(40)
    is_back(page, before)
    if is_by_keyboard:
        expect(link).to_be_focused()
    page.reload()
    expect(page.locator("#found > li")).to_have_count(40)
    expect(page.locator("#count")).to_have_text(re.compile(r"^\d+ case studies$"))


@pytest.mark.alone
def test_further_cards_that_fail_leave_those_that_are_there(page, thousand):
    page.goto(f"{thousand}?question=capacity")
    expect(page.locator("#found[aria-busy=false]")).to_be_visible()
    number = page.locator("#count").inner_text()
    page.route("**/find/cards/*.json", fail)
    more = page.get_by_role("button", name=re.compile("^Show 20 more"))
    while page.locator("#trouble").inner_text() == "":
        shown = page.locator("#found > li").count()
        more.click()
        expect(page.locator("#found[aria-busy=false]")).to_be_visible()
    expect(page.locator("#trouble")).to_have_text("The rest of the list could not be loaded.")
    expect(page.locator("#count")).to_have_text(number)
    expect(page.locator("#found > li")).to_have_count(shown)
    page.unroute("**/find/cards/*.json")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("#found > li")).to_have_count(shown + 20)
    expect(page.locator("#trouble")).to_have_text("")
