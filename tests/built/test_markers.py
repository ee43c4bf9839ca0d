"""No field of the schema gets lost: what a case study says stands on its page, in every file, the form and the review."""

import csv
import dataclasses
import html
import io
import json
import re
import sqlite3
import subprocess
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

import pytest

from casebook.content import HEADINGS, file_text
from casebook.model import CaseStudy, Outcome, Partner, Source, Update, every_field, format_date
from projects import build, make_project

FIRST = date(2019, 1, 1)
STORY = {heading: f"Marker in the story under {heading}.[^marked]" for heading in HEADINGS}


@dataclass(frozen=True)
class Marker:
    """What was put into a field: as data, and as a reader sees it."""

    raw: str
    seen: str


class Marked:
    """A case study that fills every field of the schema, each with something of its own."""

    def __init__(self, catalogue):
        self.catalogue, self.markers, self.number = catalogue, {}, count(1)
        self.front = self.filled(catalogue.fields)

    def filled(self, fields):
        return {key: self.value(field) for key, field in fields.items()}

    def value(self, field):
        match field.kind:
            case "citations":
                return ["marked"]
            case "term":
                return self.term(field)
            case "rows":
                return [self.filled(field.fields) if field.fields else self.term(field)]
            case "keyed":
                return {self.term(field) if field.facet else "marked": self.filled(field.fields)}
            case "group":
                return self.filled(field.fields)
            case "choice":
                return self.put(field, field.choices[0].id, field.choices[0].title)
        return self.text(field)

    def term(self, field):
        term = next(term for term in getattr(self.catalogue, field.facet) if term.id != "westover")
        return self.put(field, term.id, term.title)

    def text(self, field):
        number = next(self.number)
        if field.format:
            day = (FIRST + number * timedelta(days=32)).isoformat()[: 7 if field.format == "month" else 10]
            return self.put(field, day, format_date(day))
        if field.example.startswith("https://"):
            return self.put(field, f"https://marked.example/{number}")
        words = f"Marker {number} of {field.anchor}, and words that make it long enough for any rule"
        return self.put(field, words[: field.most])

    def put(self, field, raw, seen=""):
        self.markers[field.name] = Marker(raw, seen or raw)
        return raw


@pytest.fixture(scope="module")
def marked(small):
    return Marked(small.load())


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return make_project(tmp_path_factory.mktemp("marked"))


@pytest.fixture(scope="module")
def site(small, marked):
    """The site with that case study, which `check` has passed."""
    small.write("case_studies/marked.md", file_text(marked.front, STORY))
    build(small)
    return small.root / "site"


def lost(marked, text, sight=lambda marker: marker.seen):
    return [name for name, marker in marked.markers.items() if sight(marker) not in text]


def test_every_field_has_a_marker_of_its_own(marked):
    named = {
        field.name
        for field in every_field(marked.catalogue.fields)
        if field.kind not in ("group", "citations")
    }
    assert {name for name in named if not marked.markers.get(name)} == {
        "partners",
        "outcomes",
        "sources",
        "updates",
    }


@pytest.mark.parametrize(
    ("key", "kept_as"),
    [("", CaseStudy), ("partners", Partner), ("outcomes", Outcome), ("updates", Update), ("sources", Source)],
    ids=str,
)
def test_the_model_has_each_text_under_the_schemas_name(marked, key, kept_as):
    fields = marked.catalogue.fields[key].fields if key else marked.catalogue.fields
    texts = {field.key for field in fields.values() if field.kind == "text"}
    assert texts - {field.name for field in dataclasses.fields(kept_as)} == set()


def test_all_of_it_stands_on_its_page(site, marked):
    page = html.unescape((site / "case-studies/marked/index.html").read_text(encoding="utf-8")).lower()
    story = [f"Marker in the story under {heading}." for heading in HEADINGS]
    assert lost(marked, page, lambda marker: marker.seen.lower()) == []
    assert [text for text in story if text.lower() not in page] == []


def leaves(value):
    if isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from leaves(inner)
    else:
        yield str(value)


def test_all_of_it_stands_in_the_open_data(site, marked):
    found = {
        "JSON": set(leaves(json.loads((site / "data/casebook.json").read_text(encoding="utf-8")))),
        "JSON of one": set(
            leaves(json.loads((site / "data/case-studies/marked.json").read_text(encoding="utf-8")))
        ),
        "CSV": {
            value
            for path in (site / "data").glob("*.csv")
            for row in csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig")))
            for cell in row
            for value in cell.split(";")
        },
    }
    with sqlite3.connect(site / "data/casebook.sqlite") as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        found["SQLite"] = {
            str(v) for name in tables for row in database.execute(f'SELECT * FROM "{name}"') for v in row
        }
    database.close()
    raw = {kind: lost(marked, values, lambda marker: marker.raw) for kind, values in found.items()}
    assert raw == {kind: [] for kind in found}


def test_all_of_it_can_be_asked_for_on_paper(site, marked):
    sheet = html.unescape((site / "contribute/sheet/index.html").read_text(encoding="utf-8"))
    told_in_its_own_words = re.compile("(questions|pledges).*|.*[.]sources")
    fields = [
        one for one in every_field(marked.catalogue.fields) if not told_in_its_own_words.fullmatch(one.name)
    ]
    assert [field.name for field in fields if field.hint not in sheet] == []


def test_the_form_takes_all_of_it_and_writes_it_down(site, marked, serve, page, tmp_path):
    draft = tmp_path / "marked.json"
    draft.write_text(
        json.dumps({"version": 1, "slug": "", "front": marked.front, "body": STORY}), encoding="utf-8"
    )
    page.goto(serve(site) + "contribute/form/")
    page.locator("#form").wait_for()
    page.locator("#import").set_input_files(draft)
    page.get_by_text("Your draft is kept in this browser.").wait_for()
    assert lost(marked, page.locator("#file").text_content(), lambda marker: marker.raw) == []
    assert lost(marked, page.locator("#preview").text_content(), preview) == []


def preview(marker):
    """Dates stand there as they were typed."""
    return marker.raw if marker.raw.startswith("20") else marker.seen


def test_a_review_shows_all_of_it(small, site, marked):
    def git(*arguments):
        subprocess.run(
            ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", *arguments],
            cwd=small.root,
            check=True,
        )

    (small.root / "case_studies/marked.md").unlink()
    git("init", "--quiet")
    git("add", "case_studies", "schema", "mkdocs.yml")
    git("commit", "--quiet", "--message", "Before")
    small.write("case_studies/marked.md", file_text(marked.front, STORY))
    git("add", "case_studies")
    git("commit", "--quiet", "--message", "After")
    said = small.run("review", "HEAD~1").stdout
    assert lost(marked, said, lambda marker: marker.raw) == []
