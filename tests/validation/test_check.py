"""`check` of files named: what `check` of everything says of them, and hardly anything else is read."""

import json
import shutil

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casebook.content import document as documents
from casebook.validation import titles
from casebook.validation.loading import examine
from fuller import with_fields
from hostile import cases, lay
from projects import CORPUS, MISTAKES, REAL, TODAY, make_project, run

ROOM, OTHER = "case_studies/reading-room.md", "case_studies/other.md"
TITLE = "Readers run the Exampleton reading room"
LINE = f"title: {TITLE}\n"
TWO = "\n  the".join(TITLE.split(" the"))

SAME = {
    "as it is": LINE,
    "in capitals": f"title: {TITLE.upper()}\n",
    "long s": f"title: {TITLE.replace('s', 'ſ')}\n",
    "with a full stop": f"title: {TITLE}.\n",
    "with spaces and hyphens": f"title: {TITLE.replace(' ', '  -').replace('reading', 'read-ing')}\n",
    "in one word": f"title: {TITLE.replace(' ', '')}\n",
    "letters of full width": f"title: {TITLE.replace('R', 'Ｒ')}\n",
    "a Cyrillic letter": f"title: {TITLE.replace('o', 'о')}\n",
    "a one for an l": f"title: {TITLE.replace('l', '1')}\n",
    "single quotes": f"title: '{TITLE}'\n",
    "double quotes": f'title: "{TITLE}"  \n',
    "escaped": 'title: "\\x52eaders run the \\u0045xampleton reading\\ room"\n',
    "a word escaped in two": 'title: "Readers run the Exam\\\n  pleton reading room"\n',
    "folded over lines": f"title: {TWO}\n",
    "quoted over lines": f'title: "{TWO.replace("  ", "")}"\n',
    "on the next line": f"title:\n  {TITLE}\n",
    "folded block": f"title: >-\n  {TWO}\n",
    "literal block": f"title: |\n  {TITLE}\n",
    "the key in quotes": f'"title": {TITLE}\n',
    "the key escaped": f'"t\\x69tle": {TITLE}\n',
    "a key with a mark": f"? title\n: {TITLE}\n",
    "a tag": f"title: !x {TITLE}\n",
    "below comments": f"# one\n#\n# two \u2013 three\n\n{LINE}",
    "below another field": f"checked: 2026-01-31\n{LINE}",
    "far below": f"# {'far ' * 1000}\n{LINE}",
    "before a comment": f"title: {TITLE} # lost\n",
    "above a comment": f"{LINE}# a comment\n",
    "given twice": f"{LINE}title: Another\n",
    "an old Macintosh": LINE.replace("\n", "\rtitle: Another\n"),
    "Windows": LINE.replace("\n", "\r\n"),
    "a tab": f"title:\t{TITLE}\n",
    "line separator": LINE.replace(" the", "\u2028the"),
}
"""Front matter's beginnings, for other case studies of that title."""

DIFFERENT = {
    "another": "title: Readers leave the Exampleton reading room\n",
    "given later": f"title: Another\n{LINE}",
    "empty": "title:\n",
    "a list": f"title: [{TITLE}]\n",
    "that of a source": f"sources: {{minutes: {{title: {TITLE}}}}}\n",
    "in a comment": f"# {LINE}",
    "other accents": f"title: {TITLE}\u0301\n",
}


ALIKE = json.loads((REAL / "schema/case-study.schema.json").read_text(encoding="utf-8"))["properties"][
    "title"
]["lookAlike"]
LOOK_ALIKE = str.maketrans(*ALIKE)


@pytest.mark.parametrize(("letter", "latin"), list(zip(*ALIKE, strict=True)))
def test_a_letter_counts_as_the_one_that_it_looks_like(letter, latin):
    assert titles.letters(f"One {letter}", LOOK_ALIKE) == titles.letters(f"one {latin}.", LOOK_ALIKE)


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    return make_project(tmp_path_factory.mktemp("single"))


@pytest.fixture
def project(shared):
    """One project for all, whose case studies are laid anew for each."""
    shutil.rmtree(shared.root / "case_studies")
    shutil.copytree(CORPUS / "project/case_studies", shared.root / "case_studies")
    return shared


