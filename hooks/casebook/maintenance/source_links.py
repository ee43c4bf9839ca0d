"""Source addresses: which are checked, and what each reply means for its case study.

`http_client` sends the requests; this module classifies the replies. A page that is gone, one that has moved
permanently, a host that blocks programs and one that was not reached each need a different remedy.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path as FilePath
from urllib.parse import urlsplit

from casebook.content import Document, Problem, read_front_matter, read_text, shown
from casebook.maintenance.markdown_escape import code

NOT_CHECKED = ".ci/hosts-not-checked.yml"
"""Hosts that are known to block programs, each with the reason."""

_WALLS = frozenset((401, 403, 405, 406, 407, 418, 429, 451, 503, 999, *range(520, 531)))
"""Statuses with which hosts, firewalls and Cloudflare turn programs away; 999 is LinkedIn's."""
_FIELD = ("sources", "*", "url")
_LONGEST = 300
_HINTS = {
    "gone": "Look for the page elsewhere on that site or in a web archive, or find another source.",
    "moved": "Read it there. If it still says the same, change the address in the case study.",
    "unreachable": "It may be back next week. If it is not, treat it as gone.",
    "blocked": f"Open it in a browser. If it is there, add the host to {NOT_CHECKED}.",
}
"""What to do about each rule, in the order of a report."""


@dataclass(frozen=True, kw_only=True)
class Reply:
    status: int = 0
    """Of the last response, after every redirect; 0 if there was none."""
    moved_to: str = ""
    """Where permanent redirects led, if the first redirect was one."""
    fault: str = ""
    """Why there was no response, as a clause for the message."""

    @property
    def rule(self) -> str:
        """The rule that the address breaks, a key of `_HINTS`; empty if it breaks none."""
        if self.status in (404, 410):
            return "gone"
        if self.status in _WALLS:
            return "blocked"
        if self.fault or not 200 <= self.status < 300:
            return "unreachable"
        return "moved" if self.moved_to else ""

    @property
    def message(self) -> str:
        answer = self.fault or f"the host answered {self.status}"
        return {
            "gone": f"is gone: {answer}",
            "moved": f"has moved for good to {shown(self.moved_to, _LONGEST)}",
            "unreachable": f"was not reached: {answer}",
            "blocked": f"could not be checked by a machine: {answer}",
        }[self.rule]


def hosts_not_checked(root: FilePath) -> tuple[Mapping[str, str], list[Problem]]:
    """Return the hosts of the list with their reasons, and the problems of the list itself."""
    path = root / NOT_CHECKED
    if not path.is_file():
        return {}, []
    found = read_front_matter(read_text(path), file=NOT_CHECKED)
    return found.data or {}, list(found.problems)


def addresses(documents: Iterable[Document], not_checked: Iterable[str]) -> list[str]:
    """Return every source address once, sorted, without those of the hosts that are not checked."""
    skipped = frozenset(not_checked)
    found = {url for document in documents for _, url in document.each(*_FIELD)}
    return sorted(url for url in found if host(url) not in skipped)


def host(url: str) -> str:
    """Return the name of an address's host; an empty string if it has none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def link_problems(documents: Iterable[Document], replies: Mapping[str, Reply]) -> Iterator[Problem]:
    """Yield a problem for each place where an address occurs whose reply breaks a rule."""
    for document in documents:
        for path, url in document.each(*_FIELD):
            reply = replies.get(url)
            if reply and reply.rule:
                message = f"{shown(url, _LONGEST)} {reply.message}"
                yield document.problem(path, reply.rule, message, _HINTS[reply.rule])


def links_as_markdown(found: Iterable[Problem], last_line: str) -> str:
    """Return the problems for an issue: grouped by rule, each hint once, contributed text as code."""
    order = list(_HINTS)
    ranked = sorted(found, key=lambda problem: (order.index(problem.rule), problem.order))
    parts = []
    for rule, group in groupby(ranked, key=lambda problem: problem.rule):
        parts += [f"## {rule.capitalize()}", _HINTS[rule]]
        places = ((code(f"{problem.file}:{problem.line}"), code(problem.message)) for problem in group)
        parts.append("\n".join(f"- {place} {message}" for place, message in places))
    return "\n\n".join([*parts, last_line])
