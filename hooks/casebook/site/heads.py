"""What a page's head says of the page to programs: its feed, its citation, and what it is about."""

from typing import Any

from casebook.exports import Site
from casebook.model import CaseStudy, Catalogue
from casebook.site import linked_data
from casebook.site.pages import Page


def head(page: Page, catalogue: Catalogue, environment: Any, site: Site) -> str:
    """Return the elements that the page adds to its head, as HTML."""
    return environment.get_template("head.html").render(
        page=page,
        up=page.up,
        subject=page.subject,
        catalogue=catalogue,
        linked_data=_linked_data(page, site),
    )


def _linked_data(page: Page, site: Site) -> linked_data.Node | None:
    """Without the site's address, the addresses in it are relative to the page."""
    base = site.url or page.up or "./"
    if isinstance(page.subject, CaseStudy):
        return linked_data.case_study(page.subject, site, base)
    described = {"": linked_data.website, "data/": linked_data.dataset}.get(page.path)
    return described(site, base) if described else None
