"""Advice on plain English."""

import pytest

from casebook.validation import plain_english

PLAIN = [["The", "roof", "leaks"], ["It", "opens", "at", "ten"]]
HARD = [
    (
        "Notwithstanding organisational transformation considerations necessitating multidisciplinary " * 6
    ).split()
]


def test_hard_words_and_long_sentences_ask_for_more_years():
    assert plain_english.reading_age(PLAIN) <= 7
    assert plain_english.reading_age(HARD) > 20
    assert plain_english.reading_age([]) == 0


def test_the_age_is_the_mean_of_two_published_formulas():
    """Seven words, eight syllables and 24 letters in two sentences."""
    kincaid = 0.39 * 7 / 2 + 11.8 * 8 / 7 - 15.59
    automated = 0.5 * 7 / 2 + 4.71 * 24 / 7 - 21.43
    assert plain_english.reading_age(PLAIN) == round((kincaid + automated) / 2 + 5) == 3


@pytest.mark.parametrize(
    ("words", "syllables"),
    [
        ("the roof leaks", [1, 1, 1]),
        ("same rules helped", [1, 1, 1]),
        ("table houses started", [2, 2, 2]),
        ("council committee Yorkshire", [2, 3, 2]),
        ("libraries organisation responsibility", [3, 5, 6]),
        ("£1,200 hmm", [1, 1]),
    ],
)
def test_syllables_are_those_that_are_heard(words, syllables):
    assert [plain_english._syllables(word) for word in words.split()] == syllables


def test_advice_names_the_file_and_the_sentence_and_is_no_problem(project):
    long = f"The readers {'and their friends ' * 11}met."
    project.replace("case_studies/reading-room.md", "The roof leaked.", long)
    done = project.call("check", "--editorial")
    assert done.returncode == 0
    assert done.stdout == "No problems in 3 case studies.\n"
    assert done.stderr == (
        "case_studies/reading-room.md: 36 words in one sentence: "
        '"The readers and their friends and their friends ...".\n'
    )


def test_advice_on_one_file_speaks_of_that_file_alone(project):
    project.replace("case_studies/reading-room.md", "The roof leaked.", "Word " * 40)
    assert project.call("check", "--editorial", "case_studies/westover-trees.md").stderr == ""


def test_advice_on_hard_reading_says_the_age(project):
    hard = "Institutional organisational considerations necessitated comprehensive reconfiguration. " * 12
    project.replace("case_studies/reading-room.md", "The roof leaked.", hard)
    assert "reads as for somebody of " in project.call("check", "--editorial").stderr
