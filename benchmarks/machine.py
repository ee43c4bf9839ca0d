"""Describes the machine and the versions of the tools. Linux only."""

import json
import os
import platform
import re
import subprocess
from importlib.metadata import version
from pathlib import Path as FilePath

from benchmarks.peers import NODE_MODULES, hugo

_LIBRARIES = "mkdocs mkdocs-material markdown pymdown-extensions cmarkgfm jinja2".split()


def describe(work: FilePath) -> dict[str, str]:
    """Return the properties of the machine and the tools that affect the figures."""
    loads = " ".join(f"{load:.2f}" for load in os.getloadavg())
    return {
        "Processor": f"{_processor()}, {os.cpu_count()} cores",
        "Memory": f"{os.sysconf('SC_PHYS_PAGES') * os.sysconf('SC_PAGE_SIZE') / 2**30:.0f} GiB",
        "System": f"{platform.system()} {platform.release()}",
        "File system": file_system(work, FilePath("/proc/mounts").read_text(encoding="utf-8")),
        "Load at the start (1, 5, 15 minutes)": loads,
        "Python": platform.python_version(),
        **{name: version(name) for name in _LIBRARIES},
        "Hugo": _first_line(hugo(), "version").removeprefix("hugo ").split()[0],
        "Node.js": _first_line("node", "--version"),
        **{
            name: _npm_version(name)
            for name in ("@11ty/eleventy", "markdown-it-footnote", "ajv", "js-yaml", "pagefind")
        },
    }


def file_system(folder: FilePath, mounts: str) -> str:
    """Return the type of the folder's file system, by the lines of /proc/mounts."""
    types = {FilePath(line.split()[1]): line.split()[2] for line in mounts.splitlines()}
    return next(types[place] for place in (folder, *folder.parents) if place in types)


def _processor() -> str:
    found = re.search(r"^model name\s*: (.+)$", FilePath("/proc/cpuinfo").read_text(encoding="utf-8"), re.M)
    return found[1] if found else platform.machine()


def _first_line(*command: str) -> str:
    try:
        return (
            subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("\n")[0].strip()
        )
    except OSError:
        return "not installed"


def _npm_version(name: str) -> str:
    package = NODE_MODULES / name / "package.json"
    return json.loads(package.read_text(encoding="utf-8"))["version"] if package.exists() else "not installed"
