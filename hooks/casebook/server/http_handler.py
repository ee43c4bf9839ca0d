"""Serves the preview over HTTP to browsers on this machine."""

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
from casebook.server.preview import Failure, Preview, describe

_LOCAL_HOSTS = ("localhost", "127.0.0.1")
_KEEP_ALIVE = 15
"""Seconds after which an event is sent again: only a failing write shows that a browser has gone."""
_PATIENCE = 30
"""Seconds after which a browser that neither asks nor takes has its connection closed."""
_PAGE = "page.html"
_TYPES = {".js": "text/javascript", ".md": "text/plain", ".xml": "application/xml", ".csv": "text/csv"}
"""The ones that `mimetypes` guesses differently from machine to machine."""


class Server(ThreadingHTTPServer):
    request_queue_size = 128  # all tabs load anew after a change: Python lets five wait, others for seconds

    def __init__(self, host: str, port: int, echo: Callable[[str], None]) -> None:
        super().__init__((host, port), _Handler)
        self.hosts = {host.lower(), *_LOCAL_HOSTS}
        self.preview = Preview()
        self.is_ending = False
        """Python then takes away what an unfinished request needs, and its failure tells of nothing else."""
        self.rendered: dict[str, bytes] = {}
        """The last page that could be rendered, by path."""
        self._changed = Condition()
        self._echo = echo
        self._reported: set[tuple[int, Failure]] = set()

    def show(self, preview: Preview, message: str) -> None:
        """Serve this preview from now on; print the message and its failures, and notify the browsers.

        Failures that a request finds are printed afterwards.
        """
        with self._changed:
            self.preview = preview
            for line in (message, *map(str, preview.failures)):
                self._echo(line)
            self._changed.notify_all()

    def wait_for_newer(self, number: int) -> int:
        """Wait for a preview of another number or for a timeout; return the number of the newest."""
        with self._changed:
            self._changed.wait_for(lambda: self.preview.number != number, _KEEP_ALIVE)
            return self.preview.number

    def report(self, number: int, failure: Failure) -> None:
        """Print, once for each preview, why a requested file could not be rendered."""
        with self._changed:
            if (number, failure) not in self._reported:
                self._reported.add((number, failure))
                self._echo(str(failure))

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Ignore browsers that close the connection, and requests cut short by the end of the program."""
        if not (self.is_ending or isinstance(sys.exception(), (ConnectionError, TimeoutError))):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = _PATIENCE
    server: Server

    def do_GET(self) -> None:
        path = unquote(self.path.partition("?")[0]).removeprefix("/")
        own = path.removeprefix(overlay.ADDRESS) if path.startswith(overlay.ADDRESS) else ""
        if not self._is_local():
            self._send(HTTPStatus.FORBIDDEN, "refused.txt", b"This server is for this machine alone.\n")
        elif own == "events":
            self._send_events()
        elif own in overlay.FILES:
            self._send(HTTPStatus.OK, own, overlay.FILES[own])
        else:
            self._send_file(path)

    do_HEAD = do_GET

    def log_message(self, format: str, *args: Any) -> None:
        """Log nothing: the terminal shows changes only."""

    def _is_local(self) -> bool:
        """Whether the Host header names this machine: other sites can point a domain at it (rebinding)."""
        return re.sub(r":\d+$", "", self.headers.get("Host", "")).lower() in self.server.hosts

    def _send_file(self, path: str) -> None:
        now = self.server.preview
        file = f"{path}index.html" if path.endswith("/") or not path else path
        try:
            contents = now.file(file)
            is_folder = contents is None and now.file(f"{file}/index.html") is not None
        except Exception as error:
            self._send_last(file, replace(now, failures=(*now.failures, describe(error))))
            return
        if is_folder:
            self._send(HTTPStatus.FOUND, file, b"", Location=f"/{quote(path)}/")
        elif contents is None:
            status = HTTPStatus.NOT_FOUND if now.edition else HTTPStatus.SERVICE_UNAVAILABLE
            self._send(status, _PAGE, overlay.add(now.others.get("404.html", overlay.NOTHING), now))
        elif file.endswith(".html"):
            self.server.rendered[file] = contents
            self._send(HTTPStatus.OK, file, overlay.add(contents, now))
        else:
            self._send(HTTPStatus.OK, file, contents)

    def _send_last(self, file: str, now: Preview) -> None:
        """Send the last page that could be rendered at this path, and report why the current one can't be."""
        self.server.report(now.number, now.failures[-1])
        page = self.server.rendered.get(file, overlay.NOTHING)
        self._send(HTTPStatus.INTERNAL_SERVER_ERROR, _PAGE, overlay.add(page, now))

    def _send_events(self) -> None:
        """Send the number of the preview, and each later one, until the browser closes the connection."""
        self.close_connection = True
        self._send_head(HTTPStatus.OK, "text/event-stream")
        number = 0
        while self.command != "HEAD":
            number = self.server.wait_for_newer(number)
            self.wfile.write(f"retry: 500\ndata: {number}\n\n".encode())

    def _send(self, status: HTTPStatus, file: str, contents: bytes, **headers: str) -> None:
        ending = PurePosixPath(file).suffix
        kind = _TYPES.get(ending) or mimetypes.guess_type(file)[0] or "application/octet-stream"
        charset = "; charset=utf-8" if kind.startswith("text/") else ""
        self._send_head(status, f"{kind}{charset}", **{"Content-Length": str(len(contents))}, **headers)
        if self.command != "HEAD":
            self.wfile.write(contents)

    def _send_head(self, status: HTTPStatus, kind: str, **headers: str) -> None:
        self.send_response(status)
        always = {"Content-Type": kind, "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
        for name, value in (always | headers).items():
            self.send_header(name, value)
        self.end_headers()
