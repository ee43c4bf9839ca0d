import json
import re
from dataclasses import replace

import pytest
from hypothesis import given, strategies

from casebook.content import document as documents
from casebook.content.files import read_text
from casebook.content.problem import Problem
from casebook.validation import plain_english, reports
from casebook.validation.loading import Examination, examine, faults
from projects import TODAY, make_project

PROBLEM = Problem(
    file="case_studies/a,b.md",
    line=7,
    column=3,
    field="title",
    rule="shape",
    message="50% off",
    hint="Mend it.",
)


def found(*problems, files=84):
    return Examination(schema=None, documents=(), problems=problems, files=files)


def test_text_names_place_fault_and_mend_and_counts():
    assert reports.report_as_text(found(PROBLEM)) == (
        "case_studies/a,b.md:7: title: 50% off\n    Mend it.\n1 problem in 1 of 84 case studies."
    )


@pytest.mark.parametrize(
    ("problems", "files", "words"),
    [
        ((), 0, "No problems in 0 case studies."),
        ((), 1, "No problems in 1 case study."),
        ((PROBLEM, PROBLEM), 3, "2 problems in 1 of 3 case studies."),
    ],
)
def test_the_last_line_counts(problems, files, words):
    assert reports.summary_line(found(*problems, files=files)) == words


def test_of_a_flood_the_first_are_told_and_the_others_are_counted():
    flood = [replace(PROBLEM, line=line) for line in range(1, 1_052)]
    lines = reports.report_as_text(found(*flood, replace(PROBLEM, file="case_studies/b.md"))).splitlines()
    assert [line for line in lines if not line.startswith(" ")] == [
        *(f"case_studies/a,b.md:{line}: title: 50% off" for line in range(1, 51)),
        "case_studies/a,b.md:51: and 1,001 more problems from here on",
        "case_studies/b.md:7: title: 50% off",
        "1052 problems in 2 of 84 case studies.",
    ]
    assert len(reports.as_github(found(*flood)).splitlines()) == 52
    assert len(json.loads(reports.as_json(found(*flood)))["problems"]) == 1_051


def test_github_shows_it_beside_the_line():
    assert reports.as_github(found(PROBLEM)).splitlines()[0] == (
        "::error file=case_studies/a%2Cb.md,line=7,col=3::title: 50%25 off%0AMend it."
    )


def test_json_is_one_object_for_programs():
    assert json.loads(reports.as_json(found(PROBLEM))) == {
        "case_studies": 84,
        "problems": [
            {
                "file": "case_studies/a,b.md",
                "line": 7,
                "column": 3,
                "field": "title",
                "rule": "shape",
                "message": "50% off",
                "hint": "Mend it.",
            }
        ],
        "advice": [],
    }


ADVICE = replace(PROBLEM, line=9, field="body", rule="sections-cite", message="nothing is cited")


def test_advice_stands_below_the_problems_and_is_not_counted():
    assert reports.report_as_text(replace(found(PROBLEM), advice=(ADVICE,))) == (
        "case_studies/a,b.md:7: title: 50% off\n    Mend it.\n"
        "advice: case_studies/a,b.md:9: body: nothing is cited\n    Mend it.\n"
        "1 problem in 1 of 84 case studies."
    )


def test_github_shows_advice_as_a_notice():
    assert reports.as_github(replace(found(), advice=(ADVICE,))) == (
        "::notice file=case_studies/a%2Cb.md,line=9,col=3::body: nothing is cited%0AMend it.\n"
        "No problems in 84 case studies."
    )


def test_json_lists_advice_apart_from_the_problems():
    said = json.loads(reports.as_json(replace(found(), advice=(ADVICE,))))
    assert said == {
        "case_studies": 84,
        "problems": [],
        "advice": [
            {
                "file": "case_studies/a,b.md",
                "line": 9,
                "column": 3,
                "field": "body",
                "rule": "sections-cite",
                "message": "nothing is cited",
                "hint": "Mend it.",
            }
        ],
    }


