"""Somebody at a browser, who goes by what stands on the page, and waits for what does not stand there yet."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from selenium.common.exceptions import ElementNotInteractableException, TimeoutException, WebDriverException
from selenium.webdriver import ActionChains, Keys
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

PATIENCE = 30  # seconds
CONTROLS = "a, button, input, select, summary, textarea"
VISIBLE = """return document.readyState === 'complete' && [...document.querySelectorAll(arguments[0])]
  .filter((part) => part.checkVisibility({ visibilityProperty: true }))"""
"""Nothing, before the page's scripts have run: WebKit's driver doesn't wait for them."""
TEXTS = rf"{VISIBLE}.map((part) => part.innerText.replace(/\s+/g, ' ').trim())"

CHOSEN = "return arguments[0].selectedOptions[0].text"
TOP = "return arguments[0].getBoundingClientRect().top"


@dataclass(frozen=True)
class Reader:
    driver: WebDriver
    home: str
    downloads: Path

    def open(self, path: str) -> None:
        self.driver.get(self.home + path)

    def named(self, name: str, among: str = CONTROLS) -> WebElement:
        """What can be seen and is called this, or else the first that begins so, as those hear it who listen."""
        return self._wait(lambda: self._look_for(name, among), f"nothing is called “{name}”")

    def click(self, name: str, among: str = CONTROLS) -> None:
        def click():
            found = self._look_for(name, among)
            if found:
                self._click(found)
            return found

        self._wait(click, f"nothing called “{name}” can be clicked")

    def _click(self, part):
        try:
            part.click()
        except ElementNotInteractableException:
            # Chromium's driver takes all that is within a closed <details> for hidden, also where the style shows it.
            ActionChains(self.driver).move_to_element(part).click().perform()

    def click_slowly(self, name: str) -> None:
        """As a hand does it: the mouse is pressed, and let go after the page has had time to do something."""
        mouse = ActionChains(self.driver).click_and_hold(self.named(name)).pause(0.3)
        mouse.release().perform()

    def type(self, name: str, text: str, *keys: str) -> None:
        """Put a text in place of what stands in a field, then press keys."""
        field = self.named(name)
        field.send_keys(Keys.CONTROL, "a")
        field.send_keys(Keys.BACKSPACE, text.replace("\n", Keys.ENTER), *keys)

    def press(self, name: str, *keys: str) -> None:
        self.named(name).send_keys(*keys)

    def write_in_another_tab(self, path: str, name: str, text: str, kept: str) -> None:
        """Write, and wait until the bar there says that it is kept."""
        with self.another_tab():
            self.open(path)
            self.type(name, text)
            self.sees("#kept", kept)

    @contextmanager
    def another_tab(self) -> Iterator[None]:
        """Go to a new tab, and afterwards, when that is closed, back to this one."""
        here = self.driver.current_window_handle
        self.driver.switch_to.new_window("window")
        yield
        self.driver.close()
        self.driver.switch_to.window(here)

    def reload(self) -> None:
        self.driver.refresh()

    def go_back(self) -> None:
        self.driver.back()

    def sees(self, css: str, *texts: str) -> None:
        """The texts that can be seen in these places are these, and no others."""
        self._expect(lambda: self.driver.execute_script(TEXTS, css), list(texts))

    def sees_among(self, css: str, *texts: str) -> None:
        """Each of these stands in one of these places, in which there may be more."""
        look = lambda: self.driver.execute_script(TEXTS, css) or []  # noqa: E731
        self._expect(lambda: [text for text in texts if not any(text in one for one in look())], [])

    def reads_in(self, name: str, text: str) -> None:
        self._expect(lambda: self.named(name).get_property("value"), text)

    def chooses(self, name: str, option: str) -> None:
        """Choose from a list by the beginning of an option's name."""
        self.press(name, option)
        self._expect(lambda: self.driver.execute_script(CHOSEN, self.named(name)), option)

    def reads(self, css: str, number: int) -> list[str]:
        """The texts that can be seen in these places, as soon as there are as many."""
        look = lambda: self.driver.execute_script(TEXTS, css)  # noqa: E731
        self._expect(lambda: len(look()), number)
        return look()

    def reads_some(self, css: str) -> list[str]:
        """The texts that can be seen in these places, as soon as there are any."""
        return self._wait(lambda: self.driver.execute_script(TEXTS, css), f"nothing is seen in {css}")

    def top_of(self, name: str, among: str = CONTROLS) -> float:
        """How far it is from the top of the window, in pixels."""
        return self.driver.execute_script(TOP, self.named(name, among))

    def is_at(self, path: str) -> None:
        self._expect(lambda: self.driver.current_url, self.home + path)

    def is_on(self, name: str) -> None:
        """What is called this has the focus."""
        self._expect(lambda: self.driver.switch_to.active_element.accessible_name, name)

    def downloaded(self, name: str) -> str:
        """The text of a file that the browser has put into the folder of downloads. It ends with a line's end."""
        file = self.downloads / name
        whole = lambda: file.exists() and file.read_bytes().endswith(b"\n")  # noqa: E731
        self._wait(whole, f"{name} was not downloaded")
        return file.read_text(encoding="utf-8")

    def _look_for(self, name, among):
        alike = None
        for part in self.driver.execute_script(VISIBLE, among) or []:
            words = part.accessible_name
            if words == name:
                return part
            if words.startswith(f"{name} "):
                alike = alike or part
        return alike

    def _expect(self, look, expected):
        with suppress(TimeoutException):
            return self._wait(lambda: look() == expected, "")
        assert look() == expected

    def _wait(self, look, trouble):
        """Look again and again: pages change while somebody looks, and drivers complain of what is gone."""
        waiting = WebDriverWait(self.driver, PATIENCE, 0.05, [WebDriverException])
        return waiting.until(lambda _: look(), trouble)
