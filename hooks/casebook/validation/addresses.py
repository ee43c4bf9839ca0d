"""Addresses that are not a page's own, such as wrappers and test hosts: the schema's `refusals`."""

import re
from collections.abc import Collection, Iterable, Mapping
from urllib.parse import quote, unquote

from casebook.content import shown

Refusal = tuple[str, str]
_INSIDE = re.compile(r"https?(?::|%3A|%253A|-3A).+?(?=__;|&|$)", re.IGNORECASE)
_AMP_PATH = re.compile(r"/(?:amp|c|v)/s/([^/]+\.[^?#]+)")
_PARTS = re.compile(r"(https?://)([^/?#]*)(.*)", re.DOTALL)
_ODD_IN_HOST = re.compile(r"[^A-Za-z0-9.:-]")
_ODD_IN_PATH = re.compile(r"[^A-Za-z0-9._~:/?#@!$&()*+,;=%-]")
_LEFT_OPEN = re.compile(r"[?&;]+(?=#|$)")


def refusal(
    url: str, refusals: Iterable[Mapping[str, str]], field: str = "", given: Collection[str] = ()
) -> Refusal | None:
    """Return what the address is, of those that are refused, and the one to use instead, if it is plain.

    Some are right in one field, or not refused if one of the source's fields, `given`, says more.
    """
    refused = (kind for kind in refusals if kind.get("unless") not in given)
    found = [kind for kind in refused if re.search(kind["pattern"], url, re.ASCII)]
    if not found or any(kind.get("rightIn") == field for kind in found):
        return None
    better = url
    for kind in found:
        if "instead" in kind:
            replacement = kind["instead"].replace("$", "\\")
            better = _LEFT_OPEN.sub("", re.sub(kind["pattern"], replacement, better, flags=re.ASCII))
        else:
            better = _inside(url)
            break
    return found[0]["is"], better


def fault(url: str, nearly: Iterable[Mapping[str, str]]) -> tuple[str, dict[str, str]]:
    """Return what is wrong with what is no address, as its message is called, and the values of that."""
    for kind in nearly:
        if found := re.search(kind["pattern"], url, re.ASCII):
            better, mend = found.expand(kind.get("instead", "").replace("$", "\\")), kind.get("mend", "")
            name = "address.nearly" if better else "address.otherwise"
            return name, {"is": kind["is"], "better": better, "mend": mend}
    parts = _PARTS.match(url)
    scheme, host, path = parts.groups() if parts else ("", "", "")
    if odd := _ODD_IN_HOST.search(unquote(host)):
        return "address.host", {"character": shown(odd[0])}
    if odd := _ODD_IN_PATH.search(path):
        better = scheme + host + _ODD_IN_PATH.sub(lambda found: quote(found[0], safe=""), path)
        form = quote(odd[0], safe="")
        return "address.character", {"character": shown(odd[0]), "form": form, "better": better}
    return "pattern", {}


def _inside(url: str) -> str:
    """Return the address that a wrapper holds, or nothing."""
    wrapped = _INSIDE.search(url, 8)
    if not wrapped:
        path = _AMP_PATH.search(url)
        return f"https://{path[1]}" if path else ""
    text = wrapped[0]
    if "-3A" in text[:8]:  # Proofpoint's own encoding
        text = re.sub("-(?=[0-9A-F]{2})", "%", text.replace("_", "/"))
    return unquote(unquote(text))
