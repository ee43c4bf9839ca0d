"""Refuses to publish a site that its host may not take: GitHub Pages allows 1 GB.

    ceiling.py SITE MOST

SITE is the folder of the new site, MOST the megabytes from which on nothing is published: less than the host
allows, so that there is time to make it smaller. Standard library only.
"""

import sys
from collections import Counter
from pathlib import Path

_NAMED = 5
"""How many of the largest parts are named."""


def main(site: str, most: str) -> int:
    """Print whether the site may be published, and return the exit code."""
    parts = weights(Path(site))
    told = ", ".join(f"{part} {megabytes(weight)}" for part, weight in parts.most_common(_NAMED))
    if parts.total() >= float(most) * 1_000_000:
        print(
            f"::error::The new site has {megabytes(parts.total())}; from {most} MB on it is not published,"
            f" since GitHub Pages takes 1,000 MB. The largest parts: {told}."
            " benchmarks/README.md says what can be made smaller, and what comes after."
        )
        return 1
    print(f"{megabytes(parts.total())} of {most} MB. The largest parts: {told}.")
    return 0


def weights(site: Path) -> Counter[str]:
    """Return how many bytes lie in each folder of the site, by the ending of the files."""
    found: Counter[str] = Counter()
    for file in site.rglob("*"):
        if file.is_file():
            folder, *deeper = file.relative_to(site).parts
            found[f"{folder}/**{file.suffix}" if deeper else folder] += file.stat().st_size
    return found


def megabytes(number: int) -> str:
    return f"{number / 1_000_000:,.1f} MB"


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
