"""Judges files one by one, each in a child of its own, and says what that took.

    python tests/judge.py PROJECT FILE...

Prints one JSON object for each file: its exit status, seconds, megabytes, and what was said of it. It imports
no more than the check needs, so that nothing else counts.
"""

import json
import os
import resource
import shutil
import sys
from datetime import date
from pathlib import Path

from casebook import loading
from casebook.reports import as_text

DAY = date(2026, 11, 24)
LIMIT = 20


def judge(root: Path, file: Path) -> str:
    """Put the file into the project as its only case study, and return what `check` says."""
    for other in (root / "case_studies").iterdir():
        other.unlink()
    shutil.copy(file, root / "case_studies" / "bomb.md")
    return as_text(loading.examine(root, DAY))


def measured(root: Path, file: Path) -> dict:
    """The same in a child, with its cost."""
    out, into = os.pipe()
    child = os.fork()
    if not child:
        resource.setrlimit(resource.RLIMIT_CPU, (LIMIT, LIMIT))
        os.close(out)
        with open(into, "w", encoding="utf-8") as pipe:
            pipe.write(judge(root, file))
        os._exit(0)
    os.close(into)
    with open(out, encoding="utf-8") as pipe:
        said = pipe.read()
    _, status, used = os.wait4(child, 0)
    seconds = used.ru_utime + used.ru_stime
    return {"status": status, "seconds": seconds, "megabytes": used.ru_maxrss / 1024, "said": said}


if __name__ == "__main__":
    root, *files = map(Path, sys.argv[1:])
    for file in files:
        print(json.dumps(measured(root, file)), flush=True)
