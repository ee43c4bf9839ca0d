"""What is already built is not built again, and a site that was built in parts is the same as one made anew."""

import shutil
from dataclasses import replace

import pytest

from casebook.site import manifest
from projects import REAL, Project, make_project, run, tree

NOTHING = "Nothing has changed since site/ was built from 3 case studies.\n"
BUILT = "Built site/ from 3 case studies.\n"
CASE = "case_studies/westover-trees.md"


@pytest.fixture(scope="module")
def lone(built, tmp_path_factory):
    """A project with its site and receipt."""
    project = Project(shutil.copytree(built.root, tmp_path_factory.mktemp("lone") / "project"))
    assert project.run("build").stdout == BUILT
    return project


@pytest.fixture
def project(lone):
    """The same, for a test that changes it: it is mended before the next one, and the site built."""
    sources = {name: data for name, data in tree(lone.root).items() if not name.startswith(("site/", "."))}
    lone.run("build")
    yield lone
    for name, data in sources.items():
        if (lone.root / name).read_bytes() != data:
            (lone.root / name).write_bytes(data)


def said(project, *arguments, **variables):
    done = run("-m", "casebook", "build", *arguments, cwd=project.root, **variables)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_nothing_is_built_if_nothing_has_changed(project):
    before = {path: path.stat() for path in project.root.glob("site/**/*")}
    assert said(project) == NOTHING
    assert {path: path.stat() for path in project.root.glob("site/**/*")} == before


@pytest.fixture(scope="module")
def sources(tmp_path_factory):
    """A project of which only the state is asked: it is never built."""
    return make_project(tmp_path_factory.mktemp("sources"))


OTHERS = {
    "SOURCE_DATE_EPOCH": "1795564800",
    "SITE_URL": "https://elsewhere.example/",
    "SOURCE_COMMIT": "89abcdef0123456789abcdef0123456789abcdef",
}


@pytest.mark.parametrize("variable", OTHERS)
def test_another_day_address_or_commit_makes_another_state(sources, monkeypatch, variable):
    before = manifest.everything(sources.root)
    monkeypatch.setenv(variable, OTHERS[variable])
    assert manifest.everything(sources.root) != before


def test_another_day_address_and_commit_make_another_site(project):
    assert said(project, **OTHERS) == BUILT
    assert said(project, **OTHERS) == NOTHING


@pytest.mark.parametrize(
    "file",
    [
        "mkdocs.yml",
        "schema/themes.yml",
        "docs/about/editorial-policy.md",
        "docs/assets/css/components/cards.css",
        "docs/overrides/case-study.html",
        "hooks/mkdocs_hooks.py",
        CASE,
    ],
)
def test_whatever_is_saved_is_looked_at(sources, file):
    before = manifest.everything(sources.root)
    sources.write(file, sources.read(file))
    assert manifest.everything(sources.root) != before


def test_what_is_saved_makes_another_site_which_the_receipt_of_the_last_one_does_not_fit(project):
    receipt = project.read(".site.json")
    project.write(CASE, project.read(CASE))
    assert said(project) == BUILT
    project.write(".site.json", receipt)
    assert said(project) == BUILT


def remove(project):
    (project.root / "site/about/index.html").unlink()


def add(project):
    project.write("site/about/mine.html", "mine")


def paint(project):
    next((project.root / "site").rglob("casebook.css")).write_text("mine", encoding="utf-8")


def take_away(project):
    shutil.rmtree(project.root / "site")


@pytest.mark.parametrize("change", [remove, add, paint, take_away])
def test_the_receipt_does_not_fit_a_site_that_is_not_as_it_was_made(lone, tmp_path, change):
    copy = Project(shutil.copytree(lone.root, tmp_path / "copy"))
    receipt = manifest.last(lone.root, lone.root / "site")
    itself = manifest.standing(copy.root / "site", receipt.mkdocs)
    manifest.save(copy.root, replace(receipt, itself=itself))
    assert manifest.last(copy.root, copy.root / "site").itself == itself
    change(copy)
    assert manifest.last(copy.root, copy.root / "site") is None


def test_a_damaged_receipt_is_as_good_as_none(project):
    whole = project.read(".site.json")
    assert manifest.last(project.root, project.root / "site").cases == 3
    for text in (
        "",
        "{",
        "[]",
        "null",
        '{"itself": 1}',
        '{"mkdocs": ["../x"]}',
        whole.replace("itself", "its"),
    ):
        project.write(".site.json", text)
        assert manifest.last(project.root, project.root / "site") is None, text
    project.write(".site.json", whole)


def test_a_site_without_a_receipt_that_fits_is_made_anew(project, built):
    remove(project)
    add(project)
    paint(project)
    assert said(project) == BUILT
    assert tree(project.root / "site") == tree(built.root / "site")


def test_a_mistake_that_is_taken_back_leaves_nothing(project, built):
    text = project.read(CASE)
    project.write(CASE, text.replace("status:", "state:"))
    assert project.run("build").returncode == 1
    project.write(CASE, text)
    assert said(project) == BUILT
    assert tree(project.root / "site") == tree(built.root / "site")


def test_mkdocs_is_asked_again_only_for_its_own_part(project, tmp_path):
    (tmp_path / "mkdocs.py").write_text("raise SystemExit('MkDocs was asked.')", encoding="utf-8")
    without = f"{tmp_path}:{REAL / 'hooks'}"
    project.write(CASE, project.read(CASE) + "\nOne more sentence.\n")
    assert said(project, PYTHONPATH=without) == BUILT
    project.write("docs/about/editorial-policy.md", "# Anew\n")
    done = run("-m", "casebook", "build", cwd=project.root, PYTHONPATH=without)
    assert done.stderr.startswith("Error: MkDocs was asked.\n")
