"""Journeys of people who put case studies side by side, for a report."""

from selenium.webdriver import Keys

READING_ROOM = "Readers run the Exampleton reading room"
TREES = "Westover asks its streets about trees"


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
    reader.click(f"Take out of pack {READING_ROOM}")
    reader.sees("#pack-list a", TREES)
    reader.sees(".pack__table [scope=col]", TREES)
    reader.open("find/")
    reader.click("Pack (1)")
    reader.sees("#pack-list a", TREES)
    reader.click("Empty the pack")
    reader.sees("#pack-count", "0 case studies")
    reader.sees(".pack__table")
    reader.is_at("pack/")
    reader.reload()
    reader.sees("#pack-count", "0 case studies")


def test_only_the_chosen_answers_are_shown(reader):
    reader.open("pack/?case=westover-trees")
    reader.click("5 Open to all")
    reader.sees(
        ".pack__table [scope=row]",
        "Where and when",
        "Did it work?",
        "5 Open to all",
        "What went wrong",
        "Powers",
    )
    reader.sees(
        ".pack__table td p",
        "Westover Borough Council · North West · from 2015",
        "Did not work: 12 of 90 streets answered [1] (Published audit)",
        "Worked: 60 trees were planted [1] (Self-reported)",
        "Only streets with a residents' group took part, so trees went where trees were. [1]",
        "Three weeks were too short. [1]",
        "Sample Act 2001, section 1",
    )
    reader.is_at("pack/?case=westover-trees&question=open-to-all")


def test_a_council_like_ones_own_is_added(reader):
    reader.open("pack/")
    reader.type("Your council", "quiet vale", Keys.TAB)
    reader.sees("#pack-said", "3 case studies, the most alike first")
    reader.click(f"Add to pack {READING_ROOM}")
    reader.sees("#pack-list a", READING_ROOM)
    reader.type("Your council", "Nowhere", Keys.TAB)
    reader.sees("#pack-said", "No council of that name is in the register.")
