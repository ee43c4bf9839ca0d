"""Addresses that are not a page's own, such as wrappers and test hosts: the schema's `refusals`."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any
from urllib.parse import quote, unquote

from casebook.content import shown
from casebook.validation.messages import Words

Refusal = tuple[str, str]
_INSIDE = re.compile(r"https?(?::|%3A|%253A|-3A).+?(?=__;|&|$)", re.IGNORECASE)
_AMP_PATH = re.compile(r"/(?:amp|c|v)/s/([^/]+\.[^?#]+)")
_PARTS = re.compile(r"(https?://)([^/?#]*)(.*)", re.DOTALL)
_ODD_IN_HOST = re.compile(r"[^A-Za-z0-9.:-]")
_ODD_IN_PATH = re.compile(r"[^A-Za-z0-9._~:/?#@!$&()*+,;=%-]")
_MAX_STEPS = 5
"""Faults that are told of one address. A mend that leads in a circle ends here, too."""
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


def fault(url: str, shape: Mapping[str, Any], field: str, say: Callable[..., Words]) -> Words | None:
    """Return all that keeps the text from being an address that may stand, in words; or nothing."""
    said: list[str] = []
    better, mend = url, ""
    while better and not re.search(shape["pattern"], better, re.ASCII):
        what, better, mend = _step(better, shape["nearly"], say) if len(said) < _MAX_STEPS else ("", "", "")
        if not what:
            return say("shape.pattern", value=shown(url), **shape)
        said.append(what)
    always = (kind for kind in shape["refusals"] if "unless" not in kind)
    if said and better and (refused := refusal(better, always, field)):
        said.append(say("shape.address.and", what=refused[0]).message)
        better, mend = refused[1], say("addresses-lead-straight.unknown", url="", what="").hint
    words = {"value": shown(url), "is": " and ".join(dict.fromkeys(said)), "better": better, "mend": mend}
    return say(f"shape.address.{'nearly' if better else 'otherwise'}", **words) if said else None


def _step(url: str, nearly: Iterable[Mapping[str, str]], say: Callable[..., Words]) -> tuple[str, str, str]:
    """One thing that is wrong with what is no address; the text without it, or else how to mend it."""
    for kind in nearly:
        if found := re.search(kind["pattern"], url, re.ASCII):
            better = found.expand(kind.get("instead", "").replace("$", "\\"))
            return kind["is"], better, kind.get("mend", "")
    scheme, host, path = parts.groups() if (parts := _PARTS.match(url)) else ("", "", "")
    if odd := _ODD_IN_HOST.search(unquote(host)):
        words = say("shape.address.host", character=shown(odd[0]))
        return words.message, "", words.hint
    if not (odd := _ODD_IN_PATH.search(path)):
        return "", "", ""
    better = scheme + host + _ODD_IN_PATH.sub(lambda found: quote(found[0], safe=""), path)
    words = say("shape.address.character", character=shown(odd[0]), form=quote(odd[0], safe=""))
    return words.message, better, ""


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
