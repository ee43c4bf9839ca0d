"""Checks files one by one, each in a child process, and prints the cost of each.

    python tests/support/judge.py PROJECT FILE...

PROJECT has the schema. Prints one JSON object for each file: exit status, seconds, megabytes and the report. It
imports only what the check needs, and loads the schema once, so that nothing else is measured.
"""

import json
import os
import resource
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

from casebook.content import files
from casebook.validation import loading
from casebook.validation.reports import report_as_text

DAY = date(2026, 11, 24)
LIMIT = 20


def judge(file: Path, project: loading.Examination) -> str:
    """Return the report of `check` on the file, in a project with this examination."""
    try:
        problems = loading.faults(files.read_text(file), "bomb", project, DAY)
    except files.Refused as refusal:
        problems = [refusal.problem("case_studies/bomb.md")]
    return report_as_text(replace(project, problems=tuple(problems), files=1))


def measured(file: Path, project: loading.Examination) -> dict:
    """Check the file in a child process; return the report and its cost."""
    out, into = os.pipe()
    child = os.fork()
    if not child:
        resource.setrlimit(resource.RLIMIT_CPU, (LIMIT, LIMIT))
        os.close(out)
        with open(into, "w", encoding="utf-8") as pipe:
            pipe.write(judge(file, project))
        os._exit(0)
    os.close(into)
    with open(out, encoding="utf-8") as pipe:
        said = pipe.read()
    _, status, used = os.wait4(child, 0)
    seconds = used.ru_utime + used.ru_stime
    return {"status": status, "seconds": seconds, "megabytes": used.ru_maxrss / 1024, "said": said}


if __name__ == "__main__":
    root, *bombs = map(Path, sys.argv[1:])
    project = loading.examine(root, DAY)
    loading.faults("---\na: b\n---\n", "warm", project, DAY)  # so that caches are filled
    for bomb in bombs:
        print(json.dumps(measured(bomb, project)), flush=True)
