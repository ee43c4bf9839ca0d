"""Fixtures: projects in temporary folders, and the real case studies, which no test changes."""

import contextlib
import datetime
import functools
import http.server
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import hostile
import hypothesis
import pytest
import yaml
from click.testing import CliRunner
from filelock import FileLock
from playwright.sync_api import expect, sync_playwright

from benchmarks.corpus import fill
from benchmarks.project import lay
from casebook import environment
from casebook.__main__ import main
from casebook.exports.publication import Site
from casebook.model.catalogue import Catalogue
from casebook.validation import loading

os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # the tests run hundreds of commands: compile them once

REAL = Path(__file__).parent.parent
GOLDEN = REAL / "tests" / "golden"
CORPUS = REAL / "tests" / "corpus"
MISTAKES = sorted(path.with_suffix(".md") for path in (CORPUS / "bad").glob("*.txt"))
TODAY = datetime.date(2026, 11, 24)
"""The day of all tests but those of the real case studies: somebody may have checked one this morning."""
EPOCH = "1795478400"  # noon of that day
SETTINGS = {
    "PYTHONPATH": str(REAL / "hooks"),
    "SOURCE_DATE_EPOCH": EPOCH,
    "NO_MKDOCS_2_WARNING": "1",
}
"""What every command that the tests run is told, beside the environment."""
AS_OTHERS = "setpriv --bounding-set -dac_override,-dac_read_search" if os.geteuid() == 0 else ""
"""What goes before a command in a shell: the superuser may read and remove everything, and lays that right down."""
SITE = Site(
    name="The Localism Casebook",
    description="Real case studies of localism in UK councils, by the ten questions they answer",
    url="https://casebook.example/",
    repository="https://github.com/localism-casebook/localism-casebook",
    commit="0123456789abcdef0123456789abcdef01234567",
)
"""Where the tests' site would be published. The built sites of most tests have no address."""

CHROMIUMS = ("chromium-headless-shell", "chromium", "google-chrome")
"""The first is Chromium without its own windows: it opens a page for a third of the work."""
CHROMIUM_FLAGS = """--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking
--disable-component-update --disable-sync""".split()

hypothesis.settings.register_profile("house", deadline=None, derandomize=True, database=None, max_examples=40)
hypothesis.settings.register_profile("fuzz", deadline=None, max_examples=3_000, print_blob=True)
expect.set_options(
    timeout=60_000
)  # milliseconds: a machine under load is slow, and no page is wrong for that
hypothesis.settings.load_profile("house")  # the same texts in every run, and no clock


