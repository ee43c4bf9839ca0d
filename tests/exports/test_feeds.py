"""Feeds, read back by a feed reader and held against the format's grammar."""

from dataclasses import replace
from pathlib import Path
from urllib.parse import urljoin
from xml.etree import ElementTree

import feedparser
import pytest
from hypothesis import given
from lxml import etree, html

from casebook.exports.feeds import MAX_ENTRIES, feeds
from fuller import ROOM, WITHDRAWN, with_fields
from hostile_texts import TEXTS
from projects import SITE, make_project

GRAMMAR = etree.RelaxNG(file=Path(__file__).parent / "atom.rng")
ATOM = "{http://www.w3.org/2005/Atom}"
NEW = "Readers run the Exampleton reading room"


def published(project, site=SITE):
    return {file.path: file.text for file in feeds(project.load(), site)}


def read(text):
    """The feed as a reader shows it. A feed that breaks a rule is an error."""
    GRAMMAR.assertValid(etree.fromstring(text.encode()))
    found = feedparser.parse(text)
    assert not found.bozo, found.get("bozo_exception")
    return found


def entries(text):
    return [(entry.updated[:10], entry.title) for entry in read(text).entries]


def test_there_is_a_feed_of_all_and_of_each_term_that_has_case_studies(project):
    assert sorted(published(project)) == [
        "councils/exampleton/feed.xml",
        "councils/northmere/feed.xml",
        "councils/westover/feed.xml",
        "feed.xml",
        "feeds.opml",
        "nations/england/feed.xml",
        "nations/scotland/feed.xml",
        "pledges/ask-the-questions/feed.xml",
        "pledges/promote-good-practice/feed.xml",
        "questions/capacity/feed.xml",
        "questions/open-to-all/feed.xml",
        "questions/risk/feed.xml",
        "themes/green-spaces/feed.xml",
        "themes/libraries/feed.xml",
        "themes/young-people/feed.xml",
    ]


def test_each_holds_what_is_tagged_so(project):
    files = published(project)
    assert {title for _, title in entries(files["questions/risk/feed.xml"])} == {
        NEW,
        f"What happened next: {NEW}",
    }
    inherited = "Westover asks its streets about trees"
    assert inherited in {title for _, title in entries(files["councils/exampleton/feed.xml"])}


def test_it_tells_of_the_new_and_of_what_happened_next(project):
    assert [one for one in entries(published(project)["feed.xml"]) if NEW in one[1]] == [
        ("2026-01-31", NEW),
        ("2025-02-01", f"What happened next: {NEW}"),
    ]


def test_a_case_study_is_news_on_the_day_it_was_added_whenever_its_sources_were_read(project):
    project.replace(ROOM, "accessed: 2026-01-30", "accessed: 2025-06-01")
    project.replace(ROOM, "added: 2026-01-31", "added: 2026-11-20")
    first, *_ = entries(published(project)["feed.xml"])
    assert first == ("2026-11-20", NEW)


def test_an_entry_says_since_when_on_what_and_whether_it_worked(project):
    entry = next(one for one in read(published(project)["feed.xml"]).entries if "next" in one.title)
    assert (entry.published, entry.updated) == ("2025-02-01T00:00:00Z",) * 2
    assert [(tag.term, tag.label) for tag in entry.tags] == [
        ("libraries", "Libraries"),
        ("young-people", "Young people"),
    ]
    (content,) = entry.content
    assert content.type == "text/html"
    assert html.fromstring(content.value).text_content().split("\n") == [
        "February 2025: The lease was made longer, to 50 years.",
        "Exampleton City Council",
        "",
        "  Worked (press): Open 40 hours a week instead of 20",
        "",
    ]


def test_what_happened_next_keeps_its_entry_when_its_date_is_mended(project):
    def next_of_room():
        return {entry.id for entry in read(published(project)["feed.xml"]).entries if "next" in entry.title}

    before = next_of_room()
    project.replace(ROOM, "date: 2025-02", "date: 2025-03")
    assert next_of_room() == before
    project.replace(ROOM, "id: claim-2", "id: another")
    assert not next_of_room() & before


def test_a_withdrawn_case_study_is_in_no_feed(project):
    project.rewrite(ROOM, with_fields, WITHDRAWN)
    files = published(project)
    assert NEW not in "".join(files.values())
    assert "themes/libraries/feed.xml" not in files


