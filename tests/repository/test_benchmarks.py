"""The benchmarks: what is built is the same for every tool, and what is reported is what was measured."""

import datetime
import html
import json
import re
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from benchmarks import corpus, machine, measure, project, serving, sources
from benchmarks.__main__ import main
from benchmarks.measure import Cost, Failed, Job
from benchmarks.pages import Weight
from benchmarks.peers import PEERS
from benchmarks.report import Findings, report
from benchmarks.serving import Waits
from casebook.model import format_date
from casebook.validation import loading
from casebook.validation.reports import report_as_text
from projects import TODAY

SIZE = 100


@pytest.fixture(scope="module")
def laid(tmp_path_factory):
    """A copy of the project with made-up case studies."""
    root = tmp_path_factory.mktemp("benchmarks") / "us"
    project.copy_project(root)
    corpus.fill(root, SIZE)
    return root


@pytest.fixture(scope="module")
def catalogue(laid):
    return loading.load(laid, TODAY)


@pytest.fixture(scope="module")
def peer_roots(laid, catalogue):
    """The site of each peer, not built yet."""
    for name, peer in PEERS.items():
        peer.write_sources(laid.parent / name, catalogue)
    return {name: laid.parent / name for name in PEERS}


def test_the_made_up_case_studies_are_valid_and_use_every_term(laid, catalogue):
    assert report_as_text(loading.examine(laid, TODAY)) == "No problems in 100 case studies."
    used = {path for case in catalogue.cases for path in case.terms}
    for facet, number in {"questions": 10, "pledges": 5, "themes": 26}.items():
        assert len([path for path in used if path.startswith(facet)]) == number
    assert len([path for path in used if path.startswith("councils")]) > 80


def test_they_are_as_long_as_is_said_and_the_same_each_time(laid, tmp_path):
    words, size = corpus.averages(laid)
    assert 1_500 < words < 1_620
    assert 12_000 < size < 13_000
    project.copy_project(tmp_path / "again")
    corpus.fill(tmp_path / "again", 3)
    for number in range(3):
        name = f"case_studies/case-{number}.md"
        assert (tmp_path / "again" / name).read_bytes() == (laid / name).read_bytes()


def test_no_case_study_of_the_project_is_among_them(laid):
    assert sorted(path.name for path in (laid / "case_studies").iterdir()) == sorted(
        f"case-{number}.md" for number in range(SIZE)
    )
    assert (laid / "docs/questions/index.md").exists()
    assert not (laid / "docs/questions/risk.md").exists()


def source(text):
    """Front matter and body, whichever way the front matter is written."""
    front, body = re.fullmatch(r"(\{.*?\}|---.*?\n---)\n\n(.*)", text, re.DOTALL).groups()
    read = json.loads if "{" in front[:10] else yaml.safe_load
    return read(front.removeprefix("---json").strip("-\n")), body


def test_every_peer_has_the_same_words(peer_roots, catalogue):
    folders = {"pipeline": "content", "hugo": "content", "eleventy": "", "stock": "docs", "few": "docs"}
    for case in catalogue.cases[:20]:
        told = {}
        for name, root in peer_roots.items():
            file = root / folders[name] / "case-studies" / f"{case.slug}.md"
            front, body = source(file.read_text(encoding="utf-8"))
            if name in ("stock", "few"):
                assert front.pop("template") == "case.html"
                assert len(front.pop("tags")) == len(case.terms)
            told[name] = (front, body)
        front, body = told["hugo"]
        assert all(other == (front, body) for other in told.values())
        assert front == sources.front_matter(case)
        assert body.startswith(case.body.strip())
        assert [answer["text"] for answer in front["answers"]] == [
            answer.text for answer in (*case.answers, *case.deeds)
        ]


@pytest.mark.parametrize("name", PEERS)
def test_a_peers_pages_say_what_the_casebooks_say(name, peer_roots, catalogue):
    peer, root = PEERS[name], peer_roots[name]
    if not peer.is_installed:
        pytest.skip(f"{peer.title} is not installed: make bench does that")
    (job,) = peer.jobs(root)
    measure.run(job, 0)
    assert measure.output_size(root, SIZE)[0] >= SIZE
    case = catalogue.cases[0]
    page = words(root / "site" / case.path)
    for said in (case.title, case.summary, format_date(case.checked), case.evidence.title):
        assert said in page
    for answer in case.answers:
        assert answer.text in page
    for outcome in case.outcomes:
        assert f"{outcome.result.title} {outcome.what}" in page
    for one in case.sources:
        assert one.publisher in page
    for heading in ("The problem", "What others can learn"):
        assert heading in page


