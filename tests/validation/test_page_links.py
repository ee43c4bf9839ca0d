"""`check` is green only where `build` is: a page of the site may link to a case study that was renamed or removed."""

import pytest

from casebook.validation.loading import examine
from casebook.validation.reports import report_as_text
from projects import TODAY

PAGE = "docs/nations/england.md"


@pytest.fixture
def linked(project):
    project.write(PAGE, "Readers run\n[a room](../case-studies/reading-room.md).\n")
    return project


def said(project):
    return report_as_text(examine(project.root, TODAY)).splitlines()


def test_a_page_that_links_to_a_case_study_is_no_problem(linked):
    assert said(linked) == ["No problems in 3 case studies."]


def test_a_link_to_a_removed_case_study_is_named_with_page_and_line(linked):
    (linked.root / "case_studies/reading-room.md").unlink()
    assert said(linked) == [
        f"{PAGE}:2: this page links to case_studies/reading-room.md, and there is no such file",
        "    Mend the link, or bring the file back.",
        "1 problem in 1 of 2 case studies.",
    ]
    assert linked.run("check").returncode == 1
    assert linked.run("build").returncode == 1


def test_a_link_to_a_renamed_case_study_is_told_its_new_name(linked):
    (linked.root / "case_studies/reading-room.md").rename(linked.root / "case_studies/readers-room.md")
    assert said(linked)[1] == '    Mend the link, or bring the file back. Did you mean "readers-room.md"?'


def test_the_former_name_tells_the_new_one(linked):
    old = linked.root / "case_studies/reading-room.md"
    old.rename(linked.root / "case_studies/borough-library.md")
    linked.replace(
        "case_studies/borough-library.md", "status: ended", "former: [reading-room]\nstatus: ended"
    )
    assert said(linked)[1] == '    Mend the link, or bring the file back. Did you mean "borough-library.md"?'


@pytest.mark.parametrize(
    "link",
    ["[x][y]\n\n[y]: ../case-studies/gone.md", '<a href="../case-studies/gone/">x</a>', "[x](../case-studies/gone.md#costs)", "[x](../case-studies/gone/)"],
)  # fmt: skip
def test_each_way_to_link_is_known(linked, link):
    linked.write(PAGE, f"{link}\n")
    assert "case_studies/gone.md, and there is no such file" in said(linked)[0]
