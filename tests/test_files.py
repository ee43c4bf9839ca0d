"""What may lie in case_studies/, and in what bytes."""

import os

import pytest
from conftest import TODAY

from casebook.loading import examine
from casebook.reports import as_text

GOOD = "case_studies/reading-room.md"


def said(project):
    return as_text(examine(project.root, TODAY)).splitlines()


def write_bytes(project, raw):
    (project.root / GOOD).write_bytes(raw)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("Reading.md", '"Reading.md" is not a name for a case study'),
        ("a b.md", '"a b.md" is not a name for a case study'),
        ("x.markdown", '"x.markdown" is not a name for a case study'),
        ("x.html", '"x.html" is not a name for a case study'),
        (".hidden.md", '".hidden.md" is not a name for a case study'),
        ("-rf.md", '"-rf.md" is not a name for a case study'),
        (f"{'a' * 78}.md", f'"{"a" * 59}…" is not a name for a case study'),
        ("index.md", 'the name "index" is reserved'),
        ("README.md", 'the name "README" is reserved'),
        ("con.md", 'the name "con" is reserved'),
    ],
)
def test_a_file_of_another_name_is_a_problem(project, name, message):
    project.write(f"case_studies/{name}", project.read(GOOD))
    assert said(project)[0] == f"case_studies/{name}:1: {message}"


def test_a_folder_is_a_problem_and_says_what_lies_in_it(project):
    project.write("case_studies/sub/x.md", "")
    assert said(project)[0] == (
        "case_studies/sub:1: a folder (in it: sub/x.md): case studies lie side by side in case_studies/"
    )


@pytest.mark.parametrize("target", ["../schema/themes.yml", "nowhere.md", "link.md"])
def test_a_link_is_never_followed(project, target):
    (project.root / "case_studies/link.md").symlink_to(target)
    assert said(project)[0] == (
        "case_studies/link.md:1: not an ordinary file: links and devices are not followed"
    )


def test_a_pipe_does_not_hang_the_check(project):
    os.mkfifo(project.root / "case_studies/pipe.md")
    assert said(project)[0].startswith("case_studies/pipe.md:1: not an ordinary file")


@pytest.mark.parametrize(
    ("encode", "message"),
    [
        (lambda text: text.replace("made-up", "caf\u00e9").encode("latin-1"), "3: not UTF-8: byte 0xe9 on line 3 can't be read"),
        (lambda text: text.encode("utf-16"), "1: saved as UTF-16, not UTF-8"),
        (lambda text: text.replace("made-up", "made\0up").encode(), "3: summary: U+0000 (control character) is invisible or turns text round (line 3, column 16)"),
        (lambda text: b" \n\n", "1: the file is empty"),
        (lambda text: (text + "x" * 300_000).encode(), "1: larger than 256 kB"),
        (lambda text: (text + "x" * 20_001).encode(), "72: line 72 is longer than 20,000 characters"),
        (lambda text: ("---\na: " + "[" * 100_000).replace("\n", "\n", 1).encode(), "2: line 2 is longer than 20,000 characters"),
        (lambda text: ("---\na: " + "[\n" * 3_000 + "\n---\n").encode(), '2: more than 2000 opening brackets "[" and "{"'),
    ],
    ids=["latin-1", "utf-16", "nul", "blank", "large", "long-line", "brackets", "many-brackets"],
)  # fmt: skip
def test_bytes_that_are_no_such_text_are_refused(project, encode, message):
    write_bytes(project, encode(project.read(GOOD)))
    found = [line for line in said(project) if line.startswith(f"{GOOD}:")]
    assert found == [f"{GOOD}:{message}"]


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_line_ends_of_other_systems_are_read_alike(project, ending):
    text = project.read(GOOD)
    before = project.load()
    write_bytes(project, text.replace("\n", ending).encode())
    assert project.load() == before


def test_a_byte_order_mark_is_passed_over(project):
    before = project.load()
    write_bytes(project, b"\xef\xbb\xbf" + project.read(GOOD).encode())
    assert project.load() == before


def test_two_bad_files_are_both_named_in_one_run(project):
    project.replace(GOOD, "status: ended", "status: over")
    project.replace("case_studies/westover-trees.md", "status: unknown", "status: lost")
    assert [line.split(":")[0] for line in said(project) if not line.startswith(" ")] == [
        GOOD,
        "case_studies/westover-trees.md",
        "2 problems in 2 of 3 case studies.",
    ]


def test_a_faulty_character_does_not_hide_the_other_problems(project):
    project.replace(GOOD, "made-up council", "made-up coun\u200bcil")
    project.replace(GOOD, "status: ended", "status: over")
    assert [line for line in said(project) if not line.startswith(" ")] == [
        f"{GOOD}:3: summary: U+200B (zero-width space) is invisible or turns text round (line 3, column 24)",
        f'{GOOD}:9: status: "over" is not one of the statuses.',
        "2 problems in 1 of 3 case studies.",
    ]


def test_a_flood_of_faulty_characters_is_cut_off(project):
    project.replace(GOOD, "The roof leaked.", "\u200b" * 15_000)
    assert len([line for line in said(project) if "U+200B" in line]) == 10