@pytest.mark.parametrize("name", ["hugo", "eleventy"])
def test_a_peers_lists_are_the_casebooks(name, peer_roots, catalogue):
    if not PEERS[name].is_installed:
        pytest.skip(f"{PEERS[name].title} is not installed: make bench does that")
    (job,) = PEERS[name].jobs(peer_roots[name])
    measure.run(job, 0)
    site = peer_roots[name] / "site"
    assert len(cards(site / "case-studies")) == SIZE
    terms = (*catalogue.questions, *catalogue.pledges, *catalogue.themes, *catalogue.councils)
    for term in (term for term in terms if catalogue.about(term)):
        assert cards(site / term.path) == {f"/{case.path}" for case in catalogue.about(term)}
    themes = words(site / "themes")
    for theme in catalogue.themes:
        assert f"{theme.title} ({len(catalogue.about(theme))}): {theme.summary}" in themes


def words(folder):
    text = html.unescape(re.sub("<[^>]*>", "", (folder / "index.html").read_text(encoding="utf-8")))
    return " ".join(text.split())


def cards(folder):
    return set(re.findall('<h3><a href="(.*?)"', (folder / "index.html").read_text(encoding="utf-8")))


def test_edits_are_small_and_valid(tmp_path):
    project.copy_project(tmp_path)
    corpus.fill(tmp_path, 2)
    before = (tmp_path / "case_studies/case-1.md").read_text(encoding="utf-8")
    sentence = project.edit_body(tmp_path, 1)
    project.edit_title(tmp_path, 1)
    after = (tmp_path / "case_studies/case-1.md").read_text(encoding="utf-8")
    assert after == before.replace('title: "', 'title: "Anew: ', 1) + f"\n{sentence}\n"
    assert report_as_text(loading.examine(tmp_path, TODAY)) == "No problems in 2 case studies."


def test_a_cold_build_finds_nothing_of_an_earlier_one(tmp_path):
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").touch()
    forget = measure.cold(tmp_path)
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").touch()
    (tmp_path / ".manifest").touch()
    forget(0)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["docs", "mkdocs.yml"]


def job(root, program):
    return Job(tool="Python", what="a program", root=root, command=(sys.executable, "-c", program))


def test_costs_are_of_the_command_and_its_children_and_not_of_who_measures(tmp_path):
    mine = b"x" * 200_000_000
    root = tmp_path / "work"
    root.mkdir()
    quiet = measure.run(job(root, "pass"), 0)
    assert quiet.peak < 50
    child = "x = b'x' * 100_000_000; sum(range(5_000_000))"
    program = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}], check=True)"
    busy = measure.run(job(root, program), 0)
    assert 95 < busy.peak < 150
    assert busy.user > quiet.user
    assert busy.wall > busy.user / 2
    assert len(mine) == 200_000_000


def test_a_command_that_fails_is_no_measurement(tmp_path):
    root = tmp_path / "work"
    root.mkdir()
    with pytest.raises(Failed) as failure:
        measure.run(job(root, "print('No such thing.'); raise SystemExit(3)"), 0)
    assert str(failure.value) == "Python, a program: exit code 3\nNo such thing.\n"


def test_a_build_without_a_page_for_each_case_study_is_no_measurement(tmp_path):
    page = tmp_path / "site/case-studies/case-0/index.html"
    page.parent.mkdir(parents=True)
    page.write_text("x" * 2_000_000, encoding="utf-8")
    rest_of_list = tmp_path / "site/case-studies/2/index.html"
    rest_of_list.parent.mkdir()
    rest_of_list.touch()
    assert measure.output_size(tmp_path, 1) == (2, 2.0)
    with pytest.raises(Failed, match="1 pages of 2 case studies"):
        measure.output_size(tmp_path, 2)


def test_an_edit_is_waited_for_until_the_server_shows_it(tmp_path):
    project.copy_project(tmp_path / "us")
    corpus.fill(tmp_path / "us", 2)
    waits = serving.measure(tmp_path / "us", 1)
    assert waits.first > 0
    assert len(waits.edits) == 1


@pytest.mark.parametrize(
    ("option", "message"),
    [
        (("--sizes", "100,12"), "Invalid value for '--sizes': give numbers of at least 100, with commas"),
        (("--sizes", "many"), "Invalid value for '--sizes': give numbers of at least 100, with commas"),
        (("--tools", "us,jekyll"), '"jekyll" is none of them: us, pipeline, hugo, eleventy, stock, few.'),
    ],
)
def test_wrong_use_is_said(option, message):
    result = CliRunner().invoke(main, option)
    assert result.exit_code == 2
    assert message in result.output


def test_the_file_system_is_that_of_the_nearest_mount():
    mounts = "/dev/vda / ext4 rw 0 0\ntmpfs /tmp tmpfs rw 0 0\nproc /proc proc rw 0 0\n"
    assert machine.file_system(Path("/tmp/work"), mounts) == "tmpfs"
    assert machine.file_system(Path("/home/work"), mounts) == "ext4"


