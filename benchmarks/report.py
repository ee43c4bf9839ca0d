"""Renders the findings as Markdown. Every figure is computed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from benchmarks.figures import Spread, exponent, short, spread
from benchmarks.measure import Cost
from benchmarks.pages import Weight
from benchmarks.project import TOOL
from benchmarks.serving import Waits

COLD = "cold build"
_COLUMNS = {"user": "User CPU, s", "system": "System CPU, s", "wall": "Wall, s", "peak": "Peak memory, MiB"}


@dataclass(frozen=True, kw_only=True)
class Findings:
    """Everything that one run of the benchmark found, by the number of case studies."""

    day: date
    machine: dict[str, str]
    costs: dict[int, dict[tuple[str, str], list[Cost]]] = field(default_factory=dict)
    """By tool and job, in the order of the tables."""
    built: dict[int, dict[str, tuple[int, float]]] = field(default_factory=dict)
    """The number of HTML files and the MB of all files of a cold build, by tool."""
    corpus: dict[int, tuple[float, float]] = field(default_factory=dict)
    """The average words and bytes of a case study's file."""
    waits: dict[int, Waits] = field(default_factory=dict)
    pages: dict[int, list[Weight]] = field(default_factory=dict)
    """The find page and the largest ones of our own site."""


def report(found: Findings) -> str:
    """Return the whole report."""
    parts = [_opening(found), *_sizes(found), _ratios(found), _growth(found), _serving(found), _pages(found)]
    return "\n".join([*(part for part in parts if part), _output(found), _NOT_COMPARED, _machine(found)])


def _opening(found: Findings) -> str:
    sizes = _listed([f"{size:,}" for size in found.costs])
    words, size = list(found.corpus.values())[-1]
    return f"""# How long builds take

Measured on {found.day.isoformat()} by `make bench`, which wrote this file. Every tool built the same
{sizes} made-up case studies, each of about {words:.0f} words and {size / 1000:.1f} kB with its front matter,
in sentences of the real ones: a page of each, and lists by question, pledge, theme and council.

Figures are medians; in brackets stand the least and the most of all runs. The tools took turns. A cold build
finds nothing of an earlier one. **User CPU** is the tool's own work, and suffers least from what else the
machine does: compare that. System CPU is the kernel's work for it, mostly with files. Wall is what a person
waits. Peak memory is that of the tool's largest process.
"""


def _sizes(found: Findings) -> Iterator[str]:
    for size, costs in found.costs.items():
        rows = [
            [tool, what, str(len(runs)), *(str(_spread(runs, name)) for name in _COLUMNS)]
            for (tool, what), runs in costs.items()
        ]
        yield f"## {size:,} case studies\n\n" + _table(["Tool", "What", "Runs", *_COLUMNS.values()], rows)


def _ratios(found: Findings) -> str:
    """Compare the casebook's cold build with each peer's."""
    peers = [tool for tool in _tools(found) if tool != TOOL]
    sizes = [size for size, costs in found.costs.items() if (TOOL, COLD) in costs]
    if not peers or not sizes:
        return ""
    rows = [
        [peer, *(_ratio(found, size, peer, name) for size in sizes for name in ("user", "wall"))]
        for peer in peers
    ]
    heads = [f"{name} at {size:,}" for size in sizes for name in ("User CPU", "Wall")]
    return f"""## The casebook, for each unit of its peers

Cold builds, median by median: 0.50 is half the peer's, 2.00 is twice as much.

{_table(["Peer", *heads], rows)}"""


def _growth(found: Findings) -> str:
    """Compute how the cost of cold builds grows between the two largest collections."""
    if len(found.costs) < 2:
        return ""
    few, many = sorted(found.costs)[-2:]
    rows = [
        [tool, *(f"{_exponent(found, few, many, tool, name):.2f}" for name in ("user", "wall"))]
        for tool in _tools(found)
    ]
    return f"""## Growth

The exponent by which a cold build's cost grows from {few:,} to {many:,} case studies: 1 is in step with
their number, 2 is with its square. Where starting up weighs, it is below 1.

{_table(["Tool", "User CPU", "Wall"], rows)}"""


