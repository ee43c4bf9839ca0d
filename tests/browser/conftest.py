"""The form, for the modules whose `address` is that of its page."""

import pytest

from projects import NOON


@pytest.fixture
def open_form(open_tab, address):
    """Open the form on the tests' day."""

    def open_at(query="", width=1280, **options):
        page = open_tab(width, NOON, **options)
        page.goto(address + query)
        if options.get("java_script_enabled", True):
            page.locator("#form").wait_for()
        return page

    return open_at


@pytest.fixture
def form(open_form):
    return open_form()