def test_a_check_within_the_month_belongs_to_the_writing_and_a_later_one_is_news(project):
    project.replace("case_studies/reading-room.md", "checked: 2026-01-31", "checked: 2026-02-28")
    assert "Checked again" not in published(project)["feed.xml"]
    project.replace("case_studies/reading-room.md", "checked: 2026-02-28", "checked: 2026-03-01")
    found = read(published(project)["feed.xml"]).entries
    (again,) = (entry for entry in found if entry.title == f"Checked again: {NEW}")
    assert again.updated == "2026-03-01T00:00:00Z"
    assert again.summary == (
        "The facts were checked against the sources on 1 March 2026. "
        "A made-up council hands its reading room to those who read in it, and it opens twice as long."
    )


def test_an_entry_leads_to_its_place(project):
    for site, base in ((SITE, SITE.url), (replace(SITE, url=""), "https://elsewhere.example/")):
        files = published(project, site)
        for path in ("feed.xml", "themes/libraries/feed.xml"):
            feed = ElementTree.fromstring(files[path])
            links = [urljoin(base + path, one.get("href")) for one in feed.iter(f"{ATOM}link")]
            assert f"{base}case-studies/reading-room/" in links
            assert f"{base}case-studies/reading-room/#claim-claim-2" in links


def test_ids_outlive_a_correction_and_a_move(project):
    def ids(files):
        return [entry.id for entry in read(files["feed.xml"]).entries]

    before = ids(published(project))
    project.replace("case_studies/reading-room.md", "made longer", "made much longer")
    assert ids(published(project, replace(SITE, url="https://moved.example/"))) == before
    assert len(set(before)) == len(before) == 4


def test_two_things_that_happened_on_one_day_are_two(project):
    twice = "  - {id: rent-cut, date: 2025-02, text: The rent was cut by half., sources: [gazette]}\nadded:"
    project.replace("case_studies/reading-room.md", "added:", twice)
    found = read(published(project)["feed.xml"]).entries
    assert {entry.summary for entry in found if entry.title == f"What happened next: {NEW}"} == {
        "February 2025: The lease was made longer, to 50 years.",
        "February 2025: The rent was cut by half.",
    }
    assert len({entry.id for entry in found}) == 5


def test_a_feed_is_dated_by_its_newest_and_holds_at_most_fifty(project):
    text = project.read("case_studies/reading-room.md").replace("2025-02\n", "2026-11-01\n")
    for number in range(MAX_ENTRIES):
        project.write(
            f"case_studies/room-{number}.md", text.replace("title: Readers", f"title: {number} readers")
        )
    feed = read(published(project)["feed.xml"])
    assert feed.feed.updated == "2026-11-01T00:00:00Z"
    assert [entry.updated for entry in feed.entries] == ["2026-11-01T00:00:00Z"] * MAX_ENTRIES


def test_of_many_that_were_added_on_one_day_none_is_left_out(project):
    text = project.read("case_studies/reading-room.md")
    for number in range(MAX_ENTRIES + 1):
        project.write(
            f"case_studies/room-{number}.md", text.replace("title: Readers", f"title: {number} readers")
        )
    found = entries(published(project)["feed.xml"])
    assert [day for day, title in found if "What happened next" not in title] == ["2026-01-31"] * (
        MAX_ENTRIES + 4
    )


def test_the_list_names_every_feed_by_its_full_address(project):
    files = published(project)
    outlines = ElementTree.fromstring(files["feeds.opml"]).iter("outline")
    listed = [one.get("xmlUrl") for one in outlines if one.get("xmlUrl")]
    assert sorted(listed) == sorted(f"{SITE.url}{path}" for path in files if path != "feeds.opml")


def test_without_an_address_there_is_no_list_and_no_feed_names_itself(project):
    files = published(project, replace(SITE, url=""))
    assert "feeds.opml" not in files
    assert 'rel="self"' not in files["feed.xml"]
    assert (
        f'rel="self" type="application/atom+xml" href="{SITE.url}feed.xml"' in published(project)["feed.xml"]
    )


def test_without_case_studies_there_is_no_feed(project):
    for path in (project.root / "case_studies").iterdir():
        path.unlink()
    assert list(published(project)) == ["feeds.opml"]


@pytest.fixture(scope="module")
def only_entry(tmp_path_factory):
    """Say what a reader shows of a case study with this title and summary."""
    made_up = make_project(tmp_path_factory.mktemp("feeds")).load()

    def show(text):
        case = replace(made_up.cases[0], title=text, summary=text, updates=())
        (entry,) = read(next(feeds(replace(made_up, cases=(case,)), SITE)).text).entries
        return entry

    return show


@given(text=TEXTS)
def test_any_text_is_read_back_as_it_was(text, only_entry):
    entry = only_entry(text)
    assert (entry.title, entry.summary) == (text, text)
    told, *_ = html.fromstring(entry.content[0].value).iter("p")
    assert told.text_content() == text
