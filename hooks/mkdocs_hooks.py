"""Where MkDocs meets the casebook: each event hands over one thing, and decides nothing.

The only importer of mkdocs. MkDocs keeps this module alive between the builds of `mkdocs serve`,
so nothing is kept here: the config, fresh for each build, carries it all.
"""

from pathlib import Path

from markupsafe import escape
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, InclusionLevel

from casebook import environment, loading, policy, reports
from casebook.exports import exports
from casebook.pages import cards, draw, pages, templates


def on_config(config):
    """Load the catalogue and list its pages; stop if anything is wrong."""
    root = Path(config.config_file_path).parent
    try:
        config.extra["catalogue"] = loading.load(root, environment.today())
    except loading.CatalogueError as error:
        raise PluginError(reports.as_text(error.examination)) from error
    config.extra["pages"] = {_source(page): page for page in pages(config.extra["catalogue"])}
    config.extra["templates"] = templates(root, config.repo_url)
    config.extra["policy"] = policy.POLICY
    config.extra["drawn"] = environment.counter(len(config.extra["pages"]), "Drawing")
    return config


def on_files(files, *, config):
    """Add a page for everything in the catalogue, and the data files."""
    for source, page in config.extra["pages"].items():
        if not files.get_file_from_path(source):
            file = File.generated(config, source, content="", inclusion=InclusionLevel.NOT_IN_NAV)
            file.edit_uri = f"../{page.file}" if page.file else None
            files.append(file)
    catalogue = config.extra["catalogue"]
    for made in (*exports(catalogue), *cards(catalogue, config.extra["templates"])):
        files.append(File.generated(config, made.path, content=made.text))
    return files


def on_page_markdown(markdown, *, page, config, files):
    """Name the page. MkDocs and the theme do not escape, so it is done here, once."""
    drawn = config.extra["pages"].get(page.file.src_uri)
    if drawn:
        page.meta = {"title": escape(drawn.title), "description": escape(drawn.description)}


def on_page_content(html, *, page, config, files):
    """Draw the page, with what a maintainer wrote for it as its introduction."""
    drawn = config.extra["pages"].get(page.file.src_uri)
    if not drawn:
        return html
    config.extra["drawn"]()
    return draw(drawn, config.extra["catalogue"], config.extra["templates"], introduction=html)


def on_post_page(output, *, page, config):
    """Stop if a page holds what its own policy forbids."""
    for tag in policy.forbidden(output):
        raise PluginError(f"{page.file.src_uri}: the content security policy forbids {tag}")
    return output


def _source(page):
    """The name of the Markdown file that would make this address."""
    is_list = page.path.count("/") <= 1
    return f"{page.path}index.md" if is_list else f"{page.path.rstrip('/')}.md"
