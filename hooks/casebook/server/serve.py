"""`casebook serve`: the site on this machine, and after each change what has become of it."""

import errno
import gc
import signal
import sys
from collections.abc import Callable, Collection
from pathlib import Path as FilePath
from threading import Thread
from time import perf_counter
from typing import Any, NoReturn

from casebook.server.http_handler import Server
from casebook.server.preview import CODE, Press, kind
from casebook.server.watcher import Changes

Say = Callable[[str], None]


class NotServed(Exception):
    """The server can't begin, and why, in words."""


def serve_site(root: FilePath, host: str, port: int, say: Say) -> None:
    """Serve the site until a signal ends the program, with exit code 0. Raises NotServed."""
    for end in (signal.SIGINT, signal.SIGTERM):
        signal.signal(end, _end)
    with _bound(host, port, say) as server, Changes(root) as changes:
        press = Press(root)
        press.update(())
        gc.freeze()  # it is here to stay, so there is no litter in it to look for
        server.show(press.preview, f"Serving on http://{host}:{server.server_port}/ (Ctrl+C stops it)")
        keeper = Thread(target=_keep_up, args=(changes, press, server, say))
        keeper.start()
        try:
            server.serve_forever()
        finally:
            changes.end()
            keeper.join()


def _end(*_: Any) -> NoReturn:
    sys.exit(0)


def _bound(host: str, port: int, say: Say) -> Server:
    try:
        return Server(host, port, say)
    except (OSError, OverflowError) as error:
        if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
            other = f"Choose another one: casebook serve --address {host}:{port + 1}"
            raise NotServed(f"Port {port} is in use, perhaps by another server. {other}") from None
        raise NotServed(f"{host}:{port} can't be used: {error}.") from None


def _keep_up(changes: Changes, press: Press, server: Server, say: Say) -> None:
    """Show what has changed, again and again, until the changes end."""
    while names := changes.wait():
        begun = perf_counter()
        code = [name for name in names if kind(name) == CODE]
        if code:
            say(f"{_listed(code)} changed. To use that, stop the server and start it again.")
        if press.update(names):
            seen = _listed([name for name in names if kind(name)])
            server.show(press.preview, f"{seen} changed: seen in {perf_counter() - begun:.2f} s.")


def _listed(names: Collection[str]) -> str:
    return ", ".join(sorted(names)) if len(names) <= 3 else f"{len(names)} files"
