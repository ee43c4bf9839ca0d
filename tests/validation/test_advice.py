"""What could be better: `check` mentions it, and nothing is refused for it."""

import json

import pytest

from casebook.validation import advice
from fuller import ROOM

SAID = (
    f'advice: {ROOM}:33: sources.minutes.url: "https://example.org/" looks like a front page, '
    "a list or a search, which changes\n"
    "    Use the address of the page itself.\n"
)


@pytest.fixture
def advised(project):
    project.replace(ROOM, "https://example.org/minutes?id=7&page=1", "https://example.org/")
    return project


def test_advice_leaves_the_exit_code_as_it_is(advised):
    done = advised.call("check")
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{SAID}No problems in 3 case studies.\n", "")


def test_advice_is_given_on_the_files_named_alone(advised):
    assert advised.call("check", ROOM).stdout == f"{SAID}No problems in 1 case study.\n"
    assert advised.call("check", "case_studies/westover-trees.md").stdout == "No problems in 1 case study.\n"


def test_a_file_with_a_problem_is_given_no_advice_yet(advised):
    advised.replace(ROOM, "status: ended", "status: over")
    done = advised.call("check")
    assert done.returncode == 1
    assert "advice" not in done.stdout


def test_programs_read_it_beside_the_problems(advised):
    assert advised.call("check", "--format", "github").stdout.startswith(f"::notice file={ROOM},line=33,col=")
    said = json.loads(advised.call("check", "--format", "json").stdout)
    assert said["problems"] == []
    assert [(one["file"], one["rule"]) for one in said["advice"]] == [(ROOM, "addresses-stay")]


def test_it_is_built_without_a_word_of_advice(advised):
    done = advised.run("build")
    assert (done.returncode, done.stdout, done.stderr) == (0, "Built site/ from 3 case studies.\n", "")


@pytest.mark.parametrize(
    "answer",
    [
        "Not known.",
        "No source says who paid for it.",
        "No source read says who paid. It is not known who was asked.",
        "None of the reports tells what became of it.",
        "The documents do not say who was asked.",
        "The council's report names no cost.",
        "Nothing was found about what it cost.",
        "What was read doesn't say how long it took.",
        "No figures were published.",
    ],
)
def test_an_answer_that_only_says_that_no_source_does_is_empty(answer):
    assert advice.is_empty(answer)


@pytest.mark.parametrize(
    "answer",
    [
        "No source says who paid for it. The council lent three members of staff.",
        "The council published no figures, and closed the scheme after a year.",
        "Staff learned on the job, and nobody was trained.",
        "Tenants had a vote on every plan.",
        "Staff were not given time for it, and most of the work fell to two volunteers.",
        "Residents were not told of the plan until the bulldozers came.",
        "The results were not published, so nobody outside could judge them.",
        "Nobody read the leaflets, so the council knocked on doors.",
        "The report doesn't say who paid, but the council lent three members of staff.",
    ],
)
def test_an_answer_that_tells_something_is_none(answer):
    assert not advice.is_empty(answer)


@pytest.mark.parametrize(
    ("path", "changes"),
    [
        ("", True),
        ("news/category/parks/", True),
        ("?s=parks", True),
        ("search?q=parks", True),
        ("2019/05/", True),
        ("minutes?id=7", False),
        ("2019/05/parks-open", False),
        ("research/2019-report.pdf", False),
    ],
)
def test_an_address_that_changes_is_known_by_its_form(project, path, changes):
    project.replace(ROOM, "https://example.org/minutes?id=7&page=1", f"https://example.org/{path}")
    assert ("looks like a front page" in project.call("check", ROOM).stdout) is changes
