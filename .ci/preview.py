"""Leaves in a folder what a preview can show, and says for a summary what it lacks and how to look at it.

    preview.py FOLDER PR TOOLS

FOLDER holds the project with the case studies of a pull request, PR its checkout, two commits deep, and TOOLS
the checkout whose `casebook` checks them. A case study with a mistake stays as it was before, or is left out.
Of PR, only what Git has of the commit before is read. Standard library only.
"""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

CASE_STUDIES = "case_studies"
PLAIN = re.compile(r"[a-z0-9-]+\.md")
HOW = """
## Preview

Download `preview` at the foot of this page, unpack it into a folder of that name, and beside it run:

```
python3 -m http.server --bind 127.0.0.1 --directory preview
```

Then open <http://127.0.0.1:8000/>. Ctrl-C stops it. It holds the pages of the case studies that
this changes; links to others lead to the site as it is published. The preview itself is not published, and is
kept for two weeks.
"""


def main(folder: Path, pr: Path, tools: Path) -> None:
    """Make room for what can be shown, and print a part of the summary in Markdown."""
    tried: set[str] = set()
    while faulty := faults(folder, tools):
        for name in faulty:
            replace(folder / CASE_STUDIES / name, b"" if name in tried else before(pr, name))
        if not faulty - tried and not any((folder / CASE_STUDIES / name).exists() for name in faulty):
            break
        tried |= faulty
    print(HOW)
    if named := [f"`{name}`" for name in sorted(tried) if PLAIN.fullmatch(name)]:
        print(
            f"Of these, which have mistakes, it shows what was there before, or nothing: {', '.join(named)}."
        )


def faults(folder: Path, tools: Path) -> set[str]:
    """Return the names of the case studies that have mistakes, and of whatever else lies in their folder."""
    command = [tools.resolve() / ".venv/bin/casebook", "--root", folder, "check", "--format", "json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    files = (Path(problem["file"]) for problem in json.loads(done.stdout)["problems"])
    strange = {path.name for path in (folder / CASE_STUDIES).iterdir() if not PLAIN.fullmatch(path.name)}
    there = {file.name for file in files if str(file.parent) == CASE_STUDIES and PLAIN.fullmatch(file.name)}
    return strange | there


def before(pr: Path, name: str) -> bytes:
    """Return the case study as it was before the pull request; nothing if there was none."""
    command = ["git", "-C", pr, "cat-file", "blob", f"HEAD^1:{CASE_STUDIES}/{name}"]
    return subprocess.run(command, capture_output=True, check=False).stdout


def replace(path: Path, raw: bytes) -> None:
    """Write the file anew, whatever is there; remove it if there is nothing to write."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
    if raw:
        path.write_bytes(raw)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
