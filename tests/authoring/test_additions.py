"""`casebook apply` and `casebook update`: what is new goes into a case study, and all else stays, or nothing is written."""

import difflib
import json

import pytest
from test_new import Terminal

TREES = "case_studies/westover-trees.md"
SOURCE = {
    "title": "Trees fall in storm",
    "publisher": "Westover Star",
    "kind": "press",
    "url": "https://example.org/storm",
    "published": "2026-02-03",
    "accessed": "2026-11-20",
}
UPDATE = {
    "id": "storm-felled-20-trees",
    "date": "2026-02",
    "text": "A storm felled 20 of the trees.",
    "sources": ["star"],
}
ADDS = {"updates": [UPDATE], "sources": {"star": SOURCE}, "checked": "2026-11-20"}
WRITTEN = """\
+  star:
+    title: "Trees fall in storm"
+    publisher: "Westover Star"
+    kind: "press"
+    url: "https://example.org/storm"
+    published: "2026-02-03"
+    accessed: "2026-11-20"
+updates:
+  - id: "storm-felled-20-trees"
+    date: "2026-02"
+    text: "A storm felled 20 of the trees."
+    sources: ["star"]
-checked: 2026-01-31
+checked: 2026-11-20
"""


@pytest.fixture
def apply(project):
    """Apply an addition, given as a text or as what it adds to Westover's trees."""

    def run(add, case="westover-trees"):
        text = add if isinstance(add, str) else json.dumps({"version": 1, "case": case, "add": add})
        (project.root / "new.json").write_text(text, encoding="utf-8")
        return project.call("apply", "new.json")

    return run


def changed(before, after):
    """The lines that are gone and those that are new; ends of lines count."""
    lines = difflib.ndiff(before.splitlines(keepends=True), after.splitlines(keepends=True))
    return "".join(line.replace(" ", "", 1) for line in lines if line[0] in "+-")


def test_an_addition_goes_where_it_belongs_and_all_else_stays(project, apply):
    before = project.read(TREES)
    done = apply(ADDS)
    assert (
        done.stdout == f"Wrote {TREES}. What `casebook check` says of it:\nNo problems in 1 case study.\n"
    ), done.stderr
    assert changed(before, project.read(TREES)) == WRITTEN
    assert apply(ADDS).stderr == (
        "Error: Nothing was written.\n"
        f"new.json:1: updates[0]: {TREES} has this already\n    It was written before: nothing needs to be added.\n"
    )
    earlier = {
        **UPDATE,
        "id": "council-mapped-its-trees",
        "date": "2025",
        "text": "The council mapped its trees.",
    }
    assert apply({"updates": [earlier], "checked": "2026-11-24"}).returncode == 0
    after = project.read(TREES)
    assert after.index("council-mapped-its-trees") < after.index("storm-felled-20-trees")
    assert "\nadded: 2026-01-31\nchecked: 2026-11-24\n---\n" in after


def test_a_day_of_checking_that_is_past_by_now_is_left_as_it_is(project, apply):
    project.replace(TREES, "checked: 2026-01-31", "checked: 2026-11-23")
    assert apply(ADDS).returncode == 0
    assert "\nchecked: 2026-11-23\n" in project.read(TREES)


def test_line_ends_comments_and_quotation_marks_stay(project, apply):
    project.replace(TREES, "checked: 2026-01-31", "# The last day\n\nchecked:  '2026-01-31' # by two of us")
    project.replace(TREES, "powers:", "# Statutes\npowers:")
    project.replace(TREES, "outcomes:", "not_found: [risk]\noutcomes:")
    raw = ("\ufeff" + project.read(TREES)).replace("\n", "\r\n").encode()
    (project.root / TREES).write_bytes(raw)
    outcome = {
        "id": "20-trees-fell",
        "what": "20 trees fell in a storm",
        "result": "mixed",
        "evidence": "press",
    }
    answer = {
        "answer": "Nobody was asked who would water the young trees in a dry year.",
        "sources": ["star"],
    }
    add = {
        "outcomes": [{**outcome, "sources": ["star"]}],
        "questions": {"risk": answer},
        "sources": {"star": SOURCE},
    }
    done = apply({**add, "checked": "2026-11-24"})
    assert done.returncode == 0, done.stderr
    gone, new = [], []
    after = (project.root / TREES).read_bytes()
    for line in difflib.ndiff(
        raw.decode().splitlines(keepends=True), after.decode().splitlines(keepends=True)
    ):
        {"-": gone, "+": new}.get(line[0], []).append(line[2:])
    assert gone == ["not_found: [risk]\r\n", "checked:  '2026-01-31' # by two of us\r\n"]
    assert all(line.endswith("\r\n") for line in new)
    assert "checked:  '2026-11-24' # by two of us\r\n" in new
    assert b'    sources: ["star"]\r\n# Statutes\r\npowers' in after


