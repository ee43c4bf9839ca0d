"""What a page's head says of the page to programs: its feed, its citation, and what it is about."""

from typing import Any

from casebook.exports import LICENCE, Site, plain_copy, version
from casebook.model import CaseStudy, Catalogue, Council, Source
from casebook.site.pages import Page
from casebook.site.templates import Environment

Node = dict[str, Any]


def head(page: Page, catalogue: Catalogue, environment: Environment, site: Site) -> str:
    """Return the elements that the page adds to its head, as HTML."""
    return environment.get_template("head.html").render(
        page=page,
        up=page.up,
        subject=page.subject,
        catalogue=catalogue,
        linked_data=_linked_data(page, site),
    )


def _linked_data(page: Page, site: Site) -> Node | None:
    """Without the site's address, the addresses in it are relative to the page."""
    base = site.url or page.up or "./"
    if page.template == "case-study.html":
        return case_study(page.subject, site, base)
    described = {"": website, "data/": dataset}.get(page.path)
    return described(site, base) if described else None


def case_study(case: CaseStudy, site: Site, base: str) -> Node:
    """Describe one case study: an article, what and where it is about, and every source that it cites."""
    node = {
        "@context": "https://schema.org",
        "@type": "Article",
        "@id": f"{base}{case.path}",
        "url": f"{base}{case.path}",
        "headline": case.title,
        "abstract": case.summary,
        "inLanguage": "en-GB",
        "datePublished": str(case.added),
        "dateModified": str(case.checked),
        "author": _casebook(site, base),
        "publisher": _casebook(site, base),
        "license": LICENCE,
        "isAccessibleForFree": True,
        "isPartOf": {"@type": "WebSite", "@id": base, "name": site.name},
        "about": [{"@type": "Thing", "name": answer.term.title} for answer in case.answers],
        "keywords": [theme.title for theme in case.themes],
        "spatialCoverage": [_place(council) for council in case.councils],
        "temporalCoverage": _period(case),
        "citation": [_work(source) for source in case.sources],
        "encoding": {
            "@type": "MediaObject",
            "encodingFormat": "text/markdown",
            "contentUrl": f"{base}{plain_copy(case)}",
        },
        "archivedAt": version(case, site),
    }
    return _without_empty(node)


def website(site: Site, base: str) -> Node:
    """Describe the whole, and how to search it."""
    return {
        **_described("WebSite", base, site),
        "publisher": _casebook(site, base),
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{base}find/?text={{text}}"},
            "query-input": "required name=text",
        },
    }


def dataset(site: Site, base: str) -> Node:
    """Describe the collection as data, for those who look for open data."""
    return {
        **_described("Dataset", f"{base}data/", site),
        "isAccessibleForFree": True,
        "creator": _casebook(site, base),
        "spatialCoverage": {"@type": "Country", "name": "United Kingdom"},
        "distribution": [
            _download(f"{base}data/casebook.json", "application/json"),
            _download(f"{base}data/casebook.sqlite", "application/vnd.sqlite3"),
        ],
    }


def _described(kind: str, address: str, site: Site) -> Node:
    return {
        "@context": "https://schema.org",
        "@type": kind,
        "@id": address,
        "url": address,
        "name": site.name,
        "description": site.description,
        "inLanguage": "en-GB",
        "license": LICENCE,
    }


def _download(url: str, media_type: str) -> Node:
    return {"@type": "DataDownload", "encodingFormat": media_type, "contentUrl": url}


def _casebook(site: Site, base: str) -> Node:
    return {"@type": "Organization", "name": site.name, "url": base}


def _place(council: Council) -> Node:
    """The council's area, with the statistical office's code where it has one."""
    return _without_empty({"@type": "AdministrativeArea", "name": council.name, "identifier": council.gss})


def _period(case: CaseStudy) -> str:
    """From and to as ISO 8601 has it; two dots for an end that has not come, or that nobody knows."""
    return f"{case.began}/{case.ended or '..'}"


def _work(source: Source) -> Node:
    node = {
        "@type": "CreativeWork",
        "name": source.title,
        "publisher": {"@type": "Organization", "name": source.publisher},
        "url": source.url,
        "datePublished": source.published,
    }
    return _without_empty(node)


def _without_empty(node: Node) -> Node:
    return {name: value for name, value in node.items() if value}
