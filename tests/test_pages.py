"""What each kind of page looks like, against the copies in tests/golden.

After a change that is meant: `pytest tests/test_pages.py --update-golden`, and read the difference.
"""

import json
from pathlib import Path

import pytest
from conftest import TODAY, make_project

from casebook import scaffold, schema
from casebook.exports import exports
from casebook.pages import draw, pages, templates

REPOSITORY = "https://example.org/casebook"
GOLDEN = Path(__file__).parent / "golden"
DRAWN = {
    "home.html": "",
    "case-study.html": "case-studies/reading-room/",
    "question.html": "questions/capacity/",
    "pledge.html": "pledges/promote-good-practice/",
    "question-without-cases.html": "questions/culture/",
    "theme.html": "themes/libraries/",
    "power.html": "powers/sample-act-2001-s1/",
    "council.html": "councils/exampleton/",
    "abolished-council.html": "councils/westover/",
    "councils.html": "councils/",
    "themes.html": "themes/",
    "find.html": "find/",
    "gaps.html": "gaps/",
    "contribute.html": "contribute/",
    "fields.html": "contribute/fields/",
    "needs-checking.html": "contribute/needs-checking/",
    "style.html": "about/style/",
}


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    return make_project(tmp_path_factory.mktemp("pages"))


@pytest.fixture
def golden(request):
    def compare(name, text):
        file = GOLDEN / name
        if request.config.getoption("--update-golden"):
            GOLDEN.mkdir(exist_ok=True)
            file.write_text(text, encoding="utf-8")
        assert text == file.read_text(encoding="utf-8")

    return compare


@pytest.mark.parametrize("name", DRAWN)
def test_a_page_is_drawn_as_it_was(name, project, golden):
    catalogue = project.load()
    page = next(page for page in pages(catalogue) if page.path == DRAWN[name])
    golden(name, draw(page, catalogue, templates(project.root, REPOSITORY)))


def test_a_new_file_is_written_as_it_was(project, golden):
    law, _ = schema.load(project.root)
    golden("new.md", scaffold.new(law, {"title": "A title", "checked": TODAY.isoformat()}))


def test_data_is_published_as_it_was(project, golden):
    files = {file.path: file.text for file in exports(project.load())}
    assert [path for path in files if not path.startswith("find/words/")] == [
        "schema/case-study.schema.json",
        "find/facets.json",
        "find/words.json",
        "gaps/gaps.csv",
    ]
    text = files["schema/case-study.schema.json"]
    assert json.loads(text)
    golden("case-study.schema.json", text)
    golden("facets.json", files["find/facets.json"])
    golden("words.json", files["find/words.json"])
    golden("gaps.csv", files["gaps/gaps.csv"])


def test_every_address_is_made_once(project):
    paths = [page.path for page in pages(project.load())]
    assert len(paths) == len(set(paths))
    assert all(path == "" or path.endswith("/") for path in paths)


def test_no_golden_is_left_over():
    data = {"new.md", "case-study.schema.json", "facets.json", "words.json", "gaps.csv"}
    assert {path.name for path in GOLDEN.iterdir()} == {*DRAWN, *data}
