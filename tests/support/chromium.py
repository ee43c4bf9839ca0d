"""The system's Chromium, and what goes wrong in its pages."""

import shutil

CHROMIUMS = ("chromium-headless-shell", "chromium", "google-chrome")
"""The first is Chromium without its own windows: it opens a page for a third of the work."""
CHROMIUM_FLAGS = """--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking
--disable-component-update --disable-sync""".split()


def chromium() -> str:
    found = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    assert found, "no Chromium: make test installs it"
    return found


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
