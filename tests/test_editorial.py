"""Advice on plain English."""

from casebook import editorial

PLAIN = [["The", "roof", "leaks"], ["It", "opens", "at", "ten"]]
HARD = [
    (
        "Notwithstanding organisational transformation considerations necessitating multidisciplinary " * 6
    ).split()
]


def test_hard_words_and_long_sentences_ask_for_more_years():
    assert editorial.reading_age(PLAIN) <= 7
    assert editorial.reading_age(HARD) > 20
    assert editorial.reading_age([]) == 0


def test_advice_names_the_file_and_the_sentence_and_is_no_problem(project):
    long = f"The readers {'and their friends ' * 11}met."
    project.replace("case_studies/reading-room.md", "The roof leaked.", long)
    done = project.run("check", "--editorial")
    assert done.returncode == 0
    assert done.stdout == "No problems in 3 case studies.\n"
    assert done.stderr == (
        "case_studies/reading-room.md: 36 words in one sentence: "
        '"The readers and their friends and their friends ...".\n'
    )


def test_advice_on_one_file_speaks_of_that_file_alone(project):
    project.replace("case_studies/reading-room.md", "The roof leaked.", "Word " * 40)
    assert project.run("check", "--editorial", "case_studies/westover-trees.md").stderr == ""


def test_advice_on_hard_reading_says_the_age(project):
    hard = "Institutional organisational considerations necessitated comprehensive reconfiguration. " * 12
    project.replace("case_studies/reading-room.md", "The roof leaked.", hard)
    assert "reads as for somebody of " in project.run("check", "--editorial").stderr