def cost(user, wall):
    return Cost(user=user, system=user / 10, wall=wall, peak=100)


FOUND = Findings(
    day=datetime.date(2026, 11, 24),
    machine={"Processor": "Made up, 2 cores"},
    costs={
        1_000: {
            (project.TOOL, "cold build"): [cost(3, 4), cost(2, 3), cost(7, 9)],
            (project.TOOL, "nothing changed"): [cost(0.5, 0.6), cost(0.4, 0.7)],
            ("Hugo", "cold build"): [cost(1.5, 1), cost(1.5, 2), cost(1.5, 1.5)],
        },
        10_000: {
            (project.TOOL, "cold build"): [cost(30, 40)],
            ("Hugo", "cold build"): [cost(150, 100)],
        },
    },
    built={1_000: {project.TOOL: (1_234, 56.78), "Hugo": (1_001, 9.87)}},
    corpus={1_000: (780.4, 5_260), 10_000: (784.2, 5_280)},
    waits={1_000: Waits(12.34, [0.5, 0.25, 1])},
    pages={1_000: [Weight(path="find/", kilobytes=123.4, elements=4_567, opening=0.42)]},
)


def test_the_report_says_medians_with_their_bounds_ratios_and_growth():
    text = report(FOUND)
    for part in (THOUSAND, RATIOS, GROWTH, EDITING, LARGEST, MADE, MACHINE):
        assert f"\n{part}" in text
    assert text.startswith("# How long builds take\n\nMeasured on 2026-11-24 by `make bench`")
    assert "1,000 and 10,000 made-up case studies, each of about 784 words and 5.3 kB" in text
    assert "\n## What is not compared\n" in text


def test_where_there_is_nothing_to_compare_the_report_says_nothing_of_it():
    alone = {1_000: {("Hugo", "cold build"): [cost(1, 1)]}}
    text = report(replace(FOUND, costs=alone, waits={}, pages={}))
    assert "| Hugo | cold build | 1 | 1.00 | 0.10 | 1.00 | 100 |" in text
    for heading in ("## The casebook, for", "## Growth", "## While editing", "## The largest pages"):
        assert heading not in text


THOUSAND = """## 1,000 case studies

| Tool | What | Runs | User CPU, s | System CPU, s | Wall, s | Peak memory, MiB |
| --- | --- | --- | --- | --- | --- | --- |
| The casebook | cold build | 3 | 3.00 (2.00–7.00) | 0.30 (0.20–0.70) | 4.00 (3.00–9.00) | 100 (100–100) |
| The casebook | nothing changed | 2 | 0.45 (0.40–0.50) | 0.04 (0.04–0.05) | 0.65 (0.60–0.70) | 100 (100–100) |
| Hugo | cold build | 3 | 1.50 (1.50–1.50) | 0.15 (0.15–0.15) | 1.50 (1.00–2.00) | 100 (100–100) |
"""
RATIOS = """## The casebook, for each unit of its peers

Cold builds, median by median: 0.50 is half the peer's, 2.00 is twice as much.

| Peer | User CPU at 1,000 | Wall at 1,000 | User CPU at 10,000 | Wall at 10,000 |
| --- | --- | --- | --- | --- |
| Hugo | 2.00 | 2.67 | 0.20 | 0.40 |
"""
GROWTH = """## Growth

The exponent by which a cold build's cost grows from 1,000 to 10,000 case studies: 1 is in step with
their number, 2 is with its square. Where starting up weighs, it is below 1.

| Tool | User CPU | Wall |
| --- | --- | --- |
| The casebook | 1.00 | 1.00 |
| Hugo | 2.00 | 1.82 |
"""
EDITING = """## While editing

`casebook serve`: seconds on the clock from its start to its first page, and from saving an edited body until
the browser, told to reload as MkDocs' own script is, has the new page.

| Case studies | First page, s | Edits | From save to page, s |
| --- | --- | --- | --- |
| 1,000 | 12.3 | 3 | 0.50 (0.25–1.00) |
"""
MADE = """## What a cold build made

| Case studies | Tool | HTML files | MB | kB for each case study |
| --- | --- | --- | --- | --- |
| 1,000 | The casebook | 1,234 | 56.8 | 56.8 |
| 1,000 | Hugo | 1,001 | 9.87 | 9.87 |
"""
LARGEST = """## The largest pages

The find page, and those with the most bytes and the most elements. They are to have at most 300 kB and 5,000
elements, and to keep the main thread of a browser, slowed down four times, at work for at most 0.6 s.

| Case studies | Page | kB | Elements | Main thread, s |
| --- | --- | --- | --- | --- |
| 1,000 | find/ | 123 | 4,567 | 0.42 |
"""
MACHINE = """## The machine and the tools

|  |  |
| --- | --- |
| Processor | Made up, 2 cores |
"""
