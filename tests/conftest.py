"""Fixtures: projects in temporary folders, and the real case studies, which tests only read."""

import functools
import http.server
import os
import re
import shutil
import signal
import tempfile
import threading
import time
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

import hypothesis
import pytest
from filelock import FileLock
from playwright.sync_api import expect, sync_playwright

import hostile
from benchmarks.corpus import fill
from casebook import environment
from casebook.model.catalogue import Catalogue
from casebook.validation import loading
from chromium import CHROMIUM_FLAGS, chromium, new_context, new_tab, reset, set_clock
from fuller import MORE, ROOM, with_fields
from projects import GOLDEN, REAL, SITE, TODAY, Project, build, make_project, run

os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # the tests run hundreds of commands: compile them once
MEMORY = Path("/dev/shm")
"""Where Linux keeps files in memory: a small project is copied there in a tenth of the time, and the tests copy hundreds."""
ROOM_NEEDED = 3 * 2**30  # bytes: a whole run takes less than half of that


def _keep_files_in_memory() -> None:
    """Unless somebody named a folder for temporary files, or memory has no room, or runs no programs."""
    if "TMPDIR" in os.environ or not MEMORY.is_dir() or not os.access(MEMORY, os.W_OK):
        return
    room = os.statvfs(MEMORY)
    if room.f_bavail * room.f_frsize > ROOM_NEEDED and not room.f_flag & os.ST_NOEXEC:
        os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)


_keep_files_in_memory()

# Begun in the background, or by nohup, the tests would hand on to every command that these are passed over.
signal.signal(signal.SIGINT, signal.default_int_handler)
if hasattr(signal, "SIGHUP"):
    signal.signal(signal.SIGHUP, signal.SIG_DFL)

hypothesis.settings.register_profile("house", deadline=None, derandomize=True, database=None, max_examples=15)
hypothesis.settings.register_profile("fuzz", deadline=None, max_examples=3_000, print_blob=True)
expect.set_options(timeout=60_000)  # milliseconds: generous, for a machine under load
hypothesis.settings.load_profile("house")  # the same texts in every run, and no deadline


def pytest_xdist_auto_num_workers() -> int:
    """Twice the cores: tests wait for half of their time, for a browser, a server or a command."""
    return 2 * (os.cpu_count() or 1)


@pytest.fixture(scope="session")
def collection() -> Path:
    """The repository with the real case studies. Tests that use it run on every contribution."""
    return REAL


@pytest.fixture(scope="session")
def casebook(collection) -> Catalogue:
    """The real case studies, as of today."""
    return loading.load(collection, environment.today())


@pytest.fixture
def project(tmp_path) -> Project:
    return make_project(tmp_path)


@pytest.fixture
def real_schema(tmp_path) -> Path:
    """The real schema and vocabularies, without case studies."""
    shutil.copytree(REAL / "schema", tmp_path / "schema")
    (tmp_path / "case_studies").mkdir()
    return tmp_path


@pytest.fixture
def golden(request):
    """Compare a text with its copy in tests/golden, or update the copy with --update-golden."""

    def compare(name: str, text: str) -> None:
        file = GOLDEN / name
        if request.config.getoption("--update-golden"):
            file.write_text(text, encoding="utf-8")
        assert text == file.read_text(encoding="utf-8")

    return compare


@pytest.fixture(scope="session")
def once(tmp_path_factory):
    """Create a folder once for all xdist workers: call with its name and a function that fills it.

    If that fails, each who wants the folder is told why.
    """
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base

    def made(name: str, fill: Callable[[Path], None]) -> Path:
        folder, outcome = shared / f"once-{name}", shared / f"once-{name}.outcome"
        with FileLock(shared / f"once-{name}.lock"):
            if not outcome.exists():
                folder.mkdir()
                try:
                    fill(folder)
                except BaseException:
                    outcome.write_text(traceback.format_exc(), encoding="utf-8")
                    raise
                outcome.touch()
        assert not (failed := outcome.read_text(encoding="utf-8")), failed
        return folder

    return made


@pytest.fixture(scope="session")
def built(once) -> Project:
    """The small project, built once for every test that only reads the site."""
    return Project(once("built", lambda root: build(make_project(root))))


@pytest.fixture(scope="session")
def real_site(collection, once) -> Path:
    """The folder of the site of the real case studies, built once."""

    def fill(folder: Path) -> None:
        command = ("-m", "mkdocs", "build", "--strict", "--site-dir", str(folder))
        done = run(*command, cwd=collection, SOURCE_DATE_EPOCH=str(int(time.time())))
        assert done.returncode == 0, done.stderr

    return once("real", fill)


