"""Journeys of people who put case studies side by side, for a report."""

import base64

import pypdfium2
import pytest
from selenium.webdriver import Keys

from paper import read

READING_ROOM = "Readers run the Exampleton reading room"
TREES = "Westover asks its streets about trees"
VOTE = "Two councils let young people vote on a budget"
EMPTY = """Nothing yet, so there is nothing to print or to copy. Press "Add to pack" on any case study, find some, \
or begin with councils like yours, below."""


def test_cases_from_their_page_and_from_find_stand_side_by_side(reader):
    reader.open("case-studies/reading-room/")
    reader.click(f"Add to pack {READING_ROOM}")
    reader.open("find/")
    reader.named(f"Take out of pack {READING_ROOM}")
    reader.click(f"Add to pack {TREES}")
    reader.click("Pack (2)")
    reader.sees("h1", "Your pack")
    reader.sees("#pack-count", "2 case studies")
    reader.sees("#pack-list a", READING_ROOM, TREES)
    reader.sees(".pack__table [scope=col]", READING_ROOM, TREES)
    reader.is_at("pack/?case=reading-room&case=westover-trees")


def test_what_is_taken_out_is_gone_and_the_rest_is_kept(reader):
    reader.open("pack/?case=reading-room&case=westover-trees")
    reader.click("Add to mine")
    reader.press(f"Take out of pack {READING_ROOM}", Keys.ENTER)
    reader.sees("#pack-list a", TREES)
    reader.is_on(f"Take out of pack {TREES}")
    reader.sees(".pack__table [scope=col]", TREES)
    reader.open("find/")
    reader.click("Pack (1)")
    reader.sees("#pack-list a", TREES)
    reader.press(f"Take out of pack {TREES}", Keys.ENTER)
    reader.sees("#pack-count", "0 case studies")
    reader.sees("#pack-empty:focus", EMPTY)
    reader.click("Undo")
    reader.sees("#pack-list a", TREES)
    reader.click("Empty the pack")
    reader.is_on("Undo")
    reader.sees("#pack-count", "0 case studies")
    reader.sees(".pack__table")
    reader.press("Undo", Keys.ENTER)
    reader.sees("#pack-list a", TREES)
    reader.click("Empty the pack")
    reader.is_at("pack/")
    reader.reload()
    reader.sees("#pack-count", "0 case studies")


def test_only_the_chosen_answers_are_shown(reader):
    reader.open("pack/?case=westover-trees")
    reader.click("Show no answers")
    reader.click("5 Open to all")
    reader.sees(
        ".pack__table [scope=row]",
        "Where and when",
        "Did it work?",
        "What was done or made",
        "Costs and income",
        "Terms agreed",
        "Effort",
        "5 Open to all",
        "What went wrong",
        "Powers",
    )
    reader.sees(
        ".pack__table td p",
        "Westover Borough Council · North West · from 2015",
        "Did not work: 12 of 90 streets answered [1] (Published audit)",
        "Worked: 60 trees were planted [1] (Self-reported)",
        *["Not told"] * 4,
        "Only streets with a residents' group took part, so trees went where trees were. [1]",
        "Three weeks were too short. [1]",
        "Sample Act 2001, section 1",
    )
    reader.is_at("pack/?case=westover-trees&question=open-to-all")


def test_a_council_like_ones_own_is_added(reader):
    reader.open("pack/")
    reader.type("Your council", "quiet vale", Keys.TAB)
    reader.sees("#pack-said", "Quiet Vale District Council: 3 of 3 case studies, the most alike first")
    reader.click(f"Add to pack {READING_ROOM}")
    reader.sees("#pack-list a", READING_ROOM)
    reader.type("Your council", "Xyz", Keys.TAB)
    reader.sees("#pack-said", "No council of that name is in the register.")


def test_a_colleagues_link_leaves_ones_own_pack_as_it_is(reader):
    reader.open("case-studies/joint-youth-vote/")
    reader.click(f"Add to pack {VOTE}")
    reader.open("pack/?case=reading-room&case=no-such-case&case=westover-trees")
    reader.sees("h1", "A pack from a link")
    reader.sees("#pack-count", "2 case studies")
    reader.sees("#pack-told", "1 case study in this link is not in the casebook: no-such-case.")
    reader.reload()
    reader.sees("#pack-list a", READING_ROOM, TREES)
    reader.named("Pack (1)")
    reader.click("Replace mine")
    reader.sees("#pack-told", "Your pack was replaced. It had 1 case study.")
    reader.named("Pack (2)")
    reader.click("Undo")
    reader.sees("#pack-list a", VOTE)
    reader.go_back()
    reader.sees("h1", "A pack from a link")
    reader.click("Add to mine")
    reader.sees("#pack-list a", VOTE, READING_ROOM, TREES)


def test_two_tabs_never_overwrite_each_other(reader):
    reader.open("find/")
    reader.click(f"Add to pack {READING_ROOM}")
    with reader.another_tab():
        reader.open("case-studies/westover-trees/")
        reader.click(f"Add to pack {TREES}")
        reader.named("Pack (2)")
    reader.named("Pack (2)")
    reader.click(f"Add to pack {VOTE}")
    reader.click("Pack (3)")
    reader.sees("#pack-list a", READING_ROOM, TREES, VOTE)


def test_a_case_study_that_fails_is_named_and_the_rest_is_shown(reader, troubles):
    troubles |= {"/case-studies/westover-trees/": "fails", "/contribute/form/terms.json": "fails"}
    reader.open("pack/?case=reading-room&case=westover-trees&case=joint-youth-vote")
    reader.sees("#pack-count", "2 case studies, and 1 that could not be loaded")
    reader.sees("#pack-list a", READING_ROOM, TREES, VOTE)
    reader.sees(".pack__table [scope=col]", READING_ROOM, VOTE)
    reader.type("Your council", "quiet vale", Keys.TAB)
    reader.sees("#pack-said", "The list of councils could not be loaded.")
    troubles.clear()
    reader.press(f"Try again {TREES}", Keys.ENTER)
    reader.sees(".pack__table [scope=col]", READING_ROOM, TREES, VOTE)
    reader.sees("#pack-count", "3 case studies")
    reader.click("Try again")
    reader.sees("#pack-said", "Quiet Vale District Council: 3 of 3 case studies, the most alike first")


@pytest.mark.parametrize("browser", ["firefox"], indirect=True)  # WebKit's driver doesn't print
def test_a_pack_of_four_is_whole_on_paper(reader_of_many):
    reader = reader_of_many
    reader.open("pack/?case=case-1&case=case-2&case=case-3&case=case-4")
    reader.sees("#pack-count", "4 case studies")
    told = reader.driver.execute_script(
        "return [...document.querySelectorAll('#pack-report :is(h3, dt, dd p, .sources li)')].map((part) => part.textContent).join(' ')"
    )
    pdf = pypdfium2.PdfDocument(base64.b64decode(reader.driver.print_page()))
    paper = read(pdf)
    assert [word for word in told.split() if word not in paper.squeezed] == []
    assert paper.outside == ""
