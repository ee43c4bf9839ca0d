"""An edition of the casebook: everything that the site publishes of one catalogue, made file after file."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path as FilePath
from typing import Any

from markupsafe import escape

from casebook import drawing, robots
from casebook.catalogue import Catalogue
from casebook.exports import exports, linked
from casebook.heads import head
from casebook.models import CaseStudy
from casebook.pages import Page, pages
from casebook.publication import SiteFile, plain_copy
from casebook.shell import Shell


@dataclass(frozen=True)
class Edition:
    root: FilePath
    catalogue: Catalogue
    shell: Shell

    @cached_property
    def _templates(self) -> Any:
        return drawing.templates(self.root, self.shell.site)

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """Every page that is made from the catalogue."""
        return tuple(pages(self.catalogue))

    @cached_property
    def sources(self) -> dict[str, str]:
        """Every page's path, with the file of the repository that makes it, if there is one."""
        written = {path: one.file for path, one in self.shell.written.items()}
        drawn = {page.path: page.file or written.get(page.path, "") for page in self.pages}
        return drawn | dict(self.shell.others)

    def page(self, page: Page) -> SiteFile:
        """Draw one page and put it into its frame."""
        site, written = self.shell.site, self.shell.written.get(page.path)
        html = self.shell.frames[page.path.count("/")].filled(
            title=escape(page.title),
            description=escape(page.description),
            kind="article" if isinstance(page.subject, CaseStudy) else "website",
            canonical=f"{site.url}{page.path}",
            head=head(page, self.catalogue, self._templates, site),
            content=drawing.draw(
                page,
                self.catalogue,
                self._templates,
                introduction=written.html if written else "",
                file=self.sources[page.path],
            ),
        )
        return SiteFile(path=f"{page.path}index.html", text=html)

    def files(self) -> Iterator[SiteFile]:
        """Yield everything else."""
        yield from exports(self.catalogue, self.shell.site)
        yield from drawing.cards(self.catalogue, self._templates)
        for case in self.catalogue.cases:
            yield SiteFile(path=plain_copy(case), data=(self.root / case.file).read_bytes())
        if self.shell.site.url:
            yield self._sitemap()

    def write(self, folder: FilePath, step: Callable[[], None]) -> None:
        """Write it all into the folder. `step` is called after each page. Raises TemplateFault."""
        with drawing.faults_named(self.root):
            for page in self.pages:
                _write(folder, self.page(page))
                step()
            for file in self.files():
                _write(folder, file)

    def _sitemap(self) -> SiteFile:
        listed = dict.fromkeys(self.shell.others) | {page.path: page.changed for page in self.pages}
        return robots.sitemap({f"{self.shell.site.url}{path}": day for path, day in listed.items()})


def made(catalogue: Catalogue) -> dict[str, str]:
    """Return what hand-written pages may link to: where it will be, by its name as if it lay under docs/."""
    drawn = {_source(page): f"{page.path}index.html" for page in pages(catalogue)}
    return drawn | {path: path for path in linked(catalogue)}


def _source(page: Page) -> str:
    """The name of the Markdown file that would make this address."""
    is_list = page.path.count("/") <= 1
    return f"{page.path}index.md" if is_list else f"{page.path.rstrip('/')}.md"


def _write(folder: FilePath, made: SiteFile) -> None:
    target = f"{folder}/{made.path}"  # paths as objects would take as long as the writing
    try:
        file = open(target, "wb")  # noqa: SIM115
    except FileNotFoundError:
        os.makedirs(os.path.dirname(target))
        file = open(target, "wb")  # noqa: SIM115
    with file:
        file.write(made.contents)
