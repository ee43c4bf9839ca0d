"""An officer without Git, by the keyboard alone, writes a minimal case: what she sees, and how much she is asked."""

import pytest
from playwright.sync_api import expect


@pytest.fixture(scope="module")
def address(built, serve):
    return serve(built.root / "site") + "contribute/form/"


FOCUSED = r"""() => {
  const box = document.activeElement;
  const group = box.closest("fieldset")?.querySelector("legend").innerText ?? "";
  return [(box.labels?.[0] ?? box).innerText.replace(/\s+/g, " ").trim(), group.trim()];
}"""
FIELDS = "#form :is(input:not([type=hidden], [type=radio], [type=checkbox]), textarea, select):visible"


class Keyboard:
    def __init__(self, page):
        self.page, self.presses = page, 0

    def to(self, label, group=""):
        """Press Tab until something has the focus that is called so."""
        for _ in range(60):
            name, around = self.page.evaluate(FOCUSED)
            if name.startswith(label) and group in around:
                return
            self.press("Tab")
        raise AssertionError(f"{label} is not reached")

    def press(self, key):
        self.presses += 1
        self.page.keyboard.press(key)

    def write(self, label, text):
        self.to(label)
        self.page.keyboard.insert_text(text)

    def tick(self, label, group=""):
        self.to(label, group)
        self.press("Space")


def state(page, part):
    """What the list at the top says of a part."""
    part = page.get_by_role("link", name=part, exact=True)
    return page.locator("#tasks").get_by_role("listitem").filter(has=part).inner_text()


def test_a_minimal_case_by_the_keyboard_alone(form):
    keys = Keyboard(form)
    assert form.locator(FIELDS).count() <= 19
    assert [form.locator(f"details.fold:has(#{key})").evaluate("fold => fold.open") for key in FOLDED] == [
        False
    ] * 9
    assert state(form, "Sources") == "Sources to do"
    keys.write("Title of the source", "Ferry minutes")
    assert state(form, "Sources") == "Sources 4 left"
    keys.write("Publisher", "Exampleton Gazette")
    keys.to("Kind of source")
    form.keyboard.type("Press")
    keys.write("Address", "https://example.org/ferry")
    keys.write("Published", "12th May 2020")
    keys.to("More about this source")
    said = form.get_by_text("“12th May 2020” is kept as 2020-05-12: 12 May 2020.")
    assert said.is_visible()
    assert form.get_by_label("Accessed").input_value() == "2026-11-24"
    keys.write("Title", "Neighbours run the ferry")
    keys.write(
        "Summary",
        "A made-up council hands its ferry over to the people who cross with it, for a coat of paint.",
    )
    keys.write("Council 1", "Exampleton CC")
    keys.write("Theme 1", "transport")
    assert form.get_by_text("“Exampleton CC” is kept as Exampleton City Council.").is_visible()
    keys.write("From", "June 2021")
    keys.write("Told until", "Mar 2024")
    keys.tick("Still running")
    keys.write("The problem", "The ferry was to stop.")
    keys.to("[^exampleton-gazette]")
    keys.press("Enter")
    assert state(form, "Sources") == "Sources done"
    keys.write("What was done", "Neighbours took the oars.")
    keys.write("What happened", "It goes twice a day.")
    keys.write("What went wrong", "It rained.")
    keys.write("What others can learn", "Take a coat.")
    assert form.get_by_text("3 words").first.is_visible()
    keys.to("1 Capacity")
    keys.press("Enter")
    keys.write("Answer", "The council paid for one ferryman to teach the neighbours to row.")
    keys.tick("exampleton-gazette", "Sources of the answer")
    keys.write("What changed", "Two crossings a day")
    keys.tick("Worked")
    keys.tick("Self-reported")
    keys.tick("exampleton-gazette", "Sources of the outcome")
    keys.to("Check and continue")
    keys.press("Enter")
    assert form.get_by_role("heading", name="Check your answers").is_visible()
    answers = form.locator("#answers").inner_text()
    for words in (
        "Title",
        "Neighbours run the ferry",
        "Council 1",
        "Exampleton City Council",
        "Still running",
        "2024-03",
    ):
        assert f"{words}\n" in answers, words
    assert state(form, "Check your answers and send it").endswith("ready")
    assert form.get_by_role("link", name="Propose it on GitHub").is_visible()
    keys.to("All right? Send it")
    keys.press("Enter")
    keys.to("Propose it on GitHub")
    assert keys.presses <= 115, keys.presses
    for _ in range(50):
        form.keyboard.press("Shift+Tab")
        if form.evaluate(FOCUSED)[0] == "Change Title":
            break
    form.keyboard.press("Enter")
    expect(form.get_by_label("Title", exact=True)).to_be_focused()


FOLDED = ["partners", "powers", "not_found", "outputs", "costs", "effort-staff", "terms", "updates", "added"]


def test_an_address_opens_what_it_leads_to(form, address):
    form.goto(f"{address}#costs")
    expect(form.get_by_role("button", name="Add a cost")).to_be_focused()
    form.evaluate("location.hash = 'ask'")
    expect(form.get_by_label("Whom to ask")).to_be_focused()


def test_what_is_wrong_in_a_closed_part_opens_it_and_what_is_written_keeps_it_open(form):
    form.get_by_text("Effort, and whom to ask").click()
    form.get_by_label("Whom to ask").fill("**Bold**")
    form.get_by_text("Effort, and whom to ask").click()
    assert form.get_by_label("Whom to ask").is_hidden()
    form.get_by_role("button", name="Check and continue").click()
    assert form.get_by_label("Whom to ask").is_visible()
    form.reload()
    form.locator("#form").wait_for()
    assert form.get_by_label("Whom to ask").is_visible()
    assert form.get_by_role("button", name="Add a cost").is_hidden()
