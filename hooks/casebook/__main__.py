"""The command line: check, new, build, serve, review. Exit 0 is clean, 1 problems found, 2 wrong use."""

import sys
from pathlib import Path as FilePath

import click

from casebook import (
    editorial,
    environment,
    reports,
    repository,
    review_words,
    scaffold,
    schema,
    site,
    trees,
)
from casebook.files import FOLDER
from casebook.loading import Examination, examine
from casebook.review import review


@click.group(help="The Localism Casebook: real case studies of localism in UK councils.")
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
    context.obj = root


@main.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, path_type=FilePath))
@click.option("--format", "style", type=click.Choice(list(reports.FORMATS)), default="text")
@click.option("--editorial", "is_editorial", is_flag=True, help="Advise on plain English, too.")
@click.pass_obj
def check(root: FilePath, files: tuple[FilePath, ...], style: str, is_editorial: bool) -> None:
    """Check every case study, or only the FILES named, and name every mistake."""
    found = _examine(root)
    if files:
        found = found.only({str(file.resolve().relative_to(root)) for file in files})
    click.echo(reports.FORMATS[style](found))
    for document in found.documents if is_editorial else ():
        for line in editorial.advice(document):
            click.echo(line, err=True)
    sys.exit(1 if found.problems else 0)


@main.command()
@click.argument("title")
@click.pass_obj
def new(root: FilePath, title: str) -> None:
    """Begin a new case study called TITLE, with help for every field."""
    law, problems = schema.load(root)
    slug = scaffold.slug(title)
    if not law:
        raise click.ClickException("\n".join(map(str, problems)))
    if not slug:
        raise click.UsageError("The title needs at least one letter or digit.")
    path = root / FOLDER / f"{slug}.md"
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(scaffold.new(law, title, environment.today()))
    except FileExistsError:
        raise click.ClickException(f"{FOLDER}/{slug}.md exists already; nothing was changed.") from None
    click.echo(f"Wrote {FOLDER}/{slug}.md. Fill it in, then run: casebook check {FOLDER}/{slug}.md")


@main.command()
@click.pass_obj
def build(root: FilePath) -> None:
    """Check everything, then build the site. If anything is wrong, the last good site stays."""
    found = _examine(root)
    if found.problems:
        click.echo(reports.as_text(found), err=True)
        sys.exit(1)
    if site.build(root) != 0:
        raise click.ClickException(f"The site was not built. The last good one is still in {site.SITE}/.")
    click.echo(f"Built {site.SITE}/ from {found.files} case studies.")


@main.command()
@click.option("--address", default="127.0.0.1:8000", show_default=True)
@click.pass_obj
def serve(root: FilePath, address: str) -> None:
    """Show the site in a browser, and again after every change."""
    sys.exit(site.serve(root, address))


@main.command("review")
@click.argument("base")
@click.argument("head", default="HEAD")
@click.option("--folders", "are_folders", is_flag=True, help="BASE and HEAD are folders, not revisions.")
@click.option("--format", "style", type=click.Choice(list(review_words.FORMATS)), default="markdown")
@click.pass_obj
def review_range(root: FilePath, base: str, head: str, are_folders: bool, style: str) -> None:
    """Tell what the pull request from BASE to HEAD means. Nothing that it holds is run."""
    try:
        sides = _folders(base, head) if are_folders else repository.two_sides(root, base, head)
        found = review(*sides, environment.today())
    except trees.NotReviewed as error:
        raise click.UsageError(str(error)) from None
    click.echo(review_words.FORMATS[style](found))
    sys.exit(0 if found.is_clean else 1)


def _folders(*names: str) -> tuple[trees.Tree, ...]:
    return tuple(trees.from_folder(FilePath(name).resolve()) for name in names)


def _examine(root: FilePath) -> Examination:
    return examine(root, environment.today(), lambda paths: environment.progress(paths, "Checking"))


if __name__ == "__main__":
    main(prog_name="casebook")
