"""Measures the largest pages of a built site: what they weigh, and what opening them costs a telephone."""

import functools
import heapq
import http.server
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path as FilePath

from playwright.sync_api import sync_playwright

from benchmarks.corpus import REAL

_ELEMENT = re.compile(rb"<[a-z]")
_SLOWER = 4
"""How many times slower than this machine the telephone is."""
_LARGEST = 3


@dataclass(frozen=True, kw_only=True)
class Weight:
    path: str
    kilobytes: float
    elements: int
    opening: float
    """Seconds of the main thread's work until the page has loaded all that it asks for at once."""


def measure(site: FilePath) -> list[Weight]:
    """Return the find page, and the pages with the most bytes and with the most elements."""
    pages = ((path, path.read_bytes()) for path in site.rglob("index.html"))
    counted = {path: (len(html), len(_ELEMENT.findall(html))) for path, html in pages}
    sizes = {path: size for path, (size, _) in counted.items()}
    elements = {path: number for path, (_, number) in counted.items()}
    largest = [heapq.nlargest(_LARGEST, each, key=each.__getitem__) for each in (sizes, elements)]
    of_interest = dict.fromkeys((site / "find" / "index.html", *chain.from_iterable(largest)))
    found = []
    with _served(site) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_chromium(), args=["--no-sandbox"])
        for file in of_interest:
            path = file.parent.relative_to(site).as_posix()
            page = browser.new_page()
            session = page.context.new_cdp_session(page)
            session.send("Emulation.setCPUThrottlingRate", {"rate": _SLOWER})
            session.send("Performance.enable")
            page.goto(f"{address}/{path}/", wait_until="networkidle")
            metrics = session.send("Performance.getMetrics")["metrics"]
            opening = next(one["value"] for one in metrics if one["name"] == "TaskDuration")
            weight = Weight(
                path=f"{path}/", kilobytes=sizes[file] / 1000, elements=elements[file], opening=opening
            )
            found.append(weight)
            page.close()
        browser.close()
    return found


def _chromium() -> str:
    command = [sys.executable, str(REAL / "tests" / "support" / "chromium.py")]
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout.strip()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def _served(site: FilePath) -> Iterator[str]:
    handler = functools.partial(_Quiet, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
