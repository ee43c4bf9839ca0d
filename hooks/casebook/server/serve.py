"""`casebook serve`: the site on this machine, rebuilt after each change."""

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
from casebook.server.preview import CODE, PreviewBuilder, kind
from casebook.server.watcher import Watcher

Echo = Callable[[str], None]


class NotServed(Exception):
    """The server can't start. The message says why."""


def serve_site(root: FilePath, host: str, port: int, echo: Echo) -> None:
    """Serve the site until a signal ends the program, with exit code 0. Raises NotServed."""
    for number in {signal.SIGINT, signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)}:
        if signal.getsignal(number) != signal.SIG_IGN:  # as nohup leaves it
            signal.signal(number, _exit)
    with _bind(host, port, echo) as server, Watcher(root, echo) as watcher:
        builder = PreviewBuilder(root)
        builder.update(())
        gc.freeze()  # these objects stay, so the garbage collector need not scan them
        server.show(builder.preview, f"Serving on http://{host}:{server.server_port}/ (Ctrl+C stops it)")
        updater = Thread(target=_update, args=(watcher, builder, server, echo))
        updater.start()
        try:
            server.serve_forever()
        finally:
            server.is_ending = True
            watcher.end()
            updater.join()


def _exit(*_: Any) -> NoReturn:
    sys.exit(0)


def _bind(host: str, port: int, echo: Echo) -> Server:
    try:
        return Server(host, port, echo)
    except (OSError, OverflowError) as error:
        if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
            hint = f"Choose another one: casebook serve --address {host}:{port + 1}"
            raise NotServed(f"Port {port} is in use, perhaps by another server. {hint}") from None
        raise NotServed(f"{host}:{port} can't be used: {error}.") from None


def _update(watcher: Watcher, builder: PreviewBuilder, server: Server, echo: Echo) -> None:
    """Rebuild and show the preview after each change, until the watcher ends."""
    while names := watcher.wait():
        begun = perf_counter()
        code = [name for name in names if kind(name) == CODE]
        if code:
            echo(f"{_listed(code)} changed. To use that, stop the server and start it again.")
        if builder.update(names):
            seen = _listed([name for name in names if kind(name)])
            server.show(builder.preview, f"{seen} changed: seen in {perf_counter() - begun:.2f} s.")


def _listed(names: Collection[str]) -> str:
    return ", ".join(sorted(names)) if len(names) <= 3 else f"{len(names)} files"
