"""Pages: each one's HTML by its Jinja2 template."""

from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path as FilePath
from typing import Any

from jinja2 import Environment
from jinja2.runtime import Macro
from markupsafe import Markup

from casebook import content, exports, model
from casebook.content import body_html, heading_id
from casebook.exports import Site, SiteFile, search_edition, stamped
from casebook.model import CaseStudy, Catalogue, format_date
from casebook.site import palette
from casebook.site import templates as templating
from casebook.site.handout import handout
from casebook.site.hex_map import council_map
from casebook.site.pages import Page

FIND_WHOLE = 200
"""As many case studies the find page holds all itself: they load at once on a telephone. Of more..."""
FIND_FIRST = 20
"""...only so many, as a search shows at once: the cards of others are fetched."""
FIND_GROUP = 5
"""How many cards stand in each file of further ones, which the find page fetches."""


def find_holds(catalogue: Catalogue) -> int:
    """Return how many case studies the find page holds itself."""
    number = len(catalogue.cases)
    return number if number <= FIND_WHOLE else FIND_FIRST


def load_templates(root: FilePath, site: Site) -> Environment:
    """Return the environment of our own templates, with all that they call. Raises TemplateFault."""
    environment = templating.environment(root)
    environment.filters |= {"in_words": format_date, "heading_id": heading_id}
    environment.globals |= {
        "content": content,
        "exports": exports,
        "model": model,
        "site": site,
        "council_map": council_map,
        "handout": handout,
        "find": {"holds": find_holds, "group": FIND_GROUP, "edition": search_edition},
        "palette": palette.pairs(root),
        "scales": {kind: palette.scale(root, kind) for kind in ("type", "space")},
        "once": cache(_called),
    }
    pieces = vars(environment.get_template("partials/macros.html").module)  # which every template knows
    environment.globals |= {name: piece for name, piece in pieces.items() if isinstance(piece, Macro)}
    return environment


def _called(macro: Macro, *arguments: Any) -> str:
    """What a macro makes of these arguments. Kept: most cards stand on some ten pages."""
    return macro(*arguments)


def render_page(
    page: Page, catalogue: Catalogue, environment: Environment, introduction: str = "", file: str = ""
) -> str:
    """Return the HTML of the page's main part.

    `introduction` is HTML that a maintainer wrote for the same address under docs/; it stands at the top.
    `file` is what somebody who wants to change its text would edit, if there is such a file.
    """
    main = environment.get_template(page.template).render(
        page=page,
        up=page.up,
        subject=page.subject,
        catalogue=catalogue,
        introduction=Markup(introduction),
        body=_body(page.subject) if isinstance(page.subject, CaseStudy) else Markup(),
    )
    site = environment.globals["site"]
    assert isinstance(site, Site)  # as load_templates has put it there
    facet = page.path.partition("/")[0]
    return main + environment.get_template("partials/improve.html").render(
        edit_url=f"{site.edit_url}{file}" if file else "",
        list_url=f"{site.edit_url}schema/{facet}.yml" if facet in model.FACETS else "",
    )


def render_head(page: Page, catalogue: Catalogue, environment: Environment) -> str:
    """Return what the page adds to its head: its feed, its citation, and what it is about, for programs."""
    return environment.get_template("head.html").render(
        page=page, up=page.up, subject=page.subject, catalogue=catalogue
    )


def cards(catalogue: Catalogue, environment: Environment) -> Iterator[SiteFile]:
    """Yield the files of the cards that the find page doesn't hold itself, and of what all cases tell."""
    yield from _in_groups("cards", find_holds(catalogue), catalogue, environment)
    yield from _in_groups("told", 0, catalogue, environment)


def _in_groups(name: str, start: int, catalogue: Catalogue, environment: Environment) -> Iterator[SiteFile]:
    template = environment.get_template(f"{name}.html")
    stamp = search_edition(catalogue)
    for first in range(start, len(catalogue.cases), FIND_GROUP):
        group = catalogue.cases[first : first + FIND_GROUP]
        html = template.render(cases=group, up="../")
        yield stamped(f"find/{name}/{first // FIND_GROUP}.json", stamp, {"html": html})


@lru_cache(maxsize=1)
def _body(case: CaseStudy) -> Markup:
    """The body as HTML, cleaned by nh3, for its page; the handout, which is made next, quotes it."""
    numbers = {source.id: source.number for source in case.sources}
    return Markup(body_html(case.body, numbers, up="../" * case.path.count("/")))
