"""Refuses to publish a site that has lost case studies, as when a merge went wrong or a folder was not found.

    floor.py SITE ADDRESS LEAST

SITE is the folder of the new site, ADDRESS that of the live one, LEAST a number below which nothing is
published. The new site may have at most a tenth fewer case studies than the live one, by its sitemap.
Standard library only.
"""

import re
import sys
import urllib.error
import urllib.request
from pathlib import Path

SITEMAP = "sitemap.xml"
_CASE_STUDY = re.compile(r"/case-studies/(?![0-9]+/)[a-z0-9-]+/</loc>")


def main(site: str, address: str, least: str) -> int:
    """Print whether the site may be published, and return the exit code."""
    new = count((Path(site) / SITEMAP).read_text(encoding="utf-8"))
    live = count(live_sitemap(address))
    floor = max(int(least), -(-live * 9 // 10))
    if new < floor:
        print(
            f"::error::The new site has {new} case studies, the live one {live}; at least {floor} must stay."
            " If so many were meant to go, remove them in smaller steps, and lower LEAST in publish.yml."
        )
        return 1
    print(f"{new} case studies; the live site has {live}; the floor is {floor}.")
    return 0


def count(sitemap: str) -> int:
    """Return how many case studies a sitemap lists."""
    return len(_CASE_STUDY.findall(sitemap))


def live_sitemap(address: str) -> str:
    """Return the live site's sitemap; empty if there is none yet. Any other error stops the publication."""
    try:
        with urllib.request.urlopen(f"{address.rstrip('/')}/{SITEMAP}", timeout=30) as reply:
            return reply.read().decode("utf-8")
    except urllib.error.HTTPError as error:
        if error.code != 404:
            raise
        error.close()
        return ""


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
