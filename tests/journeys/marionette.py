"""Firefox for selenium, without geckodriver: WebDriver's commands are said to Firefox's own Marionette, which carries out each."""

import json
import socket

from selenium.webdriver.remote.command import Command

NAMES = {
    Command.GET: "Navigate",
    Command.GO_BACK: "Back",
    Command.CLOSE: "CloseWindow",
    Command.GET_CURRENT_URL: "GetCurrentURL",
    Command.CLICK_ELEMENT: "ElementClick",
    Command.W3C_GET_CURRENT_WINDOW_HANDLE: "GetWindowHandle",
    Command.W3C_ACTIONS: "PerformActions",
    Command.SEND_KEYS_TO_ELEMENT: "ElementSendKeys",
    Command.GET_ELEMENT_ARIA_LABEL: "GetComputedLabel",
    Command.PRINT_PAGE: "Print",
}
"""What Marionette calls otherwise than selenium does."""


class Marionette:
    """Carries commands to a port of this machine, in place of selenium's own connection to a driver."""

    def __init__(self, port: int):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=120)
        self.replies = self.socket.makefile("rb")
        self._hear()  # it introduces itself

    def execute(self, command: str, parameters: dict) -> dict:
        if command == Command.NEW_SESSION:
            parameters = {}  # there is but this one browser
        name = NAMES.get(command) or command.removeprefix("w3c")
        said = json.dumps([0, 1, f"WebDriver:{name[0].upper()}{name[1:]}", parameters]).encode()
        self.socket.sendall(b"%d:%b" % (len(said), said))
        _, _, fault, result = self._hear()
        if fault:
            return {"status": fault["error"], "value": fault}
        return result if isinstance(result, dict) and "value" in result else {"value": result}

    def _hear(self):
        """A message: its length, a colon, and JSON."""
        length = b""
        while (byte := self.replies.read(1)) != b":":
            assert byte, "Firefox is gone"
            length += byte
        return json.loads(self.replies.read(int(length)))

    def close(self) -> None:
        self.replies.close()
        self.socket.close()