@dataclass(frozen=True)
class Project:
    """A small project of made-up councils, under the real schema, questions, pledges and templates."""

    root: Path

    def write(self, path: str, text: str) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def read(self, path: str) -> str:
        return (self.root / path).read_text(encoding="utf-8")

    def replace(self, path: str, old: str, new: str) -> None:
        text = self.read(path)
        assert old in text
        self.write(path, text.replace(old, new))

    def load(self) -> Catalogue:
        return loading.load(self.root, TODAY)

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the command line as a person would, in the project's folder."""
        return run("-m", "casebook", *arguments, cwd=self.root)

    def call(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the command line within this process, a tenth of the work: for what it says, not how it runs."""
        with contextlib.chdir(self.root):
            done = CliRunner(env=SETTINGS, catch_exceptions=False).invoke(
                main, arguments, prog_name="python -m casebook"
            )
        return subprocess.CompletedProcess(arguments, done.exit_code, done.stdout, done.stderr)


def run(*arguments: str, cwd: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run Python with the casebook on its path, on the tests' day."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=cwd,
        env=os.environ | SETTINGS | variables,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )


def read_yaml(text: str) -> object:
    """Read YAML by libyaml: Python's own reader is many times slower."""
    return yaml.load(text, yaml.CSafeLoader)


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below the folder, byte for byte."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def make_project(root: Path) -> Project:
    """Lay the tests' own content over the real law and looks, without what is written about real case studies."""
    lay(root)
    shutil.copytree(CORPUS / "project", root, dirs_exist_ok=True, ignore=shutil.ignore_patterns("README.md"))
    return Project(root)


@pytest.fixture(scope="session")
def collection() -> Path:
    """The repository with the real case studies. Every contribution is held against the tests that use this."""
    return REAL


@pytest.fixture(scope="session")
def casebook(collection) -> Catalogue:
    """The real case studies, as they stand today."""
    return loading.load(collection, environment.today())


@pytest.fixture
def project(tmp_path) -> Project:
    return make_project(tmp_path)


@pytest.fixture
def real_law(tmp_path) -> Path:
    """An empty collection under the real law."""
    shutil.copytree(REAL / "schema", tmp_path / "schema")
    (tmp_path / "case_studies").mkdir()
    return tmp_path


@pytest.fixture
def golden(request):
    """Compare a text with its copy in tests/golden, or write that anew."""

    def compare(name: str, text: str) -> None:
        file = GOLDEN / name
        if request.config.getoption("--update-golden"):
            file.write_text(text, encoding="utf-8")
        assert text == file.read_text(encoding="utf-8")

    return compare


@pytest.fixture(scope="session")
def once(tmp_path_factory):
    """Make a folder once for all processes that run tests: call with its name, and what fills it."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base

    def made(name: str, fill: Callable[[Path], None]) -> Path:
        folder, mark = shared / f"once-{name}", shared / f"once-{name}.made"
        with FileLock(shared / f"once-{name}.lock"):
            if not mark.exists():
                folder.mkdir()
                fill(folder)
                mark.touch()
        return folder

    return made


def build(project: Project) -> None:
    result = project.run("build")
    assert result.returncode == 0, result.stderr


@pytest.fixture(scope="session")
def built(once) -> Project:
    """The small project, built once for every test that only reads the site."""
    return Project(once("built", lambda root: build(make_project(root))))


@pytest.fixture(scope="session")
def attacked(once) -> Project:
    """The small project with every attack that `check` lets through (tests/hostile.py), built once."""

    def fill(root: Path) -> None:
        project = make_project(root)
        for name, text in hostile.attacks().items():
            project.write(f"case_studies/{name}", text)
        for file in {problem.file for problem in loading.examine(root, TODAY).problems}:
            (root / file).unlink()
        build(project)

    return Project(once("attacked", fill))


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def __init__(self, *arguments, troubles, **options):
        self.troubles = troubles
        super().__init__(*arguments, **options)  # which answers

    def do_GET(self):
        trouble = self.troubles.get(self.path)
        if trouble == "fails":
            self.send_error(503)
        elif trouble == "hangs":
            self.rfile.read()  # until the browser gives up
        else:
            super().do_GET()

    def log_message(self, *arguments):
        pass


@pytest.fixture(scope="session")
def serve():
    """Serve a folder on this machine alone; return its address. What has a trouble, by path, "fails" or "hangs"."""
    servers = []

    def start(folder: Path, troubles: Mapping[str, str] = MappingProxyType({})) -> str:
        handler = functools.partial(_Quiet, directory=folder, troubles=troubles)
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        servers.append((server, thread))
        return f"http://127.0.0.1:{server.server_port}/"

    yield start
    for server, thread in servers:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="session")
def enlarged(once):
    """Build the small project with as many made-up case studies besides, once; return the site's folder."""

    def built(number: int) -> Path:
        def made(root):
            fill(make_project(root).root, number)
            build(Project(root))

        return once(f"enlarged-{number}", made) / "site"

    return built


@pytest.fixture(scope="session")
def thousand(enlarged, serve):
    """The address of the find page of a made-up collection of 1,003."""
    return serve(enlarged(1000)) + "find/"


def chromium() -> str:
    found = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    assert found, "no Chromium: make test installs it"
    return found


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


UNANSWERED = "Failed to load resource"
"""What the browser notes of each request that fails: no page is wrong for that."""


def new_context(browser, width=1280, **options):
    """A browser with its own storage, and a list of what goes wrong in any of its pages."""
    troubles = []

    def note(message):
        if not message.text.startswith(UNANSWERED):
            troubles.append(message.text)

    context = browser.new_context(viewport={"width": width, "height": 800}, locale="en-GB", **options)
    context.on("console", note)
    context.on("weberror", lambda error: troubles.append(error.error.stack))
    return context, troubles


@pytest.fixture
def open_context(browser):
    """A browser with its own storage; afterwards, nothing may have gone wrong in any of its pages."""
    opened = []

    def start(width=1280, **options):
        opened.append(new_context(browser, width, **options))
        return opened[-1][0]

    yield start
    for context, _ in opened:
        context.close()
    assert [trouble for _, troubles in opened for trouble in troubles] == []


@pytest.fixture
def page(open_context):
    return open_context().new_page()


PROMISED = set(re.findall(r"^ +- `(.+)`$", (REAL / "SECURITY.md").read_text(encoding="utf-8"), re.MULTILINE))
"""The tests that keep the promises of SECURITY.md."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item):
    """A promise that nobody tests is not kept: where its test is skipped, it fails."""
    report = yield
    if report.skipped and item.nodeid.partition("[")[0] in PROMISED:
        report.outcome, report.longrepr = "failed", "SECURITY.md names this test: it may not be skipped."
    return report


def pytest_collection_modifyitems(items):
    for item in items:
        if "collection" in item.fixturenames:
            item.add_marker("collection")


def pytest_addoption(parser):
    parser.addoption("--update-golden", action="store_true", help="write tests/golden anew")
