import html
import re
from urllib.parse import parse_qs, urlsplit

import pytest

from casebook.authoring import scaffold
from casebook.content import HEADINGS
from casebook.validation import schema
from casebook.validation.loading import examine
from casebook.validation.reports import report_as_text
from projects import REAL, TODAY


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Residents run Bramley's Edwardian baths", "residents-run-bramleys-edwardian-baths"),
        ("  Ynys Môn: 50% off!  ", "ynys-mon-50-off"),
        ("x" * 200, "x" * 77),
        ("!!!", ""),
        ("Leeds\u2013Bradford bus", "leeds-bradford-bus"),
        ("Leeds\u2014Bradford\u2212bus\u2010stop", "leeds-bradford-bus-stop"),
        ("Plan 2011\u20132015", "plan-2011-2015"),
        ("Stra\u00dfe, \u0141\u00f3d\u017a, \u0152uvre", "strasse-lodz-oeuvre"),
        ("S\u00f8lv & \u00c6gir, \u0110or\u0111e, \u00deing", "solv-aegir-dorde-thing"),
        ("a_b/c\u00a0d\u2026e", "a-b-c-d-e"),
        ("\ufb01rst O\u2019Neill's", "first-oneills"),
    ],
)
def test_a_title_makes_a_file_name(title, slug):
    assert scaffold.slug(title) == slug


def test_a_new_file_says_what_to_fill_in_and_nothing_else_is_wrong(project):
    done = project.call("new", "Neighbours: mend the bandstand")
    assert done.stdout == (
        "Wrote case_studies/neighbours-mend-the-bandstand.md. Fill it in, then run: "
        "casebook check case_studies/neighbours-mend-the-bandstand.md\n"
    )
    found = examine(project.root, TODAY).only({"case_studies/neighbours-mend-the-bandstand.md"})
    assert [(problem.field, problem.message) for problem in found.problems] == [
        ("outcomes", 'missing, and so is "outputs"'),
        ("summary", "empty"),
        ("councils", "empty"),
        ("themes", "empty"),
        ("period", "empty"),
        ("status", "empty"),
        ("questions", "empty"),
        ("sources", "empty"),
        ("body", 'there is no text under "The problem"'),
        ("body", 'there is no text under "What was done"'),
        ("body", 'there is no text under "What happened"'),
        ("body", 'there is no text under "What went wrong"'),
        ("body", 'there is no text under "What others can learn"'),
    ]


def test_a_new_file_explains_every_field_in_the_schemas_words():
    loaded, _ = schema.load_schema(REAL)
    words = " ".join(scaffold.render(loaded, {"title": "A title"}).replace("#", "").split())
    fields = loaded.case_study["properties"]
    theirs = {"former", "retired", "withdrawn"}
    assert {name for name, field in fields.items() if field.get("byMaintainers")} == theirs
    assert {name for name, field in fields.items() if field["description"] not in words} == theirs


def test_its_examples_uncommented_are_a_case_study(project):
    """The help under each field can be copied as it stands."""
    loaded, _ = schema.load_schema(project.root)
    text = scaffold.render(loaded, {"title": "A title"})
    lines = [line[4:] for line in text.splitlines() if line.startswith("#   ")]
    lines = [line for line in lines if not line.startswith("told_until")]  # there is an end beside it
    lines[lines.index('status: "running"')] = 'status: "ended"'
    body = "".join(f"\n## {heading}\n\nSaid.\n" for heading in HEADINGS)
    project.write("case_studies/example.md", "\n".join(["---", *lines, "---", body]))
    found = examine(project.root, TODAY).only({"case_studies/example.md"})
    assert {problem.message.split(" ")[-1].strip('".') for problem in found.problems} <= {
        "register", "themes", "baths", "dispatch-2017", "council-2026",
    }, report_as_text(found)  # fmt: skip


def test_a_file_that_exists_is_never_overwritten(project):
    before = project.read("case_studies/reading-room.md")
    done = project.call("new", "Reading room")
    assert done.returncode == 1
    assert done.stderr == "Error: case_studies/reading-room.md exists already; nothing was changed.\n"
    assert project.read("case_studies/reading-room.md") == before


def test_on_github_a_case_study_begins_with_the_blank_file(built):
    page = (built.root / "site/contribute/index.html").read_text(encoding="utf-8")
    (link,) = re.findall(r'href="([^"]+/new/main/case_studies[^"]*)"', page)
    address = html.unescape(link)
    assert len(address) < 8_000, "GitHub refuses a longer one"
    loaded, _ = schema.load_schema(built.root)
    assert parse_qs(urlsplit(address).query)["value"] == [scaffold.render(loaded, {})]
