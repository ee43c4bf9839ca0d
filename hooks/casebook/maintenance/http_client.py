"""Requests the sources' addresses over HTTP: the only module that uses the network.

It is polite: one request at a time for each host, with a pause between two; HEAD first, and GET only where
that fails; a timeout; a User-Agent that says whom to contact. No response body is read.
"""

import logging
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
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
"""The exceptions of urllib3, from the most specific to the most general, each with its message."""

logging.getLogger("urllib3").setLevel(logging.ERROR)  # it would log every retry


@dataclass(frozen=True, kw_only=True)
class RequestPolicy:
    """Limits on requests, in seconds except `tries`."""

    timeout: float = 20
    pause: float = 1
    tries: int = 3


def fetch(hosts: Iterable[list[str]], policy: RequestPolicy) -> Iterator[dict[str, Reply]]:
    """Request the addresses of each host; yield the replies as soon as a host has given them all."""
    pools = PoolManager(headers={"User-Agent": AGENT}, timeout=policy.timeout, retries=_retries(policy))
    with pools as pool, ThreadPoolExecutor(HOSTS_AT_ONCE) as workers:
        yield from workers.map(lambda group: _fetch_host(pool, group, policy.pause), hosts)


def by_host(urls: Iterable[str]) -> list[list[str]]:
    """Return the addresses, grouped by host."""
    groups = defaultdict(list)
    for url in urls:
        groups[host(url)].append(url)
    return list(groups.values())


def _fetch_host(pool: PoolManager, urls: list[str], pause: float) -> dict[str, Reply]:
    replies: dict[str, Reply] = {}
    for url in urls:
        if replies:
            time.sleep(pause)
        replies[url] = _fetch_url(pool, url)
    return replies


def _fetch_url(pool: PoolManager, url: str) -> Reply:
    """Try HEAD, then GET if that failed: some hosts answer HEAD wrongly, or not at all.

    A host that says it is overloaded gets no second request.
    """
    reply = _request(pool, "HEAD", url)
    is_final = reply.rule in ("", "moved") or reply.status in _BUSY
    return reply if is_final else _request(pool, "GET", url)


def _request(pool: PoolManager, method: str, url: str) -> Reply:
    try:
        response = pool.request(method, url, preload_content=False)
    except (errors.HTTPError, ValueError) as error:  # a host may redirect to anything at all
        return Reply(fault=_message(error))
    response.close()  # only the status is needed
    return Reply(status=response.status, moved_to=_moved_to(url, response))


def _retries(policy: RequestPolicy) -> Retry:
    """Retry what may be a temporary failure. A host's Retry-After can't lengthen the wait."""
    again = policy.tries - 1
    return Retry(
        total=None,
        connect=again,
        read=again,
        status=again,
        other=0,
        redirect=10,
        status_forcelist=_BUSY,
        backoff_factor=policy.pause,
        raise_on_status=False,
        respect_retry_after_header=False,
    )


def _moved_to(url: str, response: BaseHTTPResponse) -> str:
    """Return where the leading permanent redirects lead; empty if the first one is not permanent."""
    history = response.retries.history if response.retries else ()
    redirects = (step for step in history if step.redirect_location)
    permanent = list(takewhile(lambda step: step.status in _PERMANENT, redirects))
    for step in permanent:
        url = urljoin(url, step.redirect_location)
    return url if permanent else ""


def _message(error: Exception) -> str:
    reason = error.reason if isinstance(error, errors.MaxRetryError) and error.reason else error
    return next(message for kind, message in _FAULTS if isinstance(reason, kind))
