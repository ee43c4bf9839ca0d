"""Which case studies need checking, around the day on which that changes, in real builds."""

import datetime
import re

import pytest

from accessibility import NO_FAULTS, faults_in_every_look
from projects import make_project, run

LAST_FRESH_DAY = datetime.date(2027, 7, 31)
"""18 months after 31 January 2026, on which the tests' case studies were checked."""
LISTED = """\
case_studies/joint-youth-vote.md: last checked 31 January 2026: Two councils let young people vote on a budget
case_studies/reading-room.md: last checked 31 January 2026: Readers run the Exampleton reading room
case_studies/westover-trees.md: last checked 31 January 2026: Westover asks its streets about trees
3 of 3 case studies were last checked more than 18 months ago.
"""
NONE = "No case study was last checked more than 18 months ago.\n"


def casebook(project, day, *arguments):
    noon = datetime.datetime.combine(day, datetime.time(12), datetime.UTC)
    done = run("-m", "casebook", *arguments, cwd=project.root, SOURCE_DATE_EPOCH=str(int(noon.timestamp())))
    assert done.returncode == 0, done.stderr
    return done.stdout


def page(project, path):
    html = (project.root / "site" / path / "index.html").read_text(encoding="utf-8")
    main = html.partition("<article")[2].partition("</article>")[0]
    text = re.sub("<[^>]*>", "", re.sub("</(?:p|li|dt|dd|h[1-6])>", " ", main))
    return " ".join(text.split()), main


@pytest.mark.parametrize(
    ("days_after", "expected"), [(-1, NONE), (0, NONE), (1, LISTED)], ids=["before", "on", "after"]
)
def test_the_list_changes_on_the_day_after_18_months(project, days_after, expected):
    day = LAST_FRESH_DAY + datetime.timedelta(days=days_after)
    assert casebook(project, day, "stale") == expected


def test_the_oldest_comes_first(project):
    project.replace("case_studies/westover-trees.md", "checked: 2026-01-31", "checked: 2026-01-30")
    lines = casebook(project, LAST_FRESH_DAY, "stale").splitlines()
    assert lines == [
        "case_studies/westover-trees.md: last checked 30 January 2026: Westover asks its streets about trees",
        "1 of 3 case studies was last checked more than 18 months ago.",
    ]


def test_the_list_for_an_issue_holds_no_contributed_text(project):
    project.replace(
        "case_studies/westover-trees.md",
        "title: Westover asks its streets about trees",
        "title: '@everybody <img/src=x> asks'",
    )
    project.replace("case_studies/westover-trees.md", "checked: 2026-01-31", "checked: 2026-01-30")
    assert casebook(project, LAST_FRESH_DAY, "stale", "--format", "markdown") == (
        "1 of 3 case studies was last checked more than 18 months ago.\n"
        "\n"
        "- [ ] `case_studies/westover-trees.md`, last checked 30 January 2026\n"
    )


def test_a_list_of_broken_case_studies_says_what_is_broken(project):
    project.replace("case_studies/reading-room.md", "status: ended", "status: over")
    done = project.call("stale")
    assert (done.returncode, done.stdout) == (1, "")
    assert 'case_studies/reading-room.md:9: status: "over" is not one of the statuses.' in done.stderr


def test_a_fresh_case_study_says_when_it_was_checked_and_no_more(project):
    casebook(project, LAST_FRESH_DAY, "build")
    text, html = page(project, "case-studies/reading-room")
    assert "Facts checked 31 January 2026 " in text
    assert html.count("add=checked") == 1, "it stands at the foot alone"


def test_with_nothing_to_check_the_page_says_what_comes_next(project):
    project.replace("case_studies/westover-trees.md", "checked: 2026-01-31", "checked: 2026-02-28")
    project.replace("case_studies/joint-youth-vote.md", "checked: 2026-01-31", "checked: 2026-02-28")
    casebook(project, LAST_FRESH_DAY, "build")
    text, html = page(project, "contribute/needs-checking")
    assert (
        "No case study needs checking today. The next will be due after 31 July 2027: "
        "Readers run the Exampleton reading room, last checked 31 January 2026." in text
    )
    assert "issues/new" not in html


@pytest.fixture(scope="module")
def stale(tmp_path_factory):
    """A project all of which needs checking, built."""
    project = make_project(tmp_path_factory.mktemp("stale"))
    project.replace("case_studies/westover-trees.md", "checked: 2026-01-31", "checked: 2026-01-30")
    casebook(project, LAST_FRESH_DAY + datetime.timedelta(days=1), "build")
    return project


def test_a_stale_case_study_says_so_and_takes_i_checked_it(stale):
    text, html = page(stale, "case-studies/reading-room")
    assert (
        "Last checked 31 January 2026: needs checking. That is more than 18 months ago. I checked it" in text
    )
    assert 'href="../../contribute/form/?case=reading-room&amp;add=checked"' in html


def test_the_page_lists_them_with_the_line_to_change(stale):
    text, html = page(stale, "contribute/needs-checking")
    assert re.findall("<h3[^>]*><a[^>]*>([^<]*)", html) == [
        "Westover asks its streets about trees",
        "Two councils let young people vote on a budget",
        "Readers run the Exampleton reading room",
    ]
    assert (
        "With Git: in case_studies/westover-trees.md, change checked: 2026-01-30 "
        "to the day on which you checked it." in text
    )
    assert html.count("&amp;add=checked") == 3


def test_what_needs_checking_can_be_read_by_everybody(stale, serve, browser):
    address = serve(stale.root / "site")
    for path in ("contribute/needs-checking/", "case-studies/reading-room/"):
        page = browser.new_page()
        page.goto(address + path)
        assert faults_in_every_look(page) == NO_FAULTS
        assert page.evaluate("document.documentElement.scrollWidth") == 320
        page.close()
