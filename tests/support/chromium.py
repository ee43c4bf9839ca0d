"""The system's Chromium, and what goes wrong in its pages."""

import shutil

CHROMIUMS = ("chromium-headless-shell", "chromium", "google-chrome")
"""The first has no user interface, and takes a third of the CPU time to open a page."""
CHROMIUM_FLAGS = """--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking
--disable-component-update --disable-sync""".split()


def chromium() -> str:
    found = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    assert found, "no Chromium: make test installs it"
    return found


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
    return context, errors
