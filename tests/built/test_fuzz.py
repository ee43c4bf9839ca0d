"""Case studies that nobody would write: the check never fails, and what it lets through is built.

A few in each run of the tests, always the same; thousands, and others each time, by `make fuzz`.
"""

import contextlib
import json
import re
from html import unescape
from urllib.parse import unquote

import pytest
from hypothesis import HealthCheck, example, given, settings

from casebook.authoring import NotApplied, apply
from casebook.content import faults
from casebook.site.html_proofer import proof
from casebook.site.pages import pages
from casebook.site.rendering import load_templates, render_head, render_page
from casebook.validation import reports, schema, titles
from casebook.validation.loading import catalogue_of, examine
from projects import REAL, SITE, TODAY, exports, make_project
from strategies import (
    WORD,
    additions,
    from_schema,
    hidden,
    merged,
    mutated_bytes,
    mutated_text,
    noise,
    pasted,
)

IS_THOROUGH = settings.default.max_examples > 100
ACTS_ON_A_TERMINAL = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
FILE = "case_studies/fuzz.md"
some = settings(
    max_examples=max(settings.default.max_examples, 25),  # of fewer, none of some kinds would be let through
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    return make_project(tmp_path_factory.mktemp("fuzz"))


@pytest.fixture(scope="module")
def published(project):
    return schema.load_schema(project.root)[0].published()


@pytest.fixture(scope="module")
def check(project):
    """Check these bytes as one more case study, and make of it what the site would; return it if it was let through."""
    environment = load_templates(project.root, SITE)

    def check(raw):
        (project.root / FILE).write_bytes(raw)
        found = examine(project.root, TODAY)
        for form in reports.REPORT_FORMATS.values():
            assert ACTS_ON_A_TERMINAL.findall(form(found).encode().decode()) == []
        for problem in found.problems:
            assert problem.message
            assert 1 <= problem.line <= lines_of((project.root / problem.file).read_bytes()), problem
        if found.problems:
            assert FILE in {problem.file for problem in found.problems}
            return None
        made = catalogue_of(found, TODAY)
        assert_drawn(made, environment)
        return next(case for case in (*made.cases, *made.withdrawn) if case.file == FILE)

    return check


def lines_of(raw):
    return raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 1


def assert_drawn(made, environment):
    """Its page, with nothing that hides, whose every link within it leads somewhere; and all that stands beside pages."""
    page = next(page for page in pages(REAL, made) if page.path == "case-studies/fuzz/")
    html = render_head(page, made, environment) + render_page(page, made, environment)
    assert list(faults(unescape(html))) == []
    drawn = proof(html)
    assert [link for link in drawn.links if any(faults(unquote(link)))] == []
    assert drawn.forbidden == ()
    assert len(set(drawn.ids)) == len(drawn.ids)
    assert {link[1:] for link in drawn.links if link.startswith("#")} <= {"", *drawn.ids}
    assert all(file.contents for file in exports(made))


@some
@given(raw=noise())
def test_nothing_but_noise(raw, check):
    assert check(raw) is None


KINDS = {
    "bytes of any kind": lambda published: mutated_bytes(),
    "lines that were moved and values that were changed": lambda published: mutated_text(),
    "what the schema allows": from_schema,
    "characters that hide, in every form": lambda published: hidden(),
    "what a merge leaves": lambda published: merged(),
    "what Word leaves": lambda published: pasted(WORD),
}


@pytest.mark.parametrize("kind", KINDS)
def test_all_that_is_let_through_is_built_at_once(kind, project, published, check):
    let_through, alike = {}, str.maketrans(*published["properties"]["title"]["lookAlike"])
    former = set()

    @some
    @given(raw=KINDS[kind](published))
    def judge(raw):
        case = check(raw)
        if case and former.isdisjoint(case.former):  # no two may have one former address, or title
            former.update(case.former)
            let_through[titles.letters(case.title, alike)] = raw

    judge()
    (project.root / FILE).unlink()
    for number, raw in enumerate(let_through.values()):
        (project.root / f"case_studies/fuzz-{number}.md").write_bytes(raw)
    studies = len(list((project.root / "case_studies").iterdir()))
    done = project.run("build")
    for number in range(len(let_through)):
        (project.root / f"case_studies/fuzz-{number}.md").unlink()
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"Built site/ from {studies} case studies.\n"
    assert len(let_through) >= (100 if IS_THOROUGH else 1)


SOUND = {
    "version": 1,
    "case": "westover-trees",
    "add": {
        "checked": "2026-11-24",
        "updates": [
            {
                "id": "streets-asked",
                "date": "2026-02",
                "text": "The streets were asked again.",
                "sources": ["star"],
            }
        ],
        "sources": {
            "star": {
                "title": "Streets asked again",
                "publisher": "The Star",
                "kind": "press",
                "url": "https://example.org/star",
                "published": "2026-02-03",
                "accessed": "2026-11-20",
            }
        },
    },
}


def test_an_addition_is_written_whole_or_not_at_all(tmp_path, published):
    """Whatever stands in the form's JSON: what is written passes the check, and else no byte of a file moves."""
    root = make_project(tmp_path).root
    before = {path: path.read_bytes() for path in sorted((root / "case_studies").iterdir())}
    found, written = examine(root, TODAY), []

    @some
    @example(text=json.dumps(SOUND))
    @given(text=additions(published))
    def judge(text):
        (root / "new.json").write_text(text, encoding="utf-8", errors="surrogatepass")
        with contextlib.suppress(NotApplied):
            written.append(root / apply(root, found, root / "new.json", TODAY))
            assert examine(root, TODAY).problems == ()
            assert written[-1].read_bytes() != before[written[-1]]
            written[-1].write_bytes(before[written[-1]])
        assert {path: path.read_bytes() for path in before} == before

    judge()
    assert written
