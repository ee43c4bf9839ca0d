"""The casebook is published anew under the eyes of somebody whose browser keeps files for ten minutes, as on GitHub Pages."""

import http.server
import shutil
import threading

import pytest
from playwright.sync_api import expect

from projects import Project, build

VOTE = "Two councils let young people vote on a budget"
TREES = "Westover asks its streets about trees"
CLOCK = "Westover lets a clock stand still"
OLD, NEW = [TREES, "Readers run the Exampleton reading room"], [TREES, CLOCK]
UPDATED = "The casebook was updated after this page was loaded."


pytestmark = pytest.mark.alone  # what a browser has kept of a publication is what they are about


@pytest.fixture(scope="module")
def editions(built, tmp_path_factory):
    """The site, and the next one: a case study has come and one has gone, so that the others have changed places."""
    project = Project(shutil.copytree(built.root, tmp_path_factory.mktemp("next") / "project"))
    (project.root / "case_studies/reading-room.md").unlink()
    project.replace("docs/assets/js/find/page.js", "const STEP = 20;", "const STEP = 19;")
    trees = project.read("case_studies/westover-trees.md").replace(f"title: {TREES}", f"title: {CLOCK}")
    project.write("case_studies/westover-clock.md", trees)
    build(project)
    return built.root / "site", project.root / "site"


class _Kept(http.server.SimpleHTTPRequestHandler):
    def end_headers(self):
        self.send_header("Cache-Control", "max-age=600")
        super().end_headers()

    def translate_path(self, path):
        self.directory = self.server.folder
        return super().translate_path(path)

    def log_message(self, *arguments):
        pass


@pytest.fixture
def publication(editions):
    """A server that shows the first edition; set its folder to the next one."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Kept) as server:
        server.folder = editions[0]
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def find(publication):
    return f"http://127.0.0.1:{publication.server_port}/find/"


@pytest.fixture
def page(browser):
    context = browser.new_context()
    yield context.new_page()
    context.close()


def found(page, *wanted):
    expect(page.locator("#count")).to_have_text(f"{len(wanted)} case studies")
    assert sorted(page.locator("#found .card__title").all_inner_texts()) == sorted(wanted)


def publish(publication, editions):
    publication.folder = editions[1]


def test_a_page_from_before_takes_nothing_from_after_and_what_is_typed_stays(
    page, find, publication, editions
):
    page.goto(find)
    publish(publication, editions)
    page.get_by_role("searchbox", name="Words").fill("trees")
    expect(page.locator("#trouble")).to_have_text(UPDATED)
    expect(page.locator("#found")).to_be_hidden()
    expect(page.locator("#count")).to_have_text("")
    page.get_by_role("button", name="Load the page again").click()
    expect(page.get_by_role("searchbox", name="Words")).to_have_value("trees")
    found(page, *NEW)


def test_a_page_from_after_takes_nothing_that_the_browser_kept_from_before(page, find, publication, editions):
    page.goto(f"{find}?text=trees")
    found(page, *OLD)
    publish(publication, editions)
    page.goto(f"{find}?text=trees&question=open-to-all")  # an address that was not looked at: the page is new
    expect(page.locator("#found[aria-busy=false]")).to_be_visible()
    page.get_by_role("button", name="Remove Open to all").click()
    found(page, *NEW)
    expect(page.locator("#trouble")).to_have_text("")


def test_a_page_and_an_index_from_before_agree_until_something_from_after_is_needed(
    page, find, publication, editions
):
    page.goto(f"{find}?text=trees")
    found(page, *OLD)
    publish(publication, editions)
    page.goto("about:blank")
    page.goto(f"{find}?text=trees")
    found(page, *OLD)
    page.get_by_role("searchbox", name="Words").fill("vote")
    expect(page.locator("#trouble")).to_have_text(UPDATED)
    page.get_by_role("button", name="Load the page again").click()
    expect(page.locator("#count")).to_have_text("1 case study")
    expect(page.locator("#found .card__title")).to_have_text([VOTE])


def test_a_page_whose_scripts_have_gone_says_so(page, find, publication, editions):
    page.route("**/find/page.js", lambda route: route.fulfill(status=404, body=""))
    page.goto(f"{find}?text=trees")
    publish(publication, editions)
    words = "The search could not be loaded. The list below is of all case studies."
    expect(page.locator("#trouble")).to_have_text(words)
    expect(page.locator("#found")).to_be_visible()
    page.unroute("**/find/page.js")
    page.get_by_role("button", name="Try again").click()
    found(page, *NEW)


def test_a_page_from_after_runs_no_script_from_before(page, find, publication, editions):
    page.goto(find)
    before = set(page.locator("script[src]").evaluate_all("all => all.map(one => one.src)"))
    publish(publication, editions)
    page.reload()
    after = set(page.locator("script[src]").evaluate_all("all => all.map(one => one.src)"))
    assert before
    assert not before & after
