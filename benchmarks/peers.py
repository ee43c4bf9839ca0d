"""The sites of the peers: each generator's sources for the same pages, and its build command."""

import json
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path as FilePath

from benchmarks import sources
from benchmarks.measure import Job, cold
from casebook.content import files
from casebook.model.catalogue import Catalogue
from casebook.model.models import CaseStudy, Term

HERE = FilePath(__file__).parent
NODE_MODULES = HERE / "npm" / "node_modules"
FEW = "attr_list def_list footnotes tables toc".split()
USUAL = (
    FEW
    + (
        "abbr admonition md_in_html pymdownx.betterem pymdownx.caret pymdownx.details pymdownx.emoji "
        "pymdownx.highlight pymdownx.inlinehilite pymdownx.keys pymdownx.magiclink pymdownx.mark "
        "pymdownx.smartsymbols pymdownx.superfences pymdownx.tabbed pymdownx.tasklist pymdownx.tilde"
    ).split()
)
"""The Markdown extensions that Material's guide recommends, without those for mathematics and snippets."""


@dataclass(frozen=True)
class Peer:
    """A static site generator in one configuration."""

    title: str
    write_sources: Callable[[FilePath, Catalogue], None]
    """Writes its site's sources into a folder that does not exist yet."""
    command: Sequence[str]
    also: Sequence[FilePath] = ()
    """What its command calls."""

    @property
    def is_installed(self) -> bool:
        return shutil.which(self.command[0]) is not None and all(file.exists() for file in self.also)

    def jobs(self, root: FilePath) -> Iterator[Job]:
        """Yield the jobs to measure."""
        yield Job(tool=self.title, what="cold build", root=root, command=self.command, prepare=cold(root))


def hugo() -> str:
    """Return the path of Hugo's own binary, without its Python launcher; empty if it is not installed."""
    found = (HERE / ".venv").glob("lib/python*/site-packages/hugo/binaries/hugo")
    return str(next(found, ""))


def _hugo(root: FilePath, catalogue: Catalogue) -> None:
    shutil.copytree(HERE / "sites" / "hugo", root)
    for term in _terms(catalogue):
        folder = root / "content" / term.path
        folder.mkdir(parents=True)
        (folder / "_index.md").write_text(sources.in_json(sources.term(term)), encoding="utf-8")
    for facet, title in (*sources.FACETS.items(), ("case-studies", "All case studies")):
        (root / "content" / facet).mkdir(exist_ok=True)
        index = root / "content" / facet / "_index.md"
        index.write_text(sources.in_json({"title": title}), encoding="utf-8")
    for case in catalogue.cases:
        _write_case(root / "content", case, sources.page(case, sources.in_json))


def _pipeline(root: FilePath, catalogue: Catalogue) -> None:
    """Beside Hugo's sources, the case studies as contributed, of the casebook that lies beside it."""
    _hugo(root, catalogue)
    shutil.copytree(root.with_name("us") / files.CASE_STUDIES, root / "checked")
    (root / "schema.json").write_text(json.dumps(catalogue.published_schema), encoding="utf-8")


def _eleventy(root: FilePath, catalogue: Catalogue) -> None:
    shutil.copytree(HERE / "sites" / "eleventy", root)
    (root / "node_modules").symlink_to(NODE_MODULES)
    (root / "_data").mkdir()
    terms = [sources.term(term) for term in _terms(catalogue)]
    facets = [{"id": id, "title": title} for id, title in sources.FACETS.items()]
    (root / "_data" / "terms.json").write_text(json.dumps(terms), encoding="utf-8")
    (root / "_data" / "facets.json").write_text(json.dumps(facets), encoding="utf-8")
    for case in catalogue.cases:
        _write_case(root, case, sources.page(case, sources.in_fenced_json))


def _mkdocs(extensions: Sequence[str]) -> Callable[[FilePath, Catalogue], None]:
    def write_sources(root: FilePath, catalogue: Catalogue) -> None:
        shutil.copytree(HERE / "sites" / "stock", root)
        with (root / "mkdocs.yml").open("a", encoding="utf-8") as file:
            file.write(f"markdown_extensions: {json.dumps(extensions)}\n")
        for case in catalogue.cases:
            tags = [sources.term(term)["title"] for term in case.terms.values()]
            text = sources.page(case, sources.in_yaml, template="case.html", tags=tags)
            _write_case(root / "docs", case, text)

    return write_sources


def _write_case(root: FilePath, case: CaseStudy, text: str) -> None:
    file = root / case.facet / f"{case.slug}.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def _terms(catalogue: Catalogue) -> Iterator[Term]:
    for facet in sources.FACETS:
        terms: tuple[Term, ...] = getattr(catalogue, facet)
        yield from (term for term in terms if catalogue.about(term))


_MKDOCS = (sys.executable, "-m", "mkdocs", "build", "--quiet")
PEERS = {
    "pipeline": Peer(
        "Hugo + ajv + Pagefind, in turn",
        _pipeline,
        (str(HERE / "pipeline.sh"), hugo(), str(NODE_MODULES)),
        also=(FilePath(hugo() or "none"), NODE_MODULES / "ajv", NODE_MODULES / "pagefind"),
    ),
    "hugo": Peer("Hugo", _hugo, (hugo(), "--quiet")),
    "eleventy": Peer("Eleventy", _eleventy, (str(NODE_MODULES / ".bin" / "eleventy"), "--quiet")),
    "stock": Peer(f"MkDocs + Material, {len(USUAL)} extensions", _mkdocs(USUAL), _MKDOCS),
    "few": Peer(f"MkDocs + Material, {len(FEW)} extensions", _mkdocs(FEW), _MKDOCS),
}
"""By name on the command line."""
