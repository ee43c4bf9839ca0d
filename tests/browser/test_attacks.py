"""A site full of attacks in Chromium: nothing that somebody contributed, typed or put into an address ever runs.

Each page is loaded, and everything in it hovered over, focused and clicked, also where the content security policy is
shut off. A control shows for each kind of attack that the same driver sees it run.
"""

import json
import re
import shutil
from html import unescape
from urllib.parse import urlencode, urlsplit

import pytest
from cmarkgfm import cmark
from playwright.sync_api import Error, expect

import hostile
from projects import CORPUS

EVIL = """"><img src=x onerror=PWN()><svg onload=PWN()></svg><b onmouseover=PWN()>' onfocus='PWN()' {{7*7}}"""
ACT = """(chosen) => {
  const stay = (event) => {
    const link = event.target.closest?.("a[href]");
    if (link && new URL(link.getAttribute("href"), location).protocol !== "javascript:") event.preventDefault();
  };
  document.addEventListener("click", stay, true);
  document.addEventListener("submit", (event) => event.preventDefault(), true);
  window.print = () => {};
  for (const closed of document.querySelectorAll("details")) closed.open = true;
  const hover = ["pointerover", "mouseover", "mouseenter", "mousemove", "mouseout", "pointerdown", "keydown"];
  const controls = "a, button, summary, input, [onclick]";
  for (const one of document.querySelectorAll(chosen)) {
    if (!one.isConnected) continue; // nobody can reach what was taken away by the clicks before
    for (const kind of hover) one.dispatchEvent(new Event(kind));
    if (one.tabIndex >= 0) one.focus();
    if (one.matches(controls)) one.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
  }
}"""
"""Everything that a mouse and a keyboard can do to an element, but for leaving the page."""


class Driver:
    """A page of the site, and what went wrong in it."""

    def __init__(self, context, address):
        self.address, self.page, self.seen = address, context.new_page(), []
        context.expose_function("PWN", lambda *given: self.seen.append(f"ran on {self.page.url}"))
        context.on("dialog", self.refuse)
        context.on("requestfinished", self.note)
        context.on("requestfailed", lambda request: request.failure == "csp" or self.note(request))

    def is_ours(self, url):
        return url.startswith((self.address, "blob:", "data:"))

    def refuse(self, dialog):
        self.seen.append(f"said {dialog.message}")
        dialog.dismiss()

    def note(self, request):
        if not self.is_ours(request.url):
            self.seen.append(f"asked for {request.url}")

    def open(self, path):
        self.opened = urlsplit(self.address + path).path
        self.page.goto(self.address + path)

    def shows(self, path):
        """Whether the browser shows a file when it is opened, and does not download it."""
        try:
            self.open(path)
        except Error as error:
            if "Download is starting" not in error.message:
                raise
            return False
        return True

    def act(self, chosen="*"):
        """Do everything to the page that is open, or to these elements of it. It must stay the same page."""
        try:
            self.page.evaluate(ACT, chosen)
            self.page.evaluate("() => new Promise((done) => setTimeout(done))")
        except Error as error:  # a page that leaves takes with it what was to be done to it
            self.seen.append(error.message)
        if urlsplit(self.page.url).path != self.opened:
            self.seen.append(f"left {self.opened} for {self.page.url}")

    def take(self):
        """What has been seen since this was last asked."""
        seen, self.seen = self.seen, []
        return seen


@pytest.fixture(scope="module")
def site(attacked, tmp_path_factory):
    """A copy, into which more is put."""
    return shutil.copytree(attacked.root / "site", tmp_path_factory.mktemp("attacked") / "site")


@pytest.fixture(scope="module")
def address(site, serve):
    return serve(site)


@pytest.fixture(params=[False, True], ids=["with-policy", "without-policy"])
def driver(request, browser, address):
    context = browser.new_context(bypass_csp=request.param, permissions=["clipboard-read", "clipboard-write"])
    driver = Driver(context, address)
    driver.has_policy = not request.param
    yield driver
    context.close()