def assert_the_same(root, *names):
    """The same is found in the files named as by an examination of everything; or in all, some at a time."""
    everything = examine(root, TODAY)
    files = sorted({one.file for one in (*everything.documents, *everything.problems)})
    for some in [set(names)] if names else filter(None, [set(files[start::4]) for start in range(4)]):
        assert examine(root, TODAY, names=some) == everything.only(some), some


def with_title(project, line, title=LINE):
    """The same case study once more, with this in the place of its title."""
    text = project.read(ROOM)
    assert title in text
    (project.root / OTHER).write_bytes(text.replace(title, line).encode())


@pytest.mark.parametrize("spelling", SAME)
def test_the_same_title_is_found_in_every_spelling(project, spelling):
    with_title(project, SAME[spelling])
    found = examine(project.root, TODAY, names={ROOM})
    assert [str(one) for one in found.problems] == [f"{ROOM}:2: title: the same title as {OTHER}"]
    assert_the_same(project.root)


@pytest.mark.parametrize("spelling", DIFFERENT)
def test_another_title_is_none_of_its_business(project, spelling):
    with_title(project, DIFFERENT[spelling])
    assert examine(project.root, TODAY, names={ROOM}).problems == ()
    assert_the_same(project.root)


def test_letters_and_their_accents_are_one_title_however_they_are_written(project):
    for number, title in enumerate(
        ("Cafés of Straße", "Cafe\u0301s of STRASSE", '"Caf\\u00e9s of Stra\\xdfe"')
    ):
        project.write(f"case_studies/cafe-{number}.md", project.read(ROOM).replace(TITLE, title))
    found = examine(project.root, TODAY, names={"case_studies/cafe-0.md"})
    assert [one.message for one in found.problems] == [
        "the same title as case_studies/cafe-1.md, case_studies/cafe-2.md"
    ]
    assert_the_same(project.root)


def test_an_address_that_two_had_before_is_found_whichever_is_named(project):
    for name in ("reading-room", "westover-trees"):
        project.rewrite(f"case_studies/{name}.md", with_fields, "former: [the-old-room]\n")
    found = examine(project.root, TODAY)
    assert [(one.file, one.field) for one in found.problems] == [
        ("case_studies/westover-trees.md", "former[0]")
    ]
    assert_the_same(project.root)


def test_several_files_named_are_found_together(project):
    with_title(project, SAME["in capitals"])
    assert_the_same(project.root, ROOM, OTHER)
    assert_the_same(project.root, OTHER, "case_studies/westover-trees.md", "docs/index.md")


def test_every_mistake_beside_all_others(project):
    for mistake in MISTAKES:
        shutil.copy(mistake, project.root / "case_studies")
    assert_the_same(project.root)


def test_what_lies_in_the_wrong_place(project):
    project.write("case_studies/NO.md", "Words.")
    project.write("case_studies/folder/one.md", "Words.")
    project.write("docs/robots.txt", "Words.")
    (project.root / "case_studies/link.md").symlink_to("reading-room.md")
    try:
        assert_the_same(project.root)
    finally:
        (project.root / "docs/robots.txt").unlink()


def test_a_broken_vocabulary(project):
    themes = project.read("schema/themes.yml")
    project.write("schema/themes.yml", "Words.")
    try:
        assert_the_same(project.root)
        assert_the_same(project.root, "schema/themes.yml")
    finally:
        project.write("schema/themes.yml", themes)


def test_every_hostile_input_beside_all_others(real_schema):
    for case in cases("reject", "accept", "neutralise"):
        if case["layout"] == "file":
            lay(case, real_schema)
    assert_the_same(real_schema)


def test_only_what_may_have_the_same_title_is_parsed(project, monkeypatch):
    with_title(project, SAME["in capitals"])
    read = []
    parse = documents.parse_document
    monkeypatch.setattr(documents, "parse_document", lambda *given: read.append(given[0]) or parse(*given))
    examine(project.root, TODAY, names={ROOM})
    assert read == [OTHER, ROOM]


def test_what_other_commands_need_is_not_waited_for(tmp_path):
    others = {"jinja2", "jsonschema", "urllib3", "watchdog"}
    done = run("-c", f"import sys, casebook.__main__; print({others} & sys.modules.keys())", cwd=tmp_path)
    assert (done.stdout, done.stderr) == ("set()\n", "")


