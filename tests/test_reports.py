import json
from dataclasses import replace

import pytest

from casebook import reports
from casebook.loading import Examination
from casebook.models import Problem

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
    assert reports.as_text(found(PROBLEM)) == (
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
    assert reports.summary(found(*problems, files=files)) == words


def test_of_a_flood_the_first_are_told_and_the_others_are_counted():
    flood = [replace(PROBLEM, line=line) for line in range(1, 1_052)]
    lines = reports.as_text(found(*flood, replace(PROBLEM, file="case_studies/b.md"))).splitlines()
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
    }
