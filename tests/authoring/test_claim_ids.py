"""`check --fix-ids`: each claim gets an id once, and nothing else of the file changes."""

import pytest

from casebook.content import document as documents
from fuller import ROOM

TREES = "case_studies/westover-trees.md"


def front_of(project, file):
    document, problems = documents.read_document(project.root, project.root / file)
    assert problems == []
    return document.data


def ids(project, file, name="outcomes"):
    return [claim.get("id") for claim in front_of(project, file)[name]]


@pytest.fixture
def without_ids(project):
    project.replace(TREES, "  - id: claim-1\n    what", "  - what")
    project.replace(TREES, "  - id: claim-2\n    what", "  - what")
    return project


def test_without_the_option_a_missing_id_is_a_problem_and_nothing_is_written(without_ids):
    before = without_ids.read(TREES)
    done = without_ids.call("check", TREES)
    assert done.returncode == 1
    assert f"{TREES}:17: outcomes[0].id: missing\n" in done.stdout
    assert without_ids.read(TREES) == before


def test_each_claim_gets_an_id_of_its_own_words(without_ids):
    done = without_ids.call("check", "--fix-ids", TREES)
    assert (done.returncode, done.stdout) == (
        0,
        f"{TREES}: 2 ids written.\nNo problems in 1 case study.\n",
    )
    assert ids(without_ids, TREES) == ["12-90-streets-answered", "60-trees-planted"]


def test_all_else_stays_to_the_byte(without_ids):
    typed = without_ids.read(TREES).replace("status: unknown", "# So  they say.\nstatus:   'unknown'  ")
    typed = typed.replace("  - what: 12", "  # One\n\n  - what:  12")
    without_ids.write(TREES, typed)
    assert without_ids.call("check", "--fix-ids", TREES).returncode == 0
    assert without_ids.read(TREES) == typed.replace(
        "  - what:  12", "  - id: 12-90-streets-answered\n    what:  12"
    ).replace("  - what: 60", "  - id: 60-trees-planted\n    what: 60")


def test_an_id_is_written_once_whatever_its_claim_says_later(without_ids):
    without_ids.call("check", "--fix-ids")
    without_ids.replace(TREES, "60 trees were planted", "70 trees were planted in the end")
    before = without_ids.read(TREES)
    done = without_ids.call("check", "--fix-ids")
    assert (done.returncode, done.stdout) == (0, "No problems in 3 case studies.\n")
    assert without_ids.read(TREES) == before


def test_the_place_of_a_claim_is_no_part_of_its_id(without_ids):
    first = "  - what: 12 of 90 streets answered\n    result: did-not-work\n    evidence: published-audit\n    sources: [report]\n"
    text = without_ids.read(TREES)
    without_ids.write(
        TREES, text.replace(first, "").replace("    evidence: self-reported\n    sources: [report]\n", f"    evidence: self-reported\n    sources: [report]\n{first}")
    )  # fmt: skip
    without_ids.call("check", "--fix-ids", TREES)
    assert ids(without_ids, TREES) == ["60-trees-planted", "12-90-streets-answered"]


def test_claims_of_the_same_words_get_different_ids(without_ids):
    without_ids.replace(TREES, "60 trees were planted", "12 of the 90 streets had answered")
    without_ids.call("check", "--fix-ids", TREES)
    assert ids(without_ids, TREES) == ["12-90-streets-answered", "12-90-streets-answered-2"]


def test_an_id_that_is_there_is_never_given_to_another(project):
    project.replace(TREES, "id: claim-1", "id: 60-trees-planted")
    project.replace(TREES, "  - id: claim-2\n    what", "  - what")
    project.call("check", "--fix-ids", TREES)
    assert ids(project, TREES) == ["60-trees-planted", "60-trees-planted-2"]


def test_no_claim_gets_the_id_of_a_question(without_ids):
    without_ids.replace(TREES, "60 trees were planted", "It had its legal hurdles")
    assert without_ids.call("check", "--fix-ids", TREES).returncode == 0
    assert ids(without_ids, TREES)[1] == "legal-hurdles-2"


