"""The command line: check, new, update, apply, review, rename, stale, links, build, serve.

Exit codes: 0 for success, 1 if problems were found, 2 for wrong usage.
"""

import contextlib
import gc
import shlex
import sys
from collections.abc import Callable, Collection
from dataclasses import replace
from itertools import chain
from pathlib import Path as FilePath
from typing import Any

import click

from casebook import environment
from casebook.content import CASE_STUDIES, FILE_NAME, Refused, file_name, system_fault
from casebook.model import STALE_FORMATS, Catalogue
from casebook.validation import (
    REPORT_FORMATS,
    SCHEMA,
    CatalogueError,
    Examination,
    examine,
    load,
    report_as_text,
    summary_line,
    with_advice,
)

# What a single command needs is imported in it: importing everything takes longer than checking one file.


class _Commands(click.Group):
    def main(self, *arguments: Any, **options: Any) -> Any:
        """Report in words, without a traceback, what the system or a file is to blame for."""
        for stream in filter(None, (sys.stdin, sys.stdout, sys.stderr)):
            stream.reconfigure(errors="backslashreplace")  # what an encoding has not is no fault of ours
        try:
            return super().main(*arguments, **options)
        except (OSError, Refused) as error:
            click.ClickException(system_fault(error)).show()
            sys.exit(1)


@click.group(cls=_Commands, help="The Localism Casebook: real case studies of localism in UK councils.")
@click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, resolve_path=True, path_type=FilePath),
    default=".",
    help="The project's folder, which holds mkdocs.yml. By default, the current one.",
)
@click.pass_context
def main(context: click.Context, root: FilePath) -> None:
    if not (root / "mkdocs.yml").is_file():
        raise click.UsageError(f"There is no mkdocs.yml in {root}. Is this the project's folder?")
    gc.set_threshold(10_000)  # most of what is read is kept: Python need not look through it after each 700
    environment.today()  # each command ends alike where SOURCE_DATE_EPOCH is no time
    context.obj = root


@main.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, path_type=FilePath))
@click.option("--format", "style", type=click.Choice(list(REPORT_FORMATS)), default="text")
@click.option("--editorial", "is_editorial", is_flag=True, help="Advise on plain English, too.")
@click.option("--fix-ids", "fixes_ids", is_flag=True, help="First write an id to each claim that has none.")
@click.pass_obj
def check(
    root: FilePath, files: tuple[FilePath, ...], style: str, is_editorial: bool, fixes_ids: bool
) -> None:
    """Check every case study, or only the FILES named, and name every mistake."""
    found = _examine(root, _names(root, files))
    if fixes_ids:
        _fix_ids(root, found)
        found = _examine(root, _names(root, files))
    click.echo(REPORT_FORMATS[style](with_advice(found, environment.today())))
    if is_editorial:
        from casebook.validation import editorial

        for line in chain.from_iterable(map(editorial, found.documents)):
            click.echo(line, err=True)
    sys.exit(1 if found.problems else 0)


def _fix_ids(root: FilePath, found: Examination) -> None:
    from casebook.authoring import fix_ids

    if not found.schema:
        return

    for document in found.documents:
        fixed = fix_ids(root, found.schema, root / document.file)
        if fixed:
            click.echo(f"{document.file}: {fixed} {'id' if fixed == 1 else 'ids'} written.")


def _names(root: FilePath, paths: Collection[FilePath]) -> set[str]:
    """Return file names as in problems; the empty set, meaning all, if a path is the folder of all."""
    # A link is not followed: it is a problem itself.
    within = [path.parent.resolve() / path.name for path in paths]
    if any((root / CASE_STUDIES).is_relative_to(path) for path in within):
        return set()
    return {_name(root, path) for path in within}


def _name(root: FilePath, path: FilePath) -> str:
    """Return the name of a case study, a vocabulary, or the entry of `case_studies/` around the path."""
    if path.is_relative_to(root / CASE_STUDIES):
        return file_name(root, root / CASE_STUDIES / path.relative_to(root / CASE_STUDIES).parts[0])
    if path.parent != root / SCHEMA or path.is_dir():
        mend = f" Copy it in first: casebook new --from {shlex.quote(str(path))}"
        raise click.UsageError(f"{path} is not a case study of {root}.{mend * (path.suffix == '.md')}")
    return file_name(root, path)


