"""An edition of the casebook: everything that the site publishes of one catalogue, made file after file."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path as FilePath
from typing import Any

from markupsafe import escape

from casebook.content import read_bytes
from casebook.environment import Track
from casebook.exports import Group, SiteFile, groups, linked, plain_copy, text_file
from casebook.model import CaseStudy, Catalogue
from casebook.site import rendering
from casebook.site import templates as templating
from casebook.site.frame import Shell
from casebook.site.pages import Page, pages
from casebook.site.site_index import site_index


@dataclass(frozen=True)
class Edition:
    root: FilePath
    catalogue: Catalogue
    shell: Shell
    templates: Any
    """Jinja2's environment of `load_templates`, for the site of the shell."""

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        return tuple(pages(self.root, self.catalogue))

    @cached_property
    def sources(self) -> dict[str, str]:
        """Every page's path, with the file of the repository that makes it, if there is one."""
        written = {path: page.file for path, page in self.shell.written.items()}
        rendered = {page.path: page.file or written.get(page.path, "") for page in self.pages}
        return rendered | dict(self.shell.others)

    def page(self, page: Page) -> SiteFile:
        """Render one page and put it into its frame."""
        site, written = self.shell.site, self.shell.written.get(page.path)
        html = self.shell.frames[page.path.count("/")].filled(
            title=escape(page.title),
            description=escape(page.description),
            kind="article" if isinstance(page.subject, CaseStudy) else "website",
            canonical=f"{site.url}{page.path}",
            head=rendering.render_head(page, self.catalogue, self.templates),
            content=rendering.render_page(
                page,
                self.catalogue,
                self.templates,
                introduction=written.html if written else "",
                file=self.sources[page.path],
            ),
        )
        return SiteFile(path=_file(page), text=html)

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """Everything else."""
        return (
            *groups(self.catalogue, self.shell.site),
            Group(r"find/(cards|told)/.*", lambda: rendering.cards(self.catalogue, self.templates)),
            Group(
                r"find/site\.json", lambda: [site_index(self.root, self.catalogue, self.pages, self.shell)]
            ),
            Group(r"case-studies/[^/]*\.md", self._plain_copies),
            Group(r"sitemap\.xml", self._sitemap),
        )

    @cached_property
    def _pages(self) -> dict[str, Page]:
        return {_file(page): page for page in self.pages}

    def file(self, path: str) -> SiteFile | None:
        """Make the one file with that path: None if the edition has none. A group's files are kept."""
        page = self._pages.get(path)
        if page:
            return self.page(page)
        group = next((group for group in self.groups if group.holds(path)), None)
        return group.by_path.get(path) if group else None

    def write(self, folder: FilePath, track: Track) -> None:
        """Write it all into the folder. Raises TemplateFault."""
        with templating.faults_named(self.root):
            with track(self.pages) as pages:
                for page in pages:
                    _write(folder, self.page(page))
            for group in self.groups:
                for file in group.make():
                    _write(folder, file)

    def _plain_copies(self) -> Iterator[SiteFile]:
        for case in self.catalogue.cases:
            yield SiteFile(path=plain_copy(case), data=read_bytes(self.root / case.file))

    def _sitemap(self) -> Iterator[SiteFile]:
        if not self.shell.site.url:
            return
        pages = {page.path: page.changed for page in self.pages if page.is_indexed}
        listed = dict.fromkeys(self.shell.others) | pages
        addresses = {f"{self.shell.site.url}{path}": day for path, day in listed.items()}
        yield text_file("sitemap.xml", pages=sorted(addresses.items()))


def make_edition(root: FilePath, catalogue: Catalogue, shell: Shell) -> Edition:
    """Return the edition, with its templates read. Raises TemplateFault."""
    with templating.faults_named(root):
        return Edition(root, catalogue, shell, rendering.load_templates(root, shell.site))


def made(root: FilePath, catalogue: Catalogue) -> dict[str, str]:
    """Return what hand-written pages may link to: where it will be, by its name as if it lay under docs/.

    Raises PageFault.
    """
    rendered = {_source(page): _file(page) for page in pages(root, catalogue)}
    return rendered | {path: path for path in linked(catalogue)}


def _file(page: Page) -> str:
    return f"{page.path}index.html"


def _source(page: Page) -> str:
    """The name of the Markdown file that would make this address."""
    is_list = page.path.count("/") <= 1
    return f"{page.path}index.md" if is_list else f"{page.path.rstrip('/')}.md"


def _write(folder: FilePath, made: SiteFile) -> None:
    target = f"{folder}/{made.path}"  # text, since this is done for every file
    try:
        file = open(target, "wb")  # noqa: SIM115
    except FileNotFoundError:
        os.makedirs(os.path.dirname(target))
        file = open(target, "wb")  # noqa: SIM115
    with file:
        file.writelines(made.pieces() if made.pieces else [made.contents])
