"""Which browser the tests drive: found wherever it is installed, or else installed as the system can."""

import json
import os
import subprocess
import sys

import pytest

from projects import REAL

MACS = "Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
NONE = (
    "There is no browser for the tests. Install Chromium, Google Chrome or Microsoft Edge; if it is there,\n"
    "but was not found, set CHROMIUM to its path.\n"
)
PLAYWRIGHT = """import os, pathlib, sys
path = pathlib.Path(os.environ["HOME"], "playwright's")
if sys.argv[1:2] == ["install"]:
    print("playwright", *sys.argv[1:], file=sys.stderr)
    path.write_text("#!/bin/sh\\n")
    path.chmod(0o755)
"""
SYNC_API = """import contextlib, os, types
@contextlib.contextmanager
def sync_playwright():
    path = os.environ["HOME"] + "/playwright's"
    yield types.SimpleNamespace(chromium=types.SimpleNamespace(executable_path=path))
"""


BARE = pytest.mark.skipif(os.path.exists("/Applications"), reason="macOS may have a browser of its own")


@pytest.fixture
def machine(tmp_path):
    """A machine with nothing on it; `put` installs a program, `find` looks for a browser as `make` does."""
    (tmp_path / "bin").mkdir()

    def put(name, script=""):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"#!/bin/sh\n{script}", encoding="utf-8")
        path.chmod(0o755)
        return str(path)

    def find(**variables):
        clean = {"PATH": str(tmp_path / "bin"), "HOME": str(tmp_path), "PYTHONPATH": str(tmp_path / "lib")}
        done = subprocess.run(
            [sys.executable, REAL / "tests/support/chromium.py"],
            cwd=tmp_path,
            env=clean | variables,
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout, done.stderr

    (tmp_path / "lib/playwright").mkdir(parents=True)
    (tmp_path / "lib/playwright/__init__.py").touch()
    (tmp_path / "lib/playwright/__main__.py").write_text("raise SystemExit(1)", encoding="utf-8")
    (tmp_path / "lib/playwright/sync_api.py").write_text(SYNC_API, encoding="utf-8")
    find.put, find.folder = put, tmp_path
    return find


@pytest.mark.parametrize(
    "name",
    [
        "bin/chromium-headless-shell",
        "bin/chromium",
        "bin/google-chrome-stable",
        "bin/microsoft-edge",
        MACS,
        "Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    ],
)
def test_a_browser_is_found_where_it_is(machine, name):
    path = machine.put(name)
    assert machine() == (0, f"{path}\n", "")


def test_who_names_a_browser_gets_that_one(machine):
    machine.put("bin/chromium")
    mine, other = machine.put("mine/my-chrome"), machine.put("mine/firefox")
    assert machine(CHROMIUM=mine) == (0, f"{mine}\n", "")
    assert machine(BROWSER=mine) == (0, f"{mine}\n", "")
    assert machine(BROWSER=other)[1] == f"{machine.folder}/bin/chromium\n"  # whatever else it is used for


@BARE
def test_debians_package_is_installed_where_packages_are(machine):
    shell = machine.folder / "bin/chromium-headless-shell"
    machine.put("bin/sudo", '"$@"\n')
    machine.put(
        "bin/apt-get",
        f'echo "apt-get $*" >&2; [ "$1" = update ] || {{ echo "#!/bin/sh" >"{shell}"; /bin/chmod +x "{shell}"; }}\n',
    )
    assert machine() == (
        0,
        f"{shell}\n",
        "Installing Chromium, without its windows, for the browser tests\n"
        "apt-get update -qq\napt-get install -y -qq chromium-headless-shell\n",
    )


@BARE
@pytest.mark.parametrize("has_packages", [False, True], ids=["macOS", "a package that is not there"])
def test_else_playwright_downloads_its_own(machine, has_packages):
    (machine.folder / "lib/playwright/__main__.py").write_text(PLAYWRIGHT, encoding="utf-8")
    if has_packages:
        machine.put("bin/apt-get", "exit 100\n")
    code, out, err = machine()
    assert (code, out) == (0, f"{machine.folder}/playwright's\n")
    deps = " --with-deps" if has_packages else ""
    assert err.endswith(
        f"Downloading Playwright's Chromium for the browser tests\nplaywright install{deps} chromium\n"
    )
    assert machine() == (0, out, "")


@BARE
def test_where_nothing_helps_it_is_said_what_to_install(machine):
    assert machine() == (1, "", f"Downloading Playwright's Chromium for the browser tests\n{NONE}")


def test_the_dev_container_has_what_make_needs():
    text = (REAL / ".devcontainer/devcontainer.json").read_text(encoding="utf-8")
    container = json.loads("".join(line for line in text.splitlines() if not line.lstrip().startswith("//")))
    assert container["image"].startswith("mcr.microsoft.com/devcontainers/python:")
    assert not container["image"].endswith((":latest", "/python"))
    assert container["postCreateCommand"] == "make .venv/ready"