@main.command()
@click.argument("title", required=False)
@click.option(
    "--from",
    "draft",
    type=click.Path(exists=True, dir_okay=False, path_type=FilePath),
    help="Take over a draft of the site's form (.json), a case study (.md) or a text (.txt).",
)
@click.option(
    "--council", "councils", multiple=True, metavar="ID", help="One of its councils; once for each."
)
@click.option("--theme", "themes", multiple=True, metavar="ID", help="One of its themes; once for each.")
@click.option(
    "--question", "questions", multiple=True, metavar="ID", help="One of its questions; once for each."
)
@click.option("--pledge", "pledges", multiple=True, metavar="ID", help="One of its pledges; once for each.")
@click.option("--power", "powers", multiple=True, metavar="ID", help="One of its powers; once for each.")
@click.option("--status", metavar="ID", help="How it stands.")
@click.pass_obj
def new(root: FilePath, /, title: str | None, draft: FilePath | None, **given: Any) -> None:
    """Begin a new case study called TITLE, with help for every field. Without TITLE, be asked for it all."""
    given = {field: value for field, value in given.items() if value}
    if draft and (title or given):
        raise click.UsageError("--from brings everything with it: leave out TITLE and the other options.")
    if not (draft or title) and (given or not environment.is_interactive()):
        raise click.UsageError("Missing argument 'TITLE'.")
    from casebook.authoring import from_answers, from_draft, from_title

    found, today = _examine(root), environment.today()
    if not found.schema:
        raise click.ClickException(report_as_text(found))
    if draft:
        file = from_draft(root, found.schema, draft)
    elif title:
        file = from_title(root, found, title, given, today)
    else:
        file = from_answers(root, found, today)
    if title:
        click.echo(f"Wrote {file}. Fill it in, then run: casebook check {file}")
        return
    is_right = _told(root, file)
    sys.exit(0 if is_right or not draft else 1)


@main.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=FilePath))
@click.pass_obj
def apply(root: FilePath, file: FilePath) -> None:
    """Write the addition in FILE, which the site's form made, into its case study, if that passes `check`."""
    from casebook.authoring import apply as apply_addition

    _add(root, lambda found: apply_addition(root, found, file, environment.today()))


@main.command()
@click.argument("slug")
@click.pass_obj
def update(root: FilePath, slug: str) -> None:
    """Be asked for what is new in the case study SLUG: an update, an answer, the day of a check."""
    from casebook.authoring import from_update

    if not environment.is_interactive():
        raise click.UsageError("This asks questions at a terminal. Elsewhere, use `casebook apply FILE`.")
    _add(root, lambda found: from_update(root, found, slug, environment.today()))


def _add(root: FilePath, addition: Callable[[Examination], str]) -> None:
    """Call what writes into a case study and returns its file, and tell what `check` says of that."""
    from casebook.authoring import NotApplied

    found = _examine(root)
    if not found.schema:
        raise click.ClickException(report_as_text(found))
    try:
        file = addition(found)
    except NotApplied as error:
        raise click.ClickException("\n".join(["Nothing was written.", *map(str, error.args)])) from None
    sys.exit(0 if _told(root, file) else 1)


def _told(root: FilePath, file: str) -> bool:
    """Tell what `check` says of a file that was written; return whether that is nothing."""
    left = _examine(root, {file})
    click.echo(f"Wrote {file}. What `casebook check` says of it:\n{report_as_text(left)}")
    return not left.problems


@main.command()
@click.option("--format", "style", type=click.Choice(list(STALE_FORMATS)), default="text")
@click.pass_obj
def stale(root: FilePath, style: str) -> None:
    """List the case studies whose facts need checking, the oldest first."""
    click.echo(STALE_FORMATS[style](_load(root)))


@main.command()
@click.pass_obj
def build(root: FilePath) -> None:
    """Check everything, then build the site. If anything is wrong, the last good site stays."""
    from casebook.site import SITE, NotBuilt, build_site

    try:
        built = build_site(root, lambda: _load(root), environment.rendering)
    except NotBuilt as error:
        kept = f" The last good one is still in {SITE}/." if (root / SITE).is_dir() else ""
        raise click.ClickException(f"{error}\nThe site was not built.{kept}") from None
    if built.is_new:
        click.echo(f"Built {SITE}/ from {built.cases} case studies.")
    else:
        click.echo(f"Nothing has changed since {SITE}/ was built from {built.cases} case studies.")


