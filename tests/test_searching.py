"""Somebody looks for case studies, in Chromium, on the small project: with a mouse, and with a network as it comes."""

import pytest
from playwright.sync_api import expect

READING_ROOM = "Readers run the Exampleton reading room"
VOTE = "Two councils let young people vote on a budget"
TREES = "Westover asks its streets about trees"


@pytest.fixture(scope="module")
def find(built, serve):
    """The address of the find page."""
    return serve(built.root / "site") + "find/"


@pytest.fixture
def page(browser):
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    troubles = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    yield page
    context.close()
    assert troubles == []


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
  const { arrange } = await import(new URL("arrange.js", document.querySelector("script[type=module]").src));
  const parent = document.createElement("div");
  const made = Object.fromEntries([..."abcdefgh"].map((name) => [name, Object.assign(document.createElement("i"), { title: name })]));
  const watcher = new MutationObserver(() => {});
  watcher.observe(parent, { childList: true });
  const touched = (order) => {
    arrange(parent, [...order].map((name) => made[name]));
    const names = watcher.takeRecords().flatMap((one) => [...one.addedNodes, ...one.removedNodes]).map((node) => node.title);
    if ([...parent.children].map((node) => node.title).join("") !== order) throw new Error(order);
    return [...new Set(names)].sort().join("");
  };
  return ["abc", "abc", "bca", "cab", "cab", "cdab", "dba", "", "hgfedcba", "abcdefgh"].map(touched);
}"""


def test_only_what_comes_goes_or_changes_places_is_touched(page, find):
    page.goto(find)
    assert page.evaluate(ORDERS) == ["abc", "", "a", "b", "", "d", "bc", "abd", "abcdefgh", "abcdefg"]
