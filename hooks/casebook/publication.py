"""Where the casebook is published, and the addresses that follow from it."""

from dataclasses import dataclass

from casebook.models import CaseStudy


@dataclass(frozen=True, kw_only=True)
class Site:
    """What is known of the place of publication when the site is built."""

    name: str
    description: str
    url: str = ""
    """Ends in a slash. Empty if nobody knows: links are then relative."""
    repository: str
    commit: str = ""
    """The commit that is built, if it is known."""


def version(case: CaseStudy, site: Site) -> str:
    """The permanent address of the case study's file at the commit that is built; empty if not known."""
    return f"{site.repository}/blob/{site.commit}/{case.file}" if site.commit else ""


def plain_copy(case: CaseStudy) -> str:
    """The address of the case study's file as it was contributed, from the site's root."""
    return f"{case.path.removesuffix('/')}.md"
