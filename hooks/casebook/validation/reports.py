"""What an examination found, as text for people, annotations for GitHub, or JSON for programs."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from itertools import groupby

from casebook.content import Problem
from casebook.validation.loading import Examination

MAX_PER_FILE = 50
"""The most problems of one file that are reported: more would hide those of other files."""


def report_as_text(found: Examination) -> str:
    """The problems, advice, and a last line that counts the problems."""
    advice = (f"advice: {problem}" for problem in limited(found.advice))
    return "\n".join([*map(str, limited(found.problems)), *advice, summary_line(found)])


def as_github(found: Examination) -> str:
    """Workflow commands, which GitHub shows beside the lines of a pull request."""
    problems = (_annotation("error", problem) for problem in limited(found.problems))
    advice = (_annotation("notice", problem) for problem in limited(found.advice))
    return "\n".join([*problems, *advice, summary_line(found)])


def as_json(found: Examination) -> str:
    """One object: `{"case_studies": N, "problems": [{"file", "line", "column", ...}], "advice": [...]}`."""
    lists = {name: [asdict(problem) for problem in getattr(found, name)] for name in ("problems", "advice")}
    return json.dumps({"case_studies": found.files, **lists}, ensure_ascii=False, indent=2)


REPORT_FORMATS: dict[str, Callable[[Examination], str]] = {
    "text": report_as_text,
    "github": as_github,
    "json": as_json,
}


def limited(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Yield the first problems of each file, and in the place of the others one that counts them.

    They must be sorted by place.
    """
    for file, group in groupby(problems, key=lambda problem: problem.file):
        found = list(group)
        yield from found[:MAX_PER_FILE]
        if more := found[MAX_PER_FILE:]:
            message = f"and {len(more):,} more {'problem' if len(more) == 1 else 'problems'} from here on"
            yield Problem(
                file=file,
                line=more[0].line,
                rule="many",
                message=message,
                hint="Mend those above first, and check again.",
            )


def summary_line(found: Examination) -> str:
    """Return for example "2 problems in 1 of 84 case studies."."""
    studies = f"{found.files} case {'study' if found.files == 1 else 'studies'}"
    count, files = len(found.problems), len({problem.file for problem in found.problems})
    if not count:
        return f"No problems in {studies}."
    return f"{count} {'problem' if count == 1 else 'problems'} in {files} of {studies}."


def _annotation(level: str, problem: Problem) -> str:
    file = _escaped(problem.file).replace(":", "%3A").replace(",", "%2C")
    place = f"file={file},line={problem.line},col={problem.column}"
    words = f"{problem.field}: {problem.message}" if problem.field else problem.message
    whole = f"{words}\n{problem.hint}".strip()
    return f"::{level} {place}::{_escaped(whole)}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
