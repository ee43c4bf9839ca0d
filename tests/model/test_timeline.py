import pytest

from casebook.model import timeline_of
from fuller import MORE, ROOM, with_fields
from projects import make_project


@pytest.fixture
def room(tmp_path):
    """The reading room's case study, with these fields and changes of its text."""

    def load(fields="", *changes):
        project = make_project(tmp_path)
        project.rewrite(ROOM, with_fields, fields)
        for old, new in changes:
            project.replace(ROOM, old, new)
        return next(case for case in project.load().cases if case.slug == "reading-room")

    return load


def told(case):
    return [(event.when, event.text, event.anchor) for event in timeline_of(case)]


def test_what_is_dated_stands_in_order_of_time(room):
    found = timeline_of(room(MORE))
    assert [(event.when, event.text, event.anchor) for event in found] == [
        ("2022", "It began", "facts"),
        ("2022-09", "12 readers were trained", "claim-12-trained"),
        ("2022/23", "A librarian for one year", "claim-librarian"),
        ("2024", "It ended", "facts"),
        ("2025-02", "The lease was made longer, to 50 years.", "claim-claim-2"),
    ]
    assert [event.cost.gbp for event in found if event.cost] == [32_000]


def test_an_end_comes_after_what_else_is_of_its_year(room):
    found = told(room("", ("    result: worked\n", "    result: worked\n    when: 2024-11\n")))
    assert [when for when, *_ in found] == ["2022", "2024-11", "2024", "2025-02"]


def test_where_the_end_is_not_known_it_is_said_until_when_it_is_told(room):
    changes = (
        "period: {from: 2022, to: 2024}\nstatus: ended",
        "period: {from: 2022}\ntold_until: 2025-03\nstatus: running",
    )
    assert told(room("", changes))[-1] == ("2025-03", "The last that any source tells", "facts")


def test_the_period_alone_is_no_timeline(room):
    update = "updates:\n  - id: claim-2\n    date: 2025-02\n    text: The lease was made longer, to 50 years.\n    sources: [gazette]\n"
    assert timeline_of(room("", (update, ""))) == ()
