"""The hooks by which MkDocs calls the casebook: each handler delegates, and holds no logic of its own.

The only module that imports mkdocs. It stays loaded between the builds of `mkdocs serve`, so all state is in
the config, which is new for each build.

`casebook build` has loaded the catalogue before it runs MkDocs, and needs from it only the shell and the
hand-written pages. `mkdocs build` generates the whole site here; what only that needs is imported inside the
functions, since the imports take a fifth of MkDocs' time.
"""

from dataclasses import asdict
from pathlib import Path
from urllib.parse import urljoin

from jinja2 import Environment
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from casebook import environment
from casebook.exports.publication import Site
from casebook.site import csp, fingerprint, frame, templates

_MAX_DEPTH = 4
"""Folders that a page's address has at most: questions/risk/libraries/2/."""


class GeneratedFile(File):
    """A file that the casebook generates: links may lead to it, and MkDocs does not write it."""

    def is_documentation_page(self) -> bool:
        return False

    def copy_file(self, dirty: bool = False) -> None:
        pass


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Load the paths that will be generated; stop the build if the catalogue has problems."""
    order = environment.order()
    config.extra["generated"] = frame.saved(order) if order else _generated(config)
    config.extra["written"] = {}
    config.extra["policy"] = csp.POLICY
    return config


def _generated(config: MkDocsConfig) -> dict[str, str]:
    from casebook.site.edition import made
    from casebook.validation import loading, reports

    try:
        config.extra["catalogue"] = loading.load(_root(config), environment.today())
    except loading.CatalogueError as error:
        raise PluginError(reports.report_as_text(error.examination)) from error
    return made(_root(config), config.extra["catalogue"])


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Let hand-written pages link to generated files, and publish scripts and styles."""
    code = fingerprint.code_files(_root(config))
    config.extra["code"] = folder = fingerprint.code_folder(code)
    for name, data in code.items():
        files.append(File.generated(config, f"{folder}{name}", content=data))
    for source, path in config.extra["generated"].items():
        if not files.get_file_from_path(source):
            file = GeneratedFile.generated(config, source, content="", inclusion=InclusionLevel.NOT_IN_NAV)
            file.dest_uri = path
            files.append(file)
    return files


def on_page_content(html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Store what a maintainer wrote for a generated page: it becomes the page's introduction."""
    if page.file.src_uri in config.extra["generated"]:
        config.extra["written"][_path(page.file)] = frame.Written(html, _name(page.file))
        page.meta.pop("template", None)  # the casebook renders it, not MkDocs
    return frame.with_anchors(html)


def on_env(env: Environment, *, config: MkDocsConfig, files: Files) -> None:
    """Render the frame once for each depth of URL."""
    env.bytecode_cache = templates.compiled()
    config.theme.static_templates.discard("sitemap.xml")  # it would date every page today
    others = (file for file in files.documentation_pages() if file.src_uri not in config.extra["generated"])
    with templates.faults_named(_root(config)):
        frames = tuple(_frame(depth, env, config, files) for depth in range(_MAX_DEPTH + 1))
    config.extra["shell"] = frame.Shell(
        site=_site(config),
        frames=frames,
        written=config.extra["written"],
        others={_path(file): _name(file) for file in others},
    )


def on_post_build(config: MkDocsConfig) -> None:
    """Save the shell for `casebook build`, or else generate the rest of the site."""
    order = environment.order()
    if order:
        frame.save(asdict(config.extra["shell"]), order)
        return
    from casebook.site import builder
    from casebook.site.edition import make_edition

    edition = make_edition(_root(config), config.extra["catalogue"], config.extra["shell"])
    builder.complete(edition, Path(config.site_dir), environment.rendering)


def on_build_error(error: Exception) -> None:
    """Explain an error that a maintainer can fix. For others, bugs of ours, MkDocs prints the traceback."""
    fault = templates.explain(error, Path(__file__).parent.parent)
    if fault:
        raise PluginError(fault) from error


def _frame(depth: int, env: Environment, config: MkDocsConfig, files: Files) -> frame.Frame:
    """Render the frame of a page of that depth, whose slots hold placeholders."""
    file = File.generated(config, f"{'-/' * depth}index.md", content="")
    page = Page(None, file, config)
    page.meta = {slot: frame.mark(slot) for slot in frame.SLOTS}
    page.content = frame.mark("content")
    page.canonical_url = config.site_url and frame.mark("canonical")
    context = get_context(Navigation([], []), files, config, page)
    return frame.Frame.cut(env.get_template("main.html").render(context))


def _site(config: MkDocsConfig) -> Site:
    if not (config.repo_url and config.site_description):
        raise PluginError("mkdocs.yml needs a repo_url and a site_description.")
    repository = config.repo_url.rstrip("/")
    return Site(
        name=config.site_name,
        description=config.site_description,
        url=config.site_url or "",
        repository=repository,
        contact=config.extra.get("contact") or "",
        edit_url=urljoin(f"{repository}/", config.edit_uri).removesuffix("docs/"),
        commit=environment.commit(),
        code=config.extra["code"],
    )


def _root(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path).parent


def _path(file: File) -> str:
    """A page's address from the site's root; empty for the home page."""
    return file.dest_uri.removesuffix("index.html")


def _name(file: File) -> str:
    return f"docs/{file.src_uri}"
