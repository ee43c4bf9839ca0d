"""What each kind of page looks like, against the copies in tests/golden.

After a change that is meant: `pytest tests/site/test_pages.py --update-golden`, and read the difference.
"""

import re

import pytest

from casebook.authoring import scaffold
from casebook.exports.dataset.dataset import data
from casebook.site import rendering
from casebook.site.edition import Edition
from casebook.site.frame import Shell
from casebook.site.pages import pages
from casebook.site.rendering import load_templates, render_head, render_page
from casebook.validation import schema
from fuller import FORMER, MORE, RETIRED, ROOM, WITHDRAWN, with_fields, without_outcomes
from projects import GOLDEN, REAL, SITE, TODAY, exports, make_project

COLUMNS = REAL / "tests/exports/columns.txt"
"""The columns of each CSV file of the open data, in their order."""
RENDERED = {
    "home.html": "",
    "case-study.html": "case-studies/reading-room/",
    "handout.html": "case-studies/reading-room/handout/",
    "question.html": "questions/capacity/",
    "pledge.html": "pledges/promote-good-practice/",
    "question-without-cases.html": "questions/culture/",
    "theme.html": "themes/libraries/",
    "power.html": "powers/sample-act-2001-s1/",
    "council.html": "councils/exampleton/",
    "council-without-cases.html": "councils/quiet-vale/",
    "nation.html": "nations/scotland/",
    "nations.html": "nations/",
    "worksheet-of-theme.html": "ask/libraries/",
    "abolished-council.html": "councils/westover/",
    "councils.html": "councils/",
    "themes.html": "themes/",
    "powers.html": "powers/",
    "pack.html": "pack/",
    "feeds.html": "feeds/",
    "find.html": "find/",
    "gaps.html": "gaps/",
    "contribute.html": "contribute/",
    "form.html": "contribute/form/",
    "sheet.html": "contribute/sheet/",
    "fields.html": "contribute/fields/",
    "needs-checking.html": "contribute/needs-checking/",
    "about.html": "about/",
    "letter.html": "about/letter/",
    "case-studies.html": "case-studies/",
    "style.html": "about/style/",
    "coverage.html": "about/coverage/",
    "ask.html": "ask/",
    "ask-summary.html": "ask/summary/",
    "data.html": "data/",
    "codebook.html": "data/codebook/",
}

HEADS = {
    "head-of-home.html": "",
    "head-of-case-study.html": "case-studies/reading-room/",
    "head-of-handout.html": "case-studies/reading-room/handout/",
    "head-of-question.html": "questions/risk/",
}
FULLER = {
    "case-study-in-full.html": "case-studies/reading-room/",
    "case-study-without-outcomes.html": "case-studies/westover-trees/",
    "handout-in-full.html": "case-studies/reading-room/handout/",
    "handout-without-outcomes.html": "case-studies/westover-trees/handout/",
    "moved.html": "case-studies/the-old-room/",
    "withdrawn.html": "case-studies/joint-youth-vote/",
}
"""Case studies with what the small project's do without."""
HEADS_OF_FULLER = {
    "head-of-moved.html": "case-studies/the-old-room/",
    "head-of-withdrawn.html": "case-studies/joint-youth-vote/",
}
EXPORTED = {
    "case-study.schema.json": "schema/case-study.schema.json",
    "facets.json": "find/facets.json",
    "words.json": "find/words.json",
    "gaps.csv": "gaps/gaps.csv",
    "terms.json": "contribute/form/terms.json",
    "cases.json": "contribute/form/cases.json",
    "feed.xml": "feed.xml",
    "feed-of-question.xml": "questions/risk/feed.xml",
    "feeds.opml": "feeds.opml",
    "cite.bib": "case-studies/reading-room/cite.bib",
    "cite.ris": "case-studies/reading-room/cite.ris",
    "cite.csl.json": "case-studies/reading-room/cite.csl.json",
    "robots.txt": "robots.txt",
    "llms.txt": "llms.txt",
}


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    return make_project(tmp_path_factory.mktemp("pages"))


@pytest.fixture(scope="module")
def fuller(tmp_path_factory):
    """One tells all that can be told, of one only what was done is known, and one is withdrawn."""
    project = make_project(tmp_path_factory.mktemp("fuller"))
    project.rewrite(ROOM, with_fields, MORE + FORMER + RETIRED)
    project.rewrite("case_studies/westover-trees.md", without_outcomes)
    project.rewrite("case_studies/joint-youth-vote.md", with_fields, WITHDRAWN)
    return project


