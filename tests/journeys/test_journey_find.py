"""Journeys of people who look for case studies."""

import pytest
from selenium.webdriver import Keys

READING_ROOM = "Readers run the Exampleton reading room"
VOTE = "Two councils let young people vote on a budget"
TREES = "Westover asks its streets about trees"
TITLES = "#found .card__title"


def test_words_bring_the_right_case_first(reader):
    reader.open("find/")
    reader.sees("#count", "3 case studies")
    reader.type("Words", "trees", Keys.ENTER)
    reader.sees("#count", "2 case studies")
    reader.sees(TITLES, TREES, READING_ROOM)
    reader.type("Words", "a vote on the budget", Keys.ENTER)
    reader.sees("#count", "1 case study")
    reader.sees(TITLES, VOTE)


def test_ticks_narrow_and_chips_widen(reader):
    reader.open("find/")
    reader.click("Capacity and support")
    reader.sees("#chips button", "Capacity and support")
    reader.click("Theme")
    reader.click("Green spaces")
    reader.sees("#count", "1 case study")
    reader.sees(TITLES, TREES)
    reader.click("Nation")
    reader.click("Scotland , 0 case studies")
    reader.sees("#count", "0 case studies")
    reader.sees("#none strong", "No case study matches.")
    reader.click("Remove Green spaces")
    reader.sees("#count", "1 case study")
    reader.sees(TITLES, VOTE)
    reader.click("Clear all")
    reader.sees("#count", "3 case studies")
    reader.sees("#chips")


def test_the_address_keeps_the_search_and_back_brings_it_again(reader):
    reader.open("find/")
    reader.click("Open to all")
    reader.sees("#count", "1 case study")
    reader.type("Words", "young", Keys.ENTER)
    reader.sees("#count", "0 case studies")
    reader.is_at("find/?text=young&question=open-to-all")
    reader.reload()
    reader.reads_in("Words", "young")
    reader.sees("#chips button", "“young”", "Open to all", "Clear all")
    reader.sees("#count", "0 case studies")
    reader.go_back()
    reader.is_at("find/?question=open-to-all")
    reader.reads_in("Words", "")
    reader.sees("#count", "1 case study")
    reader.sees(TITLES, TREES)
    reader.go_back()
    reader.sees("#count", "3 case studies")


def test_a_result_is_read_and_back_leads_to_the_results(reader):
    reader.open("questions/risk/")
    reader.type("Find a case study", "reading", Keys.ENTER)
    reader.is_at("find/?text=reading")
    reader.sees("#count", "1 case study")
    reader.click(READING_ROOM)
    reader.sees("h1", READING_ROOM)
    reader.go_back()
    reader.is_at("find/?text=reading")
    reader.sees("#count", "1 case study")
    reader.sees(TITLES, READING_ROOM)


def test_words_that_stand_nowhere_are_said_to_and_mended(reader):
    reader.open("find/")
    reader.type("Words", "zeppelin", Keys.ENTER)
    reader.sees("#count", "0 case studies")
    reader.sees(TITLES)
    reader.click("Remove “zeppelin”")
    reader.is_on("Words")
    reader.sees("#count", "3 case studies")
    reader.sees(TITLES, READING_ROOM, VOTE, TREES)


def test_the_first_click_on_a_result_opens_it(reader):
    """The box has not been left when the mouse is pressed: what that sets off has been done when it is let go."""
    reader.open("find/")
    reader.type("Words", "trees")
    reader.sees("#chips button", "“trees”")
    reader.sees(TITLES, TREES, READING_ROOM)
    reader.click_slowly(TREES)
    reader.sees("h1", TREES)
    reader.go_back()
    reader.is_at("find/?text=trees")
    reader.reads_in("Words", "trees")
    reader.sees(TITLES, TREES, READING_ROOM)


def test_back_by_keyboard_leads_to_the_result_that_was_opened(reader):
    reader.open("find/?text=trees")
    reader.sees(TITLES, TREES, READING_ROOM)
    reader.press(READING_ROOM, Keys.ENTER)
    reader.sees("h1", READING_ROOM)
    reader.go_back()
    reader.sees(TITLES, TREES, READING_ROOM)
    reader.is_on(READING_ROOM)


@pytest.mark.parametrize(
    ("trouble", "words"), [("fails", "could not be loaded."), ("hangs", "takes long to load.")]
)
@pytest.mark.parametrize(
    ("path", "file", "found"),
    [
        ("find/?text=trees", "/find/words.json", [TREES, READING_ROOM]),
        ("find/?question=open-to-all", "/find/facets.json", [TREES]),
    ],
)
def test_a_search_without_an_answer_says_so_and_is_tried_again(
    reader, troubles, path, file, found, trouble, words
):
    troubles[file] = trouble
    reader.open(path)
    reader.sees("#trouble", f"The search {words}")
    reader.sees("#count", "")
    reader.sees(TITLES)
    troubles.clear()
    reader.click("Try again")
    reader.sees(TITLES, *found)
    reader.sees("#count", "1 case study" if len(found) == 1 else "2 case studies")
    reader.sees("#trouble", "")


def test_what_more_was_shown_and_the_place_in_it_survive_back(reader_of_many):
    reader = reader_of_many
    reader.open("find/?question=capacity")
    reader.click("Show 20 more")
    title = reader.reads(TITLES, 40)[20]
    reader.is_on(title)
    top = reader.top_of(title)
    reader.press(title, Keys.ENTER)
    reader.sees("h1", title)
    reader.go_back()
    assert title in reader.reads(TITLES, 40)
    reader.is_on(title)
    assert abs(reader.top_of(title) - top) <= 2
