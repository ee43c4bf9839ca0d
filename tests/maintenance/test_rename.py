"""`casebook rename` changes every file that says a name, and nothing else."""

import pytest

from projects import tree

ROOM = "case_studies/reading-room.md"
SHEET = "tests/evidence/reading-room.yaml"


def prepared(project):
    project.write(SHEET, "slug: reading-room\nread_elsewhere:\n  '40': [gazette]\n")
    project.write(
        "docs/questions/risk.md", "See [it](../case-studies/reading-room.md), not reading-room.md.\n"
    )
    project.write("docs/themes/libraries.md", "Of libraries.\n")
    return project


def test_a_case_study_keeps_its_old_address_and_every_link(project):
    prepared(project)
    done = project.run("rename", "slug", "reading-room", "readers-room")
    assert done.stdout.splitlines()[-1] == "No problems in 3 case studies."
    assert not (project.root / ROOM).exists()
    assert "\nformer: [reading-room]\n---\n" in project.read("case_studies/readers-room.md")
    assert project.read("tests/evidence/readers-room.yaml").startswith("slug: readers-room\n")
    assert project.read("docs/questions/risk.md") == (
        "See [it](../case-studies/readers-room.md), not reading-room.md.\n"
    )


def test_renamed_twice_it_is_found_under_both(project):
    prepared(project)
    project.run("rename", "slug", "reading-room", "room-two")
    project.run("rename", "slug", "room-two", "room-three")
    assert "\nformer: [room-two, reading-room]\n" in project.read("case_studies/room-three.md")


def test_a_source_is_renamed_where_it_stands_and_where_it_is_cited(project):
    prepared(project)
    before = project.read(ROOM)
    done = project.run("rename", "source", "reading-room/gazette", "the-gazette")
    assert done.stdout.splitlines() == [ROOM, SHEET, "No problems in 3 case studies."]
    after = project.read(ROOM)
    said = ("  gazette:\n", "[gazette", ", gazette", "[^gazette]")
    assert [text for text in said if text in after] == []
    assert after.count("the-gazette") == sum(map(before.count, said))


def test_a_theme_is_renamed_in_its_list_its_cases_and_its_page(project):
    prepared(project)
    done = project.run("rename", "theme", "libraries", "reading")
    assert done.stdout.splitlines()[-1] == "No problems in 3 case studies."
    assert "- id: reading\n" in project.read("schema/themes.yml")
    assert "libraries" not in project.read(ROOM).split("themes:")[1].split("\n")[0]
    assert (project.root / "docs/themes/reading.md").is_file()


@pytest.mark.parametrize(
    ("what", "old", "new"),
    [
        ("slug", "reading-room", "room"),
        ("source", "reading-room/gazette", "paper"),
        ("theme", "libraries", "reading"),
    ],
)
def test_line_ends_stay_as_they_are(project, what, old, new):
    """Some systems end each line with two characters, and Git keeps what it is given."""
    prepared(project)

    def renamed(end):
        for folder in ("case_studies", "docs/questions", "docs/themes", "tests/evidence"):
            for path in (project.root / folder).glob("*.*"):
                path.write_bytes(path.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", end))
        theirs = project.root / "schema/themes.yml"
        theirs.write_bytes(theirs.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", end))
        before = tree(project.root)
        assert project.call("rename", what, old, new).returncode == 0
        after = tree(project.root)
        for path in after.keys() - before.keys() | before.keys() - after.keys():
            (project.root / path).unlink(missing_ok=True)
        for path, raw in before.items():
            (project.root / path).write_bytes(raw)
        return {path: raw for path, raw in after.items() if before.get(path) != raw}

    plain, theirs = renamed(b"\n"), renamed(b"\r\n")
    assert len(plain) > 1
    assert theirs == {path: raw.replace(b"\n", b"\r\n") for path, raw in plain.items()}


def test_nothing_is_renamed_beside_what_cannot_be_read(project):
    prepared(project)
    for file in ("docs/about/bad.md", SHEET):
        (project.root / file).write_bytes(b"na\xefve\n")
        before = tree(project.root)
        done = project.call("rename", "slug", "reading-room", "room")
        assert (done.returncode, done.stderr.splitlines()[-2:]) == (
            1,
            [f"Error: {file}:1: not UTF-8: byte 0xef on line 1 can't be read", "    Save it as UTF-8."],
        )
        assert tree(project.root) == before
        (project.root / file).unlink()


def test_what_cannot_be_renamed_is_said_and_nothing_changes(project):
    prepared(project).write("docs/themes/parks.md", "Of parks, which are no theme yet.\n")
    before = tree(project.root)
    for arguments, why in (
        (("slug", "no-such-case", "x"), "There is no no-such-case.md."),
        (("slug", "reading-room", "westover-trees"), "westover-trees.md is there already."),
        (("slug", "reading-room", "Not_A_Slug"), "Not_A_Slug is not lower-case words and hyphens."),
        (
            ("source", "reading-room/none", "x"),
            "reading-room/none is no source. Write it as case-study/source.",
        ),
        (
            ("source", "../case_studies/reading-room/gazette", "x"),
            ".. is not lower-case words and hyphens.",
        ),
        (("slug", "../docs/about/style", "x"), ".. is not lower-case words and hyphens."),
        (("theme", "none", "x"), "none is not a theme."),
        (("theme", "libraries", "parks"), "parks is a theme already."),
    ):
        done = project.call("rename", *arguments)
        assert done.returncode == 2
        assert done.stderr.splitlines()[-1] == f"Error: {why}"
    assert tree(project.root) == before
