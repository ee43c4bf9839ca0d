"""Case studies that nobody would write: the check never fails, and what it lets through is built.

A few in each run of the tests, always the same; thousands, and others each time, by `make fuzz`.
"""

import re

import pytest
from conftest import SITE, TODAY, make_project
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from written import from_schema, mutated_bytes, mutated_text, noise

from casebook import reports, schema
from casebook.drawing import draw, templates
from casebook.exports import exports
from casebook.heads import head
from casebook.loading import catalogue, examine
from casebook.pages import pages
from casebook.proofs import proof

IS_THOROUGH = settings.default.max_examples > 100
ACTS_ON_A_TERMINAL = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
FILE = "case_studies/fuzz.md"
some = settings(
    max_examples=settings.default.max_examples if IS_THOROUGH else 50,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    return make_project(tmp_path_factory.mktemp("fuzz"))


@pytest.fixture(scope="module")
def published(project):
    return schema.load(project.root)[0].published()


@pytest.fixture(scope="module")
def let_through():
    """The texts that were let through, by their titles."""
    return {}


@pytest.fixture(scope="module")
def check(project, let_through):
    """Check these bytes as one more case study, and make of it what the site would; say whether it was let through."""
    environment = templates(project.root, SITE)

    def check(raw):
        (project.root / FILE).write_bytes(raw)
        found = examine(project.root, TODAY)
        for form in reports.FORMATS.values():
            assert ACTS_ON_A_TERMINAL.findall(form(found).encode().decode()) == []
        for problem in found.problems:
            assert problem.message
            assert 1 <= problem.line <= lines_of((project.root / problem.file).read_bytes()), problem
        if found.problems:
            assert FILE in {problem.file for problem in found.problems}
            return False
        made = catalogue(found, TODAY)
        assert_drawn(made, environment)
        title = next(case.title for case in made.cases if case.file == FILE)
        let_through[title.casefold()] = raw
        return True

    return check


def lines_of(raw):
    return raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 1


def assert_drawn(made, environment):
    """Its page, whose every link within it leads somewhere, and all that stands beside pages."""
    page = next(page for page in pages(made) if page.path == "case-studies/fuzz/")
    drawn = proof(head(page, made, environment, SITE) + draw(page, made, environment))
    assert drawn.forbidden == ()
    assert len(set(drawn.ids)) == len(drawn.ids)
    assert {link[1:] for link in drawn.links if link.startswith("#")} <= {"", *drawn.ids}
    assert all(file.text or file.data for file in exports(made, SITE))


@some
@given(raw=mutated_bytes())
def test_bytes_of_any_kind(raw, check):
    check(raw)


@some
@given(raw=noise())
def test_nothing_but_noise(raw, check):
    assert not check(raw)


@some
@given(raw=mutated_text())
def test_lines_that_were_moved_and_values_that_were_changed(raw, check):
    check(raw)


@some
@given(data=st.data())
def test_what_the_schema_allows(data, check, published):
    check(data.draw(from_schema(published)))


def test_all_that_was_let_through_is_built_at_once(project, let_through):
    """Comes last. Had little been let through, nothing would be shown."""
    assert len(let_through) >= (500 if IS_THOROUGH else 10)
    (project.root / FILE).unlink(missing_ok=True)
    for number, raw in enumerate(let_through.values()):
        (project.root / f"case_studies/fuzz-{number}.md").write_bytes(raw)
    studies = len(list((project.root / "case_studies").iterdir()))
    done = project.run("build")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"Built site/ from {studies} case studies.\n"
