"""Judges files one by one, each in a child of its own, and says what that took.

    python tests/support/judge.py PROJECT FILE...

PROJECT holds the law. Prints one JSON object for each file: its exit status, seconds, megabytes, and what was
said of it. It imports no more than the check needs, and reads the law once, so that nothing else counts.
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


def judge(file: Path, law: loading.Examination) -> str:
    """What `check` would say of the file under this law."""
    try:
        problems = loading.faults(files.read_text(file), "bomb", law, DAY)
    except files.Refused as refusal:
        problems = [refusal.problem("case_studies/bomb.md")]
    return report_as_text(replace(law, problems=tuple(problems), files=1))


def measured(file: Path, law: loading.Examination) -> dict:
    """The same in a child, with its cost."""
    out, into = os.pipe()
    child = os.fork()
    if not child:
        resource.setrlimit(resource.RLIMIT_CPU, (LIMIT, LIMIT))
        os.close(out)
        with open(into, "w", encoding="utf-8") as pipe:
            pipe.write(judge(file, law))
        os._exit(0)
    os.close(into)
    with open(out, encoding="utf-8") as pipe:
        said = pipe.read()
    _, status, used = os.wait4(child, 0)
    seconds = used.ru_utime + used.ru_stime
    return {"status": status, "seconds": seconds, "megabytes": used.ru_maxrss / 1024, "said": said}


if __name__ == "__main__":
    root, *bombs = map(Path, sys.argv[1:])
    law = loading.examine(root, DAY)
    loading.faults("---\na: b\n---\n", "warm", law, DAY)  # once, so that what is made once is made
    for bomb in bombs:
        print(json.dumps(measured(bomb, law)), flush=True)