@pytest.mark.parametrize("name", RENDERED)
def test_a_page_is_rendered_as_it_was(name, project, golden):
    catalogue = project.load()
    page = next(page for page in pages(project.root, catalogue) if page.path == RENDERED[name])
    golden(name, render_page(page, catalogue, load_templates(project.root, SITE)))


@pytest.mark.parametrize("name", FULLER)
def test_a_fuller_page_is_rendered_as_it_was(name, fuller, golden):
    catalogue = fuller.load()
    page = next(page for page in pages(fuller.root, catalogue) if page.path == FULLER[name])
    golden(name, render_page(page, catalogue, load_templates(fuller.root, SITE)))


@pytest.mark.parametrize("name", HEADS_OF_FULLER)
def test_a_fuller_head_is_as_it_was(name, fuller, golden):
    catalogue = fuller.load()
    page = next(page for page in pages(fuller.root, catalogue) if page.path == HEADS_OF_FULLER[name])
    golden(name, render_head(page, catalogue, load_templates(fuller.root, SITE)))


def test_where_cases_are_listed_one_without_outcomes_rests_on_nothing_shown_yet(fuller):
    catalogue, templates = fuller.load(), load_templates(fuller.root, SITE)
    drawn = {page.path: render_page(page, catalogue, templates) for page in pages(fuller.root, catalogue)}
    for path in ("case-studies/", "themes/green-spaces/", "powers/sample-act-2001-s1/"):
        assert '<span class="proof">Nobody has shown yet what came of it.</span>' in drawn[path], path
    assert '<span class="soft">Nobody has shown yet what came of it.</span>' in drawn["questions/capacity/"]
    proof = '<span class="unseen">Not shown yet: </span><span aria-hidden="true">N</span>1'
    assert drawn["gaps/"].count(proof) == len(["capacity", "open-to-all"])
    assert "<strong>N</strong> not shown yet" in drawn["gaps/"]
    assert [name for name, page in drawn.items() if "Two councils let young" in page] == [
        "case-studies/joint-youth-vote/"
    ], "the withdrawn one"


def test_what_was_asked_and_not_found_is_counted_by_question(fuller):
    catalogue = fuller.load()
    page = next(page for page in pages(fuller.root, catalogue) if page.path == "gaps/")
    drawn = render_page(page, catalogue, load_templates(fuller.root, SITE))
    counted = re.findall(r'<td data-question="([^"]+)">(\d+)<span class="unseen"> case stud', drawn)
    assert {question for question, number in counted if number == "1"} == {"3 Value", "8 Culture and skills"}
    assert len(counted) == 10


def test_a_new_file_is_written_as_it_was(project, golden):
    loaded, _ = schema.load_schema(project.root)
    golden(
        "new.md",
        scaffold.render(
            loaded, {"title": "A title", "added": TODAY.isoformat(), "checked": TODAY.isoformat()}
        ),
    )


@pytest.mark.parametrize("name", HEADS)
def test_a_head_is_as_it_was(name, project, golden):
    catalogue = project.load()
    page = next(page for page in pages(project.root, catalogue) if page.path == HEADS[name])
    golden(name, render_head(page, catalogue, load_templates(project.root, SITE)))


@pytest.mark.parametrize("name", EXPORTED)
def test_data_is_published_as_it_was(name, project, golden):
    files = {file.path: file for file in exports(project.load())}
    golden(name, files[EXPORTED[name]].contents.decode())


def test_nothing_else_is_published(project):
    """Apart from the index of words, messages, open data, and what each term and each case study has."""
    several = re.compile(
        r"find/(words|pairs)/.*|find/(slugs|spellings)\.json|contribute/form/messages\.json|data/.*|[a-z]+/[a-z-]+/feed\.xml|case-studies/[a-z-]+/cite\.(bib|ris|csl\.json)"
    )
    files = {file.path for file in exports(project.load())}
    single = {path for path in EXPORTED.values() if not several.fullmatch(path)}
    assert {path for path in files if not several.fullmatch(path)} == single


def test_open_data_is_published_as_it_was(project, golden):
    """All but the database, whose tables tests/exports/test_dataset.py reads."""
    for file in data(project.load(), SITE):
        if not file.path.endswith(".sqlite"):
            golden(file.path, file.contents.decode())