@pytest.fixture(scope="session")
def in_full(once) -> Project:
    """The small project, of which one case study tells what the others do without; at an address, built once."""

    def fill(root: Path) -> None:
        project = make_project(root)
        project.rewrite(ROOM, with_fields, MORE)
        done = run("-m", "casebook", "build", cwd=root, SITE_URL=SITE.url)
        assert done.returncode == 0, done.stderr

    return Project(once("in-full", fill))


@pytest.fixture(scope="session")
def attacked(once) -> Project:
    """The small project with every attack that `check` lets through (tests/support/hostile.py), built once."""

    def fill(root: Path) -> None:
        project = make_project(root)
        for name, text in hostile.attacks().items():
            project.write(f"case_studies/{name}", text)
        for file in {problem.file for problem in loading.examine(root, TODAY).problems}:
            (root / file).unlink()
        build(project)

    return Project(once("attacked", fill))


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def __init__(self, *arguments, failures, **options):
        self.failures = failures
        super().__init__(*arguments, **options)  # handles the request

    def do_GET(self):
        failure = self.failures.get(self.path)
        if failure == "fails":
            self.send_error(503)
        elif failure == "hangs":
            self.rfile.read()  # until the browser closes the connection
        else:
            super().do_GET()

    def log_message(self, *arguments):
        pass


class _Server(http.server.ThreadingHTTPServer):
    request_queue_size = 128  # a busy browser opens that many: beyond Python's five, they wait for seconds


@pytest.fixture(scope="session")
def serve():
    """Serve a folder on this machine; return its address. `failures` has "fails" or "hangs" for some paths."""
    servers = []

    def start(folder: Path, failures: Mapping[str, str] = MappingProxyType({})) -> str:
        handler = functools.partial(_Quiet, directory=folder, failures=failures)
        server = _Server(("127.0.0.1", 0), handler)
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))  # seconds: how soon it ends
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
    """Build the small project with this number of made-up case studies added, once; return the site's folder."""

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


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_context(browser):
    """A browser context with its own storage; afterwards, none of its pages may have logged an error."""
    opened = []

    def start(width=1280, **options):
        opened.append(new_context(browser, width, **options))
        return opened[-1][0]

    yield start
    for context, _ in opened:
        context.close()
    assert [error for _, errors in opened for error in errors] == []


@pytest.fixture(scope="session")
def used_tabs(browser):
    """Open tabs by their day and options, each with a list of its errors."""
    tabs = {}
    yield tabs
    for tab, _ in tabs.values():
        tab.context.close()


@pytest.fixture
def open_tab(request, open_context, used_tabs, browser):
    """As a new page of `open_context`, but in a tab that earlier tests have used, for a third of the CPU time.

    Storage is empty. A test is marked as `alone`, and gets a new context, if it sets what lasts as long as a tab
    (routes, listeners, scripts, clocks), or measures how a page loads for the first time.
    """
    taken = []

    def start(width=1280, day=None, **options):
        if request.node.get_closest_marker("alone"):
            tab = open_context(width, **options).new_page()
            set_clock(tab, day)
            return tab
        key = repr((day, options))
        if key not in used_tabs:
            used_tabs[key] = new_tab(browser, day, **options)
        taken.append(used_tabs[key])
        tab, _ = taken[-1]
        tab.set_viewport_size({"width": width, "height": 800})
        return tab

    yield start
    assert [error for tab, errors in taken for error in reset(tab, errors)] == []


@pytest.fixture
def page(open_tab):
    return open_tab()


PROMISED = set(
    re.findall(
        r"^ +- `(.+)`$", (Path(__file__).parents[1] / "SECURITY.md").read_text(encoding="utf-8"), re.MULTILINE
    )
)
"""The tests that keep the promises of SECURITY.md."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item):
    """Fail a skipped test that SECURITY.md names: an untested promise is not kept."""
    report = yield
    if report.skipped and item.nodeid.partition("[")[0] in PROMISED:
        report.outcome, report.longrepr = "failed", "SECURITY.md names this test: it may not be skipped."
    return report


def pytest_collection_modifyitems(items):
    for item in items:
        if "collection" in item.fixturenames:
            item.add_marker("collection")


def pytest_addoption(parser):
    parser.addoption("--update-golden", action="store_true", help="update tests/golden")
    parser.addoption("--update-published", action="store_true", help="add what is new to published.txt")