def test_a_file_from_elsewhere_is_wrong_use(project, tmp_path):
    (tmp_path / "x.md").write_text("Words.", encoding="utf-8")
    done = project.call("check", str(tmp_path / "x.md"))
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1] == (
        f"Error: {tmp_path}/x.md is not a case study of {project.root}."
        f" Copy it in first: casebook new --from {tmp_path}/x.md"
    )


@pytest.mark.parametrize("name", ["mkdocs.yml", "schema", "docs/about"])
def test_what_is_no_case_study_is_wrong_use(project, name):
    done = project.call("check", name)
    assert done.returncode == 2
    assert (
        done.stderr.splitlines()[-1] == f"Error: {project.root}/{name} is not a case study of {project.root}."
    )


@pytest.mark.parametrize("name", [".", "case_studies", "case_studies/../case_studies/"])
def test_the_folder_stands_for_all(project, name):
    assert project.call("check", name).stdout == "No problems in 3 case studies.\n"


def test_a_file_in_a_folder_too_deep_is_where_it_may_not_be(tmp_path):
    project = make_project(tmp_path)
    project.write("case_studies/parks/one.md", "Words.")
    done = project.call("check", "case_studies/parks/one.md")
    assert (done.returncode, done.stdout) == (
        1,
        "case_studies/parks:1: a folder (in it: parks/one.md): case studies lie side by side in case_studies/\n"
        "1 problem in 1 of 1 case study.\n",
    )


def test_a_broken_vocabulary_is_told_of_first(tmp_path):
    project = make_project(tmp_path)
    project.replace("schema/themes.yml", "id: music", "id: Music")
    done = project.call("check", "case_studies/westover-trees.md")
    assert done.returncode == 1
    assert done.stdout.startswith("schema/themes.yml:")


@pytest.mark.parametrize("name", ["link.md", "a\u202eb.md"])
def test_what_can_be_no_case_study_is_named_as_by_a_check_of_everything(project, name):
    (project.root / "case_studies" / name).symlink_to("reading-room.md")
    everything, alone = project.call("check"), project.call("check", f"case_studies/{name}")
    assert alone.stdout.splitlines()[:-1] == everything.stdout.splitlines()[:-1]
    assert alone.stdout.splitlines()[-1] == "1 problem in 1 of 1 case study."


PIECES = st.lists(
    st.sampled_from(
        ["a", "A", "b", "ſ", "ﬁ", "ß", "e", "é", "\u0301", " ", "  ", "\n", "\n  ", "\r\n", "\r", "\t", "\u2028", "\x85",
         '"', "'", "''", "\\", '\\"', "\\x61", "\\u00df", "#", " #", ":", ": ", "-", "|", ">", "[", "{", "!a ", "&a ",
         "\u00a0", "?", ",", "title", "title: ", "\ntitle: ", "\n--- ", "\n...", "b: c", "\nb: ", '"a', "'a"]
    ),
    max_size=8,
).map("".join)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(["title: {}", 'title: "{}"', "title: '{}'", "{}"]), PIECES, st.sampled_from("b# -"))
def test_what_the_head_says_a_parser_reads(tmp_path, form, piece, after):
    """A head that says nothing is for the parser, and what can't be parsed has no title."""
    file = tmp_path / "x.md"
    file.write_bytes(f"---\n{form.replace('{}', piece)}\n{after}: c\n---\n".encode())
    said = titles.of_head(file.read_bytes(), LOOK_ALIKE)
    document, _ = documents.read_document(tmp_path, file)
    if said is not None and document:
        assert said == titles.letters(document.data["title"], LOOK_ALIKE)


def test_fields_of_another_shape_are_not_compared(project):
    """The schema speaks of them: no rule ends in a traceback."""
    text = project.read(ROOM)
    odd = text.replace("\nstatus: ended", "\nstatus: [ended]").replace(
        "\nstatus: running", "\nstatus: [running]"
    )
    for one in (
        odd,
        text.replace(
            "\noutcomes:\n", "\noutcomes:\n  - {evidence: independent-evaluation, sources: [[minutes]]}\n"
        ),
        text.replace(
            "\nsources:\n", f"\ncosts: [{{gbp_from: '{'9' * 5000}', gbp_to: '{'8' * 5000}'}}]\nsources:\n"
        ),
    ):
        assert one != text
        project.write(ROOM, one)
        assert examine(project.root, TODAY).problems
