"""Measures the casebook and its peers, and writes a report: `python -m benchmarks`."""

import datetime
import tempfile
from pathlib import Path as FilePath

import click

from benchmarks import corpus, machine, pages, project, serving
from benchmarks.measure import OUTPUT, Failed, Job, output_size, run
from benchmarks.peers import PEERS
from benchmarks.report import Findings, report
from casebook.validation import loading

LATEST = FilePath(__file__).with_name("latest.md")
US = "us"
TOOLS = (US, *PEERS)
_MANY = 10_000
"""Collections of this size or larger get fewer runs."""
_SLOW = ("stock", "few")


def _sizes(context: click.Context, parameter: click.Parameter, text: str) -> list[int]:
    sizes = sorted(int(size) for size in text.split(",") if size.isdecimal())
    if not sizes or sizes[0] < 100:
        raise click.BadParameter("give numbers of at least 100, with commas between them.")
    return sizes


def _tools(context: click.Context, parameter: click.Parameter, text: str) -> list[str]:
    chosen = text.split(",")
    if unknown := [tool for tool in chosen if tool not in TOOLS]:
        raise click.BadParameter(f'"{unknown[0]}" is none of them: {", ".join(TOOLS)}.')
    if missing := [tool for tool in chosen if tool in PEERS and not PEERS[tool].is_installed]:
        raise click.BadParameter(f'"{missing[0]}" is not installed. `make bench` does that; or leave it out.')
    return chosen


@click.command()
@click.option(
    "--sizes",
    default="100,1000,10000",
    show_default=True,
    callback=_sizes,
    help="How many case studies.",
)
@click.option(
    "--runs",
    type=click.IntRange(1),
    help=f"How often. By default 5 times; from {_MANY:,} case studies on 3 times, and once with MkDocs.",
)
@click.option(
    "--tools", default=",".join(TOOLS), show_default=True, callback=_tools, help="Which are measured."
)
@click.option(
    "--work",
    type=click.Path(exists=True, file_okay=False, resolve_path=True, path_type=FilePath),
    default=tempfile.gettempdir(),
    help="Where the sites are built, to be removed afterwards. By default, the system's temporary folder.",
)
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=FilePath),
    default=LATEST,
    help="Where the report is written. By default, latest.md beside this program.",
)
def main(sizes: list[int], runs: int | None, tools: list[str], work: FilePath, output: FilePath) -> None:
    """Build made-up collections with the casebook and its peers, and write down what it cost."""
    found = Findings(day=datetime.date.today(), machine=machine.describe(work))
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="benchmarks-", dir=work) as folder:
            try:
                _measure(found, FilePath(folder), size, tools, runs)
            except Failed as failure:
                raise click.ClickException(str(failure)) from None
    text = report(found)
    output.write_text(text, encoding="utf-8")
    click.echo(text)


def _measure(found: Findings, folder: FilePath, size: int, tools: list[str], runs: int | None) -> None:
    """Generate a collection of this size for each tool, and run all jobs, the tools in turn."""
    _log(f"{size:,} case studies:")
    jobs = _prepare(found, folder, size, tools)
    found.costs[size] = {(job.tool, job.what): [] for tool in tools for job in jobs[tool]}
    often = {tool: runs or _usual_runs(tool, size) for tool in tools}
    for number in range(max(often.values())):
        for tool in tools:
            for job in jobs[tool] if number < often[tool] else ():
                cost = run(job, number)
                _log(f"  run {number + 1}, {job.tool}, {job.what}: {cost.user:.2f} s of user CPU")
                found.costs[size][job.tool, job.what].append(cost)
    found.built[size] = {jobs[tool][0].tool: output_size(jobs[tool][0].root, size) for tool in tools}
    if US in tools:
        _log("  the largest pages")
        found.pages[size] = pages.measure(folder / US / OUTPUT)
        _log("  casebook serve")
        found.waits[size] = serving.measure(folder / US, runs or 5)


def _prepare(found: Findings, folder: FilePath, size: int, tools: list[str]) -> dict[str, list[Job]]:
    """Write the sources of every tool; return its jobs."""
    project.copy_project(folder / US)
    corpus.fill(folder / US, size)
    found.corpus[size] = corpus.averages(folder / US)
    catalogue = loading.load(folder / US, found.day)
    jobs = {US: list(project.jobs(folder / US))}
    for tool in (one for one in tools if one != US):
        PEERS[tool].write_sources(folder / tool, catalogue)
        jobs[tool] = list(PEERS[tool].jobs(folder / tool))
    return jobs


def _usual_runs(tool: str, size: int) -> int:
    if size < _MANY:
        return 5
    return 1 if tool in _SLOW else 3


def _log(text: str) -> None:
    click.echo(text, err=True)


if __name__ == "__main__":
    main(prog_name="python -m benchmarks")
