"""A browser of Chromium's kind, wherever it is installed, and what goes wrong in its pages.

    chromium.py

Prints the browser's path for the Makefile, once it is there: installed by the system's packages or by Playwright, if need be.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

CHROMIUMS = """chromium-headless-shell chromium chromium-browser google-chrome-stable google-chrome chrome
microsoft-edge-stable microsoft-edge msedge brave-browser""".split()
"""The first has no user interface, and takes a third of the CPU time to open a page."""
APPLICATIONS = ("Google Chrome", "Chromium", "Microsoft Edge", "Brave Browser")
"""On macOS, where no command leads to them."""
PROGRAMS = (r"Google\Chrome\Application\chrome.exe", r"Microsoft\Edge\Application\msedge.exe")
"""On Windows, likewise."""
OF_ITS_KIND = re.compile(r"chrom|edge|brave", re.IGNORECASE)
PLAYWRIGHTS = """from playwright.sync_api import sync_playwright
with sync_playwright() as playwright: print(playwright.chromium.executable_path)"""
PACKAGE = "chromium-headless-shell"
NONE = """There is no browser for the tests. Install Chromium, Google Chrome or Microsoft Edge; if it is there,
but was not found, set CHROMIUM to its path."""
CHROMIUM_FLAGS = """--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking
--disable-component-update --disable-sync""".split()


def chromium() -> str:
    """Return the path of the first that is there: named, on the path, an application, Playwright's own."""
    found = next(filter(None, map(shutil.which, _candidates())), None)
    assert found, NONE
    return found


def _candidates() -> Iterator[str]:
    named = os.environ.get("CHROMIUM"), os.environ.get("BROWSER", "")
    yield from filter(None, (named[0], OF_ITS_KIND.search(named[1]) and named[1]))
    yield from CHROMIUMS
    for folder in (Path("/Applications"), Path.home() / "Applications"):
        yield from (str(folder / f"{name}.app" / "Contents" / "MacOS" / name) for name in APPLICATIONS)
    for folder in map(os.environ.get, ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")):
        yield from (f"{folder}\\{name}" for name in PROGRAMS if folder)
    yield _run(sys.executable, "-c", PLAYWRIGHTS)


def install() -> None:
    """Install Debian's package where there is `apt-get`, or else Playwright's own Chromium."""
    as_root = ["sudo"] if hasattr(os, "geteuid") and os.geteuid() and shutil.which("sudo") else []
    if shutil.which("apt-get"):
        print("Installing Chromium, without its windows, for the browser tests", file=sys.stderr)
        _run(*as_root, "apt-get", "update", "-qq")
        _run(*as_root, "apt-get", "install", "-y", "-qq", PACKAGE)
    if not shutil.which(PACKAGE):
        print("Downloading Playwright's Chromium for the browser tests", file=sys.stderr)
        with_libraries = ["--with-deps"] if shutil.which("apt-get") else []
        _run(sys.executable, "-m", "playwright", "install", *with_libraries, "chromium")


def _run(*command: str) -> str:
    """Return what the command prints; its complaints are for whoever runs this."""
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False).stdout.strip()


def main() -> None:
    """Print the path of a browser. Without one, install it; if that fails, say what to do, with exit code 1."""
    if not any(map(shutil.which, _candidates())):
        install()
    try:
        print(chromium())
    except AssertionError as error:
        sys.exit(str(error))


LOCAL = re.compile(r"http://127\.0\.0\.1:|data:|blob:|about:")
"""The addresses that pages may request: nothing comes from another site."""
UNANSWERED = "Failed to load resource"
"""What the browser logs for each failed request, which is no fault of the page."""


def new_context(browser, width=1280, **options):
    """A browser context with its own storage, and the list of errors that its pages log."""
    errors = []

    def note(message):
        if not message.text.startswith(UNANSWERED):
            errors.append(message.text)

    context = browser.new_context(viewport={"width": width, "height": 800}, locale="en-GB", **options)
    context.on("console", note)
    context.on("weberror", lambda error: errors.append(error.error.stack))
    context.on("request", lambda request: LOCAL.match(request.url) or errors.append(request.url))
    return context, errors


LASTING = ("add_init_script", "expose_binding", "expose_function", "on", "once", "route")
"""Methods of a page and its context whose effect lasts for as long as these."""


def new_tab(browser, day=None, **options):
    """A page that tests use one after another, its clock stopped on a day, and a list of its errors."""
    context, errors = new_context(browser, **options)
    tab = context.new_page()
    set_clock(tab, day)
    for name in LASTING:
        setattr(tab, name, _forbid)
        setattr(context, name, _forbid)
    tab.clock.install = tab.clock.set_fixed_time = _forbid
    return tab, errors


def set_clock(tab, day):
    if day is not None:
        tab.clock.set_fixed_time(day)


def reset(tab, errors):
    """Close the page, and delete what it has stored; return the errors since this was last called."""
    address = urlsplit(tab.url)
    for other in tab.context.pages:
        if other is not tab:
            other.close()
    tab.goto("about:blank")
    session = tab.context.new_cdp_session(tab)
    session.send(
        "Storage.clearDataForOrigin",
        {"origin": f"{address.scheme}://{address.netloc}", "storageTypes": "all"},
    )
    session.detach()
    tab.emulate_media(
        media="null", color_scheme="null", reduced_motion="null", forced_colors="null", contrast="null"
    )
    seen = errors.copy()
    errors.clear()
    return seen


def _forbid(*_, **__):
    raise AssertionError("This would last into the next test: mark the test as alone.")


if __name__ == "__main__":
    main()
