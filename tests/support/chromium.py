"""The system's Chromium, and what goes wrong in its pages."""

import re
import shutil
from urllib.parse import urlsplit

CHROMIUMS = ("chromium-headless-shell", "chromium", "google-chrome")
"""The first has no user interface, and takes a third of the CPU time to open a page."""
CHROMIUM_FLAGS = """--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking
--disable-component-update --disable-sync""".split()


def chromium() -> str:
    found = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    assert found, "no Chromium: make test installs it"
    return found


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
