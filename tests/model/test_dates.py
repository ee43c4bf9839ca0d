import json
from dataclasses import replace
from datetime import date

import pytest

from casebook.model import dates, read_date
from projects import REAL, TODAY, written_dates


@pytest.fixture(scope="module")
def joint(tmp_path_factory):
    """Any case study."""
    from projects import make_project

    return make_project(tmp_path_factory.mktemp("dates")).load().cases[0]


@pytest.mark.parametrize(
    ("text", "words"), [("2012", "2012"), ("2012-05", "May 2012"), ("2012-05-06", "6 May 2012")]
)
def test_a_date_is_said_as_exactly_as_it_is_known(text, words):
    assert dates.format_date(text) == words


def test_a_day_is_said_in_words():
    assert dates.format_date(date(2026, 11, 24)) == "24 November 2026"


@pytest.mark.parametrize("text", ["2012-13", "2012-00", "2011-02-29", "0000", "2012-1", "1/5/2012", "२०१२"])
def test_what_is_no_date_has_no_first_day(text):
    assert dates.earliest(text) is None


@pytest.mark.parametrize(
    ("began", "ended", "forwards"),
    [
        ("2012", "2012", True),
        ("2012-06", "2012", True),
        ("2012", "2012-01", True),
        ("2012-06", "2012-05", False),
        ("2012", "2011-12", False),
    ],
)
def test_periods_are_compared_as_far_as_both_are_exact(began, ended, forwards):
    assert dates.runs_forwards(began, ended) is forwards


@pytest.mark.parametrize(
    ("began", "ended", "status", "words"),
    [
        ("2012-03", "2012-11", "ended", "2012"),
        ("2011", "2024-01", "ended", "2011–2024"),
        ("2011", "", "running", "2011–now"),
        ("2011", "", "changed", "2011–now"),
        ("2011", "", "taken-back", "from 2011"),
        ("2011", "", "replaced", "from 2011"),
        ("2011", "", "unknown", "from 2011"),
    ],
)
def test_a_period_is_shown_by_its_years(joint, began, ended, status, words):
    case = replace(joint, began=began, ended=ended, status=replace(joint.status, id=status))
    assert dates.years_of(case) == words


@pytest.mark.parametrize(
    ("day", "later"),
    [
        (date(2025, 8, 31), date(2027, 2, 28)),
        (date(2026, 8, 31), date(2028, 2, 29)),
        (date(2025, 6, 30), date(2026, 12, 30)),
        (date(2025, 7, 1), date(2027, 1, 1)),
        (date(2024, 2, 29), date(2025, 8, 29)),
    ],
)
def test_months_are_counted_exactly(day, later):
    assert dates.months_after(day, 18) == later


TABLE = json.loads((REAL / "schema/case-study.schema.json").read_text(encoding="utf-8"))["writtenDates"]


@pytest.mark.parametrize(("text", "form", "kept", "either"), written_dates())
def test_dates_as_people_write_them_are_understood(text, form, kept, either):
    read = read_date(text, form, TABLE, TODAY)
    said = read.kept or ("none" if read.is_none else "no such day" if read.is_unreal else "")
    assert (said, read.either) == (kept, tuple(either))