REFUSED = {
    "case": (
        {"checked": "2026-11-24"},
        'new.json:1: case: there is no case study "gone", or it can\'t be read',
    ),
    "answered": (
        {
            "questions": {
                "capacity": {"answer": "They had no help at all with it, they say.", "sources": ["report"]}
            }
        },
        f"new.json:1: questions.capacity: {TREES} has this by now",
    ),
    "source": (
        {**ADDS, "sources": {"report": SOURCE}},
        'new.json:1: sources.report: another source has this name: "Report on street trees"',
    ),
    "id": (
        {**ADDS, "updates": [{**UPDATE, "id": "claim-1"}]},
        f'{TREES}:43: updates[0].id: the id "claim-1" stands at two claims',
    ),
    "checked": ({"checked": "2026-01-30"}, f"new.json:1: checked: {TREES} was checked on 31 January 2026"),
    "text": (
        {**ADDS, "updates": [{**UPDATE, "text": "It fell."}]},
        "new.json:1: updates[0].text: too short: 8 characters, at least 20",
    ),
    "question": (
        {
            "outcomes": [
                {
                    "id": "stands",
                    "what": "It stands.",
                    "result": "worked",
                    "evidence": "press",
                    "sources": ["report"],
                    "question": "riskk",
                }
            ]
        },
        'new.json:1: outcomes[0].question: "riskk" is not one of the ten key questions',
    ),
    "field": ({"title": "Mine"}, 'new.json:1: "title" is not a field here'),
    "read later": (
        {**ADDS, "checked": "2026-11-19"},
        f'{TREES}:41: sources.star.accessed: "2026-11-20" is after "2026-11-19" (checked)',
    ),
    "not cited": (
        {"sources": {"star": SOURCE}, "checked": "2026-11-20"},
        f"{TREES}:35: sources.star: never cited",
    ),
    "path": (
        '{"version": 1, "case": "../x", "add": {}}',
        'new.json:1: case: "../x" is not lower-case words and hyphens',
    ),
    "number": (
        {"costs": [{"gbp": 5}]},
        "new.json:1: add.costs[0].gbp: must be text in quotation marks, not 5",
    ),
    "draft": (
        '{"version": 1, "front": {}, "body": {}}',
        (
            'new.json:1: it is no addition: it needs "version": 1, "case" and "add" alone\n'
            "    A whole case study is written by `casebook new --from`"
        ),
    ),
    "large": ('"' + "x" * 300_000, "new.json:1: larger than 256 kB"),
}


def test_what_does_not_fit_is_refused_in_words_and_nothing_is_written(project, apply):
    before = project.read(TREES)
    for name, (add, message) in REFUSED.items():
        done = apply(add, "gone" if name == "case" else "westover-trees")
        assert done.returncode == 1, name
        assert done.stderr.startswith(f"Error: Nothing was written.\n{message}"), name
        assert project.read(TREES) == before, name


def test_a_list_on_one_line_takes_nothing(project, apply):
    project.replace(
        TREES,
        "added:",
        "updates: [{id: a-1, date: 2025, text: The council mapped its trees., sources: [report]}]\nadded:",
    )
    done = apply(ADDS)
    assert (
        f"{TREES}:35: updates: stands on one line, into which nothing can be put\n    Write it out,"
        in done.stderr
    )


def test_an_update_at_a_terminal_asks_for_the_new_item_and_its_source_alone(project):
    before = project.read(TREES)
    officer = Terminal(project, command=("update", "westover-trees"))
    officer.types("Its number", "nine", "8")
    assert "Ctrl-C leaves the case study as it is." in officer.said
    assert "  8  What happened next\n  9  Replies\n  10  Checked\n" in officer.said
    officer.types("Date", "February 2026")
    officer.types("Text", "It fell.", UPDATE["text"])
    assert '"February 2026" is kept as 2026-02: February 2026.' in officer.said
    assert "Error: too short: 8 characters, at least 20" in officer.said
    officer.types("Sources of the update", "star")
    assert "The sources there are: report." in officer.said
    for label, field in (
        ("Title of the source", "title"),
        ("Publisher", "publisher"),
        ("Kind of source", "kind"),
    ):
        officer.types(label, SOURCE[field])
    officer.types("Address", SOURCE["url"])
    officer.types("Published", "3rd Feb 2026")
    officer.types("Accessed [2026-11-24]", "")
    assert project.read(TREES) == before
    officer.types("Enter writes it", "")
    assert "looked the case study through: its day of checking becomes 24 November 2026." in officer.said
    last, code = officer.ends()
    assert last.endswith(f"Wrote {TREES}. What `casebook check` says of it:\nNo problems in 1 case study.\n")
    assert code == 0
    written = WRITTEN.replace("2026-11-20", "2026-11-24").replace(
        'id: "storm-felled-20-trees"', "id: storm-felled-20-trees"
    )
    assert changed(before, project.read(TREES)) == written
    assert project.call("update", "westover-trees").stderr.endswith("Elsewhere, use `casebook apply FILE`.\n")