@main.command()
@click.option("--address", default="127.0.0.1:8000", show_default=True, metavar="HOST:PORT")
@click.pass_obj
def serve(root: FilePath, address: str) -> None:
    """Show the site in a browser, and again after every change."""
    from casebook.server import NotServed, serve_site

    host, _, port = address.rpartition(":")
    if not host or not port.isdecimal():
        raise click.UsageError(f'"{address}" is no address. Write it like 127.0.0.1:8000.')

    def echo(line: str) -> None:
        with contextlib.suppress(OSError):  # the terminal may be closed while browsers are still served
            click.echo(line)

    try:
        serve_site(root, host, int(port), echo)
    except NotServed as error:
        raise click.ClickException(str(error)) from None


@main.command(name="links")
@click.option("--format", "style", type=click.Choice([*REPORT_FORMATS, "markdown"]), default="text")
@click.pass_obj
def check_links(root: FilePath, style: str) -> None:
    """Ask every source's address whether it still leads to its page. Takes some minutes."""
    from casebook.maintenance import (
        RequestPolicy,
        addresses,
        by_host,
        fetch,
        hosts_not_checked,
        link_problems,
        links_as_markdown,
    )

    found = _examine(root)
    hosts, faults = hosts_not_checked(root)
    if faults:
        raise click.UsageError("\n".join(map(str, faults)))
    groups = by_host(addresses(found.documents, hosts))
    with environment.tracked(fetch(groups, RequestPolicy()), "Asking hosts", len(groups)) as fetched:
        replies = {url: reply for replies in fetched for url, reply in replies.items()}
    found = replace(found, problems=tuple(link_problems(found.documents, replies)))
    if style == "markdown":
        click.echo(links_as_markdown(found.problems, summary_line(found)))
    else:
        click.echo(REPORT_FORMATS[style](found))
    sys.exit(1 if found.problems else 0)


@main.command()
@click.argument("kind", type=click.Choice(["theme", "slug", "source"]))
@click.argument("old")
@click.argument("new")
@click.pass_obj
def rename(root: FilePath, kind: str, old: str, new: str) -> None:
    """Rename a theme, a case study (by its slug) or a source (as SLUG/SOURCE) in every file that says it."""
    from casebook.maintenance import RENAMERS, NotRenamed

    for name in (old.partition("/")[0], new):
        if not FILE_NAME.fullmatch(f"{name}.md"):
            raise click.UsageError(f"{name} is not lower-case words and hyphens.")
    try:
        changed = RENAMERS[kind](root, old, new)
    except NotRenamed as error:
        raise click.UsageError(str(error)) from None
    click.echo("\n".join([*changed, report_as_text(_examine(root))]))


@main.command("review")
@click.argument("base")
@click.argument("head", default="HEAD")
@click.option("--format", "style", type=click.Choice(["markdown", "json"]), default="markdown")
@click.pass_obj
def review_range(root: FilePath, base: str, head: str, style: str) -> None:
    """Tell what the pull request from BASE to HEAD means. Nothing that it holds is run."""
    from casebook.maintenance import REVIEW_FORMATS, NotReviewed, from_git, review_contribution

    try:
        found = review_contribution(*from_git(root, base, head), environment.today())
    except NotReviewed as error:
        raise click.UsageError(str(error)) from None
    click.echo(REVIEW_FORMATS[style](found))
    sys.exit(0 if found.is_clean else 1)


def _examine(root: FilePath, names: Collection[str] = ()) -> Examination:
    return examine(root, environment.today(), environment.checking, names=names)


def _load(root: FilePath) -> Catalogue:
    """Load the catalogue, or else print every problem and exit with 1."""
    try:
        return load(root, environment.today(), environment.checking)
    except CatalogueError as error:
        click.echo(report_as_text(error.examination), err=True)
        sys.exit(1)


if __name__ == "__main__":
    main(prog_name="casebook")