def test_a_long_claim_gets_as_many_whole_words_as_an_id_may_have(without_ids):
    without_ids.replace(
        TREES, "60 trees were planted", "£1,250,000 went to neighbourhood organisations in ten years"
    )
    without_ids.call("check", "--fix-ids", TREES)
    assert ids(without_ids, TREES)[1] == "1250000-went-neighbourhood-organisations"


@pytest.mark.parametrize(
    ("typed", "fixed"),
    [
        (
            "updates: [{date: 2025-02, text: The lease was made longer., sources: [gazette]}]\n",
            "updates: [{id: lease-made-longer, date: 2025-02, text: The lease was made longer., sources: [gazette]}]\n",
        ),
        (
            "updates:\n  - {date: 2025-02, text: The lease was made longer., sources: [gazette]} # so\n",
            "updates:\n  - {id: lease-made-longer, date: 2025-02, text: The lease was made longer., sources: [gazette]} # so\n",
        ),
        (
            'updates: [{"date": 2025-02, "text": The rent was cut by half., "sources": [gazette]}, {date: 2025-03, text: The rent rose again., sources: [gazette]}]\n',
            'updates: [{id: rent-cut-half, "date": 2025-02, "text": The rent was cut by half., "sources": [gazette]}, {id: rent-rose-again, date: 2025-03, text: The rent rose again., sources: [gazette]}]\n',
        ),
        (
            "updates:\n- date: 2025-02\n  text: The rent was cut by half.\n  sources: [gazette]\n",
            "updates:\n- id: rent-cut-half\n  date: 2025-02\n  text: The rent was cut by half.\n  sources: [gazette]\n",
        ),
        (
            "updates:\n  -\n    # so\n    date: 2025-02\n    text: The rent was cut by half.\n    sources: [gazette]\n",
            "updates:\n  -\n    # so\n    id: rent-cut-half\n    date: 2025-02\n    text: The rent was cut by half.\n    sources: [gazette]\n",
        ),
    ],
    ids=["flow", "flow in block", "two in one line", "not indented", "below its dash"],
)  # fmt: skip
def test_in_whatever_style_a_claim_is_written(project, typed, fixed):
    text = project.read(ROOM)
    start, end = text.index("updates:"), text.index("added:")
    project.write(ROOM, text[:start] + typed + text[end:])
    done = project.call("check", "--fix-ids", ROOM)
    assert project.read(ROOM) == text[:start] + fixed + text[end:]
    count = fixed.count("id: ")
    assert done.stdout.startswith(f"{ROOM}: {count} {'id' if count == 1 else 'ids'} written.\n")
    assert done.returncode == 0


def test_an_empty_id_is_filled_in_and_not_given_twice(project):
    project.replace(TREES, "id: claim-2", "id:")
    assert project.call("check", "--fix-ids", TREES).returncode == 0
    assert ids(project, TREES) == ["claim-1", "60-trees-planted"]


def test_lines_end_as_they_did(without_ids):
    file = without_ids.root / TREES
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert without_ids.call("check", "--fix-ids", TREES).returncode == 0
    text = file.read_bytes()
    assert text.count(b"\r\n") == text.count(b"\n")
    assert b"\r\n  - id: 60-trees-planted\r\n    what" in text


def test_old_line_ends_put_no_id_on_another_line(without_ids):
    file = without_ids.root / TREES
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r", 6))
    assert without_ids.call("check", "--fix-ids", TREES).returncode == 0
    assert ids(without_ids, TREES) == ["12-90-streets-answered", "60-trees-planted"]


def test_of_files_named_only_those_are_written(without_ids):
    without_ids.replace(ROOM, "  - id: claim-1\n    what", "  - what")
    without_ids.call("check", "--fix-ids", ROOM)
    assert ids(without_ids, ROOM) == ["open-40-hours-week-instead-20"]
    assert ids(without_ids, TREES) == [None, None]


def test_a_file_that_cannot_be_read_is_left_alone(without_ids):
    without_ids.replace(TREES, "themes: [green-spaces]", "themes: [green-spaces")
    before = without_ids.read(TREES)
    assert without_ids.call("check", "--fix-ids", TREES).returncode == 1
    assert without_ids.read(TREES) == before
