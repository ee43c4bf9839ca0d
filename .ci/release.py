"""Freezes an edition: everything that a release holds, in a folder of its own.

    release.py VERSION SITE SBOM FOLDER [SINCE]

VERSION is its number, SITE the folder of the built site, SBOM the list of the packages that built it, FOLDER
where the edition is written, and SINCE the tag of the release before it; there is none before the first. What
has changed since is told as `casebook review` finds it. Says the line to add to docs/data/releases.md.
"""

import hashlib
import json
import re
import subprocess
import sys
import tempfile
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import click
import yaml

sys.path.insert(0, str(Path(__file__).parents[1] / "hooks"))
from casebook import environment
from casebook.content import Refused, read_as_is, system_fault
from casebook.maintenance import NotReviewed, changed_files, compared, from_git

ROOT = Path.cwd()
VERSION = re.compile(r"\d+\.\d+\.\d+")
EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The date of every file in the archive, so that the same data makes the same bytes."""


def main(version: str, site: str, sbom: str, folder: str, since: str = "") -> int:
    """Freeze the edition, whole or not at all, and return the exit code."""
    if not VERSION.fullmatch(version):
        print(f"{version} is no version: write it like 1.0.0.", file=sys.stderr)
        return 2
    target = Path(folder)
    if target.is_symlink() or target.exists():
        print(f"{folder} is there already. Move it away first.", file=sys.stderr)
        return 1
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".", dir=target.parent) as beside:
            release = Path(beside, version)
            release.mkdir()
            line = freeze(version, Path(site, "data"), Path(sbom), release, since)
            release.rename(target)
    except (OSError, Refused, NotReviewed, click.ClickException) as error:
        is_of_system = isinstance(error, OSError | Refused)
        print(system_fault(error) if is_of_system else error, file=sys.stderr)
        return 1
    print(f"Add to docs/data/releases.md: {line}")
    return 0


def freeze(version: str, data: Path, sbom: Path, release: Path, since: str) -> str:
    """Write every file of the release, and return its line in the list of releases."""
    for file in (data / "casebook.json", data / "casebook.sqlite", sbom):
        (release / file.name).write_bytes(file.read_bytes())
    archive(data, release / "casebook-csv.zip")
    day = environment.today()
    whole = cite(version, day, release)
    kinds = changes(since) if since else {}
    (release / "CHANGES.md").write_text(in_words(version, day, kinds), encoding="utf-8")
    package = json.loads((data / "datapackage.json").read_bytes())
    form = {"version": version, "schema_version": package["schema_version"], "date": str(day)}
    write_json(release / "release.json", form | {"since": since or None, "commit": git("rev-parse", "HEAD")})
    checksums(release)
    address = f"{whole['repository-code']}/releases/tag/v{version}"
    kinds = kinds or {
        "Added": json.loads((data / "casebook.json").read_bytes())["case_studies"]
    }  # of the first
    counts = " | ".join(str(len(kinds.get(kind, ()))) for kind in ("Added", "Corrected", "Withdrawn"))
    return f"| [{version}]({address}) | {day} | {counts} |"


def archive(data: Path, target: Path) -> None:
    """Write the data package: every CSV file, with its description."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in (data / "datapackage.json", *sorted(data.glob("*.csv"))):
            packed.writestr(zipfile.ZipInfo(path.name, EARLIEST), path.read_bytes(), zipfile.ZIP_DEFLATED)


def cite(version: str, day: date, release: Path) -> dict[str, Any]:
    """Write how the release is cited: for GitHub, and for Zenodo, which keeps it."""
    text = re.sub(r"(?m)^(version|date-released):.*\n", "", read_as_is(ROOT / "CITATION.cff"))
    about: dict[str, Any] = yaml.safe_load(text)
    (release / "CITATION.cff").write_text(
        f"{text}version: {version}\ndate-released: {day}\n", encoding="utf-8"
    )
    zenodo = {
        "title": about["title"],
        "description": about["abstract"],
        "version": version,
        "publication_date": str(day),
        "upload_type": "dataset",
        "access_right": "open",
        "license": about["license"][0].lower(),
        "creators": [{"name": author["name"]} for author in about["authors"]],
        "keywords": about["keywords"],
        "language": "eng",
        "related_identifiers": [{"identifier": about["repository-code"], "relation": "isSupplementTo"}],
    }
    write_json(release / ".zenodo.json", zenodo)
    return about


def changes(since: str) -> dict[str, list[str]]:
    """Return a line for each case study that has changed since the last release, by what became of it."""
    base, head = from_git(ROOT, since, "HEAD")
    changed = tuple(changed_files(base, head))
    cases = compared(
        base, head, changed, head, environment.today()
    ).cases  # the old schema may be of old code
    kinds: dict[str, list[str]] = {"Added": [], "Corrected": [], "Withdrawn": [], "Renamed": []}
    for case in cases:
        fields = list(dict.fromkeys(change.field for change in case.changes))
        line = f"- {case.title} (`{Path(case.file).stem}`)"
        if case.what == "removed" or "withdrawn" in fields:
            kinds["Withdrawn"].append(line)
        elif case.what == "added":
            kinds["Added"].append(line)
        elif case.what == "renamed":
            kinds["Renamed"].append(f"{line}, before `{Path(case.old_file).stem}`")
        else:
            kinds["Corrected"].append(f"{line}: {', '.join(fields)}")
    return kinds


def in_words(version: str, day: date, kinds: dict[str, list[str]]) -> str:
    parts = [f"## {kind}\n\n" + ("\n".join(lines) or "None.") for kind, lines in kinds.items()]
    return "\n\n".join([f"# {version} – {day}", *(parts or ["This is the first release."])]) + "\n"


def checksums(release: Path) -> None:
    """Write SHA256SUMS, which `sha256sum --check` reads."""
    files = sorted(path for path in release.iterdir() if path.name != "SHA256SUMS")
    lines = (f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in files)
    (release / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")


def write_json(path: Path, content: object) -> None:
    path.write_text(f"{json.dumps(content, ensure_ascii=False, indent=2)}\n", encoding="utf-8")


def git(*arguments: str) -> str:
    return subprocess.run(("git", *arguments), capture_output=True, text=True, check=True).stdout.strip()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
