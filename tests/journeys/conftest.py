"""The browsers of the journeys: the system's own Chromium, Firefox and WebKit, driven by selenium, which downloads nothing."""

import os
import shutil
import subprocess
from contextlib import closing, contextmanager
from dataclasses import replace

import pytest
from marionette import Marionette
from selenium.webdriver import ChromeOptions, ChromeService, FirefoxOptions, Remote
from selenium.webdriver.remote.client_config import ClientConfig
from selenium.webdriver.remote.file_detector import UselessFileDetector
from selenium.webdriver.remote.remote_connection import RemoteConnection
from selenium.webdriver.support.wait import WebDriverWait
from selenium.webdriver.webkitgtk.options import Options as WebKitOptions
from selenium.webdriver.webkitgtk.service import Service as WebKitService

from chromium import CHROMIUM_FLAGS

pytest.register_assert_rewrite("reader")

from reader import Reader  # noqa: E402

os.environ |= {"SE_OFFLINE": "true", "SE_AVOID_STATS": "true"}

PREFERENCES = """
user_pref("marionette.port", 0);
user_pref("browser.download.folderList", 2);
user_pref("browser.download.dir", "{downloads}");
"""
NO_SANDBOX = {"WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1"}
"""As Chromium's flag in tests/support/chromium.py: the pages are our own, and not every machine lets a browser make a sandbox."""


def program(*names):
    found = next(filter(None, map(shutil.which, names)), None)
    assert found, f"no {names[0]}: make test-browsers installs it"
    return found


@contextmanager
def driven_by(service, options):
    """The browser of a driver that runs for as long as it."""
    service.start()
    try:
        connection = RemoteConnection(client_config=ClientConfig(service.service_url))
        with Remote(connection, options=options) as driver:
            yield driver
    finally:
        service.stop()


def chromium(profile, downloads):
    options = ChromeOptions()
    options.binary_location = program("chromium", "google-chrome")
    for flag in (*CHROMIUM_FLAGS, "--headless", "--window-size=1280,900", f"--user-data-dir={profile}"):
        options.add_argument(flag)
    options.add_experimental_option("prefs", {"download.default_directory": str(downloads)})
    return driven_by(ChromeService(program("chromedriver")), options)


@contextmanager
def firefox(profile, downloads):
    (profile / "user.js").write_text(PREFERENCES.format(downloads=downloads), encoding="utf-8")
    flags = ["--headless", "--no-remote", "--marionette", "--profile", profile]
    command = [program("firefox-esr", "firefox"), *flags]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            port = profile / "MarionetteActivePort"
            number = WebDriverWait(process, 60).until(lambda _: port.exists() and port.read_text())
            with closing(Marionette(int(number))) as marionette:
                yield Remote(marionette, options=FirefoxOptions())
        finally:
            process.terminate()


def webkit(config, downloads):
    (config / "user-dirs.dirs").write_text(f'XDG_DOWNLOAD_DIR="{downloads}"\n', encoding="utf-8")
    variables = os.environ | NO_SANDBOX | {"XDG_CONFIG_HOME": str(config)}
    return driven_by(WebKitService(program("WebKitWebDriver"), env=variables), WebKitOptions())


@pytest.fixture(scope="session")
def downloads(tmp_path_factory):
    return tmp_path_factory.mktemp("downloads")


BROWSERS = {"chromium": chromium, "firefox": firefox, "webkit": webkit}


@pytest.fixture(scope="session", params=["firefox", "webkit"])
def browser(request, tmp_path_factory, downloads):
    with BROWSERS[request.param](tmp_path_factory.mktemp("settings"), downloads) as driver:
        driver.file_detector = UselessFileDetector()  # the browser has the files of this machine
        yield driver


@pytest.fixture
def troubles():
    """What the reader's server does not bring, by path: it "fails" or "hangs"."""
    return {}


@pytest.fixture
def reader(browser, downloads, built, serve, troubles):
    """Each comes to an address of their own, for which the browser has kept nothing yet."""
    for file in downloads.iterdir():
        file.unlink()
    return Reader(browser, serve(built.root / "site", troubles), downloads)


@pytest.fixture
def reader_of_all(reader, real_site, serve):
    """All of the real case studies are there."""
    return replace(reader, home=serve(real_site))


@pytest.fixture
def reader_with_a_phone(reader_of_all):
    """In a window of 360 pixels, or the narrowest that the browser has: at least 500 in Firefox, 447 in WebKit."""
    driver = reader_of_all.driver
    before = driver.get_window_size()
    driver.set_window_size(360, 740)
    yield reader_of_all
    driver.set_window_size(**before)


@pytest.fixture
def reader_of_many(reader, enlarged, serve):
    """There are 123 case studies."""
    return replace(reader, home=serve(enlarged(120)))
