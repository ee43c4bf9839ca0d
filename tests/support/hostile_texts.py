"""Texts that the rules let through and that mean something to one format or another, for tests of what is published."""

import unicodedata

from hypothesis import strategies

from casebook.content.characters import faults

_PIECES = """ " ' & &amp; &#65; < > </script> <!-- ]]> { } {{ \\ \\emph{x} -- --- `` '' ?` ,, % $ # _ ~ ^ @misc{x, = ER - [x](y) [ ] * ` é ŵ 🏊 £
one two""".split()
_ATTACKS = [
    '"><img src=x onerror=PWN()>',
    "' onclick='PWN()' x='",
    "<svg/onload=PWN()>",
    "[x](javascript:PWN())",
    '=HYPERLINK("https://evil.example")',
    "'=1",
    "@SUM(1)",
    "\N{FULLWIDTH EQUALS SIGN}1",
    "&lt;b&gt;",
    "{{ 7 * 7 }} {% raw %}",
    "~~gone~~",
    "\\u003c %3Cb%3E + ; |",
]
_ANY = strategies.characters(exclude_categories=("C", "Zl", "Zp"))
_LOOSE = strategies.lists(
    strategies.sampled_from(_PIECES) | strategies.just(" ") | _ANY, min_size=1, max_size=12
)
TEXTS = (
    _LOOSE.map(lambda pieces: " ".join("".join(pieces).split()))
    .filter(bool)
    .filter(lambda text: not any(faults(text)))
)
"""One line each, as titles and summaries are."""

LINES = (
    strategies.lists(
        strategies.sampled_from(_ATTACKS) | TEXTS | strategies.text(max_size=20), min_size=1, max_size=12
    )
    .map(lambda pieces: unicodedata.normalize("NFC", "".join(pieces)).strip())
    .filter(lambda text: text and not set(text) & set("\r\n") and not any(faults(text)))
)
"""All that a field may hold: also tabs, many spaces, joiners and letters that nobody knows."""

ADDRESSES = strategies.text("ABCXYZabcxyz0189._~:/?#@!$&()*+,;=%-", max_size=60)
"""What may stand in the last part of an address."""

_MARKS = """- > ### | |-| ``` ` * ** ~~ [ ] ( ) --- === 1. \\ " ' {:onclick=PWN()} &lt;b&gt; &#60; [^minutes] [^x]:y [x]
[x](javascript:PWN()) [x](JAVA&#115;cript:PWN()) [x]:data:text/html,PWN ![x](y) (x.md) (x.md#y) (#y) <https://x.example>
www.x.example https://x.example/"onclick="PWN a@b.example <script> </script> <style> <!-- --> <img/src=x/onerror=PWN()>
<b/onclick=PWN()> </div></div> </main> <title> <textarea> <svg> <math> <table> <section/class="footnotes\"""".split()
_MARKS += ["\n", "\n\n", " ", '[x](https://x.example "<b onclick=PWN()>")']
MARKDOWN = strategies.lists(strategies.sampled_from(_MARKS) | LINES, max_size=30).map("".join)
"""Bodies, also such as no rule lets through."""