CONTROLS = {
    "as the page loads": "<script>PWN()</script>",
    "where a picture fails": "<img src=x onerror=PWN()>",
    "under the mouse": "<b onmouseover=PWN()>x</b>",
    "with the focus": "<p tabindex=0 onfocus=PWN()>x</p>",
    "at a click": "<b onclick=PWN()>x</b>",
    "behind a link": "<a href='javascript:PWN()'>x</a>",
    "behind a link in a picture": "<svg><a href='javascript:PWN()'><text>x</text></a></svg>",
    "as a box opens": "<details ontoggle=PWN()>x</details>",
    "as a window of its own": "<script>alert('PWN')</script>",
    "from elsewhere": "<img src='https://evil.example/PWN.png'>",
    "as another page": "<script>location = '/find/'</script>",
}


def test_the_driver_would_see_an_attack_and_the_policy_stops_it(driver, site):
    html = (site / "index.html").read_text(encoding="utf-8")
    seen = {}
    for name, attack in CONTROLS.items():
        (site / "control.html").write_text(html.replace("</main>", f"{attack}</main>"), encoding="utf-8")
        driver.open("control.html")
        driver.act()
        seen[name] = bool(driver.take())
    assert seen == dict.fromkeys(CONTROLS, not driver.has_policy)


@pytest.mark.parametrize("driver", [True], indirect=True, ids=["without-policy"])
def test_no_page_runs_anything(driver, site):
    """Not even where nothing but our own care stops it: the policy would only forbid more.

    Pages that fetch what was contributed have tests of their own, below.
    """
    pages = sorted(page for page in site.rglob("index.html") if b"PWN" in page.read_bytes())
    assert len(pages) > 40
    for page in pages:
        driver.open(page.relative_to(site).as_posix().removesuffix("index.html"))
        driver.act()
    assert driver.take() == []


@pytest.mark.parametrize("driver", [True], indirect=True, ids=["without-policy"])
def test_no_file_runs_anything_that_is_opened_as_a_page(driver, site):
    """A file has no policy. Of the case studies' own, only those of one kind of attack are opened: they are all alike."""
    opened = set()
    for path in sorted(site.rglob("*")):
        is_of_a_case = "case-studies" in path.parts and "plain-" not in str(path)
        if path.is_file() and path.suffix != ".html" and not is_of_a_case and b"PWN" in path.read_bytes():
            if driver.shows(path.relative_to(site).as_posix()):
                driver.act()
            opened.add(path.suffix)
    assert opened >= {".json", ".csv", ".xml", ".txt", ".md", ".bib", ".ris"}
    assert driver.take() == []


def test_the_find_page_shows_what_is_looked_for_and_what_is_found_as_text(driver):
    query = urlencode({"text": EVIL, "question": EVIL, "theme": EVIL})
    driver.open(f"find/?{query}")
    driver.page.locator("#found[aria-busy=false]").wait_for()
    assert driver.page.locator("#chips").inner_text() == EVIL
    driver.page.locator("#found mark").first.wait_for()
    driver.act()
    driver.open("find/?text=entities+onerror")  # the one stands on the card, the other within the story
    driver.page.locator(".card__passage mark").first.wait_for()
    passages = driver.page.locator(".card__passage").all_inner_texts()
    assert any("<img src=x onerror=PWN()>" in passage for passage in passages)
    driver.act()
    assert driver.take() == []