FRONT = """title: {0}
summary: {0}
councils: [{0}]
partners: [{{name: {0}, kind: {0}, in: {0}, {0}: x}}]
themes: {0}
period: {{from: {0}, to: {0}}}
status: {0}
questions: {{{0}: {{answer: {0}, sources: [{0}]}}, risk: {{answer: {0}, sources: [{0}, {0}]}}}}
pledges: {{{0}: {{how: {0}, sources: [{0}]}}}}
not_found: [{0}, {0}]
outputs: [{{id: {0}, what: {0}, when: {0}, question: {0}, evidence: {0}, sources: [{0}]}}]
outcomes: [{{id: {0}, what: {0}, result: {0}, evidence: {0}, when: {0}, sources: [{0}]}}, {0}]
costs: [{{id: {0}, what: {0}, gbp: {0}, gbp_from: {0}, gbp_to: {0}, kind: {0}, year: {0}, sources: [{0}]}}]
effort: {{staff: {0}, months_to_start: {0}, sources: [{0}]}}
terms: [{{kind: {0}, text: {0}, sources: [{0}]}}]
powers: [{0}, {0}]
sources: {{{0}: {{title: {0}, publisher: {0}, kind: {0}, url: {0}, archive: {0}, published: {0}, undated: {0}, accessed: {0}}}}}
updates: [{{id: {0}, date: {0}, text: {0}, sources: [{0}]}}]
replies: [{{by: {0}, date: {0}, text: {0}, sources: [{0}]}}]
told_until: {0}
former: [{0}]
retired: [{{id: {0}, date: {0}, reason: {0}}}]
withdrawn: {{date: {0}, reason: {0}}}
added: {0}
checked: {0}
{0}: {{{0}: [{0}]}}
"""
BODY = """{0}

## {0}

[x]({0}) [x](<{0}>) ![x]({0}) [^{0}] {0}

[^{0}]: {0}

## The problem

[x](https://example.org) [^x]
"""
COMMANDS = [
    "::error::PWN",
    "\n::stop-commands::PWN",
    "%0A::error::PWN",
    "##[error]PWN",
    "\x1b[31m",
    "\u202e",
    "\u2028",
    "\x9b",
    "\r",
]
ANYTHING = strategies.lists(
    strategies.sampled_from(COMMANDS)
    | strategies.text(strategies.characters(exclude_categories=["Cs"]), max_size=30),
    max_size=4,
).map("".join)
"""Also what no rule lets through."""
UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)


@pytest.fixture(scope="module")
def found_in(tmp_path_factory):
    """What is found in a case study that holds this text wherever text can stand, as the YAML and the Markdown it is put into."""
    folder = tmp_path_factory.mktemp("reports")
    examination = examine(make_project(folder).root, TODAY)

    def as_read(text):
        file = folder / "x.md"
        file.write_bytes(text.encode())
        return read_text(file)

    def look(text):
        quoted = json.dumps(text, ensure_ascii=False)
        wholes = [as_read(f"---\n{FRONT.format(each)}---\n{BODY.format(text)}") for each in (quoted, text)]
        problems = [problem for whole in wholes for problem in faults(whole, "x", examination, TODAY)]
        return found(*problems), filter(
            None, (documents.parse_document("x.md", "x", whole)[0] for whole in wholes)
        )

    return look


@given(text=ANYTHING)
def test_whatever_is_wrong_begins_no_line_of_a_report_and_hides_nothing(text, found_in):
    examined, read = found_in(text)
    *lines, last = reports.report_as_text(examined).split("\n")
    assert last == reports.summary_line(examined)
    assert [line for line in lines if not re.match(r"case_studies/x\.md:\d+: |    [^ ]", line)] == []
    *commands, last = reports.as_github(examined).split("\n")
    assert last == reports.summary_line(examined)
    assert len(commands) == len(list(reports.limited(examined.problems))) > 10
    assert [
        one for one in commands if not re.match(r"::error file=case_studies/x\.md,line=\d+,col=\d+::.", one)
    ] == []
    assert len(json.loads(reports.as_json(examined))["problems"]) == len(examined.problems)
    advice = [line for document in read for line in plain_english.editorial(document)]
    assert [line for line in advice if not line.startswith("x.md: ")] == []
    for said in (*(write(examined) for write in reports.REPORT_FORMATS.values()), *advice):
        assert UNSEEN.findall(said) == []
