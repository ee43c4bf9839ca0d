"""What the collection covers."""

import pytest

from casebook.model.coverage import Row, Table, coverage_of
from fuller import ROOM, without_outcomes


@pytest.fixture
def tables(project):
    return {table.id: table for table in coverage_of(project.load())}


def rows(table):
    return {row.title: row.counts for row in table.rows}


def test_answers_are_counted_by_question_and_by_the_best_evidence_of_their_case(tables):
    table = tables["by-question"]
    assert [kind.id for kind in table.series][:3] == ["independent-evaluation", "academic", "published-audit"]
    assert len(table.rows) == 10
    assert rows(table)["Risk"] == (0, 0, 0, 1, 0)
    assert rows(table)["Culture and skills"] == (0, 0, 0, 0, 0)


def test_a_case_without_outcomes_is_counted_as_not_shown_yet(project):
    project.rewrite(ROOM, without_outcomes)
    tables = {table.id: table for table in coverage_of(project.load())}
    assert tables["by-question"].series[-1].title == "Not shown yet"
    assert rows(tables["by-question"])["Risk"] == (0, 0, 0, 0, 0, 1)
    assert sum(rows(tables["by-nation"])["England"]) == 3
    assert rows(tables["by-year"])["2022"] == (0, 0, 0, 0)


def test_a_case_of_two_nations_counts_in_both(tables):
    assert {title: sum(counts) for title, counts in rows(tables["by-nation"]).items()} == {
        "England": 3,
        "Scotland": 1,
    }


def test_outcomes_are_counted_by_the_year_their_case_began(tables):
    assert rows(tables["by-year"])["2022"] == (1, 0, 0, 0)


def test_outcomes_are_counted_by_evidence_and_result_and_lead_to_themselves(tables):
    table = tables["by-evidence"]
    assert {title: counts for title, counts in rows(table).items() if any(counts)} == {
        "Independent evaluation": (1, 0, 0, 0),
        "Press": (1, 0, 0, 0),
        "Published audit": (0, 0, 1, 0),
        "Self-reported": (1, 0, 0, 0),
    }
    assert {row.title: row.asked for row in table.rows}["Press"] == "evidence=press"


def test_each_part_of_a_bar_begins_where_the_one_before_it_ends():
    row = Row(title="x", path="", counts=(2, 0, 3))
    assert row.starts == (0, 2, 2)
    assert row.total == 5


def test_in_words_it_says_what_the_picture_shows_first(tables):
    assert tables["by-nation"].summary == "The most: England (3). The fewest: Scotland (1)."


def test_an_empty_collection_and_a_single_row_have_words_too():
    assert Table(id="x", title="x", series=(), rows=()).summary == "Nothing yet."
    one = Row(title="2022", path="", counts=(3,))
    assert Table(id="x", title="x", series=(), rows=(one,)).summary == "All in 2022 (3)."
