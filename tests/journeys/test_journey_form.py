"""Journeys of an officer without Git, who writes a case study."""

from urllib.parse import unquote

from selenium.webdriver import Keys

WRITTEN = {
    "Title": "Neighbours run the ferry",
    "Summary": "A made-up council hands its ferry over to the people who cross with it, and pays for its coat of paint.",
    "From": "2021",
    "Told until (if To is missing)": "2024",
    "Title of the source": "Ferry minutes",
    "Publisher": "Exampleton Gazette",
    "Address (optional)": "https://example.org/ferry",
    "Accessed": "2026-01-30",
    "The problem": "The ferry was to stop.[^exampleton-gazette]",
    "What was done": "Neighbours took the oars.",
    "What happened": "It goes twice a day.",
    "What went wrong": "It rained.",
    "What others can learn": "Take a coat.",
    "Answer": "The council paid for one ferryman to teach the neighbours to row.",
    "What changed": "Two crossings a day",
}
KEPT = "Your draft is kept in this browser. Nothing is sent."


def write(reader):
    reader.open("contribute/form/")
    reader.click("1 Capacity and support")
    for label, words in WRITTEN.items():
        reader.type(label, words)
    reader.type("Council 1", "Exampleton City Council")
    reader.type("Theme 1", "Transport")
    reader.press("Kind of source", "Press")
    reader.click("It shows no date")
    for choice in ("Still running", "Worked", "Self-reported"):
        reader.click(choice)
    for place in ("questions-capacity", "outcomes"):
        reader.click("exampleton-gazette", f"[id^={place}][type=checkbox]")
    reader.sees("#left", "Nothing is left to do.")


def test_what_is_written_comes_out_as_a_file(reader):
    write(reader)
    reader.click("Check and continue")
    reader.sees("#send h2", "Check your answers", "Send it")
    reader.click("Download the file")
    text = reader.downloaded("neighbours-run-the-ferry.md")
    assert [words for words in WRITTEN.values() if words not in text] == []
    assert 'councils: ["exampleton"]\nthemes: ["transport"]\n' in text
    reader.click("The file")
    reader.sees("#file", " ".join(text.split()))


def test_what_is_handed_over_is_what_stands_there_last(reader):
    write(reader)
    reader.click("Check and continue")
    reader.sees("#send h2", "Check your answers", "Send it")
    reader.press("Title", Keys.END, " daily")
    reader.click("Download the file")
    text = reader.downloaded("neighbours-run-the-ferry-daily.md")
    assert 'title: "Neighbours run the ferry daily"' in text
    reader.click("The file")
    reader.sees("#file", " ".join(text.split()))
    address = unquote(reader.named("Propose it on GitHub").get_property("href"))
    assert address.endswith(f"?filename=neighbours-run-the-ferry-daily.md&value={text}")


def test_what_is_wrong_is_named_and_mended(reader):
    write(reader)
    reader.type("Title", "")
    reader.type("Address (optional)", "example.org")
    reader.sees("#left", "2 things left to do.")
    reader.sees("#errors li")
    reader.click("Check and continue")
    reader.is_on("There is a problem")
    reader.sees("#errors li", *WRONG)
    reader.click(WRONG[1])
    reader.is_on("Title")
    reader.type("Title", WRITTEN["Title"])
    reader.sees("#errors li", WRONG[0])
    reader.type("Address (optional)", WRITTEN["Address (optional)"])
    reader.sees("#errors li")
    reader.click("Check and continue")
    reader.sees("#send h2", "Check your answers", "Send it")


WRONG = [
    'Source 1, Address: "example.org" does not begin with https://',
    "Title: missing",
]


def test_a_draft_is_kept_over_a_reload(reader):
    reader.open("contribute/form/")
    reader.type("Title", "Half a story")
    reader.click("Add a source")
    reader.type("What went wrong", "It rained.\n\nThen it snowed.")
    reader.sees("#kept", KEPT)
    reader.reload()
    reader.reads_in("Title", "Half a story")
    reader.reads_in("What went wrong", "It rained.\n\nThen it snowed.")
    reader.reads_in("What happened", "")


def test_two_tabs_never_overwrite_each_other(reader):
    reader.open("contribute/form/")
    reader.type("Title", "From the first")
    reader.write_in_another_tab("contribute/form/", "Title", "From the second", KEPT)
    reader.sees(
        "#kept", "Another tab has changed this draft. What you write here is not kept until you choose."
    )
    reader.type("What happened", "It goes twice a day.")
    reader.click("Keep mine")
    reader.is_on("Undo")
    reader.reload()
    reader.reads_in("Title", "From the first")
    reader.reads_in("What happened", "It goes twice a day.")


def test_what_is_removed_and_deleted_can_be_brought_back(reader):
    reader.open("contribute/form/")
    reader.type("Title", "Half a story")
    reader.type("Publisher", "Exampleton Gazette")
    reader.click("Remove source 1")
    reader.is_on("Add a source")
    reader.click("Undo")
    reader.reads_in("Publisher", "Exampleton Gazette")
    reader.click("Delete my draft")
    reader.is_on("Undo")
    reader.reads_in("Title", "")
    reader.press("Undo", Keys.ENTER)
    reader.reads_in("Title", "Half a story")
    reader.reload()
    reader.reads_in("Publisher", "Exampleton Gazette")


def test_a_council_is_found_by_its_old_name(reader):
    reader.open("contribute/form/")
    reader.type("Council 1", "westo")
    reader.sees("[role=option]", "Westover Borough Council (abolished 2021)")
    reader.type("Council 1", "EXC")
    reader.sees("[role=option]", "Exampleton City Council")
    reader.press("Council 1", Keys.ARROW_DOWN)
    reader.press("Council 1", Keys.ENTER)
    reader.sees("[role=option]")
    reader.reads_in("Council 1", "Exampleton City Council")
