"""What a reply means, and how it is told."""

import pytest

from casebook.content import document, files
from casebook.maintenance import source_links
from casebook.maintenance.source_links import Reply


def read(project):
    paths, _ = files.find_files(project.root)
    return [document.read_document(project.root, path)[0] for path in paths]


@pytest.mark.parametrize(
    ("reply", "rule"),
    [
        (Reply(status=200), ""),
        (Reply(status=206), ""),
        (Reply(status=200, moved_to="https://example.org/new"), "moved"),
        (Reply(status=404), "gone"),
        (Reply(status=410), "gone"),
        (Reply(status=404, moved_to="https://example.org/new"), "gone"),
        (Reply(status=401), "blocked"),
        (Reply(status=403), "blocked"),
        (Reply(status=429), "blocked"),
        (Reply(status=503), "blocked"),
        (Reply(status=406), "blocked"),
        (Reply(status=451), "blocked"),
        (Reply(status=520), "blocked"),
        (Reply(status=530), "blocked"),
        (Reply(status=999), "blocked"),
        (Reply(status=500), "unreachable"),
        (Reply(status=531), "unreachable"),
        (Reply(status=304), "unreachable"),
        (Reply(fault="nobody knows the host's name"), "unreachable"),
    ],
)
def test_moved_gone_blocked_and_unreachable_are_told_apart(reply, rule):
    assert reply.rule == rule


def test_an_address_is_asked_for_once_however_many_cite_it(project):
    found = source_links.addresses(read(project), [])
    assert found == sorted(set(found))
    assert "https://example.org/gazette" in found


def test_hosts_that_turn_programs_away_are_not_asked(project):
    project.write(source_links.NOT_CHECKED, "example.org: It asks whether we are a person.\n")
    hosts, problems = source_links.hosts_not_checked(project.root)
    assert (dict(hosts), problems) == ({"example.org": "It asks whether we are a person."}, [])
    assert not any("//example.org/" in url for url in source_links.addresses(read(project), hosts))


@pytest.mark.parametrize("url", ["https://[x", "no address", "https://"])
def test_what_is_no_address_has_no_host(url):
    assert source_links.host(url) == ""


def test_a_project_needs_no_such_list(project):
    assert source_links.hosts_not_checked(project.root) == ({}, [])


def test_a_mistake_in_the_list_has_its_line(project):
    project.write(source_links.NOT_CHECKED, "a.example: One.\na.example: Two.\n")
    _, problems = source_links.hosts_not_checked(project.root)
    assert [str(problem) for problem in problems] == [
        ".ci/hosts-not-checked.yml:2: a.example: given twice, on line 1 and on line 2\n    Keep one of the two."
    ]


def test_a_problem_names_place_fault_and_mend(project):
    replies = {
        "https://example.org/minutes?id=7&page=1": Reply(status=404),
        "https://example.org/gazette": Reply(status=200, moved_to="https://example.org/archive/gazette"),
    }
    found = [str(problem) for problem in source_links.link_problems(read(project), replies)]
    assert [problem for problem in found if "reading-room" in problem] == [
        "case_studies/reading-room.md:33: sources.minutes.url: https://example.org/minutes?id=7&page=1 is gone: the host answered 404\n"
        "    Look for the page elsewhere on that site or in a web archive, or find another source.",
        "case_studies/reading-room.md:40: sources.gazette.url: https://example.org/gazette has moved for good to https://example.org/archive/gazette\n"
        "    Read it there. If it still says the same, change the address in the case study.",
    ]


def test_the_issue_groups_by_what_is_wrong_and_says_each_mend_once(project):
    replies = {
        "https://example.org/minutes?id=7&page=1": Reply(fault="the host did not answer in time"),
        "https://example.org/gazette": Reply(status=410),
    }
    found = [one for one in source_links.link_problems(read(project), replies) if "reading-room" in one.file]
    assert source_links.links_as_markdown(found, "2 problems in 1 of 3 case studies.") == (
        "## Gone\n\n"
        "Look for the page elsewhere on that site or in a web archive, or find another source.\n\n"
        "- `case_studies/reading-room.md:40` `https://example.org/gazette is gone: the host answered 410`\n\n"
        "## Unreachable\n\n"
        "It may be back next week. If it is not, treat it as gone.\n\n"
        "- `case_studies/reading-room.md:33` `https://example.org/minutes?id=7&page=1 was not reached: the host did not answer in time`\n\n"
        "2 problems in 1 of 3 case studies."
    )


def test_nothing_that_a_host_sends_comes_out_as_markdown_or_as_a_command(project):
    evil = "https://example.org/`@everyone ![x](https://example.org/x)\n::error::\x1b[2J"
    replies = {"https://example.org/gazette": Reply(status=200, moved_to=evil)}
    text = source_links.links_as_markdown(source_links.link_problems(read(project), replies), "end")
    line = next(line for line in text.splitlines() if "reading-room" in line)
    assert line == (
        "- `case_studies/reading-room.md:40` ``https://example.org/gazette has moved for good to "
        r"https://example.org/`@everyone ![x](https://example.org/x)\n::error::<U+001B>[2J``"
    )
