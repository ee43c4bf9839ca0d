"""What an author's text holds of other programs and dialects: the schema's `markup` and `personalData`."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from urllib.parse import unquote

_UNUSUAL = re.compile(
    r"[^A-Za-z0-9 \n.,;()£%/’'\":-]|''|::|:\w+:|//|%[%\w]|^: |^\([ )]|\((?:[Ss]ou|[Rr]ef)|^[-boh]"
    r"|^\(?\w{1,5}[.):/]|^\d+ -|HYPERLINK|turn\d|oai|FORMAT|Mso|Click|^Choose|^Sent|-{3}",
    re.MULTILINE | re.ASCII,
)
"""What any markup has, and most text has not: to look for each kind of it takes fifty times as long."""
_ADDRESS = re.compile(r"(?<=://)[^\s<>\"\[\]{}|]+")


class Kinds:
    """Patterns that a text is held against all at once: of two at one place, the first."""

    def __init__(self, kinds: Sequence[Mapping[str, str]], place: str = "") -> None:
        self.kinds = [kind for kind in kinds if kind.get("in", place) == place]

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile("|".join(f"({kind['pattern']})" for kind in self.kinds), re.MULTILINE | re.ASCII)

    def left_in(self, text: str) -> Iterator[tuple[re.Match[str], Mapping[str, str]]]:
        """The same of markup, beside web addresses, which are none."""
        masked = _ADDRESS.sub(lambda found: "." * len(found[0]), text) if _UNUSUAL.search(text) else ""
        return self.found(masked)

    def found(self, text: str) -> Iterator[tuple[re.Match[str], Mapping[str, str]]]:
        """Yield each match, and the kind of it. No pattern has groups of its own."""
        for match in self._pattern.finditer(text):
            yield match, self.kinds[(match.lastindex or 1) - 1]


def opened(text: str) -> str:
    """Return the text, less its web addresses, with the e-mail addresses that they carry."""
    return _ADDRESS.sub(lambda found: f" {' '.join(_MAIL.findall(unescaped(found[0])))} ", text)


def unescaped(address: str) -> str:
    """Return what the % forms of an address stand for, even if they were written twice."""
    return unquote(unquote(address))


_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{2,64}")
