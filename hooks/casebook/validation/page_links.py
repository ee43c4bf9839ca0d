"""Links from the site's own pages to case studies: the build follows them, so `check` does."""

import re
from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path as FilePath

from casebook.content import CASE_STUDIES, Problem, Refused, file_name, read_bytes
from casebook.validation.schema import Schema

_LINK = re.compile(r"(?:\]\(|\]:[ ]*|href=\")(?:\.\.?/)*case-studies/([a-z0-9-]+)(?:\.md|/)")


def links_to_what_is_gone(
    root: FilePath, slugs: Collection[str], moved: Mapping[str, str], schema: Schema
) -> Iterator[Problem]:
    """Yield a problem for each link under docs/ to a case study that was renamed or removed.

    `moved` has the case studies by their former names.
    """
    for path in sorted((root / "docs").rglob("*.md")):
        try:
            text = read_bytes(path).decode(errors="replace")
        except Refused:  # which is told of where that is looked for
            continue
        for link in _LINK.finditer(text):
            slug, line = link[1], text.count("\n", 0, link.start(1)) + 1
            if slug not in slugs:
                near = [moved[slug]] if slug in moved else get_close_matches(slug, slugs, 1)
                guess = schema.say("did-you-mean", guesses=f'"{near[0]}.md"').message if near else ""
                message = f"this page links to {CASE_STUDIES}/{slug}.md, and there is no such file"
                hint = f"Mend the link, or bring the file back. {guess}".strip()
                yield Problem(file=file_name(root, path), line=line, rule="gone", message=message, hint=hint)
