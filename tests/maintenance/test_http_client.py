"""The link check against a server on this machine, which misbehaves in every way that hosts do. Nothing outside is asked."""

import contextlib
import http.server
import re
import socket
import struct
import threading
from collections import Counter

import pytest

from casebook.maintenance import http_client
from casebook.maintenance.source_links import Reply
from projects import REAL

QUICK = http_client.RequestPolicy(timeout=60, pause=0.01, tries=2)
HASTY = http_client.RequestPolicy(timeout=0.5, pause=0.01, tries=2)


class Host(http.server.ThreadingHTTPServer):
    """Answers by the path, and remembers who asked what."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answers)
        self.asked, self.agents, self.release = [], set(), threading.Event()
        self.at_once, self.most_at_once, self.lock = 0, 0, threading.Lock()

    def address(self, path):
        return f"http://127.0.0.1:{self.server_port}{path}"


class Answers(http.server.BaseHTTPRequestHandler):
    def do_HEAD(self):
        with self.server.lock:
            self.server.asked.append((self.command, self.path))
            self.server.agents.add(self.headers["User-Agent"])
            self.server.at_once += 1
            self.server.most_at_once = max(self.server.most_at_once, self.server.at_once)
        name = self.path.strip("/").partition("/")[0]
        try:
            getattr(self, name, self.status)(name)
        finally:
            with self.server.lock:
                self.server.at_once -= 1

    do_GET = do_HEAD

    def status(self, code):
        self.send_response(int(code))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def to(self, code, path):
        self.send_response(code)
        self.send_header("Location", path)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def permanent(self, name):
        self.to(301, "/still")

    def still(self, name):
        self.to(308, "/temporary")

    def temporary(self, name):
        self.to(302, "/200")

    def lost(self, name):
        self.to(301, "/404")

    def nowhere(self, name):
        self.to(
            301,
            {"bracket": "http://[x", "dots": "http://a..b/", "port": "http://a:99999/"}[
                self.path.split("/")[2]
            ],
        )

    def loop(self, name):
        self.to(302, "/loop")

    def hang(self, name):
        self.server.release.wait()

    def reset(self, name):
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()

    def nohead(self, name):
        self.status(405 if self.command == "HEAD" else 200)

    def flaky(self, name):
        self.status(503 if self.server.asked.count((self.command, self.path)) == 1 else 200)

    def patient(self, name):
        self.send_response(429)
        self.send_header("Retry-After", "86400")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def finish(self):
        with contextlib.suppress(OSError):  # we broke the connection off, or the asker gave up waiting
            super().finish()

    def log_message(self, *arguments):
        pass


@pytest.fixture
def host():
    host = Host()
    host.handle_error = lambda *arguments: None
    thread = threading.Thread(target=host.serve_forever, args=(0.01,))
    thread.start()
    yield host
    host.release.set()
    host.shutdown()
    thread.join()
    host.server_close()


def fetched(urls, policy=QUICK):
    groups = http_client.fetch(http_client.by_host(urls), policy)
    return {url: reply for group in groups for url, reply in group.items()}


def ask(host, *paths):
    replies = fetched([host.address(path) for path in paths])
    return [replies[host.address(path)] for path in paths]


@pytest.mark.parametrize("status", [200, 404, 410, 403, 500])
def test_a_hosts_answer_is_passed_on(host, status):
    assert ask(host, f"/{status}") == [Reply(status=status)]


def test_a_page_that_is_there_is_asked_for_once_without_its_content(host):
    ask(host, "/200")
    assert host.asked == [("HEAD", "/200")]


def test_a_host_that_knows_no_head_is_asked_with_get(host):
    assert ask(host, "/nohead") == [Reply(status=200)]
    assert host.asked == [("HEAD", "/nohead"), ("GET", "/nohead")]


def test_permanent_redirects_are_followed_to_the_new_address(host):
    assert ask(host, "/permanent") == [Reply(status=200, moved_to=host.address("/temporary"))]


def test_a_temporary_redirect_is_no_move(host):
    assert ask(host, "/temporary") == [Reply(status=200)]


def test_a_page_that_moved_to_nowhere_is_gone(host):
    reply = ask(host, "/lost")[0]
    assert (reply.status, reply.rule) == (404, "gone")


def test_redirects_in_a_loop_end(host):
    assert ask(host, "/loop") == [Reply(fault="it redirects without end")]


@pytest.mark.parametrize("where", ["bracket", "dots", "port"])
def test_a_redirect_to_what_is_no_address_is_said(host, where):
    assert ask(host, f"/nowhere/{where}") == [Reply(fault="it is no address, or redirects to none")]


def test_a_host_that_hangs_is_given_up(host):
    url = host.address("/hang")
    assert fetched([url], HASTY) == {url: Reply(fault="the host did not answer in time")}


def test_a_connection_that_breaks_off_is_tried_again_and_named(host):
    assert ask(host, "/reset") == [Reply(fault="the host broke the connection off")]
    assert Counter(host.asked) == {("HEAD", "/reset"): 2, ("GET", "/reset"): 2}


def test_a_passing_fault_is_no_fault(host):
    assert ask(host, "/flaky") == [Reply(status=200)]
    assert host.asked == [("HEAD", "/flaky"), ("HEAD", "/flaky")]


def test_a_host_cannot_make_us_wait_a_day(host):
    assert ask(host, "/patient") == [Reply(status=429)]


def test_a_host_that_has_too_much_to_do_is_not_asked_more(host):
    ask(host, "/patient")
    assert host.asked == [("HEAD", "/patient"), ("HEAD", "/patient")]


def test_a_connection_that_is_not_safe_is_not_trusted(host):
    url = host.address("/200").replace("http:", "https:")
    reply = Reply(fault="no connection to it could be trusted")
    assert fetched([url]) == {url: reply}


def test_nobody_listens_there():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/"
    assert fetched([url]) == {url: Reply(fault="the host took no connection")}


def test_a_host_without_a_name_is_said():
    url = "http://no-such-host.invalid/"
    assert fetched([url]) == {url: Reply(fault="nobody knows the host's name")}


def test_one_host_is_asked_one_thing_at_a_time_and_knows_who_asks(host):
    ask(host, *(f"/200/{number}" for number in range(12)))
    assert len(host.asked) == 12
    assert host.most_at_once == 1
    assert host.agents == {http_client.AGENT}


def test_each_host_that_is_done_moves_the_bar_on(host):
    urls = [host.address("/200"), host.address("/404")]
    assert [list(replies) for replies in http_client.fetch(http_client.by_host(urls), QUICK)] == [urls]


def test_a_host_can_find_out_whom_to_complain_to():
    config = (REAL / "mkdocs.yml").read_text(encoding="utf-8")
    address = re.search(r"^repo_url: (.+)$", config, re.MULTILINE)[1]
    assert f"(+{address})" in http_client.AGENT


def test_the_command_names_what_is_wrong_and_exits_1(project, host):
    project.replace("case_studies/reading-room.md", "https://example.org/gazette", host.address("/404"))
    project.write(".ci/hosts-not-checked.yml", "example.org: Not in a test.\n")
    done = project.run("links")
    assert done.stdout == (
        f"case_studies/reading-room.md:40: sources.gazette.url: {host.address('/404')} is gone: the host answered 404\n"
        "    Look for the page elsewhere on that site or in a web archive, or find another source.\n"
        "1 problem in 1 of 3 case studies.\n"
    )
    assert (done.returncode, done.stderr) == (1, "")
    markdown = project.run("links", "--format", "markdown")
    assert markdown.stdout.startswith("## Gone\n\nLook for the page")
    assert markdown.returncode == 1


def test_the_command_is_clean_and_exits_0(project):
    project.write(".ci/hosts-not-checked.yml", "example.org: Not in a test.\n")
    done = project.run("links")
    assert (done.returncode, done.stdout) == (0, "No problems in 3 case studies.\n")


def test_a_mistake_in_the_list_of_hosts_stops_the_command(project):
    project.write(".ci/hosts-not-checked.yml", "example.org: One.\nexample.org: Two.\n")
    done = project.run("links")
    assert done.returncode == 2
    assert ".ci/hosts-not-checked.yml:2: example.org: given twice" in done.stderr
