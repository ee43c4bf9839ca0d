"""Asks other sites whether an address still leads anywhere: the only room that uses the network.

It asks politely: one request at a time for each host, with a pause between two; HEAD first, and GET only
where that fails; a time limit; a name by which to complain. Nothing of a page is read or kept.
"""

import logging
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import takewhile
from urllib.parse import urljoin

from urllib3 import BaseHTTPResponse, PoolManager, Retry
from urllib3 import exceptions as errors

from casebook.maintenance.source_links import Reply, host

AGENT = "Localism-Casebook-link-check (+https://github.com/localism-casebook/localism-casebook)"
HOSTS_AT_ONCE = 8
_PERMANENT = (301, 308)
_BUSY = (429, 503)
_FAULTS = (
    (errors.NameResolutionError, "nobody knows the host's name"),
    (errors.NewConnectionError, "the host took no connection"),
    (errors.TimeoutError, "the host did not answer in time"),
    (ValueError, "it is no address, or redirects to none"),
    (errors.SSLError, "no connection to it could be trusted"),
    (errors.ResponseError, "it redirects without end"),
    (errors.HTTPError, "the host broke the connection off"),
)
"""What urllib3 raises, from the special to the general, and what we say."""

logging.getLogger("urllib3").setLevel(logging.ERROR)  # it would tell of every retry


@dataclass(frozen=True, kw_only=True)
class Manners:
    """How patient we are. In seconds, but for `tries`."""

    timeout: float = 20
    pause: float = 1
    tries: int = 3


def fetch(urls: Iterable[str], manners: Manners, step: Callable[[], None]) -> dict[str, Reply]:
    """Ask for every address, and call `step` as each host has been asked for all of its own."""
    replies: dict[str, Reply] = {}
    groups = by_host(urls)
    with PoolManager(headers={"User-Agent": AGENT}) as pool, ThreadPoolExecutor(HOSTS_AT_ONCE) as workers:
        for answered in workers.map(lambda group: _ask_host(pool, group, manners), groups):
            replies |= answered
            step()
    return replies


def by_host(urls: Iterable[str]) -> list[list[str]]:
    """Return the addresses, those of one host together."""
    groups = defaultdict(list)
    for url in urls:
        groups[host(url)].append(url)
    return list(groups.values())


def _ask_host(pool: PoolManager, urls: list[str], manners: Manners) -> dict[str, Reply]:
    replies: dict[str, Reply] = {}
    for url in urls:
        if replies:
            time.sleep(manners.pause)
        replies[url] = _ask(pool, url, manners)
    return replies


def _ask(pool: PoolManager, url: str, manners: Manners) -> Reply:
    """HEAD, then GET where that failed: some hosts answer HEAD wrongly, or not at all.

    A host that says it has too much to do is not asked more.
    """
    reply = _request(pool, "HEAD", url, manners)
    is_good_enough = reply.rule in ("", "moved") or reply.status in _BUSY
    return reply if is_good_enough else _request(pool, "GET", url, manners)


def _request(pool: PoolManager, method: str, url: str, manners: Manners) -> Reply:
    try:
        response = pool.request(
            method, url, timeout=manners.timeout, retries=_retries(manners), preload_content=False
        )
    except (errors.HTTPError, ValueError) as error:  # a host may redirect to anything at all
        return Reply(fault=_words(error))
    response.close()  # the status is all that we came for
    return Reply(status=response.status, moved_to=_moved_to(url, response))


def _retries(manners: Manners) -> Retry:
    """Try again what may be a passing fault. A host can't make us wait longer than we mean to."""
    again = manners.tries - 1
    return Retry(
        total=None,
        connect=again,
        read=again,
        status=again,
        other=0,
        redirect=10,
        status_forcelist=_BUSY,
        backoff_factor=manners.pause,
        raise_on_status=False,
        respect_retry_after_header=False,
    )


def _moved_to(url: str, response: BaseHTTPResponse) -> str:
    """Follow the redirects as far as they are permanent."""
    history = response.retries.history if response.retries else ()
    redirects = (step for step in history if step.redirect_location)
    permanent = list(takewhile(lambda step: step.status in _PERMANENT, redirects))
    for step in permanent:
        url = urljoin(url, step.redirect_location)
    return url if permanent else ""


def _words(error: Exception) -> str:
    reason = error.reason if isinstance(error, errors.MaxRetryError) and error.reason else error
    return next(words for kind, words in _FAULTS if isinstance(reason, kind))
