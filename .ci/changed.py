"""Keeps of a built site what a pull request changes: the pages of its case studies, with styles and scripts.

    changed.py FOLDER PR REPOSITORY

FOLDER holds the project with its site, and gets `preview` beside it; PR is the checkout of the pull request,
two commits deep, of which only the names of changed files are read. Links to all other pages lead to the site
that REPOSITORY, as OWNER/NAME, has published. Standard library only.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

CASE = re.compile(r"case_studies/([a-z0-9-]+)\.md")
LINK = re.compile(r'( (?:href|src|action)=")(?:\.\.(?:/|(?=")))+(?!assets/)([^"]*)')
"""From a page's folder up to the site's root, and to what is not copied."""
INDEX = """<!doctype html>
<html lang="en-GB">
<meta charset="utf-8">
<title>Preview</title>
<h1>Preview</h1>
<ul>
{}</ul>
"""
ENTRY = '<li><a href="case-studies/{0}/">{0}</a>, <a href="case-studies/{0}/handout/">handout</a></li>\n'


def main(folder: str, pr: str, repository: str) -> None:
    site, preview = Path(folder, "site"), Path(folder, "preview")
    owner, _, name = repository.partition("/")
    shutil.copytree(site / "assets", preview / "assets")
    kept = [slug for slug in changed(pr) if (site / "case-studies" / slug).is_dir()]
    for slug in kept:
        shutil.copytree(site / "case-studies" / slug, preview / "case-studies" / slug)
        text = site / "case-studies" / f"{slug}.md"
        if text.exists():  # a former address and a withdrawn case study have none
            shutil.copy(text, preview / "case-studies")
    for page in preview.glob("case-studies/**/*.html"):
        lead_out(page, f"https://{owner}.github.io/{name}/", kept)
    (preview / "index.html").write_text(INDEX.format("".join(map(ENTRY.format, kept))), encoding="utf-8")


def changed(pr: str) -> list[str]:
    """Return the names of the case studies that the pull request adds or changes."""
    command = ["git", "-C", pr, "diff", "-z", "--no-renames", "--name-only", "HEAD^1", "HEAD"]
    names = subprocess.run(command, capture_output=True, check=True).stdout.decode("utf-8", "replace")
    return [found[1] for name in names.split("\0") if (found := CASE.fullmatch(name))]


def lead_out(page: Path, address: str, kept: list[str]) -> None:
    """Let links to pages that are not kept lead to the address."""

    def led(link: re.Match[str]) -> str:
        is_kept = any(link[2].startswith(f"case-studies/{slug}{end}") for slug in kept for end in "/.")
        return link[0] if is_kept else f"{link[1]}{address}{link[2]}"

    page.write_text(LINK.sub(led, page.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
