"""Answers browsers on this machine from the preview, over HTTP."""

import mimetypes
import re
import sys
from collections.abc import Callable
from dataclasses import replace
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import PurePosixPath
from threading import Condition
from typing import Any
from urllib.parse import quote, unquote

from casebook.server import overlay
from casebook.server.preview import Preview, Trouble, trouble

_HERE = ("localhost", "127.0.0.1")
_ALIVE = 15
"""Seconds of silence after which a browser is told the same again: only so is it noticed that it has gone."""
_PAGE = "page.html"
_TYPES = {".js": "text/javascript", ".md": "text/plain", ".xml": "application/xml", ".csv": "text/csv"}
"""Those on which machines differ."""


class Server(ThreadingHTTPServer):
    """Answers from one preview after another."""

    def __init__(self, host: str, port: int, say: Callable[[str], None]) -> None:
        super().__init__((host, port), _Handler)
        self.hosts = {host.lower(), *_HERE}
        self.preview = Preview()
        self.rendered: dict[str, bytes] = {}
        """The last page that could be rendered at each address which somebody has looked at."""
        self._changed = Condition()
        self._say = say
        self._said: set[tuple[int, Trouble]] = set()

    def show(self, preview: Preview, news: str) -> None:
        """Answer from this one from now on, say the news and what troubles it, and let the browsers know.

        What a request finds wrong with it is said afterwards.
        """
        with self._changed:
            self.preview = preview
            for words in (news, *map(str, preview.troubles)):
                self._say(words)
            self._changed.notify_all()

    def newer(self, number: int) -> int:
        """Wait for a preview of another number, but not for ever; return the number of the newest."""
        with self._changed:
            self._changed.wait_for(lambda: self.preview.number != number, _ALIVE)
            return self.preview.number

    def report(self, number: int, fault: Trouble) -> None:
        """Say, once for each preview, what went wrong when a file of it was asked for."""
        with self._changed:
            if (number, fault) not in self._said:
                self._said.add((number, fault))
                self._say(str(fault))

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Pass over browsers that hang up: they may."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Server

    def do_GET(self) -> None:
        path = unquote(self.path.partition("?")[0]).removeprefix("/")
        own = path.removeprefix(overlay.ADDRESS) if path.startswith(overlay.ADDRESS) else ""
        if not self._is_for_us():
            self._send(HTTPStatus.FORBIDDEN, "refused.txt", b"This server is for this machine alone.\n")
        elif own == "events":
            self._tell_of_changes()
        elif own in overlay.FILES:
            self._send(HTTPStatus.OK, own, overlay.FILES[own])
        else:
            self._send_file(path)

    do_HEAD = do_GET

    def log_message(self, format: str, *args: Any) -> None:
        """The terminal is for changes."""

    def _is_for_us(self) -> bool:
        """Whether it was this machine that was asked for: other sites can give it a name of theirs."""
        return re.sub(r":\d+$", "", self.headers.get("Host", "")).lower() in self.server.hosts

    def _send_file(self, path: str) -> None:
        now = self.server.preview
        file = f"{path}index.html" if path.endswith("/") or not path else path
        try:
            contents = now.file(file)
            is_folder = contents is None and now.file(f"{file}/index.html") is not None
        except Exception as error:
            self._send_last(file, replace(now, troubles=(*now.troubles, trouble(error))))
            return
        if is_folder:
            self._send(HTTPStatus.FOUND, file, b"", Location=f"/{quote(path)}/")
        elif contents is None:
            status = HTTPStatus.NOT_FOUND if now.edition else HTTPStatus.SERVICE_UNAVAILABLE
            self._send(status, _PAGE, overlay.dressed(now.others.get("404.html", overlay.NOTHING), now))
        elif b"</head>" in contents:
            self.server.rendered[file] = contents
            self._send(HTTPStatus.OK, file, overlay.dressed(contents, now))
        else:
            self._send(HTTPStatus.OK, file, contents)

    def _send_last(self, file: str, now: Preview) -> None:
        """Send the last page that could be rendered there, and say why this one could not."""
        self.server.report(now.number, now.troubles[-1])
        page = self.server.rendered.get(file, overlay.NOTHING)
        self._send(HTTPStatus.INTERNAL_SERVER_ERROR, _PAGE, overlay.dressed(page, now))

    def _tell_of_changes(self) -> None:
        """Send the number of the preview, and each later one, until the browser hangs up."""
        self.close_connection = True
        self._begin(HTTPStatus.OK, "text/event-stream")
        number = 0
        while self.command != "HEAD":
            number = self.server.newer(number)
            self.wfile.write(f"retry: 500\ndata: {number}\n\n".encode())

    def _send(self, status: HTTPStatus, file: str, contents: bytes, **headers: str) -> None:
        ending = PurePosixPath(file).suffix
        kind = _TYPES.get(ending) or mimetypes.guess_type(file)[0] or "application/octet-stream"
        charset = "; charset=utf-8" if kind.startswith("text/") else ""
        self._begin(status, f"{kind}{charset}", **{"Content-Length": str(len(contents))}, **headers)
        if self.command != "HEAD":
            self.wfile.write(contents)

    def _begin(self, status: HTTPStatus, kind: str, **headers: str) -> None:
        self.send_response(status)
        always = {"Content-Type": kind, "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
        for name, value in (always | headers).items():
            self.send_header(name, value)
        self.end_headers()
