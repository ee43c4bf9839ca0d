"""No field of the schema gets lost: what a case study says stands on its page, in every file, the form and the review.

No case study can fill every field, for of some the schema allows one alone: so there are several.
"""

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
from casebook.model import every_field, format_date
from casebook.model.models import (
    Agreed,
    CaseStudy,
    Cost,
    Effort,
    Outcome,
    Output,
    Partner,
    Reply,
    Source,
    Update,
    Withdrawal,
)
from projects import REAL, build, make_project

SCHEMA = json.loads((REAL / "schema/case-study.schema.json").read_text(encoding="utf-8"))
FIRST = date(2021, 5, 1)
STORY = {heading: f"Marker in the story under {heading}.[^marked]" for heading in HEADINGS}
OVER = {one["const"] for one in SCHEMA["$defs"]["status"]["oneOf"] if one.get("isOver")}
"""The statuses that let a case study have an end."""
BY_MAINTAINERS = {name for name, field in SCHEMA["properties"].items() if field.get("byMaintainers")}
"""Fields of which neither the form nor the sheet speaks."""
WITHDRAWN = "withdrawn"
ALTERNATIVES = {
    "firsts": {other for _, other in SCHEMA["exactlyOne"]} - {one for one, _ in SCHEMA["exactlyOne"]},
    "others": {one for one, _ in SCHEMA["exactlyOne"]},
}
"""What a case study leaves out, because the schema allows one of two alone."""


@dataclass(frozen=True)
class Marker:
    """What was put into a field: as data, and as a reader sees it."""

    raw: str
    seen: str


class Marked:
    """Case studies that together fill every field of the schema, each with something of its own."""

    def __init__(self, catalogue):
        self.catalogue, self.number, self.day = catalogue, count(1), count(1)
        self.markers, self.fronts = {}, {}
        for slug, left_out in ALTERNATIVES.items():
            self.fill(slug, left_out | {WITHDRAWN})
        needed = {*SCHEMA["required"], "outcomes", WITHDRAWN}
        self.fill(WITHDRAWN, ALTERNATIVES["firsts"] | (SCHEMA["properties"].keys() - needed))

    def fill(self, slug, left_out):
        self.left_out, self.own = left_out, {}
        self.fronts[slug] = self.filled(self.catalogue.fields)
        self.markers[slug] = self.own

    def filled(self, fields):
        return {key: self.value(field) for key, field in fields.items() if field.name not in self.left_out}

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
                choice = next(one for one in field.choices if field.key != "status" or one.id in OVER)
                return self.put(field, choice.id, choice.title)
        return self.text(field)

    def term(self, field):
        """A term that no other field of the case study has; or a slug, where there are no terms."""
        if not field.facet:
            return self.put(field, f"marker-{next(self.number)}")
        taken = {marker.raw for marker in self.own.values()} | {"westover"}
        term = next(term for term in getattr(self.catalogue, field.facet) if term.id not in taken)
        return self.put(field, term.id, term.title)

    def text(self, field):
        number = next(self.number)
        match field.format:
            case "day" | "month" | "partial-date":
                day = (FIRST + next(self.day) * timedelta(days=32)).isoformat()
                day = day[: 7 if field.format == "month" else 10]
                return self.put(field, day, format_date(day))
            case "whole-number":
                raw = 111 + number if field.most == 3 else 10_000 + 11 * number
                return self.put(field, str(raw), f"{raw:,}")
            case "address":
                return self.put(field, f"https://example.org/marked/{number}")
        if field.key == "id":
            return self.put(field, f"marker-{number}")
        if field.key == "year":
            return self.put(field, f"{1800 + number}/{number % 100:02}")
        words = f"Marker {number} of {field.anchor}, and words that make it long enough for any rule"
        return self.put(field, words[: field.most])

    def put(self, field, raw, seen=""):
        self.own[field.name] = Marker(raw, seen or raw)
        return raw

    def write(self, project):
        for slug, front in self.fronts.items():
            project.write(f"case_studies/{slug}.md", file_text(front, STORY))


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return make_project(tmp_path_factory.mktemp("marked"))


@pytest.fixture(scope="module")
def marked(small):
    return Marked(small.load())


@pytest.fixture(scope="module")
def site(small, marked):
    """The site with those case studies, which `check` has passed."""
    marked.write(small)
    build(small)
    return small.root / "site"


def lost(markers, text, sight=lambda marker: marker.seen, but=frozenset()):
    """The fields whose marker is not in the text."""
    return [name for name, marker in markers.items() if name not in but and sight(marker) not in text]


def test_every_field_has_a_marker_of_its_own(marked):
    named = {
        field.name
        for field in every_field(marked.catalogue.fields)
        if field.kind not in ("group", "citations")
    }
    assert named - {name for markers in marked.markers.values() for name in markers} == {
        "partners",
        "outputs",
        "outcomes",
        "costs",
        "terms",
        "sources",
        "updates",
        "replies",
        "retired",
    }


def test_what_the_schema_lets_stand_alone_is_filled_in_by_turns(marked):
    for one, other in SCHEMA["exactlyOne"]:
        assert {slug for slug in ALTERNATIVES if one in marked.markers[slug]} == {"firsts"}
        assert {slug for slug in ALTERNATIVES if other in marked.markers[slug]} == {"others"}


