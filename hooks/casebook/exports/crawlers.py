"""Machine-readable descriptions of the site for crawlers: robots.txt, llms.txt and the sitemap."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from xml.etree.ElementTree import Element, SubElement

from casebook.exports.publication import Site, SiteFile, plain_copy, xml_file
from casebook.model import Catalogue

_MARKUP = re.compile(r"[\\`*_~\[\]<>&]")


def robots(site: Site) -> SiteFile:
    """Return robots.txt: it allows everything and names the sitemap. It applies only at a host's root."""
    sitemap = f"\nSitemap: {site.url}sitemap.xml\n" if site.url else ""
    return SiteFile(path="robots.txt", text=f"User-agent: *\nAllow: /\n{sitemap}")


def llms(catalogue: Catalogue, site: Site) -> SiteFile:
    """Return llms.txt: a list of the site's content in Markdown, in the format of llmstxt.org."""
    return SiteFile(path="llms.txt", text="\n".join(_llms_lines(catalogue, site)) + "\n")


def sitemap(pages: Mapping[str, date | None]) -> SiteFile:
    """Return the sitemap of these addresses, with the day of the last change where it is known."""
    root = Element("urlset", xmlns="http://www.sitemaps.org/schemas/sitemap/0.9")
    for address, changed in sorted(pages.items()):
        url = SubElement(root, "url")
        SubElement(url, "loc").text = address
        if changed:
            SubElement(url, "lastmod").text = str(changed)
    return xml_file("sitemap.xml", root)


def _llms_lines(catalogue: Catalogue, site: Site) -> Iterator[str]:
    yield f"# {site.name}\n\n> {site.description}.\n"
    yield "Every claim has its source, and every outcome says how strong its evidence is. Text: CC BY 4.0."
    yield "\n## The ten key questions\n"
    yield from (_link(site, term.path, term.title, term.summary) for term in catalogue.questions)
    yield "\n## Case studies, as they were contributed\n"
    yield from (_link(site, plain_copy(case), case.title, case.summary) for case in catalogue.cases)
    yield "\n## Optional\n"
    schema = "what each field of a case study means"
    yield _link(site, "schema/case-study.schema.json", "The schema", schema)


def _link(site: Site, path: str, title: str, text: str) -> str:
    return f"- [{_plain(title)}]({site.url}{path}): {_plain(text)}"


def _plain(text: str) -> str:
    """Escape the characters that are Markdown syntax."""
    return _MARKUP.sub(r"\\\g<0>", text)
