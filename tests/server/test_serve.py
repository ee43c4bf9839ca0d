"""`casebook serve`: a real server, real saves, and a real browser where it shows."""

import contextlib
import http.client
import os
import re
import signal
import socket
import subprocess
import sys
from dataclasses import dataclass, field
from itertools import pairwise
from queue import Queue
from threading import Thread

import pytest
from playwright.sync_api import expect

from accessibility import faults
from casebook.server.http_handler import Server
from casebook.server.preview import Failure, Preview, describe
from projects import EPOCH, REAL, make_project

ROOM = "case_studies/reading-room.md"
TITLE = "Readers run the Exampleton reading room"
SCRIPT = re.compile(rb'<script src="/serve/reload.js" data-number="\d+"></script>')
COMMAND = (sys.executable, "-m", "casebook", "serve", "--address", "127.0.0.1:0")
PATIENCE = 60
"""Seconds after which a test gives up."""


@dataclass
class Served:
    """A project, the server that shows it, and what the server says."""

    project: object
    process: subprocess.Popen
    address: str = ""
    _lines: Queue = field(default_factory=Queue)

    def __post_init__(self):
        Thread(target=self._listen, daemon=True).start()
        self.address = re.search(r"http://\S+/", self.said("Serving on "))[0]

    def _listen(self):
        for line in self.process.stdout:
            self._lines.put(line.rstrip("\n"))

    def said(self, words):
        """Wait for a line with these words; return it."""
        while words not in (line := self._lines.get(timeout=PATIENCE)):
            pass
        return line

    @property
    def port(self):
        return int(self.address.rstrip("/").rpartition(":")[2])

    def get(self, path, **headers):
        """Return status, headers and body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        with contextlib.closing(connection):
            connection.request("GET", f"/{path}", headers=headers)
            reply = connection.getresponse()
            return reply.status, dict(reply.headers), reply.read()

    @contextlib.contextmanager
    def changed(self, path, text):
        """Save another text, or no file at all; afterwards, put things back."""
        file = self.project.root / path
        before = file.read_bytes() if file.exists() else None
        self._put(path, None if text is None else text.encode())
        try:
            yield
        finally:
            self._put(path, before)

    def _put(self, path, contents):
        file = self.project.root / path
        if contents is None:
            file.unlink()
        else:
            file.write_bytes(contents)
        self.said(f"{path} changed: seen in ")

    def replaced(self, path, old, new):
        text = self.project.read(path)
        assert old in text
        return self.changed(path, text.replace(old, new))

    def stop(self, end=signal.SIGINT):
        """End it, and return the exit code and what it has said of errors."""
        self.process.send_signal(end)
        code = self.process.wait(PATIENCE)
        errors = self.process.stderr.read()
        self.process.stdout.close()
        self.process.stderr.close()
        return code, errors


def begin(project, port=0, **variables):
    return subprocess.Popen(
        [*COMMAND[:-1], f"127.0.0.1:{port}"],
        cwd=project.root,
        env=os.environ | {"PYTHONPATH": str(REAL / "hooks"), "SOURCE_DATE_EPOCH": EPOCH} | variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def start(project, port=0, **variables):
    return Served(project, begin(project, port, **variables))


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    served = start(make_project(tmp_path_factory.mktemp("served")))
    yield served
    assert served.stop() == (0, "")


@pytest.fixture
def tab(browser, served):
    """Open an address in a tab of its own; all tabs belong to one window."""
    context = browser.new_context()
    context.set_default_timeout(PATIENCE * 1000)

    def open_tab(path):
        page = context.new_page()
        page.goto(served.address + path)
        return page

    yield open_tab
    context.close()


def title_is(page, title):
    page.get_by_role("heading", level=1, name=title, exact=True).wait_for()


def panel(page):
    """The text on top of the page, once it is complete: once the next element has come."""
    return re.sub("\n+", "\n", page.locator("[role=alert]:has(+ *)").inner_text())


def panel_goes(page):
    page.get_by_role("alert").wait_for(state="detached")


def test_every_page_and_file_is_that_of_the_build(served, built):
    site = built.root / "site"
    paths = sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    assert len(paths) > 150
    for path in paths:
        status, _, body = served.get(path)
        page, scripts = SCRIPT.subn(b"", body)
        expected = (site / path).read_bytes()
        assert (status, page) == (200, expected), path
        assert scripts == expected.count(b"</head>"), path


def test_addresses_are_as_on_the_site(served):
    page = served.get("case-studies/reading-room/")
    assert page[0] == 200
    assert page[1]["Content-Type"] == "text/html; charset=utf-8"
    assert page[1]["Cache-Control"] == "no-store"
    assert served.get("case-studies/reading-room/?x=1")[2] == page[2]
    assert served.get("case-studies/reading-room/index.html")[2] == page[2]
    status, headers, _ = served.get("case-studies/reading-room")
    assert (status, headers["Location"]) == (302, "/case-studies/reading-room/")
    script = re.search(rb'src="../../(assets/[^"]*/pack/pack.js)"', page[2])[1].decode()
    assert served.get(script)[1]["Content-Type"] == "text/javascript; charset=utf-8"


def test_what_is_not_there_has_the_sites_own_page_for_it(served, built):
    status, _, body = served.get("no/such/page/")
    assert status == 404
    assert SCRIPT.sub(b"", body) == (built.root / "site/404.html").read_bytes()


@pytest.mark.parametrize(
    "path",
    ["../mkdocs.yml", "%2e%2e/mkdocs.yml", "assets/../../mkdocs.yml", "/etc/passwd", "serve/../panel.py"],
)
def test_nothing_outside_the_site_is_served(served, path):
    with socket.create_connection(("127.0.0.1", served.port), timeout=PATIENCE) as connection:
        connection.sendall(f"GET /{path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
        reply = connection.makefile("rb").read()
    assert reply.startswith(b"HTTP/1.1 404 ")
    assert b"docs_dir" not in reply
    assert b"root:" not in reply


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1", 200),
        ("localhost:8000", 200),
        ("LOCALHOST", 200),
        ("evil.example", 403),
        ("evil.example:8000", 403),
        ("127.0.0.1.evil.example", 403),
        ("localhost@evil.example", 403),
        ("", 403),
    ],
)
def test_only_this_machines_own_names_are_answered(served, host, status):
    assert served.get("", Host=host)[0] == status


def test_every_open_tab_shows_what_was_saved(served, tab):
    tabs = [tab(path) for path in ["case-studies/reading-room/"] * 8 + ["case-studies/"]]
    with served.replaced(ROOM, TITLE, "The reading room, told anew"):
        for page in tabs[:8]:
            title_is(page, "The reading room, told anew")
        tabs[8].get_by_role("link", name="The reading room, told anew").first.wait_for()
    for page in tabs[:8]:
        title_is(page, TITLE)


def test_a_mistake_stands_on_top_of_the_last_good_page_until_it_is_mended(served, tab):
    page = tab("case-studies/westover-trees/")
    title = page.get_by_role("heading", level=1).inner_text()
    summary = "1 problem in 1 of 3 case studies."
    fault = f'{ROOM}:9: status: "over" is not one of the statuses.\n    Did you mean "ended"? They are: running, ended, changed, taken-back, replaced, unknown.'
    with served.replaced(ROOM, "status: ended", "status: over"):
        assert panel(page) == f"{summary}\n{fault}"
        title_is(page, title)
        for line in (*fault.split("\n"), summary):
            assert served.said(line) == line
        assert faults(page) == []
        assert b'role="alert"' in served.get("no/such/page/")[2]
        assert b'role="alert"' not in served.get("find/facets.json")[2]
    panel_goes(page)
    title_is(page, title)


def test_what_contributors_wrote_is_text_in_the_panel(served, tab):
    page = tab("")
    hostile = "</pre><img src=x onerror=alert(1)><script>alert(2)</script>"
    with served.replaced(ROOM, "status: ended", f'status: "{hostile}"'):
        assert hostile[:40] in panel(page)
        assert page.locator("[role=alert] img, [role=alert] script").count() == 0
    panel_goes(page)


def test_a_case_study_comes_and_goes(served, tab):
    page = tab("case-studies/second-room/")
    title_is(page, "There is no page here")
    text = served.project.read(ROOM).replace(TITLE, "A second room")
    with served.changed("case_studies/second-room.md", text):
        title_is(page, "A second room")
        assert served.get("case-studies/second-room.md")[2] == text.encode()
        assert b"A second room" in served.get("feed.xml")[2]
    title_is(page, "There is no page here")
    assert served.get("case-studies/second-room/")[0] == 404
    assert served.get("case-studies/second-room.md")[0] == 404


def test_a_hand_written_page_that_links_to_what_has_gone_is_told_of_it(served, tab):
    page, file = tab("about/glossary/"), "docs/about/glossary.md"
    linked = f"{served.project.read(file)}\n\n[The vote](../case-studies/joint-youth-vote.md)\n"
    with served.changed(file, linked):
        page.get_by_role("link", name="The vote").wait_for()
        with served.changed("case_studies/joint-youth-vote.md", None):
            assert "this page links to case_studies/joint-youth-vote.md" in panel(page)
        panel_goes(page)


@pytest.mark.parametrize(
    "place", ["docs/assets/leak.txt", "docs/assets/js/leak.js", "docs/assets/leaks", "docs/leak.md"]
)
def test_a_link_is_told_of_and_never_followed(served, tmp_path, place):
    for name in ("leak.txt", "index.md"):
        (tmp_path / name).write_text("# Not for the preview", encoding="utf-8")
    link, target = served.project.root / place, tmp_path if place.endswith("leaks") else tmp_path / "leak.txt"
    link.symlink_to(target)
    fault = f"{place}:1: not an ordinary file: links and devices are not followed"
    served.said(fault)
    for path in (place.removeprefix("docs/"), "assets/leaks/leak.txt", "leak/"):
        assert b"Not for the preview" not in served.get(path)[2]
    assert fault.encode() in served.get("")[2]
    link.unlink()
    served.said(f"{place} changed: seen in ")
    assert fault.encode() not in served.get("")[2]


def test_a_case_study_replaced_by_a_link_shows_nothing_of_what_that_leads_to(served, tmp_path):
    secret, room = tmp_path / "secret.md", served.project.root / ROOM
    secret.write_text("Not for the preview", encoding="utf-8")
    text = room.read_bytes()
    room.unlink()
    room.symlink_to(secret)
    served.said(f"{ROOM}:1: not an ordinary file")
    assert b"Not for the preview" not in served.get("case-studies/reading-room.md")[2]
    room.unlink()
    room.write_bytes(text)
    served.said("changed: seen in ")


def test_who_stalls_keeps_nobody_waiting_and_is_sent_away(monkeypatch):
    monkeypatch.setattr("casebook.server.http_handler._Handler.timeout", 0.3)
    with Server("127.0.0.1", 0, print) as server:
        serving = Thread(target=server.serve_forever)
        serving.start()
        address = ("127.0.0.1", server.server_port)
        stalled = [socket.create_connection(address, timeout=PATIENCE) for _ in range(3)]
        stalled[0].sendall(b"GET / HTTP/1.1\r\nHost: loc")
        stalled[1].sendall(b"GET /serve/panel.css HTTP/1.1\r\nHost: localhost\r\n\r\n")
        with socket.create_connection(address, timeout=PATIENCE) as other:
            other.sendall(b"GET /serve/panel.css HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            assert other.makefile("rb").read().startswith(b"HTTP/1.1 200 ")
        for connection in stalled:
            connection.makefile("rb").read()  # until the server closes it
            connection.close()
        server.shutdown()
        serving.join()


def test_a_changed_vocabulary_is_shown(served, tab):
    page = tab("themes/libraries/")
    with served.replaced("schema/themes.yml", "title: Libraries", "title: Houses of books"):
        title_is(page, "Houses of books")
    title_is(page, "Libraries")


def test_a_changed_message_is_said(served, tab):
    page = tab("contribute/")
    with (
        served.replaced(ROOM, "status: ended", "status: over"),
        served.replaced("schema/messages.yml", "is not one of {title}.", "is none of {title}."),
    ):
        page.get_by_role("alert").get_by_text('"over" is none of the statuses.').wait_for()
    with served.replaced("schema/messages.yml", "never cited", "cited nowhere"):
        assert b"cited nowhere" in served.get("contribute/form/messages.json")[2]
    panel_goes(page)


def test_a_changed_template_is_shown(served, tab):
    page = tab("gaps/")
    template = "docs/overrides/gaps.html"
    with served.changed(template, f"<p>New words.</p>{served.project.read(template)}"):
        page.get_by_text("New words.").wait_for()
    page.get_by_text("New words.").wait_for(state="detached")


def test_a_page_that_an_editor_has_emptied_comes_back(served, tab):
    """Some empty a file before they write it, and a build may come between."""
    page = tab("gaps/")
    with served.changed("docs/overrides/gaps.html", ""):
        page.get_by_role("heading", level=1).wait_for(state="detached")
    title_is(page, "What is missing")


@pytest.mark.parametrize(
    ("mistake", "words"),
    [
        ("{% if %}", "docs/overrides/gaps.html:1: Expected an expression, got 'end of statement block'"),
        ("{{ nobody }}", "docs/overrides/gaps.html:1: 'nobody' is undefined"),
    ],
    ids=["syntax", "name"],
)
def test_a_broken_template_leaves_the_last_good_page(served, tab, mistake, words):
    page = tab("gaps/")
    with served.changed("docs/overrides/gaps.html", mistake):
        assert panel(page) == f"A template can't be rendered.\n{words}"
        title_is(page, "What is missing")
        assert served.said(words) == words
    panel_goes(page)


def test_what_a_request_finds_is_said_after_the_change_that_it_comes_from():
    """A browser may be told of a change, and fetch the page, before the terminal has been written to."""
    said, requests = [], []

    def say(words):
        if words == "gaps.html changed":
            requests.append(
                Thread(target=server.report, args=(1, Failure(("gaps.html:1",), "A template fails.")))
            )
            requests[0].start()
            requests[0].join(0.1)
        said.append(words)

    with Server("127.0.0.1", 0, say) as server:
        server.show(Preview(failures=(Failure((), "A mistake."),)), "gaps.html changed")
        requests[0].join()
    assert said == ["gaps.html changed", "A mistake.", "gaps.html:1\nA template fails."]


def test_a_changed_frame_is_shown_and_a_broken_one_is_explained(served, tab):
    page, frame = tab("about/glossary/"), "docs/overrides/main.html"
    with served.replaced(frame, "The Localism Casebook</a>", "The New Casebook</a>"):
        page.get_by_role("link", name="The New Casebook").wait_for()
    with served.replaced(frame, "<main>", "<main>{{ nobody.name }}{% if %}"):
        assert f"{frame}:" in panel(page)
        assert "Traceback" not in panel(page)
        title_is(page, "Glossary")
    panel_goes(page)


def test_a_hand_written_page_is_shown_and_its_faults_are_told(served, tab):
    page, file = tab("about/glossary/"), "docs/about/glossary.md"
    with served.changed(file, f"{served.project.read(file)}\n\nA last word.\n"):
        page.get_by_text("A last word.").wait_for()
    with served.changed(file, f"{served.project.read(file)}\n\n[A link](nowhere.md)\n"):
        words = panel(page)
        assert words.startswith("MkDocs could not build its part.\n")
        assert "'about/glossary.md' contains a link 'nowhere.md'" in words
        title_is(page, "Glossary")
    panel_goes(page)


def test_a_changed_style_is_shown(served, tab):
    page, style = tab(""), "docs/assets/css/pages/about.css"
    with served.changed(style, f"{served.project.read(style)}\nbody {{ outline: 7px solid red }}\n"):
        expect(page.locator("body")).to_have_css("outline-width", "7px")
        page.goto(f"{page.url}about/glossary/")
        expect(page.locator("body")).to_have_css("outline-width", "7px")
    expect(page.locator("body")).not_to_have_css("outline-width", "7px")
    with served.changed("docs/assets/new.txt", "new"):
        assert served.get("assets/new.txt")[2] == b"new"
    assert served.get("assets/new.txt")[0] == 404


def test_the_configuration_is_read_again(served, tab):
    page = tab("about/glossary/")
    with served.replaced("mkdocs.yml", "site_name: The Localism Casebook", "site_name: The Other Casebook"):
        expect(page).to_have_title("Glossary – The Other Casebook")
    with served.replaced("mkdocs.yml", "site_name:", "site_nam:"):
        assert "site_nam" in panel(page)
    panel_goes(page)


def test_changed_code_needs_a_new_start_and_the_server_says_so(served):
    """So does what the code has read as it started."""
    served.project.write("hooks/casebook/new.py", "")
    for name in ("hooks/casebook/new.py", "schema/codebook.yml", "schema/research.yml"):
        served.project.write(name, (REAL / name).read_text(encoding="utf-8") if "schema" in name else "")
        assert served.said(name) == f"{name} changed. To use that, stop the server and start it again."


def test_what_an_editor_keeps_beside_a_file_is_no_mistake(served, tab):
    page = tab("case-studies/reading-room/")
    served.project.write("case_studies/.reading-room.md.swp", "half")
    with served.replaced(ROOM, TITLE, "Saved from an editor"):
        title_is(page, "Saved from an editor")
        assert page.get_by_role("alert").count() == 0
    (served.project.root / "case_studies/.reading-room.md.swp").unlink()


def test_a_fault_of_the_code_is_told_in_full_on_the_terminal(capsys):
    try:
        raise TypeError("no such thing")
    except TypeError as error:
        told = str(describe(error))
    assert told == "TypeError: no such thing\nA fault of the code: the terminal shows where."
    assert capsys.readouterr().err.startswith("Traceback (most recent call last):\n")


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_mistakes_at_the_start_are_told_and_the_end_leaves_nothing(project, browser, tmp_path_factory, end):
    project.replace(ROOM, "status: ended", "status: over")
    temporary = tmp_path_factory.mktemp("temporary")
    served = start(project, TMPDIR=str(temporary))
    assert served.said("1 problem") == "1 problem in 1 of 3 case studies."
    assert served.get("")[0] == 503
    with contextlib.closing(browser.new_page()) as page:
        page.goto(f"{served.address}case-studies/reading-room/")
        assert '"over" is not one of the statuses' in panel(page)
        title_is(page, "Nothing to show yet")
        project.replace(ROOM, "status: over", "status: ended")
        title_is(page, TITLE)
        assert page.get_by_role("alert").count() == 0
    assert served.stop(end) == (0, "")
    assert [folder.name for folder in temporary.iterdir() if not folder.match("_jinja2-cache-*")] == []


def test_a_terminal_closed_at_the_start_leaves_nothing(project, tmp_path_factory):
    temporary = tmp_path_factory.mktemp("temporary")
    process = begin(project, TMPDIR=str(temporary))
    while not list(project.root.glob(".site-order-*/*")):  # until MkDocs is about to run
        assert process.poll() is None
    process.send_signal(signal.SIGHUP)
    assert process.communicate(timeout=PATIENCE) == ("", "")
    assert process.returncode == 0
    assert list(project.root.glob(".site-*")) == []
    assert [folder.name for folder in temporary.iterdir() if not folder.match("_jinja2-cache-*")] == []


def test_tabs_find_the_server_again_after_a_new_start(project, browser):
    first = start(project)
    with contextlib.closing(browser.new_page()) as page:
        page.goto(f"{first.address}case-studies/reading-room/")
        title_is(page, TITLE)
        assert first.stop() == (0, "")
        project.replace(ROOM, TITLE, "Told while nobody was serving")
        second = start(project, first.port)
        title_is(page, "Told while nobody was serving")
    assert second.stop() == (0, "")


def test_a_request_cut_short_by_the_end_is_no_fault_to_tell_of(capsys):
    with Server("127.0.0.1", 0, print) as server:
        for is_ending in (False, True):
            server.is_ending = is_ending
            try:
                raise ImportError("Python is likely shutting down")
            except ImportError:
                server.handle_error(None, ("127.0.0.1", 1))
            assert ("Python is likely shutting down" in capsys.readouterr().err) != is_ending


def test_where_nobody_reads_what_it_says_the_site_is_still_kept_up(project, browser):
    process = begin(project)
    address = re.search(r"http://\S+/", process.stdout.readline())[0]
    process.stdout.close()
    with contextlib.closing(browser.new_page()) as page:
        page.goto(f"{address}case-studies/reading-room/")
        for before, after in pairwise([TITLE, "Told to nobody", "Told to nobody again"]):
            project.replace(ROOM, before, after)
            title_is(page, after)
    process.send_signal(signal.SIGINT)
    assert (process.wait(PATIENCE), process.stderr.read()) == (0, "")
    process.stderr.close()


def test_a_busy_port_is_said_in_one_line(project, served):
    done = project.run("serve", "--address", f"127.0.0.1:{served.port}")
    assert (done.returncode, done.stdout, done.stderr) == (
        1,
        "",
        f"Error: Port {served.port} is in use, perhaps by another server. "
        f"Choose another one: casebook serve --address 127.0.0.1:{served.port + 1}\n",
    )


@pytest.mark.parametrize("address", ["8000", "127.0.0.1:", "127.0.0.1:http", ":8000"])
def test_what_is_no_address_is_wrong_use(project, address):
    done = project.run("serve", "--address", address)
    assert done.returncode == 2
    assert done.stderr.endswith(f'Error: "{address}" is no address. Write it like 127.0.0.1:8000.\n')