def _serving(found: Findings) -> str:
    rows = [
        [f"{size:,}", short(waits.first), str(len(waits.edits)), str(spread(waits.edits))]
        for size, waits in found.waits.items()
    ]
    if not rows:
        return ""
    return f"""## While editing

`casebook serve`: seconds on the clock from its start to its first page, and from saving an edited body until
the browser, told to reload as MkDocs' own script is, has the new page.

{_table(["Case studies", "First page, s", "Edits", "From save to page, s"], rows)}"""


def _pages(found: Findings) -> str:
    rows = [
        [f"{size:,}", one.path, f"{one.kilobytes:.0f}", f"{one.elements:,}", short(one.opening)]
        for size, pages in found.pages.items()
        for one in pages
    ]
    if not rows:
        return ""
    return f"""## The largest pages

The find page, and those with the most bytes and the most elements. They are to have at most 300 kB and 5,000
elements, and to keep the main thread of a browser, slowed down four times, at work for at most 0.6 s.

{_table(["Case studies", "Page", "kB", "Elements", "Main thread, s"], rows)}"""


def _output(found: Findings) -> str:
    rows = [
        [f"{size:,}", tool, f"{pages:,}", short(megabytes), short(megabytes * 1000 / size)]
        for size, tools in found.built.items()
        for tool, (pages, megabytes) in tools.items()
    ]
    return "## What a cold build made\n\n" + _table(
        ["Case studies", "Tool", "HTML files", "MB", "kB for each case study"], rows
    )


_NOT_COMPARED = """## What is not compared

The tools do not do the same work, so a ratio says what a build costs, not which tool is better.

- **Only the casebook** holds each case study against the schema and its other rules; finds related case
  studies; draws the map, the gap map, the pages of powers and others of its own; writes the index of the find
  page, the open data (JSON, CSV, SQLite), feeds, citations and a copy of each file as contributed; copies its
  styles, scripts and fonts; cleans and checks every page's HTML. All that is in its figures.
- **Hugo + ajv + Pagefind** is the nearest to the same work: Hugo as below; each file's front matter, read by
  js-yaml, held against the same schema, without the other rules; and Pagefind's index of Hugo's pages, whose
  user CPU and memory stand in its figures. It has no open data, feeds, citations or proofs.
- **Hugo and Eleventy** have plain templates without styles, which show the same facts, answers, outcomes,
  sources and body, and lists of cards with title, summary, council, years, results and evidence. Their front
  matter is JSON, which each reads in less time than YAML, with names, dates and addresses looked up
  beforehand. Where the casebook's lists by question and pledge show the answers, theirs show the summaries.
  Their feeds and sitemaps are off.
- **MkDocs with Material** renders the same pages of case studies in its own frame, kept out of its
  navigation, and makes a search index. It has no lists of that kind: its tags plugin makes one page of
  titles, which is less work. It runs twice: with the Markdown extensions that its guide recommends, and with
  the few that the texts need.
- **Markdown** is of four dialects: GitHub's (cmark-gfm), Goldmark, markdown-it and Python-Markdown.
- **After an edit** the peers were not measured: as single commands, they build everything again. (MkDocs can
  leave out unchanged pages, with `--dirty`; lists are then out of date.)
- Nothing is said of what comes after: compressing, uploading, or how fast pages load.
- The case studies hold no links to each other, and are of one author: their files vary less than real ones.
"""


def _machine(found: Findings) -> str:
    return "## The machine and the tools\n\n" + _table(["", ""], found.machine.items())


def _tools(found: Findings) -> list[str]:
    """Return every tool that was measured."""
    return list(dict.fromkeys(tool for costs in found.costs.values() for tool, _ in costs))


def _ratio(found: Findings, size: int, peer: str, name: str) -> str:
    ours, theirs = (_spread(found.costs[size][tool, COLD], name).median for tool in (TOOL, peer))
    return f"{ours / theirs:.2f}"


def _exponent(found: Findings, few: int, many: int, tool: str, name: str) -> float:
    before, after = (_spread(found.costs[size][tool, COLD], name).median for size in (few, many))
    return exponent((few, before), (many, after))


def _spread(runs: Sequence[Cost], name: str) -> Spread:
    return spread([getattr(run, name) for run in runs])


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _listed(words: Sequence[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last