def test_the_pack_shows_case_studies_and_copies_them_as_text(driver, site):
    slugs = [path.name for path in sorted((site / "case-studies").glob("plain-*/"))]
    query = urlencode([("question", EVIL), ("case", EVIL), *(("case", slug) for slug in slugs)])
    driver.open(f"pack/?{query}")
    expect(driver.page.locator("#pack-count")).to_have_text(f"{len(slugs)} case studies")
    assert (
        driver.page.locator(".pack__table thead th").all_inner_texts()[0].startswith(hostile.PLAIN["address"])
    )
    driver.page.locator("#pack-council").fill(EVIL)
    driver.page.locator("#pack-copy").click()
    driver.page.get_by_text("Copied as Markdown.").wait_for()
    copied = driver.page.evaluate("navigator.clipboard.readText()")
    driver.act("#pack-report *")
    driver.act()
    assert driver.take() == []
    shown = cmark.markdown_to_html_with_extensions(copied, 0, ["strikethrough", "table"])
    assert set(re.findall(r"<(\w+)", shown)) == {"h1", "h2", "p", "strong", "ol", "li", "a"}
    assert {urlsplit(address).hostname for address in re.findall('href="([^"]*)"', shown)} == {"example.org"}
    texts = unescape(re.sub("<[^>]*>", "", shown))
    typed = {slug: hostile.PLAIN[slug.removeprefix("plain-")] for slug in slugs}
    assert len(typed) > 10
    assert [text for text in typed.values() if texts.count(text) < 5] == []


def test_the_form_takes_drafts_and_addresses_as_text(driver, tmp_path):
    query = urlencode({"title": EVIL, "question": EVIL, "theme": EVIL, "text": EVIL})
    driver.open(f"contribute/form/?{query}")
    driver.page.locator("#form").wait_for()
    good = json.loads((CORPUS / "drafts/good-full.json").read_text(encoding="utf-8"))
    for draft in (evil(good), {**evil(good), "front": dict.fromkeys(good["front"], EVIL)}):
        (tmp_path / "draft.json").write_text(json.dumps(draft), encoding="utf-8")
        driver.page.locator("#import").set_input_files(tmp_path / "draft.json")
        driver.page.get_by_role("button", name="Check and continue").click()
        driver.page.locator("#errors li").first.wait_for()
        driver.page.reload()  # what is kept in the browser is a draft, too
        driver.page.locator("#form").wait_for()
        assert EVIL in driver.page.locator("#preview").text_content()
        assert json.dumps(EVIL)[1:-1] in driver.page.locator("#file").text_content()
        driver.act("#preview, #preview *, #errors *, #file, #kept, [data-cite], .ask__ticks *")
    assert driver.take() == []


def evil(node):
    """A draft with the attack behind every text in it, and every key as it was."""
    if isinstance(node, dict):
        return {key: evil(value) for key, value in node.items()}
    if isinstance(node, list):
        return [evil(one) for one in node]
    return f"{node} {EVIL}" if isinstance(node, str) else node


def test_the_worksheet_takes_notes_and_files_as_text(driver, site):
    driver.open("ask/")
    plan = driver.page.evaluate(
        "evil => import(new URL('../ask/plan.js', document.querySelector('script[type=module]').src)).then(({make}) => make(['risk'], (name) => /state|due/.test(name) ? '' : evil))",
        EVIL,
    )
    file = {"name": "<img src=x onerror=PWN()>.json", "mimeType": "application/json"}
    driver.page.locator("#open").set_input_files(
        {**file, "buffer": json.dumps({**plan, "version": EVIL}).encode()}
    )
    driver.page.get_by_text("can’t be opened").wait_for()
    driver.page.locator("#open").set_input_files({**file, "buffer": json.dumps(plan).encode()})
    driver.page.get_by_text("Your plan is kept in this browser. Nothing is sent.").wait_for()
    assert driver.page.locator("[name='risk.note']").input_value() == EVIL
    driver.open("ask/summary/")
    assert driver.page.locator("h1").inner_text() == EVIL
    with driver.page.expect_download() as waiting:
        driver.page.get_by_role("button", name="Download for Word").click()
    waiting.value.save_as(site / "word.html")
    driver.act()
    driver.open("word.html")
    assert driver.page.locator("h1").inner_text() == EVIL
    driver.act()
    assert driver.take() == []
