"""Source addresses: which are to be asked, and what each reply means for its case study.

Who asks is `asking`. Here is judged: a page that is gone, one that has moved for good, a host that turns
programs away, and one that was not reached, are four different things to mend.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path as FilePath
from urllib.parse import urlsplit

from casebook.content import Document, Problem, read_front_matter, shown

NOT_ASKED = ".ci/hosts-not-asked.yml"
"""Hosts that are known to turn programs away, each with the reason."""

_FIELD = ("sources", "*", "url")
_LONGEST = 300
_MENDS = {
    "gone": "Look for the page elsewhere on that site or in a web archive, or find another source.",
    "moved": "Read it there. If it still says the same, change the address in the case study.",
    "unreachable": "It may be back next week. If it is not, treat it as gone.",
    "blocked": f"Open it in a browser. If it is there, add the host to {NOT_ASKED}.",
}
"""What can be wrong, in the order of a report, and what to do."""


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What came back for an address."""

    status: int = 0
    """The last one, after every redirect; 0 if there was no answer."""
    moved_to: str = ""
    """Where permanent redirects led, if the first redirect was one."""
    fault: str = ""
    """Why there was no answer, in words."""

    @property
    def rule(self) -> str:
        """What is wrong with the address; empty if nothing is."""
        if self.status in (404, 410):
            return "gone"
        if self.status in (401, 403, 429, 503):
            return "blocked"
        if self.fault or not 200 <= self.status < 300:
            return "unreachable"
        return "moved" if self.moved_to else ""

    @property
    def words(self) -> str:
        """What is wrong, as a sentence goes on after the address."""
        answer = self.fault or f"the host answered {self.status}"
        return {
            "gone": f"is gone: {answer}",
            "moved": f"has moved for good to {_quoted(self.moved_to)}",
            "unreachable": f"was not reached: {answer}",
            "blocked": f"is closed to programs: {answer}",
        }[self.rule]


def hosts_not_asked(root: FilePath) -> tuple[Mapping[str, str], list[Problem]]:
    """Return the hosts of the list, with the reasons, and what is wrong with the list."""
    path = root / NOT_ASKED
    if not path.is_file():
        return {}, []
    found = read_front_matter(path.read_text(encoding="utf-8"), file=NOT_ASKED)
    return found.data or {}, list(found.problems)


def addresses(documents: Iterable[Document], not_asked: Iterable[str]) -> list[str]:
    """Return every source address once, sorted, without those of the hosts that are not asked."""
    passed_over = frozenset(not_asked)
    found = {url for document in documents for _, url in document.each(*_FIELD)}
    return sorted(url for url in found if host(url) not in passed_over)


def host(url: str) -> str:
    """Return the name of an address's host; nothing if it has none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def link_problems(documents: Iterable[Document], replies: Mapping[str, Reply]) -> Iterator[Problem]:
    """Yield a problem for each place at which an address stands whose reply was not good."""
    for document in documents:
        for path, url in document.each(*_FIELD):
            reply = replies.get(url)
            if reply and reply.rule:
                message = f"{_quoted(url)} {reply.words}"
                yield document.problem(reply.rule, path, message, _MENDS[reply.rule])


def links_as_markdown(found: Iterable[Problem], last_line: str) -> str:
    """Return the problems for an issue: by what is wrong, each mend once, contributed words as code."""
    order = list(_MENDS)
    ranked = sorted(found, key=lambda problem: (order.index(problem.rule), problem.order))
    parts = []
    for rule, group in groupby(ranked, key=lambda problem: problem.rule):
        parts += [f"## {rule.capitalize()}", _MENDS[rule]]
        parts.append("\n".join(f"- {_code(f'{one.file}:{one.line}')} {_code(one.message)}" for one in group))
    return "\n\n".join([*parts, last_line])


def _quoted(url: str) -> str:
    return shown(url, _LONGEST)


def _code(text: str) -> str:
    """As a code span: no link, mention or image comes of it, since it can hold no backtick."""
    return f"`{text.replace('`', '%60')}`"