@pytest.mark.parametrize(
    ("key", "kept_as"),
    [
        ("", CaseStudy),
        ("partners", Partner),
        ("outputs", Output),
        ("outcomes", Outcome),
        ("costs", Cost),
        ("effort", Effort),
        ("terms", Agreed),
        ("updates", Update),
        ("replies", Reply),
        ("sources", Source),
        ("retired", Withdrawal),
        ("withdrawn", Withdrawal),
    ],
    ids=str,
)
def test_the_model_has_each_text_under_the_schemas_name(marked, key, kept_as):
    fields = marked.catalogue.fields[key].fields if key else marked.catalogue.fields
    texts = {field.key for field in fields.values() if field.kind == "text"}
    assert texts - {field.name for field in dataclasses.fields(kept_as)} == set()


def page_of(site, slug):
    return html.unescape((site / f"case-studies/{slug}/index.html").read_text(encoding="utf-8")).lower()


@pytest.mark.parametrize("slug", ALTERNATIVES)
def test_all_of_it_stands_on_its_page(site, marked, slug):
    page = page_of(site, slug)
    story = [f"Marker in the story under {heading}." for heading in HEADINGS]
    assert lost(marked.markers[slug], page, lambda marker: marker.seen.lower(), {"former"}) == []
    assert [text for text in story if text.lower() not in page] == []


@pytest.mark.parametrize("slug", ALTERNATIVES)
def test_its_former_address_leads_to_it(site, marked, slug):
    old = marked.markers[slug]["former"].raw
    assert f'content="0; url=../../case-studies/{slug}/"' in page_of(site, old)


def test_of_a_withdrawn_one_its_page_says_why_and_nothing_else_shows_it(site, marked):
    own = marked.markers[WITHDRAWN]
    page = page_of(site, WITHDRAWN)
    told = {name: marker for name, marker in own.items() if name.partition(".")[0] in ("title", WITHDRAWN)}
    assert lost(told, page, lambda marker: marker.seen.lower()) == []
    words = [marker.raw for marker in own.values() if re.match("Marker|marker|https", marker.raw)]
    assert len(words) > 8
    showing = {
        path.relative_to(site).as_posix()
        for path in site.rglob("*")
        if path.is_file() and any(word.encode() in path.read_bytes() for word in words)
    }
    assert showing == {"case-studies/withdrawn/index.html"}
    text = re.sub(r"(?s)<head>.*</head>|<[^>]*>", "", page)
    assert [word for word in words if word.lower() in text] == [own["title"].raw, own["withdrawn.reason"].raw]


def leaves(value):
    if isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from leaves(inner)
    else:
        yield str(value)


def test_all_of_it_stands_in_the_open_data(site, marked):
    found = {
        "JSON": set(leaves(json.loads((site / "data/casebook.json").read_text(encoding="utf-8")))),
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
            leaf
            for name in tables
            for row in database.execute(f'SELECT * FROM "{name}"')
            for value in row
            for leaf in (leaves(json.loads(value)) if str(value).startswith("[") else [str(value)])
        }
    database.close()
    for slug in ALTERNATIVES:
        found["JSON of one"] = set(
            leaves(json.loads((site / f"data/case-studies/{slug}.json").read_text(encoding="utf-8")))
        )
        raw = {
            kind: lost(marked.markers[slug], values, lambda marker: marker.raw)
            for kind, values in found.items()
        }
        assert raw == {kind: [] for kind in found}


def test_all_of_it_can_be_asked_for_on_paper(site, marked):
    sheet = html.unescape((site / "contribute/sheet/index.html").read_text(encoding="utf-8"))
    told_in_its_own_words = re.compile("(questions|pledges).*|.*[.](sources|id)")
    fields = [
        one
        for one in every_field(marked.catalogue.fields)
        if one.name.partition("[")[0].partition(".")[0] not in BY_MAINTAINERS
        and not told_in_its_own_words.fullmatch(one.name)
    ]
    assert [field.name for field in fields if field.hint not in sheet] == []
    assert [name for name in BY_MAINTAINERS if marked.catalogue.fields[name].hint in sheet] == []


@pytest.mark.parametrize("slug", ALTERNATIVES)
def test_the_form_takes_all_of_it_and_writes_it_down(site, marked, slug, serve, page, tmp_path):
    asked = {name: value for name, value in marked.fronts[slug].items() if name not in BY_MAINTAINERS}
    markers = {
        name: marker
        for name, marker in marked.markers[slug].items()
        if name.partition("[")[0] not in BY_MAINTAINERS
    }
    draft = tmp_path / "marked.json"
    draft.write_text(json.dumps({"version": 1, "slug": "", "front": asked, "body": STORY}), encoding="utf-8")
    page.goto(serve(site) + "contribute/form/")
    page.locator("#form").wait_for()
    page.locator("#import").set_input_files(draft)
    page.get_by_text("Your draft is kept in this browser.").wait_for()
    assert lost(markers, page.locator("#file").text_content(), lambda marker: marker.raw) == []
    ids = {name for name in markers if name.endswith(".id")}
    assert lost(markers, page.locator("#preview").text_content(), preview, ids) == []


def preview(marker):
    """Dates and numbers stand there as they were typed."""
    return marker.raw if re.match("20|[0-9]+$", marker.raw) else marker.seen


def test_a_review_shows_all_of_it(small, site, marked):
    def git(*arguments):
        subprocess.run(
            ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", *arguments],
            cwd=small.root,
            check=True,
        )

    for slug in marked.fronts:
        (small.root / f"case_studies/{slug}.md").unlink()
    git("init", "--quiet")
    git("add", "case_studies", "schema", "mkdocs.yml")
    git("commit", "--quiet", "--message", "Before")
    marked.write(small)
    git("add", "case_studies")
    git("commit", "--quiet", "--message", "After")
    said = small.run("review", "HEAD~1").stdout
    assert {slug: lost(own, said, lambda marker: marker.raw) for slug, own in marked.markers.items()} == {
        slug: [] for slug in marked.fronts
    }