def test_the_columns_of_every_csv_file_keep_their_order(project, request):
    """Who reads by place counts on it: --update-golden adds what is new, and takes out or moves nothing."""
    csv = {
        file.path.removeprefix("data/"): file for file in data(project.load(), SITE) if ".csv" in file.path
    }
    now = {
        name: csv[name].contents.decode().lstrip("\ufeff").partition("\n")[0].split(",")
        for name in sorted(csv)
    }
    lines = COLUMNS.read_text(encoding="utf-8").splitlines()
    kept = {name: columns.split() for name, columns in (line.split(": ") for line in lines)}
    assert {name: [column for column in now[name] if column in kept[name]] for name in kept} == kept
    if request.config.getoption("--update-golden"):
        text = "".join(f"{name}: {' '.join(columns)}\n" for name, columns in now.items())
        COLUMNS.write_text(text, encoding="utf-8")
    else:
        assert now == kept


FAULTS = {
    "no description": (
        "description: What is there to find.\n",
        "",
        "docs/find/index.md:1: description: is missing",
    ),
    "no value": ("What is there to find.", "", "docs/find/index.md:1: description: is missing"),
    "no YAML": (
        "What is",
        "What: is",
        'docs/find/index.md:3: the value of "description" on line 3 holds ": " and is not in quotes',
    ),
    "given twice": (
        "description:",
        "title: Twice\ndescription:",
        "docs/find/index.md:3: title: given twice, on line 2 and on line 3",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_page_whose_file_says_too_little_stops_the_build_in_words(name, tmp_path):
    project = make_project(tmp_path)
    old, new, words = FAULTS[name]
    project.write(
        "docs/find/index.md",
        "---\ntitle: Find\ndescription: What is there to find.\ntemplate: find.html\n---\n",
    )
    project.replace("docs/find/index.md", old, new)
    done = project.run("build")
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert words in done.stderr


def test_a_file_that_names_a_template_is_a_page(tmp_path):
    """Nothing else is needed for a new page than that, and the template."""
    project = make_project(tmp_path)
    project.write(
        "docs/about/news.md",
        "---\ntitle: News\ndescription: What is new.\ntemplate: news.html\n---\n\nRead *this*.\n",
    )
    project.write(
        "docs/overrides/news.html",
        "<h1>{{ page.title }}</h1>{{ introduction }}<p>{{ catalogue.cases | length }} cases</p>",
    )
    done = project.run("build")
    assert done.returncode == 0, done.stderr
    page = project.read("site/about/news/index.html")
    assert "<title>News" in page
    assert '<meta name="description" content="What is new.">' in page
    assert "<h1>News</h1><p>Read <em>this</em>.</p><p>3 cases</p>" in page


def test_every_address_is_made_once(project):
    paths = [page.path for page in pages(project.root, project.load())]
    assert len(paths) == len(set(paths))
    assert all(path == "" or path.endswith("/") for path in paths)


def test_every_kind_of_page_is_compared(fuller):
    compared = {*RENDERED.values(), *FULLER.values()}
    made = list(pages(fuller.root, fuller.load()))
    kinds = {page.template for page in made if page.path in compared}
    assert {page.path for page in made if page.template not in kinds} == set()


def test_no_golden_is_left_over(project):
    opened = {file.path for file in data(project.load(), SITE) if not file.path.endswith(".sqlite")}
    found = {path.relative_to(GOLDEN).as_posix() for path in GOLDEN.rglob("*") if path.is_file()}
    assert found == {
        *RENDERED,
        *HEADS,
        *FULLER,
        *HEADS_OF_FULLER,
        *EXPORTED,
        *opened,
        "new.md",
        "review.md",
        "README.md",
    }


def test_every_file_beside_the_pages_is_found_by_its_path(project, monkeypatch):
    monkeypatch.setattr(rendering, "FIND_WHOLE", 0)
    monkeypatch.setattr(rendering, "FIND_FIRST", 1)  # three case studies are enough for cards of their own
    edition = Edition(project.root, project.load(), Shell(SITE, ()), load_templates(project.root, SITE))
    pages = {f"{page.path}index.html" for page in edition.pages}
    files = [file for group in edition.groups for file in group.make()]
    assert {"sitemap.xml", "feeds.opml", "find/cards/0.json", "case-studies/reading-room.md"} <= {
        file.path for file in files
    }
    for file in files:
        assert [group.holds(file.path) for group in edition.groups].count(True) == 1, file.path
        assert edition.file(file.path).contents == file.contents
        assert file.path not in pages
    assert edition.file("data/none.json") is None
    assert edition.file("none") is None
