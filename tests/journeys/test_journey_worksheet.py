"""Journeys of people who ask the ten questions of their own plan."""

import json

from selenium.webdriver import Keys

RISK = "#question-risk input"
NOTE = "The council keeps the roof.\nAnd the drains, & <b>the boiler</b>."
KEPT = "Your plan is kept in this browser. Nothing is sent."


def fill(reader):
    reader.open("ask/")
    reader.sees("#kept", "Nothing is written yet.")
    reader.type("What is the plan called?", "A room & a roof")
    reader.click("Partly", RISK)
    reader.type("Notes on risk", NOTE)
    reader.type("Who does it on risk", "Treasurer")
    reader.sees("#kept", KEPT)


def assert_whole(reader):
    reader.reads_in("What is the plan called?", "A room & a roof")
    reader.reads_in("Notes on risk", NOTE)
    reader.reads_in("Who does it on risk", "Treasurer")
    reader.sees("[data-mark=risk]", "partly")
    assert reader.named("Partly", RISK).is_selected()


def test_what_is_typed_is_kept_over_a_reload(reader):
    fill(reader)
    reader.sees("#progress", "0 of 10 answered")
    reader.reload()
    reader.sees("#kept", KEPT)
    assert_whole(reader)
    reader.click("Answered", RISK)
    reader.sees("#progress", "1 of 10 answered")


def test_deleting_can_be_undone(reader):
    fill(reader)
    reader.click("Delete everything")
    reader.sees("#done", "Your plan is deleted.")
    reader.is_on("Undo")
    reader.reads_in("Notes on risk", "")
    reader.press("Undo", Keys.ENTER)
    reader.sees("#kept", KEPT)
    assert_whole(reader)
    reader.click("Delete everything")
    reader.reload()
    reader.sees("#kept", "Nothing is written yet.")
    reader.reads_in("What is the plan called?", "")


def test_two_tabs_never_overwrite_each_other(reader):
    fill(reader)
    reader.write_in_another_tab("ask/", "Notes on risk", "From another tab", KEPT)
    changed = "Another tab has changed this plan. What you write here is not kept until you choose."
    reader.sees("#kept", changed)
    assert_whole(reader)
    reader.click("Take theirs")
    reader.reads_in("Notes on risk", "From another tab")
    reader.click("Undo")
    assert_whole(reader)


def test_the_summary_has_all_of_it(reader):
    fill(reader)
    reader.click("The summary for a meeting")
    reader.sees("h1", "A room & a roof")
    reader.sees(
        "[data-question=risk] td",
        "Partly",
        "The council keeps the roof. And the drains, & <b>the boiler</b>.",
        "",
        "Treasurer",
        "",
    )


def test_a_saved_file_brings_it_all_back(reader):
    fill(reader)
    reader.click("Save it as a file")
    plan = json.loads(reader.downloaded("a-room-a-roof.json"))
    assert plan["answers"]["risk"]["note"] == NOTE
    reader.click("Delete everything")
    reader.sees("#kept", "Nothing is written yet.")
    reader.press("Open a plan that was saved as a file", str(reader.downloads / "a-room-a-roof.json"))
    reader.sees("#kept", KEPT)
    assert_whole(reader)
